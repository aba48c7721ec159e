"""Totals only, of 100,000 holders with 30 lines each: NumPy over columns beside OpenFisca-core.

    .bench-venv/bin/python bench/totals.py [HOLDERS]

Both begin with the columns in memory and give the same totals; each round runs both in turn.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import product
from statistics import median
from time import perf_counter

import numpy as np

from nintei.insight.totals import EPOCH, Columns, totals
from nintei.rules.compiled import Traits
from nintei.rules.cycles import Cycle
from nintei.rules.load import load

EDITION = load("conken", date(2026, 11, 24))
ROUNDS, LINES = 7, 30
CYCLES = tuple(
    Cycle(date(year, 4, 1), date(year + 3, 3, 31), date(year + 3, month, day))
    for year in (2022, 2023, 2024)
    for month, day in ((1, 5), (2, 10), (2, 28))
)
TRAITS = tuple(
    Traits(category, topic, registered, proof, clear)
    for category, topic, registered, proof, clear in product(
        "ABCD", (None, *"1234567"), (True, False), ("record", "none"), (True, False)
    )
)


def population(holders: int) -> Columns:
    """Random ledgers: one line in twenty without a field, one in ten without proof."""
    pick = np.random.default_rng(1)
    rows = holders * LINES
    cycle_of = pick.integers(0, len(CYCLES), holders)
    holder = np.repeat(np.arange(holders), LINES)
    begins = np.array([(cycle.start - EPOCH).days for cycle in CYCLES])
    on = begins[cycle_of][holder] + pick.integers(-20, 1080, rows)
    topic = np.where(pick.random(rows) < 0.05, 0, pick.integers(1, 8, rows))
    flags = (pick.random(rows) < 0.05) * 4 + (pick.random(rows) < 0.1) * 2 + (pick.random(rows) < 0.03)
    traits_of = pick.integers(0, 4, rows) * 64 + topic * 8 + flags
    minutes = pick.choice(np.array([20, 30, 45, 60, 90, 120, 180, 240, 300]), rows)
    return Columns(CYCLES, cycle_of, TRAITS, holder, on, minutes, traits_of)


def for_openfisca(columns: Columns) -> object:
    """The same population as OpenFisca's inputs."""
    from openfisca_peer import simulation

    traits = columns.traits_of
    lines = {
        "holder": columns.holder,
        "category": traits // 64,
        "topic": traits // 8 % 8,
        "minutes": columns.quantity,
        "on": columns.on,
        "registered": traits % 8 < 4,
        "no_proof": traits % 4 >= 2,
        "detail_clear": traits % 2 == 0,
    }
    days = {
        "first_day": [cycle.start for cycle in CYCLES],
        "second_year": [cycle.start.replace(year=cycle.start.year + 1) for cycle in CYCLES],
        "third_year": [cycle.start.replace(year=cycle.start.year + 2) for cycle in CYCLES],
        "last_day": [cycle.submitted_on or cycle.end for cycle in CYCLES],
    }
    dates = {
        name: np.array([(day - EPOCH).days for day in each])[columns.cycle_of] for name, each in days.items()
    }
    return simulation(lines, dates)


def main() -> None:
    """Assert equal totals, then measure in turn."""
    holders = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    columns = population(holders)
    name = f"totals of {holders:,} holders × {LINES} lines"
    try:
        import openfisca_peer
    except ImportError:
        begun = perf_counter()
        totals(EDITION, columns)
        print(f"{name}: ours {perf_counter() - begun:.3f} s (OpenFisca-core skipped: not installed here)")
        return
    peer = for_openfisca(columns)
    assert (openfisca_peer.totals(peer) == totals(EDITION, columns)).all()
    ours, theirs = [], []
    for _ in range(ROUNDS):
        begun = perf_counter()
        totals(EDITION, columns)
        between = perf_counter()
        openfisca_peer.totals(peer)
        ours.append(between - begun)
        theirs.append(perf_counter() - between)
    ratio = median(ours) / median(theirs)
    print(f"{name}: ours {median(ours):.3f} s, OpenFisca-core {median(theirs):.3f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
