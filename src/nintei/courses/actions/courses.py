"""What may be done with a course: accredit it outright, write it down, propose it, rule on it, end it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from nintei.courses import timetable
from nintei.courses.actions.reflowing import News, follow_course
from nintei.courses.actions.steps import entitled, move
from nintei.courses.models import Course, Form, Provider, Ruling
from nintei.courses.queries.courses import span_of
from nintei.courses.states import EDITABLE, LISTED, Actor, Event, State
from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.people.models import Person
from nintei.shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course as a provider proposes it. `timetable` gives the net minutes (breaks left out, AMB-C21)."""

    title: str
    timetable: str
    form: str
    summary: str
    standard: str
    topics: tuple[str, ...]
    competencies: tuple[str, ...]
    from_on: date
    until_on: date | None

    @property
    def minutes(self) -> int:
        """The net minutes of all days of the timetable."""
        return sum(day.minutes for day in timetable.read(self.timetable))


@transaction.atomic
def accredit_course(
    *,
    by: str,
    title: str,
    provider: str,
    minutes: int,
    form: Form,
    hosted: bool,
    from_on: date,
    until_on: date | None,
    at: datetime,
    topics: tuple[str, ...] = (),
    summary: str = "",
    offered_by: Provider | None = None,
) -> Course:
    """Enter a course of so many net minutes from a (JST) day until another, or until further notice.

    For the association's own courses (主催), accredited by definition, and those accredited on paper;
    `offered_by` is the organisation that runs it here, if it has an account.
    Raises `Refused` with `courses.no_time`, `courses.ends_before_it_begins`, `courses.already_accredited`.
    """
    if minutes < 1:
        raise Refused("courses.no_time")
    _in_order(from_on, until_on)
    told: dict[str, object] = {
        "title": title, "provider": provider, "minutes": minutes, "form": str(form), "hosted": hosted,
    }  # fmt: skip
    course, is_new = Course.objects.filter(state__in=LISTED).get_or_create(
        provider=provider, title=title, accredited_from=from_on,
        defaults={"minutes": minutes, "form": form, "hosted": hosted, "accredited_until": until_on,
                  "topics": list(topics), "summary": summary, "offered_by": offered_by},
    )  # fmt: skip
    if not is_new:
        raise Refused(
            "courses.already_accredited", title=title, provider=provider, from_on=from_on.isoformat()
        )
    days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat() if until_on else None}
    record(by=by, verb="courses.accredit_course", subject=course.reference, at=at, data={**told, **days})
    return course


@transaction.atomic
def host_course(*, actor: Person, organiser: str, draft: CourseDraft, on: date, at: datetime) -> Course:
    """Enter a course that the association holds itself (主催): accredited by definition, nobody rules on it.

    Raises `Refused` with `courses.not_of_the_committee`, `courses.no_time`, `courses.ends_before_it_begins`,
    `courses.already_accredited`.
    """
    entitled(actor, on, None)
    columns = columns_of(draft) | {"provider": organiser.strip(), "hosted": True, "offered_by": None}
    course = Course(state=State.ACCREDITED, state_since_on=on, **columns)
    refuse_twice(course)
    course.save(force_insert=True)
    told = _told(draft) | {"provider": course.provider}
    record(by=actor.by, verb="courses.host_course", subject=course.reference, at=at, data=told)
    return course


@transaction.atomic
def save_course(
    *, by: str, provider: Provider, draft: CourseDraft, on: date, at: datetime, course: Course | None = None
) -> Course:
    """Write a course down as its provider's draft, or correct one that is a draft or was returned.

    Raises `Refused` with `courses.provider_not_accredited`, `courses.no_time`, `courses.ends_before_it_begins`,
    `courses.may_not_happen`.
    """
    if Provider.objects.get(pk=provider.pk).state != State.ACCREDITED:
        raise Refused("courses.provider_not_accredited")
    columns = columns_of(draft)
    if course is None:
        columns |= {"provider": provider.name, "offered_by": provider}
        course = Course.objects.create(state=State.DRAFT, state_since_on=on, **columns)
    else:
        course = Course.objects.select_for_update().get(pk=course.pk)
        if course.state not in EDITABLE:
            raise Refused("courses.may_not_happen", state=State(course.state).label)
        Course.objects.filter(pk=course.pk).update(**columns)
        course.refresh_from_db()
    record(by=by, verb="courses.save_course", subject=course.reference, at=at, data=_told(draft))
    return course


@transaction.atomic
def propose_course(*, by: str, course: Course, on: date, at: datetime) -> Course:
    """Ask the committee to accredit a course. Raises `Refused("courses.may_not_happen")`."""
    return _step(by, course, Event.PROPOSE, on, at)


@transaction.atomic
def withdraw_course(*, by: str, course: Course, on: date, at: datetime) -> Course:
    """Take a proposal back before it was ruled on. Raises `Refused("courses.may_not_happen")`."""
    return _step(by, course, Event.WITHDRAW, on, at)


@transaction.atomic
def rule_on_course(
    *, actor: Person, course: Course, event: Event, reason: str, on: date, at: datetime
) -> Ruling:
    """Accredit a course, return it or refuse it, with a reason that its provider reads.

    Raises `Refused` with `courses.not_of_the_committee`, `courses.own_organisation`, `courses.reason_missing`,
    `courses.may_not_happen`, `courses.already_accredited`.
    """
    mine = locked(course)
    entitled(actor, on, mine.offered_by.contact if mine.offered_by else None)
    if event == Event.END:
        raise Refused("courses.may_not_happen", state=State(mine.state).label)
    if event == Event.ACCREDIT:
        refuse_twice(mine)
    return _ruled(actor, mine, event, reason, on, at)


@transaction.atomic
def end_course(
    *, actor: Person, course: Course, from_on: date, reason: str, on: date, at: datetime
) -> Ruling:
    """Withdraw an accreditation: from a (JST) day on, which may lie in the past, attending no longer counts.

    The days before stay as they were. Whoever attended from then on is told by `reflow`; a line already claimed is not
    changed, the office is shown it. Raises `Refused` as `rule_on_course`, and `courses.ends_before_it_begins`.
    """
    mine = locked(course)
    entitled(actor, on, mine.offered_by.contact if mine.offered_by else None)
    _in_order(mine.accredited_from, from_on)
    before = span_of(mine)
    ruling = _ruled(actor, mine, Event.END, reason, on, at, from_on=from_on)
    mine.ended_on = from_on
    mine.save(update_fields=["ended_on"])
    follow_course(mine, before, News(f"ruling:{ruling.pk}", ruling.reason, actor.by, at))
    return ruling


def locked(course: Course) -> Course:
    """The course as it is now, with its organisation; others wait."""
    found = Course.objects.select_for_update(of=("self",)).select_related("offered_by__contact")
    return found.get(pk=course.pk)


def _ruled(
    actor: Person, course: Course, event: Event, reason: str, on: date, at: datetime, **more: date
) -> Ruling:
    if not reason.strip():
        raise Refused("courses.reason_missing")
    move(course, event, Actor.COMMITTEE, on)
    words = {"event": event, "reason": reason.strip()}
    ruling = Ruling.objects.create(course=course, made_by=actor, made_at=at, **words)
    told: dict[str, object] = {"event": event.value, "reason": ruling.reason}
    told |= {key: value.isoformat() for key, value in more.items()}
    record(by=actor.by, verb="courses.rule_on_course", subject=course.reference, at=at, data=told)
    if course.offered_by:
        _tell(actor.by, ruling, course, course.offered_by.contact, at)
    return ruling


def _tell(by: str, ruling: Ruling, course: Course, contact: Person, at: datetime) -> None:
    post(
        by=by,
        key=f"courses.ruling:{ruling.pk}",
        template="courses/letters/ruled.txt",
        to_email=contact.email,
        to_person=contact,
        language=contact.language,
        at=at,
        context={"ruling": ruling, "name": course.title, "person": contact, "base": settings.BASE_URL},
    )


def refuse_twice(course: Course) -> None:
    """Raise `Refused("courses.already_accredited")` where another course has this title from the same day."""
    same = {"provider": course.provider, "title": course.title, "accredited_from": course.accredited_from}
    if Course.objects.filter(state__in=LISTED, **same).exclude(pk=course.pk).exists():
        day = course.accredited_from.isoformat()
        raise Refused("courses.already_accredited", title=course.title, provider=course.provider, from_on=day)


def _step(by: str, course: Course, event: Event, on: date, at: datetime) -> Course:
    mine = Course.objects.select_for_update().get(pk=course.pk)
    move(mine, event, Actor.PROVIDER, on)
    record(by=by, verb=f"courses.{event}_course", subject=mine.reference, at=at, data={"state": mine.state})
    return mine


def columns_of(draft: CourseDraft) -> dict[str, object]:
    """A draft as the columns of a course; raises `courses.no_time`, `courses.ends_before_it_begins`."""
    if draft.minutes < 1:
        raise Refused("courses.no_time")
    _in_order(draft.from_on, draft.until_on)
    return {
        "title": draft.title.strip(),
        "minutes": draft.minutes,
        "timetable": draft.timetable.strip(),
        "form": draft.form,
        "summary": draft.summary.strip(),
        "standard": draft.standard.strip(),
        "topics": list(draft.topics),
        "competencies": list(draft.competencies),
        "accredited_from": draft.from_on,
        "accredited_until": draft.until_on,
    }


def _told(draft: CourseDraft) -> dict[str, object]:
    days = {"from_on": draft.from_on.isoformat()}
    days["until_on"] = draft.until_on.isoformat() if draft.until_on else ""
    lists: dict[str, object] = {"topics": list(draft.topics), "competencies": list(draft.competencies)}
    return asdict(draft) | lists | days | {"minutes": draft.minutes}


def _in_order(from_on: date, until_on: date | None) -> None:
    if until_on and until_on < from_on:
        raise Refused("courses.ends_before_it_begins", from_on=from_on.isoformat())
