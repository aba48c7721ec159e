"""What a ledger is worth in a cycle: lines with reasons, sums, room under each cap, findings.

A `Balance` keeps what the evaluation found in whole units; what is shown is made when asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from nintei.rules.compiled import Frame, Gate, is_under
from nintei.rules.cycles import Cycle, Year
from nintei.rules.edition import Bound, Citation, Per
from nintei.rules.findings import Finding
from nintei.rules.relief import relieved_months, required_in


class Piece(NamedTuple):
    """A line's part in one year, in units."""

    year: int
    claimed: int
    credited: int


Outcome = tuple[Gate, int, int, str, int | None, "int | tuple[Piece, ...]"]
"""Gate, units claimed and credited, reason, the slot that cut, and the year or the parts by year."""

PENDING: Outcome = None  # type: ignore[assignment]
"""The place of an outcome that is not known yet; none is left when an evaluation ends."""

CLAUSE_OF = {
    "BEFORE_CYCLE": "window",
    "AFTER_CYCLE": "window",
    "AFTER_SUBMISSION": "window",
    "PARTLY_OUT_OF_CYCLE": "window",
    "BELOW_UNIT": "step",
    "NOT_A_MULTIPLE": "rounding",
}
"""The citation of the points rules that a reason rests on."""


class Share(NamedTuple):
    """A line's points in one year."""

    year: int
    claimed: Fraction
    credited: Fraction


class Line(NamedTuple):
    """What became of a line: `category` is the one it counts in, `cite` the clause that decided."""

    id: str
    category: str
    claimed: Fraction
    credited: Fraction
    reason: str
    cite: Citation
    cut_by: Bound | None
    years: tuple[Share, ...]


class Room(NamedTuple):
    """How full a cap is in a year (or, with `year` None, in the cycle)."""

    bound: Bound
    year: Year | None
    used: Fraction
    room: Fraction


def left_over(total: Fraction, required: Fraction) -> Fraction:
    """The points that a renewal did not need, before the cap on what may be carried over (AMB-C16)."""
    return max(Fraction(0), total - required)


class Balance:
    """The answer of `evaluate`. Two balances are compared by what they show."""

    def __init__(
        self,
        frame: Frame,
        cycle: Cycle,
        rows: Sequence[tuple[object, ...]],
        outcomes: list[Outcome],
        left: list[int],
    ) -> None:
        self.frame = frame
        self.cycle = cycle
        self.rows = rows
        self.outcomes = outcomes
        self.left = left

    @property
    def credited_units(self) -> int:
        """What the lines are worth together, in `frame.unit`ths of a point."""
        return sum([outcome[2] for outcome in self.outcomes])

    @property
    def carried(self) -> Fraction:
        """What counts of the points brought from the last cycle (AMB-C16)."""
        return min(self.cycle.carried, self.frame.edition.points.carry_over)

    @property
    def total(self) -> Fraction:
        """The points that count for renewal (CPD-1.4)."""
        return self.frame.points(self.credited_units) + self.carried

    @property
    def required(self) -> Fraction:
        """The points a renewal needs (CPD-1.4), less what windows of hardship take off."""
        return required_in(self.frame.edition, self.cycle)

    @property
    def relieved_months(self) -> int:
        """The whole months of hardship that make a renewal need fewer points."""
        return relieved_months(self.frame.edition, self.cycle)

    @property
    def shortfall(self) -> Fraction:
        """The points still missing, never below zero."""
        return max(Fraction(0), self.required - self.total)

    @property
    def surplus(self) -> Fraction:
        """What the next cycle may take over of the points that were not needed (AMB-C16)."""
        return min(left_over(self.total, self.required), self.frame.edition.points.carry_over)

    @property
    def met(self) -> bool:
        """Whether the points suffice for renewal: the total, every minimum and the distinct topics."""
        return self.total >= self.required and not self.unmet

    @property
    def unmet(self) -> tuple[Finding, ...]:
        """The minimums and the distinct topics that are not met, whatever the total."""
        return tuple(finding for finding in (*self._minimums(), *self._topics()) if not finding.met)

    @property
    def years(self) -> tuple[Year, ...]:
        """The years that feed this cycle."""
        return self.frame.years

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What became of each line, in the order they came in."""
        return tuple(
            self._line(row[0], *outcome) for row, outcome in zip(self.rows, self.outcomes, strict=True)
        )

    def _line(
        self,
        key: object,
        gate: Gate,
        claimed: int,
        credited: int,
        reason: str,
        slot: int | None,
        where: object,
    ) -> Line:
        points, bound = self.frame.points, None if slot is None else self.frame.slots[slot].bound
        pieces = ((where, claimed, credited),) if isinstance(where, int) else where
        shares = tuple(Share(year, points(most), points(got)) for year, most, got in pieces)  # type: ignore[attr-defined]
        cite = bound.cite if bound is not None else self._clause(reason, gate)
        return Line(str(key), gate.category, points(claimed), points(credited), reason, cite, bound, shares)

    def _clause(self, reason: str, gate: Gate) -> Citation:
        return self.frame.edition.points.cites.get(CLAUSE_OF.get(reason, ""), gate.cite)

    @cached_property
    def credited(self) -> dict[tuple[str, str | None, int], int]:
        """Units credited by category, topic and year: all that sums, caps and minimums ask about."""
        sums: dict[tuple[str, str | None, int], int] = {}
        for gate, claimed, credited, _, _, where in self.outcomes:
            pieces = (Piece(where, claimed, credited),) if isinstance(where, int) else where
            for piece in pieces:
                key = gate.category, gate.topic, piece.year
                sums[key] = sums.get(key, 0) + piece.credited
        return sums

    @cached_property
    def by_category(self) -> dict[str, Fraction]:
        """Points credited in each category of the edition, in its order."""
        sums = dict.fromkeys(self.frame.edition.categories, 0)
        for (category, _, _), units in self.credited.items():
            sums[category] += units
        return {category: self.frame.points(units) for category, units in sums.items()}

    @cached_property
    def by_year(self) -> dict[int, dict[str, Fraction]]:
        """Points credited in each year and category, a table without holes."""
        table = {year.number: dict.fromkeys(self.frame.edition.categories, 0) for year in self.years}
        for (category, _, year), units in self.credited.items():
            table[year][category] += units
        return {
            year: {category: self.frame.points(units) for category, units in row.items()}
            for year, row in table.items()
        }

    def under(self, bound: Bound, year: int | None) -> Fraction:
        """The points credited under a bound, in one year or in the cycle."""
        units = sum(
            units
            for (category, topic, index), units in self.credited.items()
            if year in (None, index) and is_under(bound, category, topic)
        )
        return self.frame.points(units)

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """Every cap in every year: used and room, in the edition's order."""
        return tuple(
            Room(cap, year, used, cap.points - used)
            for cap in self.frame.edition.points.caps
            for year in self._spans(cap)
            for used in [self.under(cap, year and year.number)]
        )

    def _spans(self, bound: Bound) -> tuple[Year | None, ...]:
        return (None,) if bound.per is Per.CYCLE else self.years

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What a renewal needs of the points: total, minimums, distinct topics; what a person must look at."""
        rules = self.frame.edition.points
        total = Finding(
            "points.required",
            self.total >= self.required,
            self.total,
            self.required,
            rules.cites.get("required"),
        )
        return total, *self._minimums(), *self._topics(), *self._reviews()

    def _minimums(self) -> list[Finding]:
        return [
            Finding(bound.key, got >= bound.points, got, bound.points, bound.cite, _span(year))
            for bound in self.frame.edition.points.minimums
            for year in self._spans(bound)
            for got in [self.under(bound, year and year.number)]
        ]

    def _topics(self) -> list[Finding]:
        rules = self.frame.edition.points
        if not rules.min_topics:
            return []
        topics = len({topic for (_, topic, _), units in self.credited.items() if topic and units})
        cite = rules.cites.get("min_topics")
        return [Finding("points.min_topics", topics >= rules.min_topics, topics, rules.min_topics, cite)]

    def _reviews(self) -> list[Finding]:
        held = [line for line in self.lines if line.reason == "REVIEW_DETAIL"]
        return [Finding("points.detail", None, line.id, "clear", line.cite, "REVIEW_DETAIL") for line in held]


def _span(year: Year | None) -> str:
    """A year as an ISO 8601 interval, for a finding's note."""
    return "" if year is None else f"{year.first}/{year.last}"
