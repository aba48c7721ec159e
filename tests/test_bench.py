"""What we are measured beside gives the same totals, or its ratio would say nothing."""

from __future__ import annotations

import pytest

from bench.one_holder import CYCLE, EDITION, ledger, peer, peer_lines
from nintei.rules.points import evaluate


@pytest.mark.parametrize("seed", range(20))
def test_the_hard_coded_evaluator_gives_the_kernels_totals(seed):
    activities = ledger(seed)
    balance = evaluate(EDITION, CYCLE, activities)
    total, by_category = peer(peer_lines(activities))
    assert balance.total * 2 == total
    assert {code: points * 2 for code, points in balance.by_category.items()} == by_category
