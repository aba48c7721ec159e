"""Holdings of courses, who attended, and what a provider may see of it."""

from __future__ import annotations

import functools
import operator
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import jaconv
from django.db.models import Case, Count, Max, Prefetch, Q, QuerySet, Value, When

from nintei.courses import seats
from nintei.courses.models import (
    Attendance,
    AttendanceRevision,
    Course,
    CourseSession,
    Outcome,
    Redemption,
    Reflow,
    Roster,
    RosterRow,
    SeatCode,
)
from nintei.courses.queries.courses import is_accredited
from nintei.people.models import Person, Role

COMMITTEE = (Role.REVIEWER, Role.DECIDER)
Part = Mapping[str, Any]


def _managed(person: Person, roles: Collection[Role]) -> Q:
    """A provider's own courses; the association's own are managed by its committee."""
    mine = Q(course__offered_by__contact=person)
    return mine | Q(course__offered_by=None) if set(COMMITTEE) & set(roles) else mine


def session_of(person: Person, roles: Collection[Role], pk: UUID) -> CourseSession | None:
    """A holding that this person manages, with its course and revisions, or None."""
    found = CourseSession.objects.filter(_managed(person, roles), pk=pk)
    return found.select_related("course__offered_by").prefetch_related("revisions").first()


def managed_course(person: Person, roles: Collection[Role], pk: UUID) -> Course | None:
    """A course that this person manages: their organisation's, or (the committee) one without an account."""
    mine = Q(offered_by__contact=person)
    if set(COMMITTEE) & set(roles):
        mine |= Q(offered_by=None)
    return Course.objects.filter(mine, pk=pk).select_related("offered_by").first()


def reflows(course: Course, session: CourseSession | None = None, most: int = 5) -> list[Reflow]:
    """The newest corrections of a course on their way to those they concern, or of one of its holdings."""
    found = Reflow.objects.filter(course=course, **({"session": session} if session else {}))
    return list(found.select_related("session").order_by("-begun_at", "pk")[:most])


def session(pk: UUID) -> CourseSession | None:
    """One holding with its course."""
    return CourseSession.objects.select_related("course__offered_by").filter(pk=pk).first()


def days_attended(session: CourseSession, parts: Iterable[Part]) -> dict[date, int]:
    """The (JST) days and net minutes of an attendance, by what the holding is said to be now.

    Nobody attended longer than the course lasted. Empty: the attendance was withdrawn.
    """
    return days_by(session.days, session.course.minutes, parts)


def days_by(held: Sequence[Part], longest: int, parts: Iterable[Part]) -> dict[date, int]:
    """The days of an attendance by the days of a holding, and where it has none by how long the course is."""
    days: dict[date, int] = {}
    for part in parts:
        if "day" in part:
            if part["day"] >= len(held):
                continue
            day = held[part["day"]]
            on, whole = date.fromisoformat(day["on"]), int(day["minutes"])
        else:
            on, whole = date.fromisoformat(part["on"]), longest
        minutes = whole if part["minutes"] is None else min(int(part["minutes"]), whole)
        if minutes:
            days[on] = days.get(on, 0) + minutes
    return dict(sorted(days.items()))


def latest(attendances: Collection[UUID]) -> dict[UUID, AttendanceRevision]:
    """The newest revision of each attendance, in one query."""
    found = AttendanceRevision.objects.filter(attendance__in=attendances).order_by("attendance_id", "-number")
    return {each.attendance_id: each for each in found.distinct("attendance_id")}


class Attended(NamedTuple):
    """An attendance as the provider sees it: what it sent, and what counts."""

    attendance: Attendance
    revision: AttendanceRevision
    days: dict[date, int]

    @property
    def minutes(self) -> int:
        """The minutes of all days; none for one that was withdrawn."""
        return sum(self.days.values())


def attendances(session: CourseSession, words: str = "") -> QuerySet[Attendance]:
    """Who was confirmed for a holding, by the number that the provider sent; `words` stand in number or reading."""
    rows = session.attendances.order_by("number", "first_at", "pk")
    for word in words.split():
        # A reading is kept as it was sent: in half width, in full width, or in hiragana.
        wide = jaconv.hira2kata(unicodedata.normalize("NFKC", word))
        written = {word, wide, jaconv.z2h(wide)}
        ways = [Q(number__icontains=way) | Q(kana__icontains=way) for way in written]
        rows = rows.filter(functools.reduce(operator.or_, ways))
    return rows


def attended(session: CourseSession, rows: Iterable[Attendance]) -> list[Attended]:
    """These attendances of a holding with what counts of each: one query more."""
    rows = list(rows)
    newest = latest([row.pk for row in rows])
    return [
        Attended(row, newest[row.pk], days_attended(session, newest[row.pk].parts))
        for row in rows
        if row.pk in newest
    ]


def attendance_of(person: Person, roles: Collection[Role], pk: UUID) -> Attended | None:
    """An attendance of a holding that this person manages, or None."""
    found = (
        Attendance.objects.select_related("session__course__offered_by", "person")
        .filter(pk=pk, session__in=CourseSession.objects.filter(_managed(person, roles)))
        .first()
    )
    if found is None:
        return None
    revision = latest([found.pk])[found.pk]
    return Attended(found, revision, days_attended(found.session, revision.parts))


def is_confirmed(attendance: UUID) -> bool:
    """Whether an attendance bears this number: the ledger's line of it bears the same."""
    return Attendance.objects.filter(pk=attendance).exists()


# --- rosters --------------------------------------------------------------------------------------


def roster_of(person: Person, roles: Collection[Role], pk: UUID) -> Roster | None:
    """A roster of a holding that this person manages, or None."""
    managed = CourseSession.objects.filter(_managed(person, roles))
    return (
        Roster.objects.select_related("session__course__offered_by")
        .filter(pk=pk, session__in=managed)
        .first()
    )


def roster(pk: UUID) -> Roster | None:
    """One roster with its session and course."""
    return Roster.objects.select_related("session__course__offered_by").filter(pk=pk).first()


def rosters(session: CourseSession) -> QuerySet[Roster]:
    """The confirmed rosters of a holding, the newest first, with how many rows were taken."""
    taken = Count("rows", filter=Q(rows__outcome__in=[Outcome.CREDITED, Outcome.KNOWN]))
    confirmed = Roster.objects.filter(session=session, confirmed_at__isnull=False).defer("content")
    return confirmed.annotate(rows_in_all=Count("rows"), taken=taken).order_by("-confirmed_at")


def unfinished_rosters() -> list[UUID]:
    """Rosters that were confirmed and not carried out to the end."""
    open_ = Roster.objects.filter(confirmed_at__isnull=False, finished_at=None).order_by("confirmed_at")
    return list(open_.values_list("pk", flat=True))


def outcomes(roster: Roster) -> dict[str, int]:
    """How many rows of a roster stand where."""
    found = RosterRow.objects.filter(roster=roster).values_list("outcome").annotate(n=Count("pk"))
    return dict.fromkeys(Outcome.values, 0) | dict(found)


def rows_of(roster: Roster) -> QuerySet[RosterRow]:
    """The rows of a roster, those that were not taken first."""
    last = Case(When(outcome=Outcome.NOT_TAKEN, then=Value(0)), default=Value(1))
    return RosterRow.objects.filter(roster=roster).order_by(last, "line")


def not_taken(roster: Roster) -> QuerySet[RosterRow]:
    """The rows of a roster that were not taken, as they were sent."""
    return RosterRow.objects.filter(roster=roster, outcome=Outcome.NOT_TAKEN)


# --- codes ----------------------------------------------------------------------------------------


class Codes(NamedTuple):
    """The codes of one day of a holding."""

    day: int
    on: date
    issued: int
    used: int
    opens_at: datetime | None
    closes_at: datetime | None


def codes(session: CourseSession) -> list[Codes]:
    """The codes of a holding, a row a day: how many were made and how many were used."""
    counted = {
        row["day"]: (row["issued"], row["used"], row["opens"], row["closes"])
        for row in SeatCode.objects.filter(session=session)
        .order_by()
        .values("day")
        .annotate(
            issued=Count("pk"), used=Count("redemption"), opens=Max("opens_at"), closes=Max("closes_at")
        )
    }
    rows = [(number, date.fromisoformat(day["on"])) for number, day in enumerate(session.days)]
    none = (0, 0, None, None)
    return [Codes(number, on, *counted.get(number, none)) for number, on in rows]


def unused_codes(session: CourseSession, day: int) -> Sequence[SeatCode]:
    """The codes of a day that nobody has used, by seat."""
    return list(SeatCode.objects.filter(session=session, day=day, redemption=None).order_by("seat"))


def code_behind(token: str) -> SeatCode | None:
    """The code that an address carries, if its signature is ours and the code was issued."""
    name = seats.read(token)
    if name is None:
        return None
    return SeatCode.objects.select_related("session__course__offered_by").filter(pk=name).first()


def redemption_of(code: SeatCode) -> Redemption | None:
    """Who used a code, if anybody did."""
    return Redemption.objects.select_related("attendance").filter(code=code).first()


def minutes_of_code(code: SeatCode) -> tuple[date, int] | None:
    """The (JST) day and the net minutes that a code confirms; None where that day was taken out of the holding."""
    days = code.session.days
    if code.day >= len(days):
        return None
    return date.fromisoformat(days[code.day]["on"]), int(days[code.day]["minutes"])


def counts_on(session: CourseSession, on: date) -> bool:
    """Whether attending a holding on a day counts: the course is accredited then."""
    return is_accredited(session.course, on)


def affected(course: Course) -> QuerySet[CourseSession]:
    """The holdings of a course with those who attended."""
    return CourseSession.objects.filter(course=course).prefetch_related(
        Prefetch("attendances", Attendance.objects.select_related("person"))
    )
