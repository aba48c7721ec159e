"""What windows of illness, childbirth or disaster change: the points that a renewal needs, where a rulebook says so.

No day of any activity moves. Conken has set nothing (`unset.hardship_windows`, AMB-A9), so there nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from nintei.rules.civil import DAY, months_between
from nintei.rules.cycles import Cycle, Relief
from nintei.rules.edition import Edition


def required_in(edition: Edition, cycle: Cycle) -> Fraction:
    """The points that a renewal needs after this cycle (CPD-1.4), less what windows of hardship take off."""
    rules = edition.points
    if rules.relief is None or not cycle.relief:
        return rules.required
    return max(Fraction(0), rules.required - rules.relief.points * relieved_months(edition, cycle))


def relieved_months(edition: Edition, cycle: Cycle) -> int:
    """The whole months of hardship in a cycle; days of windows that overlap or touch count once."""
    rule = edition.points.relief
    if rule is None:
        return 0
    inside = [
        (max(each.first, cycle.start), min(each.last, cycle.end))
        for each in cycle.relief
        if each.kind in rule.kinds
    ]
    return sum(int(months_between(first, last)) for first, last in _joined(inside))


def _joined(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans in order, those that overlap or touch made one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if found and first <= found[-1][1] + DAY:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def told(relief: Iterable[Relief]) -> list[str]:
    """Windows as text, to be frozen with a claim.

    >>> told([Relief("illness", date(2025, 4, 1), date(2025, 9, 30))])
    ['illness 2025-04-01/2025-09-30']
    """
    return [f"{each.kind} {each.first.isoformat()}/{each.last.isoformat()}" for each in relief]


def read(told: Iterable[str]) -> tuple[Relief, ...]:
    """What `told` has written.

    >>> read(["illness 2025-04-01/2025-09-30"])[0].last
    datetime.date(2025, 9, 30)
    """
    return tuple(map(_read, told))


def _read(told: str) -> Relief:
    kind, _, days = told.rpartition(" ")
    first, last = days.split("/")
    return Relief(kind, date.fromisoformat(first), date.fromisoformat(last))
