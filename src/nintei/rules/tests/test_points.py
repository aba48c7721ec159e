"""What an activity is worth, and why: the points rules clause by clause, and what other rulebooks may say."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nintei.rules.edition import Rounding, Unit, Window, YearKind
from nintei.rules.points import Cycle, points_for
from nintei.rules.tests.builder import (
    CONKEN,
    CYCLE,
    JULY,
    JUNE,
    MAY,
    balance,
    edition,
    line,
    points,
    told,
    with_category,
)

# One activity, before any cap (CPD-A.6, AMB-C5)


@pytest.mark.parametrize(
    ("rounding", "minutes", "expected", "reason"),
    [
        (Rounding.FLOOR, 45, "0.5", "OK"),
        (Rounding.FLOOR, 59, "0.5", "OK"),
        (Rounding.FLOOR, 60, "1", "OK"),
        (Rounding.FLOOR, 29, "0", "BELOW_UNIT"),
        (Rounding.FLOOR, 0, "0", "BELOW_UNIT"),
        (Rounding.REFUSE, 45, "0", "NOT_A_MULTIPLE"),
        (Rounding.REFUSE, 20, "0", "NOT_A_MULTIPLE"),
        (Rounding.REFUSE, 0, "0", "BELOW_UNIT"),
        (Rounding.REFUSE, 60, "1", "OK"),
        (Rounding.ROUND_HALF_UP, 14, "0", "BELOW_UNIT"),
        (Rounding.ROUND_HALF_UP, 15, "0.5", "OK"),
        (Rounding.ROUND_HALF_UP, 44, "0.5", "OK"),
        (Rounding.ROUND_HALF_UP, 45, "1", "OK"),
    ],
)
def test_it_rounds_time_to_the_step(rounding: Rounding, minutes: int, expected: str, reason: str) -> None:
    assert points_for(edition(rounding=rounding), minutes) == (points(expected), reason)


def test_it_uses_the_rate_of_the_category_asked_for() -> None:
    rules = with_category(CONKEN, "D", rate=Fraction(1, 4))
    assert points_for(rules, 240) == (4, "OK")
    assert points_for(rules, 240, "D") == (1, "OK")
    assert points_for(with_category(CONKEN, "A", unit=Unit.ITEM), 60) == (1, "OK")


def test_it_rounds_a_rate_that_is_no_multiple_of_the_step_exactly() -> None:
    rules = with_category(edition(step=Fraction(1, 4)), "A", rate=Fraction(2, 3))
    assert [points_for(rules, minutes)[0] for minutes in (22, 23, 45, 90)] == [
        0,
        points("0.25"),
        points("0.5"),
        1,
    ]


# Which lines count


def test_it_names_the_condition_a_line_does_not_meet_and_its_clause() -> None:
    given = balance(
        line("a", "A", MAY, registered_course=False),
        line("b", "B", MAY, topic=None),
        line("c", "C", MAY, topic="8"),
        line("d", "D", MAY, detail_clear=False),
        line("e", "A", MAY, topic=None),
        line("f", "B", MAY, detail_clear=False),
    )
    assert told(given) == [
        ("a", "A", 0, "NOT_REGISTERED"),
        ("b", "B", 0, "NO_FIELD"),
        ("c", "C", 0, "NO_FIELD"),
        ("d", "D", 0, "REVIEW_DETAIL"),
        ("e", "A", 1, "OK"),
        ("f", "B", 1, "OK"),
    ]
    assert [each.cite.key for each in given.lines] == [
        "categories.A.needs_registered_course",
        "categories.B.needs_topic",
        "categories.C.needs_topic",
        "categories.D.detail_must_be_clear",
        "categories.A.rate",
        "categories.B.rate",
    ]
    assert [each.claimed for each in given.lines] == [1] * 6
    assert [each.years for each in given.lines] == [(), (), (), (), ((0, 1, 1),), ((0, 1, 1),)]


def test_a_line_without_proof_counts_where_the_rulebook_sends_it() -> None:
    given = balance(
        line("b1", "B", MAY, 240, proof="none"),
        line("a1", "A", JUNE, 120, proof="none"),
        line("b3", "B", JULY, 60, topic=None, proof="none"),
        line("b4", "B", JULY, 60, detail_clear=False, proof="none"),
        line("d1", "D", JULY, 60, proof="none"),
    )
    assert told(given) == [
        ("b1", "C", 4, "RECLASSIFIED_B_TO_C"),
        ("a1", "C", 1, "YEAR_CAP"),
        ("b3", "C", 0, "NO_FIELD"),
        ("b4", "C", 0, "REVIEW_DETAIL"),
        ("d1", "D", 1, "OK"),
    ]
    assert [each.cite.key for each in given.lines] == [
        "categories.B.without_proof",
        "points.caps.C.per_year",
        "categories.C.needs_topic",
        "categories.C.detail_must_be_clear",
        "categories.D.rate",
    ]


def test_only_days_of_the_window_count_and_the_last_day_of_the_cycle_is_named_first() -> None:
    days = ("2024-03-31", "2024-04-01", "2027-02-10", "2027-02-11", "2027-03-31", "2027-04-01")
    given = balance(*(line(day, "A", date.fromisoformat(day)) for day in days))
    assert [each.reason for each in given.lines] == [
        "BEFORE_CYCLE",
        "OK",
        "OK",
        "AFTER_SUBMISSION",
        "AFTER_SUBMISSION",
        "AFTER_CYCLE",
    ]
    assert [each.cite.key for each in given.lines] == [
        "points.window",
        "categories.A.rate",
        "categories.A.rate",
        "points.window",
        "points.window",
        "points.window",
    ]


def test_an_application_filed_after_the_cycle_opens_no_day_beyond_it() -> None:
    late = CYCLE._replace(submitted_on=date(2027, 4, 30))
    given = balance(line("a", "A", date(2027, 3, 31)), line("b", "A", date(2027, 4, 1)), cycle=late)
    assert [each.reason for each in given.lines] == ["OK", "AFTER_CYCLE"]


def test_without_an_application_every_day_of_the_cycle_counts() -> None:
    given = balance(line("a", "A", date(2027, 3, 31)), cycle=Cycle(CYCLE.start, CYCLE.end))
    assert given.total == 1


def test_a_full_window_does_not_end_with_the_application() -> None:
    rules = edition(window=Window.VALIDITY_FULL)
    given = balance(line("a", "A", date(2027, 3, 31)), line("b", "A", date(2027, 4, 1)), rules=rules)
    assert [each.reason for each in given.lines] == ["OK", "AFTER_CYCLE"]


def test_a_window_from_certification_has_years_before_the_cycle() -> None:
    rules = edition(window=Window.FROM_CERTIFICATION)
    cycle = CYCLE._replace(certified_on=date(2023, 8, 1))
    days = (date(2023, 7, 31), date(2023, 8, 1), date(2024, 3, 31), date(2024, 4, 1), date(2027, 2, 11))
    given = balance(*(line(str(day), "B", day, 300) for day in days), rules=rules, cycle=cycle)
    assert told(given) == [
        ("2023-07-31", "B", 0, "BEFORE_CYCLE"),
        ("2023-08-01", "B", 5, "OK"),
        ("2024-03-31", "B", 0, "YEAR_CAP"),
        ("2024-04-01", "B", 5, "OK"),
        ("2027-02-11", "B", 0, "AFTER_SUBMISSION"),
    ]
    assert [year.number for year in given.years] == [-1, 0, 1, 2]
    assert given.by_year[-1]["B"] == 5


def test_a_window_from_certification_opens_late_for_who_was_certified_late() -> None:
    rules = edition(window=Window.FROM_CERTIFICATION)
    late = CYCLE._replace(certified_on=date(2025, 6, 1))
    given = balance(
        line("a", "A", date(2025, 5, 31)), line("b", "A", date(2025, 6, 1)), rules=rules, cycle=late
    )
    assert [each.reason for each in given.lines] == ["BEFORE_CYCLE", "OK"]
    assert [year.number for year in given.years] == [0, 1, 2]


def test_a_window_from_certification_opens_with_the_cycle_where_the_day_is_not_known() -> None:
    rules = edition(window=Window.FROM_CERTIFICATION)
    given = balance(line("a", "A", date(2024, 3, 31)), line("b", "A", date(2024, 4, 1)), rules=rules)
    assert [each.reason for each in given.lines] == ["BEFORE_CYCLE", "OK"]


# What a year is, AMB-C1


def test_a_cycle_year_begins_on_the_day_the_cycle_began() -> None:
    legacy = Cycle(date(2018, 10, 15), date(2021, 10, 14))
    given = balance(
        line("a", "B", date(2019, 10, 14), 300), line("b", "B", date(2019, 10, 15), 300), cycle=legacy
    )
    assert [each.years[0].year for each in given.lines] == [0, 1]
    assert [(year.first, year.last) for year in given.years] == [
        (date(2018, 10, 15), date(2019, 10, 14)),
        (date(2019, 10, 15), date(2020, 10, 14)),
        (date(2020, 10, 15), date(2021, 10, 14)),
    ]


def test_a_cycle_that_began_on_a_leap_day_has_three_years() -> None:
    leap = Cycle(date(2024, 2, 29), date(2027, 2, 28))
    given = balance(
        line("a", "B", date(2025, 2, 28), 300),
        line("b", "B", date(2025, 3, 1), 300),
        line("c", "B", date(2027, 2, 28), 300),
        cycle=leap,
    )
    assert [each.years[0].year for each in given.lines] == [0, 1, 2]
    assert [year.first for year in given.years] == [date(2024, 2, 29), date(2025, 3, 1), date(2026, 3, 1)]
    assert given.years[2].last == date(2027, 2, 28)


def test_fiscal_years_turn_on_the_first_of_april_whenever_the_cycle_began() -> None:
    legacy = Cycle(date(2019, 2, 1), date(2022, 1, 31))
    rules = edition(year_kind=YearKind.FISCAL_YEAR)
    given = balance(
        line("a", "B", date(2019, 3, 31), 300),
        line("b", "B", date(2019, 4, 1), 300),
        line("c", "B", date(2022, 1, 31), 300),
        line("d", "B", date(2020, 4, 1), 300),
        rules=rules,
        cycle=legacy,
    )
    assert told(given) == [
        ("a", "B", 5, "OK"),
        ("b", "B", 5, "OK"),
        ("c", "B", 0, "CYCLE_CAP"),
        ("d", "B", 5, "OK"),
    ]
    assert [year.first for year in given.years] == [date(year, 4, 1) for year in (2018, 2019, 2020, 2021)]
    assert given.lines[2].cite.key == "points.caps.B.per_cycle"


def test_calendar_years_turn_at_new_year() -> None:
    rules = edition(year_kind=YearKind.CALENDAR_YEAR)
    given = balance(
        line("a", "B", date(2024, 12, 31), 300), line("b", "B", date(2025, 1, 1), 300), rules=rules
    )
    assert given.total == 10
    assert [(year.number, year.first) for year in given.years] == [
        (number, date(2024 + number, 1, 1)) for number in range(4)
    ]


# Caps


def test_credit_goes_by_first_day_and_then_by_id() -> None:
    given = balance(line("c", "B", JUNE, 180), line("b", "B", MAY, 180), line("a", "B", JUNE, 180))
    assert told(given) == [("c", "B", 0, "YEAR_CAP"), ("b", "B", 3, "OK"), ("a", "B", 2, "YEAR_CAP")]


def test_a_line_exactly_at_a_cap_is_not_cut() -> None:
    assert told(balance(line("a", "B", MAY, 300))) == [("a", "B", 5, "OK")]
    assert told(balance(line("a", "B", MAY, 330))) == [("a", "B", 5, "YEAR_CAP")]
