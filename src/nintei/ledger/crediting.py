"""What providers confirm becomes lines of the log: an attendance's line bears the attendance's own number.

So a line is credited once whoever asks, and a correction finds its line. A line already claimed for a renewal
is never changed: the office is shown the correction instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from nintei.courses import actions as courses
from nintei.courses.models import Course
from nintei.courses.signals import Confirmed
from nintei.journal.actions import Told, record_all
from nintei.ledger import attestation, queries, serving
from nintei.ledger.models import Activity, ActivitySession, Proof
from nintei.notices.actions import Draft, post_all
from nintei.people.models import Person
from nintei.rules.edition import Edition
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition as edition_on

Days = dict[date, int]


@dataclass(frozen=True, slots=True)
class News:
    """What happened: why, by whom, when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What an attendance was and is, in the log, once for a `cause`.

    `line` is its own line if there is one, `own` are lines that the holder logged for the same course and days,
    `claimed` is the one of them that a renewal has claimed, `called` the name that its course had.
    """

    confirmed: Confirmed
    line: Activity | None
    own: list[Activity]
    before: Days
    claimed: Activity | None = None
    called: str = ""

    @property
    def days(self) -> Days:
        """What it is now."""
        return dict(self.confirmed.days)

    @property
    def replaced(self) -> list[Activity]:
        """The same hours count once (AMB-C7): these lines go, the confirmed one stays."""
        return [line for line in self.own if set(days_of(line)) <= set(self.days)]

    @property
    def is_none(self) -> bool:
        """Whether the log says all this already."""
        return self.before == self.days and not self.was_called

    @property
    def was_called(self) -> str:
        """The name of the course until now, where it has another one."""
        title = self.confirmed.attendance.session.course.title
        return self.called if self.before and self.called != title else ""

    @property
    def kind(self) -> str:
        """Which letter tells it."""
        if self.claimed:
            return "held"
        if not self.before:
            return "credited"
        return "changed" if self.days else "withdrawn"


def on_attendance(
    sender: object, *, confirmed: Sequence[Confirmed], reason: str, at: datetime, by: str, **_: object
) -> None:
    """Make the line of each attendance what the attendance is now: all of them, in a few rows of statements."""
    people = [each.attendance.person_id for each in confirmed]
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))
    edition = edition_on(at.astimezone(JST).date())
    code = category_of_courses(edition)
    if code is None:
        return
    news = News(reason, by, at)
    changes = [each for each in _changes(confirmed) if not each.is_none]
    free = [each for each in changes if not each.claimed]
    for change in changes:
        if change.claimed and days_of(change.claimed) != change.days:
            course = change.confirmed.attendance.session.course
            hold(change.claimed, course, change.days, change.confirmed.cause, news)
    _replace(free, news)
    written = [(change, _line(change, code, serving.implied(edition), at)) for change in free]
    _write(written, at)
    record_all(by=news.by, at=news.at, told=[_leaf(change, line) for change, line in written])
    papers = [
        attestation.Attended(line, change.confirmed.attendance, change.days) for change, line in written
    ]
    attestation.attach_all(papers, at=at)
    _tell([each for each in changes if not each.claimed or days_of(each.claimed) != each.days], news)


def _changes(confirmed: Sequence[Confirmed]) -> list[Change]:
    """What each attendance was and is, and which lines stand in its way: four queries for any number."""
    lines = Activity.objects.prefetch_related("sessions").in_bulk([each.attendance.pk for each in confirmed])
    logged = _own_lines(confirmed)
    asked = [*lines.values(), *(line for mine in logged.values() for line in mine)]
    claimed = queries.claimed_among(asked)
    changes = []
    for each in confirmed:
        line = lines.get(each.attendance.pk)
        before = days_of(line) if line and not line.withdrawn_at else {}
        mine = [own for own in logged[each.attendance.person_id] if own.pk != each.attendance.pk]
        own = [line for line in mine if not set(days_of(line)).isdisjoint(each.days)]
        standing = [line] if line and before else own
        first = next((line for line in standing if line.pk in claimed), None)
        changes.append(Change(each, line, own, before, first, line.title if line else ""))
    return changes


def category_of_courses(edition: Edition) -> str | None:
    """The category for accredited courses: the one that asks for the list (CPD-A)."""
    found = (code for code, each in edition.categories.items() if each.needs_registered_course)
    return next(found, None)


def _own_lines(confirmed: Sequence[Confirmed]) -> dict[UUID, list[Activity]]:
    """The lines of the same courses in the logs of these people, by person."""
    people = [each.attendance.person_id for each in confirmed]
    courses = {each.attendance.session.course_id for each in confirmed}
    found = Activity.objects.filter(person__in=people, course__in=courses, withdrawn_at=None)
    by_person: dict[UUID, list[Activity]] = defaultdict(list)
    for line in found.prefetch_related("sessions").order_by("pk"):
        by_person[line.person_id].append(line)
    return by_person


def _replace(changes: Sequence[Change], news: News) -> None:
    """Take out the lines that make room for confirmed ones."""
    gone = [(change, line) for change in changes for line in change.replaced]
    Activity.objects.filter(pk__in=[line.pk for _, line in gone]).update(withdrawn_at=news.at)
    told = [
        Told(
            "ledger.replace_activity", f"activity:{line.pk}",
            {"replaced_by": str(change.confirmed.attendance.pk), "days": _plain(days_of(line))},
        )
        for change, line in gone
    ]  # fmt: skip
    record_all(by=news.by, at=news.at, told=told)


def _line(change: Change, category: str, serves: str, at: datetime) -> Activity:
    """The line of an attendance as it is from now on; not yet written."""
    attendance = change.confirmed.attendance
    course = attendance.session.course
    line = change.line or Activity(pk=attendance.pk, person=attendance.person, logged_at=at)
    line.category, line.title, line.organiser, line.course = category, course.title, course.provider, course
    line.proof, line.withdrawn_at = Proof.CERTIFICATE, None if change.days else at
    line.serves = line.serves or serves
    return line


def _write(written: Sequence[tuple[Change, Activity]], at: datetime) -> None:
    """Write the lines and their days: new ones together, corrected ones in place."""
    Activity.objects.bulk_create(line for change, line in written if change.line is None)
    for change, line in written:
        if change.line is not None:
            line.save()
    renewed = [line for change, line in written if change.line is not None and change.days]
    ActivitySession.objects.filter(activity__in=renewed).delete()
    ActivitySession.objects.bulk_create(
        ActivitySession(activity=line, on=on, minutes=minutes)
        for change, line in written
        for on, minutes in change.days.items()
    )


def _leaf(change: Change, line: Activity) -> Told:
    told: dict[str, object] = {
        "before": _plain(change.before), "after": _plain(change.days), "cause": change.confirmed.cause,
    }  # fmt: skip
    return Told("ledger.credit_attendance", f"activity:{line.pk}", told)


def days_of(line: Activity) -> Days:
    """The days of a line with their minutes."""
    return {each.on: each.minutes for each in line.sessions.all()}


def _plain(days: Days) -> dict[str, int]:
    return {on.isoformat(): minutes for on, minutes in days.items()}


def hold(line: Activity, course: Course, after: Days, cause: str, news: News) -> None:
    """Show the office a correction of a line that a renewal has claimed."""
    told = {"before": _plain(days_of(line)), "after": _plain(after), "reason": news.reason}
    courses.hold_correction(
        by=news.by, course=course, person=line.person, line=line.pk, cause=cause, told=told, at=news.at
    )


def _tell(changes: Sequence[Change], news: News) -> None:
    """One letter for one change; whoever redeemed a code saw it themselves."""
    letters = []
    for change in changes:
        person = change.confirmed.attendance.person
        if news.by == person.by:
            continue
        spans = {"before": sorted(change.before.items()), "days": sorted(change.days.items())}
        replaced = [] if change.claimed else change.replaced
        course = change.confirmed.attendance.session.course
        about = {"course": course, "replaced": replaced, "was_called": change.was_called, **spans}
        letters.append(letter(person, change.kind, change.confirmed.cause, news, about))
    post_all(drafts=letters)


def letter(person: Person, kind: str, cause: str, news: News, about: dict[str, object]) -> Draft:
    """What a holder is told of a correction, once a cause."""
    return Draft(
        by=news.by,
        key=f"ledger.{cause}:{person.pk}",
        template=f"ledger/letters/attendance_{kind}.txt",
        to_email=person.email,
        to_person=person,
        language=person.language,
        at=news.at,
        context={"person": person, "base": settings.BASE_URL, "reason": news.reason, **about},
    )
