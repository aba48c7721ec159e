"""Totals of a whole population at once, for what-if questions: NumPy over columns, no reasons.

The kernel answers what a line of certain traits may draw from; here only the sums are made. Units
are whole numbers (`unit_of(edition)` of them are a point), exact as long as one holder has fewer
than 2**53 of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nintei.rules.compiled import Claims, Frame, Gate, Traits, frame_for, is_under, unit_of
from nintei.rules.cycles import Cycle
from nintei.rules.edition import Edition, Per, Rounding
from nintei.rules.findings import BadInput

if TYPE_CHECKING:
    from numpy.typing import NDArray

EPOCH = date(1970, 1, 1)
Knot = tuple[int, int | None]
"""A cap by its number, in one year or in the cycle."""

BLOCK = 1 << 18
"""Rows worked on at a time: what they need fits into the processor's cache."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Sessions of many holders. A row is one session: holder, day, minutes, traits.

    `cycles` and `traits` are the different ones that occur; `cycle_of` gives each holder's cycle and
    `traits_of` each row's traits by number. `on` counts days from 1970-01-01. For a category paid by
    the item `quantity` are items on the last day, else minutes. `line` numbers the line of a row
    where lines have several sessions; `same` numbers lines of the same hours, -1 for all others.
    Line numbers, or else rows, are in the order of the ids within a day.
    """

    cycles: tuple[Cycle, ...]
    cycle_of: NDArray[Any]
    traits: tuple[Traits, ...]
    holder: NDArray[Any]
    on: NDArray[Any]
    quantity: NDArray[Any]
    traits_of: NDArray[Any]
    line: NDArray[Any] | None = None
    same: NDArray[Any] | None = None


class Rows(NamedTuple):
    """What is counted: holder, day, place (year, or outside), traits, quantity; line and same hours."""

    holder: NDArray[Any]
    on: NDArray[Any]
    place: NDArray[Any]
    traits_of: NDArray[Any]
    quantity: NDArray[Any]
    line: NDArray[Any]
    same: NDArray[Any]


def totals(edition: Edition, columns: Columns) -> NDArray[Any]:
    """Each holder's total as `evaluate(...).total` gives it, in whole units (`unit_of(edition)`).

    Raises BadInput as `evaluate` does.
    """
    if len(columns.quantity) and columns.quantity.min() < 0:
        raise BadInput("activity.negative", quantity=int(columns.quantity.min()))
    tables = Tables(edition, columns.cycles, columns.traits)
    sums = np.zeros((len(columns.cycle_of), tables.trash + 1))
    for low, holder, cell, units in _blocks(columns, tables):
        width = tables.trash + 1
        high = low + (int(holder.max()) + 1 if len(holder) else 0)
        counted = np.bincount(holder * width + cell, weights=units, minlength=(high - low) * width)
        sums[low:high] += counted.reshape(-1, width)
    found: NDArray[Any] = tables.capped(sums.astype(np.int64)) + tables.carried[columns.cycle_of]
    return found


def _blocks(
    columns: Columns, tables: Tables
) -> Iterator[tuple[int, NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """Lowest holder, holders counted from it, cells and units, a block of rows at a time."""
    whole = columns.line is not None or columns.same is not None
    step = len(columns.on) or 1 if whole else max(BLOCK, len(columns.cycle_of))
    for start in range(0, len(columns.on), step):
        part = slice(start, start + step)
        holder, on, traits_of = columns.holder[part], columns.on[part], columns.traits_of[part]
        place = tables.place(columns.cycle_of[holder], on)
        quantity = columns.quantity[part]
        if whole:
            line = np.arange(len(on)) if columns.line is None else columns.line
            same = np.full(len(on), -1) if columns.same is None else columns.same
            rows = _once(tables, _by_year(Rows(holder, on, place, traits_of, quantity, line, same)))
            holder, _, place, traits_of, quantity, _, _ = rows
        low = int(holder.min()) if len(holder) else 0
        yield low, holder - low, tables.cell(traits_of, place), tables.units(traits_of, quantity)


def _by_year(rows: Rows) -> Rows:
    """One row for each line and year: its first day, its quantities added (AMB-C6)."""
    rows = _picked(rows, np.lexsort((rows.on, rows.line)))
    begins = np.ones(len(rows.on), dtype=bool)
    begins[1:] = (rows.line[1:] != rows.line[:-1]) | (rows.place[1:] != rows.place[:-1])
    added = np.add.reduceat(rows.quantity, np.flatnonzero(begins)) if len(begins) else rows.quantity
    return _picked(rows, begins)._replace(quantity=added)


def _once(tables: Tables, rows: Rows) -> Rows:
    """Of the lines that are the same hours the first eligible one by day and line (AMB-C7)."""
    shared = (rows.same >= 0) & (tables.cell(rows.traits_of, rows.place) != tables.trash)
    if not shared.any():
        return rows
    hours = _picked(rows, shared)
    order = np.lexsort((hours.line, hours.on, hours.same, hours.holder))
    hours = _picked(hours, order)
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (hours.holder[1:] != hours.holder[:-1]) | (hours.same[1:] != hours.same[:-1])
    counted = hours.line[begins][np.cumsum(begins) - 1] == hours.line
    keep = ~shared
    keep[np.flatnonzero(shared)[order[counted]]] = True
    return _picked(rows, keep)


def _picked(rows: Rows, which: NDArray[Any]) -> Rows:
    return Rows(*(column[which] for column in rows))


class Tables:
    """The rulebook as tables to look up: a day's place, a line's cell, and the caps over cells.

    A cell is a set of caps: all lines of a holder with the same cell are credited alike.
    """

    def __init__(self, edition: Edition, cycles: tuple[Cycle, ...], traits: tuple[Traits, ...]) -> None:
        self.edition, self.traits = edition, traits
        self.frames = [frame_for(edition, cycle) for cycle in cycles]
        self.qualifications = list(dict.fromkeys(cycle.qualification for cycle in cycles))
        self.years = max((len(frame.years) for frame in self.frames), default=0)
        self.outside = len(self.qualifications) * self.years
        self._fill_places()
        self._fill_cells()
        self._fill_rates()
        unit = unit_of(edition.points)
        carried = [min(cycle.carried, edition.points.carry_over) * unit for cycle in cycles]
        if any(each.denominator != 1 for each in carried):
            raise BadInput("cycle.carried_between_units", carried=max(carried) / unit)
        self.carried = np.array([int(each) for each in carried], dtype=np.int64)

    def _fill_places(self) -> None:
        """For each cycle and day the number of qualification and year, or `outside`."""
        days = [frame.days for frame in self.frames]
        self.base = min((each.opens for each in days), default=EPOCH).toordinal() - 1
        self.span = max((each.closes for each in days), default=EPOCH).toordinal() + 2 - self.base
        self.places = np.full((len(days), max(self.span, 1)), self.outside)
        for row, frame in zip(self.places, self.frames, strict=True):
            begins = self.qualifications.index(frame.cycle.qualification) * self.years
            for number, year in enumerate(frame.years, begins):
                first, last = max(year.first, frame.days.opens), min(year.last, frame.days.closes)
                row[first.toordinal() - self.base : max(0, last.toordinal() + 1 - self.base)] = number

    def place(self, cycle_of: NDArray[Any], on: NDArray[Any]) -> NDArray[Any]:
        """The place of each day in its holder's cycle."""
        day = np.clip(on + (EPOCH.toordinal() - self.base), 0, self.span - 1)
        found: NDArray[Any] = self.places.ravel().take(cycle_of * np.intp(self.span) + day)
        return found

    def _fill_cells(self) -> None:
        """For each traits and place the cell; lines that never count share the cell `trash`."""
        chains: dict[frozenset[Knot], int] = {}
        self.cells = np.full((max(len(self.traits), 1), self.outside + 1), -1)
        for number, frame in enumerate(self._frame_of_each_qualification()):
            for row, traits in zip(self.cells, self.traits, strict=False):
                gate = frame.gates[traits]
                if gate.refusal is None:
                    for year in range(self.years):
                        chain = self._chain(gate, year)
                        row[number * self.years + year] = chains.setdefault(chain, len(chains))
        self.trash, self.chains = len(chains), list(chains)
        self.cells[self.cells < 0] = self.trash

    def _frame_of_each_qualification(self) -> list[Frame]:
        first = {frame.cycle.qualification: frame for frame in reversed(self.frames)}
        return [first[each] for each in self.qualifications]

    def _chain(self, gate: Gate, year: int) -> frozenset[Knot]:
        return frozenset(
            (number, year if cap.per is Per.YEAR else None)
            for number, cap in enumerate(self.edition.points.caps)
            if is_under(cap, gate.category, gate.topic)
        )

    def cell(self, traits_of: NDArray[Any], place: NDArray[Any]) -> NDArray[Any]:
        """The cell of each row."""
        found: NDArray[Any] = self.cells.ravel().take(traits_of * np.intp(self.outside + 1) + place)
        return found

    def _fill_rates(self) -> None:
        """The different rates that occur, and the number of the rate of each traits."""
        gates = [self.frames[0].gates[traits] for traits in self.traits]
        claims = [gate.minutes if gate.items is None else gate.items for gate in gates]
        of_rate = {(each.numerator, each.denominator): each for each in claims}
        rates = list(of_rate)
        self.claims = list(of_rate.values())
        self.rate_of = np.array([rates.index((each.numerator, each.denominator)) for each in claims])

    def units(self, traits_of: NDArray[Any], quantity: NDArray[Any]) -> NDArray[Any]:
        """What each row claims, by the rate of the category it counts in."""
        found: NDArray[Any] = _claimed(self.claims[0], quantity) if self.claims else quantity
        for number, claims in enumerate(self.claims[1:], 1):
            found = np.where(self.rate_of[traits_of] == number, _claimed(claims, quantity), found)
        return found

    def capped(self, sums: NDArray[Any]) -> NDArray[Any]:
        """The total of each holder: from the narrowest cap to the widest, no more than fits under it.

        The caps form a tree, so this is what crediting line by line adds up to.
        """
        unit = unit_of(self.edition.points)
        under: dict[Knot, set[int]] = {}
        for cell, chain in enumerate(self.chains):
            for knot in chain:
                under.setdefault(knot, set()).add(cell)
        parts = {cell: (frozenset([cell]), sums[:, cell]) for cell in range(self.trash)}
        for (number, _), cells in sorted(under.items(), key=lambda item: len(item[1])):
            inner = {parts[cell][0]: parts[cell][1] for cell in cells}
            held = np.minimum(sum(inner.values()), int(self.edition.points.caps[number].points * unit))
            parts |= dict.fromkeys(cells, (frozenset(cells), held))
        whole = dict(parts.values())
        total: NDArray[Any] = sum(whole.values(), start=np.zeros(len(sums), dtype=np.int64))
        return total


def _claimed(claims: Claims, quantity: NDArray[Any]) -> NDArray[Any]:
    """`Claims` for a column of quantities."""
    product = quantity.astype(np.int64, copy=False) * claims.numerator
    if claims.rounding is Rounding.ROUND_HALF_UP:
        steps = (2 * product + claims.denominator) // (2 * claims.denominator)
    else:
        steps = product // claims.denominator
        if claims.rounding is Rounding.REFUSE:
            steps = np.where(steps * claims.denominator == product, steps, 0)
    return steps * claims.step_units
