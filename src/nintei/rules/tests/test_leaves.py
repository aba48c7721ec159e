"""Leaves are taken out of a post (AMB-E9): day by day against an oracle, and at the borders of the rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.rules.experience import Experience, Post, Reason, Span, met_if_continued, unite, weigh, without
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))
ON = date(2023, 4, 10)
DAY = timedelta(days=1)
FIVE_YEARS = (date(2018, 4, 1), date(2023, 3, 31))

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
        lambda pair: Span(date(2020, 2, 1) + pair[0] * DAY, date(2020, 2, 1) + (pair[0] + pair[1]) * DAY)
    ),
    max_size=4,
)


def days_of(held: tuple[Span, ...]) -> set[date]:
    return {span.start + n * DAY for span in held for n in range((span.end - span.start).days + 1)}


def weighed(*leaves: Span, end: date | None = FIVE_YEARS[1], on: date = ON) -> Experience:
    post = Post("p", FIVE_YEARS[0], end, frozenset("45"), leaves=leaves)
    return weigh(CONKEN, "OMP", [post], on)


@given(spans, spans)
def test_what_is_left_is_every_day_of_the_one_and_none_of_the_other(
    held: list[Span], taken: list[Span]
) -> None:
    united = unite(held)
    assert days_of(without(united, taken)) == days_of(united) - days_of(tuple(taken))


def test_nothing_is_taken_by_nothing_and_by_a_leave_that_ends_before_it_begins() -> None:
    span = Span(date(2020, 1, 1), date(2020, 1, 31))
    assert without([span], []) == (span,)
    assert without([span], [Span(date(2020, 1, 9), date(2020, 1, 8))]) == (span,)
    assert without([span], [span]) == ()


@pytest.mark.parametrize(
    ("leave", "months"),
    [
        (Span(date(2020, 1, 1), date(2020, 6, 30)), 54),
        (Span(date(2018, 4, 1), date(2018, 4, 30)), 59),
        (Span(date(2023, 3, 1), date(2023, 3, 31)), 59),
        (Span(date(2017, 1, 1), date(2018, 3, 31)), 60),
        (Span(date(2023, 4, 1), date.max), 60),
        (Span(date(2017, 1, 1), date.max), 0),
    ],
)
def test_a_leave_takes_its_months_and_no_others(leave: Span, months: int) -> None:
    assert weighed(leave).actual == months


def test_one_day_of_leave_is_one_day_short_of_five_years() -> None:
    assert weighed().reasons == ()
    assert weighed(Span(date(2020, 1, 15), date(2020, 1, 15))).reasons == (Reason.TOTAL_LT_5Y,)


def test_a_leave_at_one_post_does_not_touch_another() -> None:
    """Two posts over the same days: away from the one, at work in the other."""
    away = Post("a", *FIVE_YEARS, frozenset("4"), leaves=(Span(*FIVE_YEARS),))
    held = Post("b", *FIVE_YEARS, frozenset("5"))
    found = weigh(CONKEN, "OMP", [away, held], ON)
    assert (found.actual, found.fields) == (60, ("5",))


def test_the_gap_that_a_leave_makes_is_shown() -> None:
    assert weighed(Span(date(2020, 1, 1), date(2020, 6, 30))).gaps == (
        Span(date(2020, 1, 1), date(2020, 6, 30)),
    )


def test_a_leave_that_goes_on_meets_no_rule_later_and_one_that_ended_only_delays_it() -> None:
    post = Post("p", date(2019, 4, 1), None, frozenset("45"))
    on = date(2023, 3, 31)
    half_a_year = Span(date(2020, 1, 1), date(2020, 6, 30))

    def met(*leaves: Span) -> list[date | None]:
        return [each.on for each in met_if_continued(CONKEN, "OMP", [post._replace(leaves=leaves)], on)]

    assert met() == [date(2024, 3, 31)]
    assert met(half_a_year) == [date(2024, 9, 30)]
    assert met(Span(date(2023, 1, 1), date.max)) == [None]
