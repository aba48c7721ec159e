"""How activities become points: which lines count, for how much, and what cut them.

Lines that are not eligible are dropped first. The minutes of a line in one year are summed and
rounded to the step. The pieces are credited in the order of their first day, then of their id, each
as far as every cap over it has room (AMB-C4). Caps form a tree, so no other order credits more.

>>> row = Activity("b1", "B", (Session(date(2026, 5, 1), 45),), topic="4").row
>>> row
('b1', ('B', '4', False, 'record', True, None), datetime.date(2026, 5, 1), 45, None)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from nintei.rules.balance import PENDING, Balance, Outcome
from nintei.rules.compiled import Claims, Frame, frame_for
from nintei.rules.cycles import Cycle, Relief
from nintei.rules.edition import Edition, Unit
from nintei.rules.findings import BadInput
from nintei.rules.spread import Chunk, More, Row, Spread, nothing, once, spread_out

__all__ = [
    "Activity",
    "Balance",
    "Cycle",
    "More",
    "Relief",
    "Row",
    "Session",
    "evaluate",
    "evaluate_rows",
    "points_for",
]


class Session(NamedTuple):
    """The net minutes of an activity on one day in Japan (AMB-C6, AMB-C21)."""

    on: date
    minutes: int


class _Line(NamedTuple):
    """What a line of the ledger says."""

    id: str
    category: str
    sessions: tuple[Session, ...]
    topic: str | None = None
    registered_course: bool = False
    proof: str = "record"
    detail_clear: bool = True
    same_activity: str | None = None
    items: int = 0
    serves: str | None = None
    estimated: bool = False


class Activity(_Line):
    """A line of the ledger. `topic` is the key of a field, `proof` is certificate, document, record or none.

    Lines with the same `same_activity` are the same hours and count once (AMB-C7). `items` counts
    for categories paid by the item, and falls on the last session's day. `serves` names the
    qualification a line is for where the ledger is not shared. `estimated` marks the hours of a
    whole period, put down on one day (AMB-C8); only `check_days` asks for it.
    """

    row: Row

    if not TYPE_CHECKING:  # called as the fields say

        def __init__(self, *_: object, **__: object) -> None:
            self._check()
            self.row = self._row()

    @classmethod
    def _make(cls, fields: Iterable[Any]) -> Self:  # type: ignore[override]
        """Made anew, so that what `_replace` gives is checked as well."""
        return cls(*fields)

    def _check(self) -> None:
        if not self.sessions:
            raise BadInput("activity.no_session", id=self.id)
        for on, minutes in self.sessions:
            if minutes < 0:
                raise BadInput("activity.negative", id=self.id, on=on, minutes=minutes)
        if self.items < 0:
            raise BadInput("activity.negative", id=self.id, items=self.items)

    def _row(self) -> Row:
        (on, minutes), *others = self.sessions
        more = None
        if others or self.same_activity is not None or self.items:
            more = More(tuple((day, time) for day, time in others), self.same_activity, self.items)
        traits = (
            self.category,
            self.topic,
            self.registered_course,
            self.proof,
            self.detail_clear,
            self.serves,
        )
        return self.id, traits, on, minutes, more


def points_for(edition: Edition, minutes: int, category: str | None = None) -> tuple[Fraction, str]:
    """The points one activity of so many minutes claims before caps, and the reason (AMB-C5).

    Without a category the first one that is paid by the hour gives the rate; what is paid by the item
    claims nothing for its minutes.
    """
    hourly = [each for each in edition.categories.values() if each.unit is Unit.HOUR]
    chosen = edition.categories[category] if category else hourly[0]
    rate = chosen.rate if chosen.unit is Unit.HOUR else Fraction(0)
    unit = edition.points.step.denominator
    claims = Claims(edition.points, rate / 60, unit)
    units = claims[minutes]
    return Fraction(units, unit), "OK" if units else claims.reason_for_nothing(minutes)


def evaluate(edition: Edition, cycle: Cycle, activities: Iterable[Activity]) -> Balance:
    """What each line is worth in a cycle, and why (CPD-1.3, 1.4, A.6, B.5, C.6, D.8, D.9).

    Points are Fractions, days are days in Japan. Raises BadInput for a category the edition does
    not have, or a cycle that ends before it starts.
    """
    return evaluate_rows(edition, cycle, [activity.row for activity in activities])


def evaluate_rows(edition: Edition, cycle: Cycle, rows: Sequence[Row]) -> Balance:
    """`evaluate` for lines that are already rows (`Activity.row`), as a bulk run reads them."""
    frame = frame_for(edition, cycle)
    return Balance(frame, cycle, rows, *_credit(frame, rows))


def _credit(frame: Frame, rows: Sequence[Row]) -> tuple[list[Outcome], list[int]]:
    """The outcome of each row in order, and the units left in each slot.

    This is the one place where lines meet caps. It runs for every line of every holder, so it reads
    plain tuples, and what is rare (several sessions, shared hours, items) is done in `spread`.
    """
    gates, days = frame.gates, frame.days
    outcomes: list[Outcome] = [PENDING] * len(rows)
    chunks: list[Chunk] = []
    spread: list[Spread | None] = []
    for number, (key, traits, on, minutes, more) in enumerate(rows):
        gate = gates[traits]
        if more is None:
            units, day = gate.minutes[minutes], days[on]
            caps = gate.places[day]
            if caps is None or not units:
                outcomes[number] = nothing(gate, day, units, minutes)
            else:
                chunks.append((on, key, number, units, caps, gate, day))  # type: ignore[arg-type]
        else:
            spread.append(spread_out(frame, number, rows[number], gate, outcomes, chunks))
    chunks.sort()
    if not spread:
        return outcomes, _fill(frame, chunks, outcomes)
    several = [line for line in spread if line is not None]
    left = _fill(frame, once(chunks, several, outcomes), outcomes)
    for line in several:
        outcomes[line.number] = line.joined(outcomes)
    return outcomes[: len(rows)], left


def _fill(frame: Frame, chunks: list[Chunk], outcomes: list[Outcome]) -> list[int]:
    """Credit the chunks in their order, each as far as all its caps have room."""
    left, slots = frame.room.copy(), frame.slots
    for _, _, number, units, caps, gate, year in chunks:
        credited, cut = units, None
        for slot in caps:
            if left[slot] < credited:
                credited, cut = left[slot], slot
        for slot in caps:
            left[slot] -= credited
        outcomes[number] = gate, units, credited, gate.label if cut is None else slots[cut].reason, cut, year
    return left
