"""Confirming an attendance: the one step behind rosters, codes and corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from nintei.courses import signals
from nintei.courses.models import Attendance, AttendanceRevision, CourseSession, Source
from nintei.courses.queries.sessions import days_attended
from nintei.journal.actions import record
from nintei.people.models import Person

Parts = list[dict[str, Any]]


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
    """Append what a person attended, inside the caller's transaction; the same again changes nothing (P2).

    `change` is given what was attended until now, with the holding locked, and gives what it is from now on.
    Whoever hears `attendance_confirmed` credits it in this transaction, or takes all of it back.
    """
    # Two at once wait for each other here; the unique constraint is what makes them one.
    CourseSession.objects.select_for_update().get(pk=session.pk)
    attendance, _new = Attendance.objects.get_or_create(
        session=session, person=person, defaults={"number": number, "kana": kana, "first_at": at}
    )
    before = AttendanceRevision.objects.filter(attendance=attendance).order_by("-number").first()
    known: Parts = before.parts if before else []
    parts = change([dict(part) for part in known])
    if before is not None and parts == known:
        return attendance, False
    revision = AttendanceRevision.objects.create(
        attendance=attendance,
        number=before.number + 1 if before else 1,
        parts=parts,
        source=source,
        reason=reason,
        by=by,
        at=at,
    )
    told: dict[str, object] = {"session": str(session.pk), "person": str(person.pk), "parts": parts}
    told |= {"source": source.value, "reason": reason, "number": revision.number}
    record(by=by, verb="courses.confirm_attendance", subject=attendance.reference, at=at, data=told)
    tell(
        attendance,
        days_attended(session, parts),
        f"attendance:{attendance.pk}/{revision.number}",
        reason,
        by,
        at,
    )
    return attendance, True


def tell(
    attendance: Attendance, days: dict[date, int], cause: str, reason: str, by: str, at: datetime
) -> None:
    """Say upstairs what an attendance is now."""
    signals.attendance_confirmed.send(
        Attendance, attendance=attendance, days=days, cause=cause, reason=reason, at=at, by=by
    )


def in_order(parts: Parts) -> Parts:
    """Parts by day, so that the same days are the same attendance."""
    return sorted(parts, key=lambda part: (part.get("day", 0), part.get("on", "")))
