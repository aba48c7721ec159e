"""Public figures that show nobody: no hidden count can be worked out from what is shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.shared.suppression import hide

SMALL = 5
rows = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), min_size=1)


def could_be(shown: dict[str, int | None], total: int) -> list[dict[str, int]]:
    """Every row an outsider may think of: the shown counts, the total, and any counts in place of the hidden."""
    hidden = [name for name, count in shown.items() if count is None]
    left = total - sum(count for count in shown.values() if count is not None)
    guesses = product(range(left + 1), repeat=len(hidden))
    return [dict(zip(hidden, guess, strict=True)) for guess in guesses if sum(guess) == left]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"upheld": 40, "reduced": 7, "refused": 1}, {"reduced", "refused"}),
        ({"upheld": 40, "reduced": 7, "refused": 0}, set()),
        ({"upheld": 40, "reduced": 2, "refused": 2}, {"upheld", "reduced", "refused"}),
        ({"upheld": 40, "reduced": 4, "refused": 3}, {"reduced", "refused"}),
        ({"upheld": 3, "reduced": 0, "refused": 0}, {"upheld", "reduced", "refused"}),
    ],
)
def test_small_counts_are_hidden_with_as_many_others_as_it_takes(
    counts: dict[str, int], hidden: set[str]
) -> None:
    shown = hide(counts, SMALL)
    assert {name for name, count in shown.items() if count is None} == hidden
    assert {name: count for name, count in shown.items() if count is not None} == {
        name: count for name, count in counts.items() if name not in hidden
    }


@given(rows)
def test_no_hidden_count_can_be_worked_out(counts: dict[str, int]) -> None:
    shown = hide(counts, SMALL)
    assert all(count is None or not 0 < count < SMALL for count in shown.values())
    hidden = [name for name, count in shown.items() if count is None]
    if len(hidden) < 2:
        assert not hidden or len(counts) == 1
        return
    thinkable = could_be(shown, sum(counts.values()))
    for name in hidden:
        assert len({row[name] for row in thinkable}) > 1


def test_hiding_the_small_count_alone_would_give_it_away() -> None:
    """The control: without the second hidden count the total tells the first."""
    counts = {"upheld": 40, "reduced": 7, "refused": 1}
    careless: dict[str, int | None] = {**counts, "refused": None}
    assert could_be(careless, sum(counts.values())) == [{"refused": 1}]
    assert len(could_be(hide(counts, SMALL), sum(counts.values()))) > 1
