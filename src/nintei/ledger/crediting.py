"""What providers confirm becomes lines of the log: an attendance's line bears the attendance's own number.

So a line is credited once whoever asks, and a correction finds its line. A line already claimed for a renewal
is never changed: the office is shown the correction instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from nintei.courses import actions as courses
from nintei.courses.models import Attendance, Course
from nintei.journal.actions import record
from nintei.ledger import attestation, queries
from nintei.ledger.models import Activity, ActivitySession, Proof
from nintei.notices.actions import post
from nintei.people.models import Person
from nintei.rules.edition import Edition
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition as edition_on

Days = dict[date, int]


@dataclass(frozen=True, slots=True)
class News:
    """What happened, once for a `cause`: why, by whom, when."""

    cause: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What an attendance was and is, in the log; `replaced` are lines that made room for it."""

    attendance: Attendance
    before: Days
    days: Days
    replaced: list[Activity] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Which letter tells it."""
        if not self.before:
            return "credited"
        return "changed" if self.days else "withdrawn"


def on_attendance(
    sender: object,
    *,
    attendance: Attendance,
    days: Days,
    cause: str,
    reason: str,
    at: datetime,
    by: str,
    **_: object,
) -> None:
    """Make the line of an attendance what the attendance is now: `days` are JST days and net minutes."""
    Person.objects.select_for_update().get(pk=attendance.person_id)
    code = category_of_courses(edition_on(at.astimezone(JST).date()))
    line = Activity.objects.filter(pk=attendance.pk).first()
    before = _days_of(line) if line and not line.withdrawn_at else {}
    if code is None or before == days:
        return
    news = News(cause, reason, by, at)
    own = _own_lines(attendance, days)
    if claimed := _claimed([line] if line and before else own):
        if _days_of(claimed) != days:
            _hold(claimed, attendance.session.course, days, news)
            _tell(Change(attendance, before, days), "held", news)
        return
    change = Change(attendance, before, days, _make_room(attendance, own, days, by, at))
    written = _write(attendance, line, code, days, at)
    told: dict[str, object] = {"before": _plain(before), "after": _plain(days), "cause": cause}
    record(by=by, verb="ledger.credit_attendance", subject=f"activity:{written.pk}", at=at, data=told)
    attestation.attach(written, attendance, days, at=at)
    _tell(change, change.kind, news)


def on_accreditation_ended(
    sender: object,
    *,
    course: Course,
    from_on: date,
    cause: str,
    reason: str,
    at: datetime,
    by: str,
    **_: object,
) -> None:
    """Tell whoever logged a course on a day that no longer counts; show the office what was claimed already.

    The lines stay as they are: the kernel reads the list of courses by the day (AMB-C10).
    """
    lines = Activity.objects.filter(course=course, withdrawn_at=None, sessions__on__gte=from_on)
    affected: dict[UUID, list[Activity]] = {}
    for line in lines.distinct().select_related("person").order_by("pk"):
        affected.setdefault(line.person_id, []).append(line)
    news = News(cause, reason, by, at)
    for mine in affected.values():
        claimed = [line for line in mine if queries.claim_of(line)]
        for line in claimed:
            _hold(line, course, {on: n for on, n in _days_of(line).items() if on < from_on}, news)
        about: dict[str, object] = {"course": course, "from_on": from_on, "claimed": bool(claimed)}
        _post(mine[0].person, "ended", news, about)


def category_of_courses(edition: Edition) -> str | None:
    """The category for accredited courses: the one that asks for the list (CPD-A)."""
    found = (code for code, each in edition.categories.items() if each.needs_registered_course)
    return next(found, None)


def _claimed(lines: list[Activity]) -> Activity | None:
    """A claimed line of these hours: the attendance's own, or one that the holder logged for the same course."""
    return next((each for each in lines if queries.claim_of(each)), None)


def _own_lines(attendance: Attendance, days: Days) -> list[Activity]:
    mine = Activity.objects.filter(
        person=attendance.person_id, course=attendance.session.course_id, withdrawn_at=None
    ).exclude(pk=attendance.pk)
    return list(mine.filter(sessions__on__in=list(days)).distinct().order_by("pk"))


def _make_room(
    attendance: Attendance, own: list[Activity], days: Days, by: str, at: datetime
) -> list[Activity]:
    """The same hours count once (AMB-C7): a line the holder logged for these days goes, the confirmed one stays."""
    replaced = [line for line in own if set(_days_of(line)) <= set(days)]
    for line in replaced:
        line.withdrawn_at = at
        line.save(update_fields=["withdrawn_at"])
        told: dict[str, object] = {"replaced_by": str(attendance.pk), "days": _plain(_days_of(line))}
        record(by=by, verb="ledger.replace_activity", subject=f"activity:{line.pk}", at=at, data=told)
    return replaced


def _write(
    attendance: Attendance, line: Activity | None, category: str, days: Days, at: datetime
) -> Activity:
    course = attendance.session.course
    columns: dict[str, Any] = {
        "category": category,
        "title": course.title,
        "organiser": course.provider,
        "course": course,
        "proof": Proof.CERTIFICATE,
        "withdrawn_at": None if days else at,
    }
    if line is None:
        line = Activity.objects.create(pk=attendance.pk, person=attendance.person, logged_at=at, **columns)
    else:
        for name, value in columns.items():
            setattr(line, name, value)
        line.save()
    if days:
        line.sessions.all().delete()
        ActivitySession.objects.bulk_create(
            ActivitySession(activity=line, on=on, minutes=minutes) for on, minutes in days.items()
        )
    return line


def _days_of(line: Activity) -> Days:
    return {each.on: each.minutes for each in line.sessions.all()}


def _plain(days: Days) -> dict[str, int]:
    return {on.isoformat(): minutes for on, minutes in days.items()}


def _hold(line: Activity, course: Course, after: Days, news: News) -> None:
    told = {"before": _plain(_days_of(line)), "after": _plain(after), "reason": news.reason}
    courses.hold_correction(
        by=news.by, course=course, person=line.person, line=line.pk, cause=news.cause, told=told, at=news.at
    )


def _tell(change: Change, kind: str, news: News) -> None:
    """One letter for one change; whoever redeemed a code saw it themselves."""
    person = change.attendance.person
    if news.by == person.by:
        return
    spans = {"before": sorted(change.before.items()), "days": sorted(change.days.items())}
    about = {"course": change.attendance.session.course, "replaced": change.replaced}
    _post(person, kind, news, {**about, **spans})


def _post(person: Person, kind: str, news: News, about: dict[str, object]) -> None:
    post(
        by=news.by,
        key=f"ledger.{news.cause}:{person.pk}",
        template=f"ledger/letters/attendance_{kind}.txt",
        to_email=person.email,
        to_person=person,
        language=person.language,
        at=news.at,
        context={"person": person, "base": settings.BASE_URL, "reason": news.reason, **about},
    )
