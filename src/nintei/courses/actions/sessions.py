"""What may be done with a holding: announce it, correct it, correct who attended; what that holds up upstairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nintei.courses.actions.attending import confirm
from nintei.courses.actions.reflowing import News, as_held, follow_session
from nintei.courses.actions.steps import entitled
from nintei.courses.models import (
    Attendance,
    Course,
    CourseSession,
    HeldCorrection,
    SessionRevision,
    Source,
)
from nintei.courses.states import State
from nintei.courses.timetable import Day, clock_time
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.shared.refusals import Refused


@transaction.atomic
def open_session(
    *,
    by: str,
    course: Course,
    days: Sequence[Day],
    first_on: date | None,
    last_on: date | None,
    place: str,
    at: datetime,
) -> CourseSession:
    """Announce a holding: its (JST) days with their net minutes, or a span in which one attends when one likes.

    Raises `Refused` with `courses.not_accredited_now`, `courses.day_without_date`, `courses.same_day_twice`,
    `courses.session_without_days`, `courses.ends_before_it_begins`.
    """
    if course.state != State.ACCREDITED:
        raise Refused("courses.not_accredited_now")
    columns = _columns(days, first_on, last_on, place)
    session = CourseSession.objects.create(course=course, opened_at=at, **columns)
    SessionRevision.objects.create(session=session, number=1, by=by, at=at, **columns)
    record(by=by, verb="courses.open_session", subject=session.reference, at=at, data=_told(columns))
    return session


@transaction.atomic
def revise_session(
    *,
    by: str,
    session: CourseSession,
    days: Sequence[Day],
    first_on: date | None,
    last_on: date | None,
    place: str,
    reason: str,
    at: datetime,
) -> int:
    """Correct a holding; what it was is kept. How many attendances are to follow: `reflow` carries it to them.

    A whole attendance follows the holding to its new day and length, a partial one is never longer than the
    day. Raises `Refused` with `courses.reason_missing` where somebody attended already, and as `open_session`.
    """
    session = (
        CourseSession.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    )
    columns = _columns(days, first_on, last_on, place)
    if columns == {name: getattr(session, name) for name in columns}:
        return 0
    if session.attendances.exists() and not reason.strip():
        raise Refused("courses.reason_missing")
    before = as_held(session)
    for name, value in columns.items():
        setattr(session, name, value)
    session.revision += 1
    session.save()
    number = session.revision
    SessionRevision.objects.create(
        session=session, number=number, reason=reason.strip(), by=by, at=at, **columns
    )
    told = _told(columns) | {"reason": reason.strip(), "number": number}
    record(by=by, verb="courses.revise_session", subject=session.reference, at=at, data=told)
    news = News(f"session:{session.pk}/{number}", reason.strip(), by, at)
    return follow_session(session, before, news)


@transaction.atomic
def correct_attendance(
    *, by: str, attendance: Attendance, minutes: int | None, reason: str, at: datetime
) -> bool:
    """Correct how many net minutes of each day a person attended: None is the whole, 0 withdraws it.

    Whether anything changed. Raises `Refused("courses.reason_missing")`, `Refused("courses.longer_than_the_day")`.
    """
    if not reason.strip():
        raise Refused("courses.reason_missing")
    session = CourseSession.objects.select_related("course").get(pk=attendance.session_id)
    longest = max((day["minutes"] for day in session.days), default=session.course.minutes)
    if minutes is not None and not 0 <= minutes <= longest:
        raise Refused("courses.longer_than_the_day", minutes=minutes, longest=longest)
    _attendance, changed = confirm(
        by=by, session=session, person=attendance.person, source=Source.HAND, reason=reason.strip(), at=at,
        change=lambda parts: [{**part, "minutes": minutes} for part in parts or _whole(session) if minutes != 0],
    )  # fmt: skip
    return changed


def _whole(session: CourseSession) -> list[dict[str, Any]]:
    """All days of a holding, for an attendance that is reinstated after it was withdrawn."""
    if session.days:
        return [{"day": number, "minutes": None} for number in range(len(session.days))]
    return [{"on": session.last_on.isoformat(), "minutes": None}]


@transaction.atomic
def hold_correction(
    *, by: str, course: Course, person: Person, line: UUID, cause: str, told: dict[str, Any], at: datetime
) -> HeldCorrection:
    """Keep a correction that would change a line already claimed, for the office to look at; once a cause."""
    held, is_new = HeldCorrection.objects.get_or_create(
        line=line, cause=cause, defaults={"course": course, "person": person, "told": told, "held_at": at}
    )
    if is_new:
        facts = {**told, "line": str(line), "cause": cause}
        record(by=by, verb="courses.hold_correction", subject=f"correction:{held.pk}", at=at, data=facts)
    return held


@transaction.atomic
def settle_correction(
    *, actor: Person, held: HeldCorrection, note: str, on: date, at: datetime
) -> HeldCorrection:
    """Note what the office did about a held correction. Raises `Refused("courses.reason_missing")`."""
    entitled(actor, on, None)
    if not note.strip():
        raise Refused("courses.reason_missing")
    held = HeldCorrection.objects.select_for_update().get(pk=held.pk)
    if held.settled_at is None:
        held.settled_at, held.settled_by, held.note = at, actor, note.strip()
        held.save(update_fields=["settled_at", "settled_by", "note"])
        facts: dict[str, object] = {"note": held.note}
        record(
            by=actor.by, verb="courses.settle_correction", subject=f"correction:{held.pk}", at=at, data=facts
        )
    return held


def _columns(days: Sequence[Day], first_on: date | None, last_on: date | None, place: str) -> dict[str, Any]:
    if days:
        dated = sorted(((day.on, day) for day in days if day.on is not None), key=lambda pair: pair[0])
        if len(dated) < len(days):
            raise Refused("courses.day_without_date")
        if len({on for on, _day in dated}) < len(days):
            raise Refused("courses.same_day_twice")
        kept = [_kept(on, day) for on, day in dated]
        return {"days": kept, "first_on": dated[0][0], "last_on": dated[-1][0], "place": place.strip()}
    if first_on is None or last_on is None:
        raise Refused("courses.session_without_days")
    if last_on < first_on:
        raise Refused("courses.ends_before_it_begins", from_on=first_on.isoformat())
    return {"days": [], "first_on": first_on, "last_on": last_on, "place": place.strip()}


def _kept(on: date, day: Day) -> dict[str, object]:
    times = {} if day.begins is None or day.ends is None else {
        "begins": clock_time(day.begins), "ends": clock_time(day.ends), "rest": day.rest,
    }  # fmt: skip
    return {"on": on.isoformat(), "minutes": day.minutes, **times}


def _told(columns: dict[str, Any]) -> dict[str, object]:
    return columns | {key: columns[key].isoformat() for key in ("first_on", "last_on")}
