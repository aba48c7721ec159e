"""Attendance codes: made for the seats of a day, redeemed once each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from nintei.courses.actions.attending import Parts, confirm, in_order
from nintei.courses.models import Attendance, CourseSession, Redemption, SeatCode, Source
from nintei.courses.queries.sessions import counts_on, minutes_of_code
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

MOST_SEATS = 500
DAYS_TO_REDEEM = 14
"""A phone without a connection at the venue keeps the code; so long after the day it can be redeemed."""


@transaction.atomic
def issue_codes(*, by: str, session: CourseSession, day: int, seats: int, at: datetime) -> list[SeatCode]:
    """Make codes for so many further seats of a day of a holding; they work from that day for a fortnight after.

    Raises `Refused` with `courses.no_such_day_of_session`, `courses.too_many_seats`.
    """
    session = (
        CourseSession.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    )
    if not 0 <= day < len(session.days):
        raise Refused("courses.no_such_day_of_session")
    first = SeatCode.objects.filter(session=session, day=day).count() + 1
    if seats < 1 or first + seats - 1 > MOST_SEATS:
        raise Refused("courses.too_many_seats", most=MOST_SEATS)
    opens = datetime.combine(date.fromisoformat(session.days[day]["on"]), time(), JST)
    closes = opens + timedelta(days=DAYS_TO_REDEEM + 1)
    made = SeatCode.objects.bulk_create(
        SeatCode(session=session, day=day, seat=seat, opens_at=opens, closes_at=closes, issued_at=at)
        for seat in range(first, first + seats)
    )
    told: dict[str, object] = {"day": day, "first": first, "seats": seats, "closes_at": closes.isoformat()}
    record(by=by, verb="courses.issue_codes", subject=session.reference, at=at, data=told)
    return made


@transaction.atomic
def redeem(*, by: str, person: Person, code: SeatCode, at: datetime) -> Attendance:
    """Use a code: this person attended the whole day of its holding. The same person again changes nothing.

    Raises `Refused` with `courses.code_too_early`, `courses.code_too_late`, `courses.code_void`,
    `courses.code_used`, `courses.attended_already`, `courses.not_accredited_on`.
    """
    session = CourseSession.objects.select_related("course").get(pk=code.session_id)
    code.session = session
    _refuse_out_of_time(code, at)
    counted = minutes_of_code(code)
    if counted is None:
        raise Refused("courses.code_void")
    if not counts_on(session, counted[0]):
        raise Refused("courses.not_accredited_on", on=counted[0].isoformat())
    if used := Redemption.objects.select_related("attendance").filter(code=code).first():
        return _same_person(used, person)
    attendance, _changed = confirm(
        by=by, session=session, person=person, source=Source.CODE, at=at,
        change=lambda parts: _with_day(parts, code.day),
    )  # fmt: skip
    return _spend(by, code, attendance, at)


def _spend(by: str, code: SeatCode, attendance: Attendance, at: datetime) -> Attendance:
    """Write the redemption; of many phones at once, the key of the table lets one through."""
    try:
        with transaction.atomic():
            Redemption.objects.create(code=code, attendance=attendance, redeemed_at=at)
    except IntegrityError:
        raise Refused("courses.code_used") from None
    told: dict[str, object] = {"seat": code.seat, "day": code.day, "attendance": str(attendance.pk)}
    record(by=by, verb="courses.redeem", subject=f"code:{code.pk}", at=at, data=told)
    return attendance


def _same_person(used: Redemption, person: Person) -> Attendance:
    if used.attendance.person_id != person.pk:
        raise Refused("courses.code_used")
    return used.attendance


def _refuse_out_of_time(code: SeatCode, at: datetime) -> None:
    if at < code.opens_at:
        raise Refused("courses.code_too_early", on=code.opens_at.astimezone(JST).date().isoformat())
    if at >= code.closes_at:
        last = (code.closes_at - timedelta(minutes=1)).astimezone(JST).date()
        raise Refused("courses.code_too_late", on=last.isoformat())


def _with_day(parts: Parts, day: int) -> Parts:
    """What the person attended before, and this whole day; a day confirmed already spends no second code."""
    if any(part.get("day") == day for part in parts):
        raise Refused("courses.attended_already")
    return in_order([*parts, {"day": day, "minutes": None}])
