"""What a holder can still do before the deadline: room that perishes, next steps, the least of A.

Room under a cap of a year is lost on the last day of that year; in the last year it is lost on the
last day of the renewal window, because later activity counts for no cycle (AMB-C3). Points here are
Fractions. Nothing in this file is a rule of the association: it is what follows from the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from nintei.rules.ahead import Ahead, Opening, Share, Take
from nintei.rules.balance import Balance
from nintei.rules.cycles import Cycle
from nintei.rules.edition import Edition, Window
from nintei.rules.findings import Finding
from nintei.rules.points import Activity, evaluate

MOST_STEPS = 3


class Step(NamedTuple):
    """A next step: any one of `categories` gives the points; with `together`, all of them do.

    `rule` is the key of what the step serves: the total, or a minimum. `total` is the sum after it.
    """

    categories: tuple[str, ...]
    together: bool
    rule: str
    points: Fraction
    total: Fraction
    shares: tuple[Share, ...]


class Plan(NamedTuple):
    """What is missing on a day, what can still be reached, and how.

    `reachable` is what the caps leave room for until `last_day`; `least_uncapped` what only the
    uncapped categories can give. `possible` says whether the points can be reached at all,
    `on_course` whether they can without an uncapped category; `impossible_from` is the first day on
    which they no longer can if nothing more is logged (None where nothing is missing).
    """

    on: date
    last_day: date
    balance: Balance
    missing: Fraction
    openings: tuple[Opening, ...]
    reachable: Fraction
    uncapped: tuple[str, ...]
    least_uncapped: Fraction
    steps: tuple[Step, ...]
    possible: bool
    on_course: bool
    impossible_from: date | None
    unmet: tuple[Finding, ...]


def plan(
    edition: Edition,
    cycle: Cycle,
    activities: Iterable[Activity],
    on: date,
    deadline: date | None = None,
) -> Plan:
    """What is missing on a day in Japan and how it can still be earned (CPD-1.4, B.5, C.6, D.9).

    `deadline` is the last day of the renewal window (`dates.renewal_window`); without it the last
    day of the cycle. Lines dated after `on` are taken as what the holder is about to do. Raises
    BadInput as `evaluate` does.
    """
    balance = evaluate(edition, cycle, activities)
    ahead = Ahead(balance, on, _last_day(edition, cycle, deadline))
    takes, possible = ahead.fill()
    missing, reachable = balance.shortfall, ahead.reach(ahead.years)
    return Plan(
        on=on,
        last_day=ahead.last_day,
        balance=balance,
        missing=missing,
        openings=ahead.openings(),
        reachable=reachable,
        uncapped=ahead.uncapped(),
        least_uncapped=max(Fraction(0), missing - reachable),
        steps=_steps(takes, balance.total),
        possible=possible,
        on_course=possible and missing <= reachable,
        impossible_from=ahead.impossible_from(missing),
        unmet=tuple(finding for finding in balance.findings if finding.met is False),
    )


def _last_day(edition: Edition, cycle: Cycle, deadline: date | None) -> date:
    """The last day on which an activity can count for this cycle (AMB-C3)."""
    if edition.points.window is Window.VALIDITY_FULL:
        return cycle.end
    return min(cycle.end, cycle.submitted_on or deadline or cycle.end)


def _steps(takes: Sequence[Take], total: Fraction) -> tuple[Step, ...]:
    """At most three steps: what would be more is one last step of several categories together."""
    groups = [[take] for take in takes[:MOST_STEPS]]
    for take in takes[MOST_STEPS:]:
        groups[-1].append(take)
    steps = []
    for group in groups:
        points = sum((take.points for take in group), Fraction(0))
        total += points
        together = len(group) > 1
        names = [take.category for take in group] if together else [group[0].category, *group[0].instead]
        shares = _by_year([share for take in group for share in take.shares])
        steps.append(Step(tuple(dict.fromkeys(names)), together, group[-1].rule, points, total, shares))
    return tuple(steps)


def _by_year(shares: list[Share]) -> tuple[Share, ...]:
    """One share a year."""
    merged: dict[int, Share] = {}
    for share in shares:
        before = merged.get(share.year.number)
        merged[share.year.number] = share._replace(points=share.points + before.points) if before else share
    return tuple(merged[number] for number in sorted(merged))
