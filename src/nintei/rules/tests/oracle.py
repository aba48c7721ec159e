"""The most that small ledgers can be credited, by trying every division: shares no code with the kernel.

It reads the rulebook's records and works in Fractions, line by line and bound by bound.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from math import floor

from nintei.rules.edition import Bound, Edition, Per
from nintei.rules.points import Activity, Cycle


def most(rules: Edition, cycle: Cycle, lines: list[Activity]) -> Fraction:
    """The highest total over all ways to credit every line, year by year, between nothing and its claim."""
    claims = [claim for line in lines for claim in claimed(rules, cycle, line)]
    grid = _grid(rules)
    ways = product(*([grid * step for step in range(int(claim[3] / grid) + 1)] for claim in claims))
    return max(sum(way, Fraction(0)) for way in ways if _allowed(rules.points.caps, claims, way))


def claimed(rules: Edition, cycle: Cycle, line: Activity) -> list[tuple[str, str | None, int, Fraction]]:
    """What a line claims in each year of the cycle: category, topic, year, points."""
    minutes: dict[int, int] = {}
    for on, spent in line.sessions:
        if cycle.start <= on <= min(cycle.end, cycle.submitted_on or cycle.end):
            year = year_of(cycle.start, on)
            minutes[year] = minutes.get(year, 0) + spent
    rate, step = rules.categories[line.category].rate, rules.points.step
    return [
        (line.category, line.topic, year, floor(Fraction(spent, 60) * rate / step) * step)
        for year, spent in minutes.items()
    ]


def year_of(start: date, on: date) -> int:
    """The years of the cycle that have passed on a day."""
    return on.year - start.year - ((on.month, on.day) < (start.month, start.day))


def _grid(rules: Edition) -> Fraction:
    """A division fine enough that the best credit of every line lies on it."""
    finest = rules.points.step
    for cap in rules.points.caps:
        while cap.points % finest:
            finest /= 2
    return finest


def _allowed(
    caps: tuple[Bound, ...],
    claims: list[tuple[str, str | None, int, Fraction]],
    way: tuple[Fraction, ...],
) -> bool:
    for cap in caps:
        for year in {claim[2] for claim in claims} if cap.per is Per.YEAR else {None}:
            used = sum(
                credit
                for (category, topic, index, _), credit in zip(claims, way, strict=True)
                if category in cap.categories
                and (cap.topics is None or topic in cap.topics)
                and year in (None, index)
            )
            if used > cap.points:
                return False
    return True
