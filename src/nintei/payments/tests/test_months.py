"""A generated bank month: nearly all that belongs to somebody settles by itself, and nothing wrongly.

`make bench` prints twenty months of 5,000 lines kind by kind; here one of them is enough, NINTEI_SEEDS asks for more.
"""

from __future__ import annotations

import os

import pytest

from nintei.payments.queries.verdicts import Judge
from nintei.payments.tests import months
from nintei.payments.tests.months import Month, Score

SEEDS = range(int(os.environ.get("NINTEI_SEEDS", "1")))
LINES = 5_000


def whole(scores: dict[str, Score]) -> Score:
    return sum(scores.values(), Score())


@pytest.mark.parametrize("seed", SEEDS)
def test_at_least_95_of_100_attributable_lines_settle_and_none_wrongly(seed: int) -> None:
    scores = months.sort(months.month(seed, LINES))
    assert {kind: score.wrong for kind, score in scores.items() if score.wrong} == {}
    assert whole(scores).settled >= 0.95 * whole(scores).attributable
    assert {kind for kind, score in scores.items() if score.settled} == months.SETTLES


def test_where_many_forget_the_number_more_goes_to_a_person_and_still_nothing_wrongly() -> None:
    scores = months.sort(months.month(7, 1_500, months.CARELESS))
    assert (whole(scores).wrong, scores["no number"].settled) == (0, 0)
    assert scores["no number"].right > 0.6 * scores["no number"].lines


def test_what_a_person_must_decide_is_mostly_suggested_rightly() -> None:
    scores = months.sort(months.month(2, 2_000, dict.fromkeys(months.MIX, 1 / len(months.MIX))))
    asked = {kind: s for kind, s in scores.items() if kind not in {*months.SETTLES, "twins", "twin ahead"}}
    assert whole(asked).settled == 0
    assert whole(asked).right > 0.85 * whole(asked).lines


def test_the_same_seed_is_the_same_month() -> None:
    assert months.month(3, 200) == months.month(3, 200)
    assert months.month(3, 200) != months.month(4, 200)


@pytest.fixture
def twins() -> Month:
    return months.month(5, 400, {"as asked": 0.5, "twins": 0.25, "twin ahead": 0.25})


def test_without_its_doubts_the_rule_would_settle_the_money_of_twins_wrongly(
    twins: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whole(months.sort(twins)).wrong == 0
    monkeypatch.setattr(Judge, "_has_twin", lambda *_: False)
    scores = months.sort(twins)
    assert scores["twin ahead"].wrong == scores["twin ahead"].lines > 50
    assert scores["twins"].settled == 0
