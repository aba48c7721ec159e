"""A cycle of validity, its years, and which days count: the calendar of the points rules."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple, TypeVar

from nintei.rules.edition import Edition, Window, YearKind

MEMORY = 4096
"""How many answers a memory holds before it starts afresh: input from outside must not fill it."""

K = TypeVar("K")
V = TypeVar("V")

OUTSIDE = ("BEFORE_CYCLE", "AFTER_CYCLE", "AFTER_SUBMISSION")


class Memory(dict[K, V]):
    """Answers a question once: a key not yet known is asked of `answer` and kept."""

    def answer(self, key: K) -> V:
        """The value of a key that is not known yet."""
        raise NotImplementedError

    def __missing__(self, key: K) -> V:
        value = self.answer(key)
        if len(self) >= MEMORY:
            self.clear()
        self[key] = value
        return value


class Relief(NamedTuple):
    """A window of hardship that was granted: what happened, and its days, both included."""

    kind: str
    first: date
    last: date


class Cycle(NamedTuple):
    """One holder's span of validity, with the days that open and close the counting window.

    Without `submitted_on` activity counts to the last day of validity. `certified_on` matters only
    to a rulebook that counts from certification; without it the window opens with the cycle.
    `qualification` matters only where the ledger is not shared (AMB-C15), `carried` (points left
    over from the last cycle) only where something may be carried over (AMB-C16), `relief` only where
    the rulebook says what hardship changes (AMB-A9).
    """

    start: date
    end: date
    submitted_on: date | None = None
    certified_on: date | None = None
    qualification: str | None = None
    carried: Fraction = Fraction(0)
    relief: tuple[Relief, ...] = ()


class Year(NamedTuple):
    """A year that caps and minimums are counted over; number 0 holds the first day of the cycle."""

    number: int
    first: date
    last: date


Day = int | str
"""The year a day falls in, or the reason why it does not count."""


class Days(Memory[date, Day]):
    """The year of a day by the rulebook's kind of year (AMB-C1), or why it does not count (AMB-C3)."""

    def __init__(self, edition: Edition, cycle: Cycle) -> None:
        self.anchor = _anchor(edition, cycle.start)
        self.end = cycle.end
        self.opens, self.closes = cycle.start, cycle.end
        if edition.points.window is Window.FROM_CERTIFICATION:
            self.opens = cycle.certified_on or cycle.start
        if edition.points.window is not Window.VALIDITY_FULL:
            self.closes = min(cycle.end, cycle.submitted_on or cycle.end)

    def answer(self, on: date) -> Day:
        """The number of a day's year, or the reason why the day is outside."""
        if on < self.opens:
            return "BEFORE_CYCLE"
        if on > self.end:
            return "AFTER_CYCLE"
        return "AFTER_SUBMISSION" if on > self.closes else self.year_of(on)

    def year_of(self, on: date) -> int:
        """The index of the year a day falls in; years before the cycle count below zero."""
        index = on.year - self.anchor.year
        return index if on >= anniversary(self.anchor, index) else index - 1

    def years(self) -> tuple[Year, ...]:
        """The years with a day in the counting window or in the cycle, in order."""
        first, last = min(self.opens, self.anchor), self.end
        return tuple(
            Year(
                index,
                anniversary(self.anchor, index),
                anniversary(self.anchor, index + 1) - timedelta(days=1),
            )
            for index in range(self.year_of(first), self.year_of(last) + 1)
        )


def anniversary(day: date, years: int) -> date:
    """The first day of a later (or earlier) year: 29 February becomes 1 March (Civil Code 143).

    >>> anniversary(date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    >>> anniversary(date(2024, 2, 29), 4)
    datetime.date(2028, 2, 29)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _anchor(edition: Edition, start: date) -> date:
    """The first day of the year that holds the first day of the cycle."""
    kind = edition.points.year_kind
    if kind is YearKind.CYCLE_YEAR:
        return start
    if kind is YearKind.CALENDAR_YEAR:
        return date(start.year, 1, 1)
    first = date(start.year, edition.validity.fiscal_year_month, edition.validity.fiscal_year_day)
    return first if first <= start else anniversary(first, -1)
