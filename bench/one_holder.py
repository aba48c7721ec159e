"""One holder with 30 lines: the kernel with every reason, beside evaluators that only give the totals.

    .venv/bin/python bench/one_holder.py

The peer is what one would write by hand for this one rulebook: plain tuples, half points as whole
numbers, lines in date order, a dictionary of what is used; no reasons, no clauses, no other rulebook.
Each round runs all of them in turn, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from nintei.rules.balance import Line
from nintei.rules.load import load
from nintei.rules.points import Activity, Cycle, Session, evaluate

CYCLE = Cycle(date(2024, 4, 1), date(2027, 3, 31), submitted_on=date(2027, 2, 10))
EDITION = load("conken", date(2026, 11, 24))
ROUNDS, TIMES = 600, 5

PeerLine = tuple[date, str, str, int, int | None, bool, str, bool]
"""Day, id, category, minutes, field, registered, proof, detail clear."""


def ledger(seed: int, lines: int = 30) -> list[Activity]:
    """Lines as people log them: mostly in order, some without a field, some out of the cycle."""
    pick = random.Random(seed)
    start = CYCLE.start - timedelta(days=20)
    days = sorted(start + timedelta(days=pick.randrange(1080)) for _ in range(lines))
    return [
        Activity(
            f"line-{number:03}",
            pick.choice("ABCD"),
            (Session(on, pick.choice((20, 30, 45, 60, 90, 120, 180, 240, 300, 360))),),
            topic=None if pick.random() < 0.05 else pick.choice("1234567"),
            registered_course=pick.random() < 0.95,
            proof=pick.choice(("certificate", "document", "record", "none")),
            detail_clear=pick.random() < 0.97,
        )
        for number, on in enumerate(days)
    ]


def peer_lines(activities: list[Activity]) -> list[PeerLine]:
    """The same ledger as the tuples the peer reads."""
    return [
        (
            activity.sessions[0].on,
            activity.id,
            activity.category,
            activity.sessions[0].minutes,
            int(activity.topic) if activity.topic else None,
            activity.registered_course,
            activity.proof,
            activity.detail_clear,
        )
        for activity in activities
    ]


START, SECOND, THIRD, UNTIL = CYCLE.start, date(2025, 4, 1), date(2026, 4, 1), CYCLE.submitted_on


def peer(lines: list[PeerLine]) -> tuple[int, dict[str, int]]:
    """Half points in all and by category, hard-coded."""
    used: dict[tuple[str, int], int] = {}
    totals = {"A": 0, "B": 0, "C": 0, "D": 0}
    for on, _, claimed, minutes, topic, registered, proof, clear in sorted(lines):
        category = "C" if claimed in "AB" and proof == "none" else claimed
        if category == "A":
            if not registered:
                continue
        elif topic is None or not 1 <= topic <= 7 or (category != "B" and not clear):
            continue
        if not START <= on <= UNTIL:  # type: ignore[operator]
            continue
        units = minutes // 30
        if category != "A":
            year = category, 0 if on < SECOND else 1 if on < THIRD else 2
            gone = used.get(year, 0)
            if units > 10 - gone:  # noqa: PLR1730  (a comparison is quicker than min)
                units = 10 - gone
            if units > 30 - totals[category]:  # noqa: PLR1730
                units = 30 - totals[category]
            used[year] = gone + units
        totals[category] += units
    return sum(totals.values()), totals


def ours(activities: list[Activity]) -> int:
    """The kernel: the balance with a reason for every line, and the total in half points."""
    return evaluate(EDITION, CYCLE, activities).credited_units


def interleaved(run: Callable[[], object], peer_run: Callable[[], object]) -> tuple[float, float, float]:
    """Median seconds of one call of each, and the median of the ratios of rounds taken in turn."""
    rounds = [(_seconds(run), _seconds(peer_run)) for _ in range(ROUNDS)]
    ours, theirs = zip(*rounds, strict=True)
    return median(ours), median(theirs), median(one / other for one, other in rounds)


def shown(activities: list[Activity]) -> tuple[Line, ...]:
    """Every line as a page shows it, with its clause and its points as Fractions."""
    return evaluate(EDITION, CYCLE, activities).lines


def _seconds(run: Callable[[], object]) -> float:
    begun = perf_counter()
    for _ in range(TIMES):
        run()
    return (perf_counter() - begun) / TIMES


def main() -> None:
    """Assert equal totals for many ledgers, then measure one."""
    for seed in range(300):
        activities = ledger(seed)
        balance = evaluate(EDITION, CYCLE, activities)
        total, by_category = peer(peer_lines(activities))
        assert balance.total * 2 == total, seed
        assert {key: points * 2 for key, points in balance.by_category.items()} == by_category, seed
    activities = ledger(30)
    lines = peer_lines(activities)
    report(
        "one holder, 30 lines with reasons",
        "hard-coded totals",
        lambda: ours(activities),
        lambda: peer(lines),
    )
    report(
        "the same, each line as shown", "hard-coded totals", lambda: shown(activities), lambda: peer(lines)
    )
    beside_openfisca(activities)


def beside_openfisca(activities: list[Activity]) -> None:
    """The same ledger in OpenFisca-core, totals only, where it is installed."""
    try:
        import numpy as np
        import openfisca_peer
    except ImportError:
        print("one holder, 30 lines with reasons: OpenFisca-core skipped: not installed here")
        return
    columns = {
        "holder": [0] * len(activities),
        "category": ["ABCD".index(each.category) for each in activities],
        "topic": [int(each.topic or 0) for each in activities],
        "minutes": [each.sessions[0].minutes for each in activities],
        "on": [each.sessions[0].on.toordinal() for each in activities],
        "registered": [each.registered_course for each in activities],
        "no_proof": [each.proof == "none" for each in activities],
        "detail_clear": [each.detail_clear for each in activities],
    }
    dates = dict(zip(openfisca_peer.DATES, (START, SECOND, THIRD, UNTIL), strict=True))
    built = openfisca_peer.simulation(
        {name: np.array(each) for name, each in columns.items()},
        {name: np.array([each.toordinal()]) for name, each in dates.items() if each},
    )
    assert openfisca_peer.totals(built)[0] == ours(activities)
    report(
        "one holder, 30 lines with reasons",
        "OpenFisca-core totals",
        lambda: ours(activities),
        lambda: openfisca_peer.totals(built),
    )


def report(name: str, peer_name: str, run: Callable[[], object], peer_run: Callable[[], object]) -> None:
    """One line of the bench: ours, the peer, the ratio."""
    seconds, peer_seconds, ratio = interleaved(run, peer_run)
    print(f"{name}: ours {seconds * 1e6:.1f} µs, {peer_name} {peer_seconds * 1e6:.1f} µs, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
