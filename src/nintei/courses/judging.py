"""Which rows of a roster can be taken: the person is known, the day belongs to the holding and counts.

A wrong number, a wrong reading and a person who holds nothing look the same to whoever sent the roster.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from nintei.courses.models import CourseSession
from nintei.courses.queries import holders
from nintei.courses.queries.sessions import counts_on
from nintei.courses.rosterfile import COLUMNS, Fault, Reading, Row, Unread
from nintei.rules.edition import Text


class Judged(NamedTuple):
    """A roster as it would be taken: `taken` gives the person of each line that can be, `unread` what is no row."""

    rows: tuple[Row, ...]
    taken: dict[int, UUID]
    faults: tuple[Fault, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def sent(self) -> dict[int, Row | Unread]:
        """Each line as it was sent."""
        rows: list[Row | Unread] = [*self.rows, *self.unread]
        return {row.line: row for row in rows}

    @property
    def lines_at_fault(self) -> int:
        """How many lines cannot be taken."""
        return len({fault.line for fault in self.faults})


def judge(session: CourseSession, reading: Reading, on: date) -> Judged:
    """Judge every row on a (JST) day; all faults are returned, in the order of the lines."""
    faults = list(reading.faults)
    if reading.session and reading.session != str(session.pk):
        faults.append(_fault(1, "session", "ほかの開催の名簿です。", "This roster is for another session."))
        return Judged((), {}, tuple(faults))
    people = holders.found((row.number, row.kana) for row in reading.rows)
    of_day: dict[date | None, tuple[Wrong, ...]] = {}
    taken: dict[int, UUID] = {}
    seen: dict[tuple[UUID, date | None], int] = {}
    for row in reading.rows:
        if row.on not in of_day:
            of_day[row.on] = tuple(_days(session, row.on, on))
        wrong = [Fault(row.line, *each) for each in of_day[row.on]]
        wrong += _minutes(session, row)
        person = people.get((row.number, row.kana))
        if person is None:
            wrong.append(_unknown(row.line))
        elif (first := seen.setdefault((person, row.on), row.line)) != row.line:
            wrong.append(_twice(row.line, first))
        faults += wrong
        if person is not None and not wrong:
            taken[row.line] = person
    faults += _too_long_in_all(session, reading.rows, taken)
    ordered = tuple(sorted(faults, key=lambda fault: fault.line))
    return Judged(reading.rows, taken, ordered, reading.unread)


Wrong = tuple[str, Text]


def _days(session: CourseSession, on: date | None, today: date) -> Iterable[Wrong]:
    """What is wrong with a day, whoever attended on it: a roster names few days and many people."""
    held = {date.fromisoformat(day["on"]) for day in session.days}
    days = {on} if on else held
    if on is None and not held:
        yield _told("on", "受講日を書いてください。", "Write the day attended.")
    elif held and on and on not in held:
        yield _told("on", "この開催の日ではありません。", "Not a day of this session.")
    elif not held and on and not session.first_on <= on <= session.last_on:
        yield _told("on", "この開催の期間の外です。", "Outside the days of this session.")
    for day in sorted(days):
        if day > today:
            yield _told("on", "受講日が今日より後です。", "The day lies in the future.")
        elif not counts_on(session, day):
            yield _told(
                "on", "この日は、研修が認定されていません。", "The course is not accredited on that day."
            )


def _minutes(session: CourseSession, row: Row) -> Iterable[Fault]:
    if row.minutes is None:
        return
    longest = _longest(session, row.on)
    if row.minutes > longest:
        yield _fault(
            row.line, "minutes",
            f"研修の時間（{longest}分）より長くなっています。",
            f"Longer than the course, which takes {longest} minutes.",
        )  # fmt: skip
    elif row.on is None and len(session.days) > 1 and row.minutes:
        yield _fault(
            row.line, "on",
            "何日もある開催です。分数を書くときは、受講日も書いてください。",
            "The session has several days: with minutes, write the day attended too.",
        )  # fmt: skip


def _longest(session: CourseSession, on: date | None) -> int:
    if not session.days:
        return session.course.minutes
    return max(
        (int(day["minutes"]) for day in session.days if on is None or day["on"] == on.isoformat()),
        default=1440,
    )


def _too_long_in_all(
    session: CourseSession, rows: tuple[Row, ...], taken: dict[int, UUID]
) -> Iterable[Fault]:
    """Nobody attends a free course longer than it is: the lines of one person together."""
    if session.days:
        return
    most, sums = session.course.minutes, Counter[UUID]()
    for row in rows:
        if person := taken.get(row.line):
            sums[person] += most if row.minutes is None else row.minutes
            if sums[person] > most:
                del taken[row.line]
                yield _fault(
                    row.line, "minutes",
                    f"この方の分数を合わせると、研修の時間（{most}分）を超えます。",
                    f"Together the minutes of this person exceed the course, which takes {most}.",
                )  # fmt: skip


def _unknown(line: int) -> Fault:
    return _fault(
        line, "number",
        "この番号とカナでは受け付けられません。受講者に確かめてください。",
        "This number and reading cannot be taken. Please ask the attendee.",
    )  # fmt: skip


def _twice(line: int, first: int) -> Fault:
    return _fault(line, "number", f"{first}行目と同じ方です。", f"The same person as in line {first}.")


def _fault(line: int, column: str, ja: str, en: str) -> Fault:
    return Fault(line, *_told(column, ja, en))


def _told(column: str, ja: str, en: str) -> Wrong:
    return COLUMNS[column][0], Text(ja, en)
