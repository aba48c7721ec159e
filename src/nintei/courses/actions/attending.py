"""Confirming attendances: the one step behind rosters, codes, statements and corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from nintei.courses import signals
from nintei.courses.models import Attendance, AttendanceRevision, CourseSession, Source
from nintei.courses.queries.sessions import days_attended, latest
from nintei.courses.signals import Confirmed
from nintei.journal.actions import Told, record_all
from nintei.people.models import Person

Parts = list[dict[str, Any]]
AT_ONCE = 100
"""So many people are dealt with in one transaction: the journal is not held for longer."""
FEW = 50
"""So few people are dealt with before the next page is shown; the worker does longer lists."""


class Attendee(NamedTuple):
    """Somebody to be confirmed: `change` is given what they attended until now and gives what it is from now on."""

    person: Person
    change: Callable[[Parts], Parts]
    number: str = ""
    kana: str = ""


class Act(NamedTuple):
    """By whom, by which means, why and when."""

    by: str
    source: Source
    at: datetime
    reason: str = ""


def confirm(
    *,
    by: str,
    session: CourseSession,
    person: Person,
    change: Callable[[Parts], Parts],
    source: Source,
    at: datetime,
    number: str = "",
    kana: str = "",
    reason: str = "",
) -> tuple[Attendance, bool]:
    """Append what one person attended, as `confirm_all`; whether anything changed."""
    attendee = Attendee(person, change, number, kana)
    return confirm_all(session=session, attendees=[attendee], act=Act(by, source, at, reason))[0]


def confirm_all(
    *, session: CourseSession, attendees: Sequence[Attendee], act: Act
) -> list[tuple[Attendance, bool]]:
    """Append what people attended, inside the caller's transaction; the same again changes nothing (P2).

    Whoever hears `attendance_confirmed` credits it in this transaction, or takes all of it back.
    """
    # Two at once wait for each other here; the unique constraint is what makes them one.
    CourseSession.objects.select_for_update().get(pk=session.pk)
    attendances = _attendances(session, attendees, act.at)
    before = latest([each.pk for each in attendances.values()])
    revisions = []
    for attendee in attendees:
        mine = attendances[attendee.person.pk]
        if revision := _revision(mine, before.get(mine.pk), attendee, act):
            revisions.append(revision)
    AttendanceRevision.objects.bulk_create(revisions)
    record_all(by=act.by, at=act.at, told=[_leaf(revision, session, act) for revision in revisions])
    confirmed = [
        Confirmed(
            each.attendance,
            days_attended(session, each.parts),
            f"attendance:{each.attendance_id}/{each.number}",
        )
        for each in revisions
    ]
    tell(confirmed, act.reason, act.by, act.at)
    changed = {each.attendance_id for each in revisions}
    mine_of = (attendances[attendee.person.pk] for attendee in attendees)
    return [(mine, mine.pk in changed) for mine in mine_of]


def _attendances(
    session: CourseSession, attendees: Sequence[Attendee], at: datetime
) -> dict[UUID, Attendance]:
    """The attendance of each person, made where there is none yet."""
    people = {each.person.pk: each for each in attendees}
    known = {
        each.person_id: each for each in Attendance.objects.filter(session=session, person__in=list(people))
    }
    made = Attendance.objects.bulk_create(
        Attendance(session=session, person=each.person, number=each.number, kana=each.kana, first_at=at)
        for pk, each in people.items()
        if pk not in known
    )
    for mine in known.values():
        mine.session, mine.person = session, people[mine.person_id].person
    return known | {each.person_id: each for each in made}


def _revision(
    mine: Attendance, before: AttendanceRevision | None, attendee: Attendee, act: Act
) -> AttendanceRevision | None:
    """What a person attended from now on; None where that is what it was."""
    known: Parts = before.parts if before else []
    parts = attendee.change([dict(part) for part in known])
    if before is not None and parts == known:
        return None
    number = before.number + 1 if before else 1
    told = {"source": act.source, "reason": act.reason, "by": act.by, "at": act.at}
    return AttendanceRevision(attendance=mine, number=number, parts=parts, **told)


def _leaf(revision: AttendanceRevision, session: CourseSession, act: Act) -> Told:
    mine = revision.attendance
    told: dict[str, object] = {
        "session": str(session.pk), "person": str(mine.person_id), "parts": revision.parts,
        "source": act.source.value, "reason": act.reason, "number": revision.number,
    }  # fmt: skip
    return Told("courses.confirm_attendance", mine.reference, told)


def tell(confirmed: Sequence[Confirmed], reason: str, by: str, at: datetime) -> None:
    """Say upstairs what attendances are now."""
    if confirmed:
        news = {"confirmed": confirmed, "reason": reason, "at": at, "by": by}
        signals.attendance_confirmed.send(Attendance, **news)


def in_order(parts: Parts) -> Parts:
    """Parts by day, so that the same days are the same attendance."""
    return sorted(parts, key=lambda part: (part.get("day", 0), part.get("on", "")))
