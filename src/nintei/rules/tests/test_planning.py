"""What is left to do: room that is lost, the least of A, three steps, the day it becomes impossible."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.rules.ahead import effort
from nintei.rules.edition import Edition, Per, Window
from nintei.rules.planning import Plan, plan
from nintei.rules.points import Activity, Cycle, evaluate
from nintei.rules.tests.builder import CONKEN, bound, edition, line, points, with_category
from nintei.rules.tests.test_points_properties import SMALL, ledgers, trees

CYCLE = Cycle(date(2024, 4, 1), date(2027, 3, 31))
TODAY, DEADLINE = date(2026, 11, 24), date(2027, 2, 28)

SUZUKI = [
    line("01", "A", date(2024, 6, 1), 180),
    line("02", "B", date(2024, 7, 1), 150),
    line("03", "C", date(2024, 8, 1), 90),
    line("04", "B", date(2025, 6, 1), 120),
    line("05", "C", date(2025, 7, 1), 120),
    line("06", "C", date(2025, 9, 1), 120),
    line("07", "D", date(2026, 1, 23), 90),
    line("08", "C", date(2026, 2, 20), 180),
    line("09", "C", date(2026, 7, 14), 90),
    line("10", "B", date(2026, 9, 9), 120),
    line("11", "A", date(2026, 10, 22), 90),
    line("12", "C", date(2026, 11, 18), 80),
]


def ahead(
    *lines: Activity,
    on: date = TODAY,
    rules: Edition = CONKEN,
    cycle: Cycle = CYCLE,
    deadline: date | None = DEADLINE,
) -> Plan:
    """The plan for some lines."""
    return plan(rules, cycle, lines, on, deadline)


def steps(found: Plan) -> list[tuple[str, Fraction, Fraction]]:
    """Each step: categories (`A/B` either, `A+B` together), points, running total."""
    return [
        (("+" if each.together else "/").join(each.categories), each.points, each.total)
        for each in found.steps
    ]


def test_suzuki_reaches_thirty_in_three_steps() -> None:
    found = ahead(*SUZUKI)
    assert [sum(row.values()) for row in found.balance.by_year.values()] == [7, points("8.5"), 6]
    assert found.balance.by_category == {"A": points("4.5"), "B": points("6.5"), "C": 9, "D": points("1.5")}
    assert (found.missing, found.reachable, found.least_uncapped) == (points("8.5"), points("10.5"), 0)
    assert [(each.category, each.year.number, each.points, each.last_day) for each in found.openings] == [
        ("B", 2, 3, DEADLINE),
        ("C", 2, points("2.5"), DEADLINE),
        ("D", 2, 5, DEADLINE),
    ]
    assert steps(found) == [("D", 5, points("26.5")), ("C", points("2.5"), 29), ("A/B", 1, 30)]
    assert (found.possible, found.on_course, found.uncapped) == (True, True, ("A",))
    assert found.impossible_from == date(2027, 3, 1)
    assert (found.on, found.last_day) == (TODAY, DEADLINE)
    assert [each.key for each in found.unmet] == ["points.required"]
    assert {each.rule for each in found.steps} == {"points.required"}


def test_room_of_a_year_is_lost_with_the_year_and_of_the_last_with_the_window() -> None:
    found = ahead(*SUZUKI[:3], on=date(2025, 1, 10))
    assert [(each.year.number, each.last_day) for each in found.openings if each.category == "D"] == [
        (0, date(2025, 3, 31)),
        (1, date(2026, 3, 31)),
        (2, DEADLINE),
    ]
    assert found.reachable == 11 + 15 + 15
    assert [(share.year.number, share.points, share.last_day) for share in found.steps[0].shares] == [
        (0, 5, date(2025, 3, 31)),
        (1, 5, date(2026, 3, 31)),
        (2, 5, DEADLINE),
    ]
    assert steps(found) == [("D", 15, 22), ("C", 8, 30)]
    assert found.impossible_from == date(2026, 4, 1)


def test_a_step_that_completes_names_every_category_as_easy() -> None:
    thirteen = [
        line("a", "A", [(date(2025, 5, day), 480) for day in (1, 2, 3)]),
        line("b", "A", date(2025, 6, 1), 240),
    ]
    assert steps(ahead(*thirteen)) == [("C/D", 2, 30)]


def test_nothing_is_proposed_to_who_has_enough() -> None:
    course = line("a", "A", [(date(2025, 5, day), 480) for day in (1, 2, 3, 4)])
    found = ahead(course)
    assert (found.missing, found.steps, found.impossible_from, found.unmet) == (0, (), None, ())
    assert (found.possible, found.on_course) == (True, True)


def test_who_has_one_year_left_and_nothing_needs_fifteen_of_a() -> None:
    found = ahead(on=date(2026, 4, 1))
    assert (found.missing, found.reachable, found.least_uncapped) == (30, 15, 15)
    assert (found.possible, found.on_course) == (True, False)
    assert found.impossible_from == date(2026, 4, 1)
    assert steps(found) == [("C", 5, 5), ("D", 5, 10), ("A", 20, 30)]
    assert ahead(on=date(2026, 3, 31)).impossible_from == date(2026, 4, 1)
    assert ahead(on=date(2026, 3, 31)).on_course


def test_the_last_day_of_the_window_is_still_a_day() -> None:
    assert ahead(*SUZUKI, on=DEADLINE).reachable == points("10.5")
    after = ahead(*SUZUKI, on=DEADLINE + timedelta(days=1))
    assert (after.reachable, after.steps, after.openings, after.uncapped) == (0, (), (), ())
    assert (after.possible, after.on_course, after.least_uncapped) == (False, False, points("8.5"))
    assert after.impossible_from == DEADLINE + timedelta(days=1)


def test_the_last_day_is_the_application_the_window_or_the_cycle() -> None:
    filed = CYCLE._replace(submitted_on=date(2027, 1, 15))
    assert ahead(cycle=filed).last_day == date(2027, 1, 15)
    assert ahead(deadline=None).last_day == date(2027, 3, 31)
    assert ahead(deadline=date(2027, 4, 30)).last_day == date(2027, 3, 31)
    assert ahead(rules=edition(window=Window.VALIDITY_FULL), cycle=filed).last_day == date(2027, 3, 31)


def test_a_cycle_that_has_not_begun_has_all_its_room() -> None:
    found = ahead(on=date(2023, 12, 1))
    assert (found.reachable, len(found.openings), found.on_course) == (45, 9, True)
    assert found.impossible_from == date(2025, 4, 1) + timedelta(days=365)


def test_the_rulebook_may_rank_what_is_cheap() -> None:
    rules = with_category(with_category(CONKEN, "B", effort=0), "C", effort=5)
    assert steps(ahead(*SUZUKI, rules=rules)) == [
        ("B", 3, points("24.5")),
        ("D", 5, points("29.5")),
        ("A", points("0.5"), 30),
    ]
    assert [effort(each) for each in CONKEN.categories.values()] == [2, 2, 1, 1]


def test_what_would_be_a_fourth_step_joins_the_third() -> None:
    rules = edition(caps=(*CONKEN.points.caps, bound("A", 1)))
    found = ahead(on=date(2026, 4, 1), rules=rules)
    assert steps(found) == [("C", 5, 5), ("D", 5, 10), ("B+A", 6, 16)]
    assert list(found.steps[2].shares) == [(found.balance.years[2], 6, DEADLINE)]
    assert (found.possible, found.uncapped, found.reachable, found.least_uncapped) == (False, (), 16, 14)


def test_joined_steps_keep_their_years_apart() -> None:
    rules = edition(caps=(*CONKEN.points.caps, bound("A", 1)), required=Fraction(40))
    found = ahead(on=date(2025, 4, 1), rules=rules)
    assert steps(found) == [("C", 10, 10), ("D", 10, 20), ("B+A", 12, 32)]
    assert [(share.year.number, share.points) for share in found.steps[2].shares] == [(1, 6), (2, 6)]


def test_caps_that_are_shared_are_filled_once() -> None:
    rules = edition(caps=(bound("BCD", 5), bound("BCD", 15, Per.CYCLE)))
    found = ahead(on=date(2026, 4, 1), rules=rules)
    assert (found.reachable, found.least_uncapped) == (5, 25)
    assert [each.points for each in found.openings] == [5, 5, 5]
    assert steps(found) == [("C", 5, 5), ("A", 25, 30)]


def test_a_cap_of_the_cycle_is_shared_by_the_years() -> None:
    rules = edition(
        caps=(bound("B", 5), bound("B", 7, Per.CYCLE), bound("ACD", 0, Per.CYCLE)), required=Fraction(6)
    )
    found = ahead(on=date(2025, 4, 1), rules=rules)
    assert (found.reachable, found.possible, found.impossible_from) == (7, True, date(2026, 4, 1))
    assert [(share.year.number, share.points) for share in found.steps[0].shares] == [(1, 5), (2, 1)]


def test_topics_with_their_own_caps_make_room_beside_each_other() -> None:
    caps = (*(bound("BCD", 1, topics=each) for each in "123456"), bound("A", 0), bound("BCD", 2, topics="7"))
    found = ahead(on=date(2026, 4, 1), rules=edition(caps=caps, required=Fraction(8)))
    assert (found.reachable, found.possible) == (8, True)
    assert steps(found) == [("C/D", 8, 8)]


def test_a_topic_without_a_cap_makes_its_category_uncapped() -> None:
    found = ahead(on=date(2026, 4, 1), rules=edition(caps=(bound("ABCD", 1, topics="123456"),)))
    assert found.uncapped == ("A", "B", "C", "D")
    assert steps(found) == [("C/D", 30, 30)]


def test_a_category_that_needs_a_topic_has_no_room_without_one() -> None:
    found = ahead(on=date(2026, 4, 1), rules=edition(caps=(bound("ABCD", 3, topics="1234567"),)))
    assert found.uncapped == ("A",)
    assert steps(found) == [("C", 3, 3), ("A", 27, 30)]


# Minimums


def test_a_year_that_begins_on_the_last_day_has_that_day() -> None:
    last = ahead(on=date(2026, 3, 1), deadline=date(2026, 4, 1))
    assert [(each.category, each.year.first.year, each.last_day) for each in last.openings] == [
        *((code, 2025, date(2026, 3, 31)) for code in "BCD"),
        *((code, 2026, date(2026, 4, 1)) for code in "BCD"),
    ]
    before = ahead(on=date(2026, 3, 1), deadline=date(2026, 3, 31))
    assert {each.year.first.year for each in before.openings} == {2025}


def test_a_minimum_is_served_first_and_by_the_cheapest_that_can() -> None:
    rules = edition(minimums=(bound("AB", 2, Per.CYCLE, key="least.AB"),))
    found = ahead(on=date(2026, 4, 1), rules=rules)
    assert [(each.rule, *row) for each, row in zip(found.steps, steps(found), strict=True)] == [
        ("least.AB", "A/B", 2, 2),
        ("points.required", "C", 5, 7),
        ("points.required", "D+A", 23, 30),
    ]
    assert found.possible
    assert [each.key for each in found.unmet] == ["points.required", "least.AB"]


def test_a_minimum_of_each_year_can_be_mended_only_in_years_to_come() -> None:
    rules = edition(minimums=(bound("D", 1, key="least.D"),), required=Fraction(2))
    mended = ahead(line("d", "D", date(2024, 5, 1), 60), on=date(2025, 4, 1), rules=rules)
    assert [(each.rule, each.points, each.shares[0].year.number) for each in mended.steps] == [
        ("least.D", 1, 1),
        ("least.D", 1, 2),
    ]
    assert mended.possible
    lost = ahead(on=date(2025, 4, 1), rules=rules)
    assert not lost.possible
    assert not lost.on_course


def test_a_minimum_met_asks_for_nothing() -> None:
    rules = edition(minimums=(bound("A", 1, Per.CYCLE), bound("A", "1.5", Per.CYCLE)), required=Fraction(2))
    assert steps(ahead(*SUZUKI[:1], rules=rules)) == []
    assert steps(ahead(line("a", "A", date(2024, 6, 1), 60), rules=rules)) == [
        ("A", points("0.5"), points("1.5")),
        ("C/D", points("0.5"), 2),
    ]


def test_a_minimum_over_topics_counts_only_room_of_these_topics() -> None:
    rules = edition(
        caps=(bound("ABCD", 1, topics="4"),),
        minimums=(bound("ABCD", 2, Per.CYCLE, "4", key="least"),),
        required=Fraction(2),
    )
    assert ahead(on=date(2026, 4, 1), rules=rules).possible is False
    assert ahead(on=date(2025, 4, 1), rules=rules).possible is True


CHEAPEST = [
    # What each minimum asks (categories, points, topics), and the steps: rule, categories, points.
    ([("ABCD", 3, None), ("C", 2, "4")], [("1", "C", 2), ("0", "C/D", 1)]),
    ([("D", 1, None), ("A", 1, None)], [("0", "D", 1), ("1", "A", 1)]),
    ([("C", 2, "4"), ("C", 2, "5")], [("0", "C", 2), ("1", "C", 2)]),
    ([("C", 2, "4"), ("C", 3, "45")], [("0", "C", 2), ("1", "C", 1)]),
    ([("C", 2, "4"), ("CD", 2, "4")], [("0", "C", 2)]),
    ([("C", 2, "45"), ("C", 1, "4")], [("0", "C", 2), ("1", "C", 1)]),
]


@pytest.mark.parametrize(("minimums", "wanted"), CHEAPEST)
def test_what_is_done_for_a_minimum_serves_another_that_holds_it(
    minimums: list[tuple[str, int, str | None]], wanted: list[tuple[str, str, int]]
) -> None:
    bounds = tuple(
        bound(categories, most, Per.CYCLE, topics, key=str(number))
        for number, (categories, most, topics) in enumerate(minimums)
    )
    rules = edition(minimums=bounds, required=Fraction(sum(most for _, _, most in wanted)))
    found = ahead(on=date(2026, 4, 1), rules=rules)
    told = [(each.rule, row[0], row[1]) for each, row in zip(found.steps, steps(found), strict=True)]
    assert told == wanted
    assert found.possible


def test_topics_that_are_missing_can_be_found_while_there_are_days() -> None:
    rules = edition(min_topics=2, required=Fraction(1))
    course = line("a", "A", date(2025, 5, 1), topic="4")
    assert ahead(course, rules=rules).possible is True
    assert ahead(course, on=date(2027, 3, 1), rules=rules).possible is False
    other = line("b", "A", date(2025, 5, 1), topic="5")
    assert ahead(course, other, on=date(2027, 3, 1), rules=rules).possible is True


# For every ledger and every tree of caps


@SMALL
@given(trees(), ledgers(), st.dates(date(2024, 3, 1), date(2027, 4, 30)))
def test_steps_add_up_to_what_is_missing_or_to_all_there_is(
    rules: Edition, lines: list[Activity], on: date
) -> None:
    rules = rules._replace(points=rules.points._replace(required=Fraction(6)))
    found = ahead(*lines, on=on, rules=rules)
    gained = sum((each.points for each in found.steps), Fraction(0))
    assert gained == (found.missing if found.possible else found.reachable)
    assert found.possible == (bool(found.uncapped) or found.reachable >= found.missing)
    assert len(found.steps) <= 3


@SMALL
@given(trees(), ledgers(), st.dates(date(2024, 4, 1), date(2027, 2, 28)))
def test_what_is_reachable_is_what_unlimited_activity_would_add(
    rules: Edition, lines: list[Activity], on: date
) -> None:
    lines = [each for each in lines if all(session.on <= on for session in each.sessions)]
    found = ahead(*lines, on=on, rules=rules)
    capped = [code for code in "ABCD" if code not in found.uncapped]
    more = [
        line(f"{category}{topic}{year.number}", category, max(on, year.first), 60_000, topic=topic)
        for category in capped
        for topic in CONKEN.fields
        for year in found.balance.years
        if year.last >= on
    ]
    if not found.uncapped:
        full = evaluate(rules, CYCLE._replace(submitted_on=DEADLINE), [*lines, *more])
        assert full.total - found.balance.total == found.reachable


@SMALL
@given(ledgers(), st.dates(date(2024, 4, 1), date(2027, 2, 28)), st.sampled_from((Fraction(3), Fraction(30))))
def test_renewal_becomes_impossible_on_the_day_and_not_before(
    lines: list[Activity], on: date, required: Fraction
) -> None:
    lines = [each for each in lines if all(session.on <= on for session in each.sessions)]
    rules = edition(required=required)
    found = ahead(*lines, on=on, rules=rules)
    assert (found.impossible_from is None) == (found.missing == 0)
    if found.impossible_from:
        assert ahead(*lines, on=found.impossible_from, rules=rules).on_course is False
        before = max(on, found.impossible_from - timedelta(days=1))
        assert ahead(*lines, on=before, rules=rules).on_course is (found.impossible_from > on)
