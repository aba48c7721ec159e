"""Lines that are more than one session: several days or years, hours shared with another line, items."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nintei.rules.balance import PENDING, Outcome, Piece
from nintei.rules.compiled import OK, Claims, Frame, Gate
from nintei.rules.cycles import Day
from nintei.rules.findings import BadInput

Chunk = tuple[date, str, int, int, tuple[int, ...], Gate, int]
"""What a line claims in one year: first day, id, number of its outcome, units, caps, gate, year."""


class More(NamedTuple):
    """What few lines have: further sessions, a key shared by lines of the same hours, items."""

    sessions: tuple[tuple[date, int], ...] = ()
    same_activity: str | None = None
    items: int = 0


Row = tuple[str, tuple[object, ...], date, int, More | None]
"""A line as the evaluation reads it: id, traits, first session, and what few lines have."""


class Spread(NamedTuple):
    """A line whose outcome is joined from the outcomes of its chunks, the numbers in `parts`."""

    number: int
    same_activity: str | None
    partly_out: bool
    refused: str | None
    parts: range

    def joined(self, outcomes: list[Outcome]) -> Outcome:
        """One outcome: a cut is named before another category than claimed, that before a part outside."""
        parts = [outcomes[part] for part in self.parts]
        gate, _, _, reason, slot, _ = next((part for part in parts if part[4] is not None), parts[0])
        claimed, credited = sum(part[1] for part in parts), sum(part[2] for part in parts)
        if slot is None and reason != "DUPLICATE":
            partly = self.partly_out and gate.label == OK
            reason = self.refused or ("PARTLY_OUT_OF_CYCLE" if partly else gate.label)
        pieces = tuple(Piece(*part[5:], *part[1:3]) for part in parts)  # type: ignore[arg-type]
        return gate, claimed, credited, reason, slot, pieces


def nothing(gate: Gate, day: Day, units: int, minutes: int) -> Outcome:
    """The outcome of a line that does not count: by its traits, by its day, or for its small size."""
    if gate.refusal is not None:
        return gate, units, 0, gate.refusal, None, ()
    reason = day if isinstance(day, str) else gate.minutes.reason_for_nothing(minutes)
    return gate, units, 0, reason, None, ()


def spread_out(
    frame: Frame, number: int, row: Row, gate: Gate, outcomes: list[Outcome], chunks: list[Chunk]
) -> Spread | None:
    """Add a chunk for each year a line falls in; None for a line that counts nowhere."""
    claims, sessions = _quantities(gate, row)
    years, outside = _by_year(frame, sessions)
    if gate.refusal is not None or not years:
        units = claims[sum(quantity for _, quantity in sessions)]
        outcomes[number] = gate, units, 0, gate.refusal or outside[0], None, ()
        return None
    first = len(outcomes)
    for year, (on, quantity) in years.items():
        caps = gate.places[year]
        assert caps is not None
        chunks.append((on, row[0], len(outcomes), claims[quantity], caps, gate, year))
        outcomes.append(PENDING)
    assert row[4] is not None
    refused = _refused(claims, [quantity for _, quantity in years.values()])
    return Spread(number, row[4].same_activity, bool(outside), refused, range(first, len(outcomes)))


def _quantities(gate: Gate, row: Row) -> tuple[Claims, list[tuple[date, int]]]:
    """What is counted on which day: minutes by session, items on the last day (AMB-C6)."""
    _, _, on, minutes, more = row
    assert more is not None
    sessions = sorted([(on, minutes), *more.sessions])
    if gate.items is not None:
        return gate.items, [(sessions[-1][0], more.items)]
    if any(quantity < 0 for _, quantity in sessions):
        raise BadInput("activity.negative", id=row[0])
    return gate.minutes, sessions


def _by_year(frame: Frame, sessions: list[tuple[date, int]]) -> tuple[dict[int, tuple[date, int]], list[str]]:
    """First day and quantity in each year, and the reasons of the sessions that fall outside."""
    years: dict[int, tuple[date, int]] = {}
    outside: list[str] = []
    for on, quantity in sessions:
        day = frame.days[on]
        if isinstance(day, str):
            outside.append(day)
        else:
            first, before = years.get(day, (on, 0))
            years[day] = first, before + quantity
    return years, outside


def _refused(claims: Claims, quantities: list[int]) -> str | None:
    """Why a line, or a year of it, claims nothing: NOT_A_MULTIPLE in any year, BELOW_UNIT in all."""
    empty = [claims.reason_for_nothing(quantity) for quantity in quantities if not claims[quantity]]
    if "NOT_A_MULTIPLE" in empty:
        return "NOT_A_MULTIPLE"
    return "BELOW_UNIT" if len(empty) == len(quantities) else None


def once(chunks: list[Chunk], spread: list[Spread], outcomes: list[Outcome]) -> list[Chunk]:
    """Keep, of the lines that are the same hours, the first by day and id (AMB-C7)."""
    shared = {part: line for line in spread if line.same_activity is not None for part in line.parts}
    counted: dict[str | None, int] = {}
    kept = []
    for chunk in chunks:
        line = shared.get(chunk[2])
        if line is None or counted.setdefault(line.same_activity, line.number) == line.number:
            kept.append(chunk)
        else:
            outcomes[chunk[2]] = chunk[5], chunk[3], 0, "DUPLICATE", None, chunk[6]
    return kept
