"""What a balance shows: sums, room, findings."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from nintei.rules.edition import Per
from nintei.rules.findings import Finding
from nintei.rules.points import Cycle
from nintei.rules.tests.builder import CONKEN, CYCLE, JULY, JUNE, MAY, balance, bound, edition, line, points

NEXT_MAY = date(2025, 5, 1)


def test_sums_have_a_row_for_every_category_and_year() -> None:
    found = balance(line("a", "A", MAY), line("c", "C", NEXT_MAY, 90), line("x", "C", NEXT_MAY, topic=None))
    assert found.by_category == {"A": 1, "B": 0, "C": points("1.5"), "D": 0}
    assert found.by_year == {
        0: {"A": 1, "B": 0, "C": 0, "D": 0},
        1: {"A": 0, "B": 0, "C": points("1.5"), "D": 0},
        2: {"A": 0, "B": 0, "C": 0, "D": 0},
    }
    assert (found.total, found.required, found.shortfall, found.met) == (
        points("2.5"),
        30,
        points("27.5"),
        False,
    )


def test_renewal_needs_exactly_the_points_required() -> None:
    course = [line(str(day), "A", date(2025, 5, day), 300) for day in range(1, 7)]
    enough, short = balance(*course), balance(*course[1:], line("x", "A", MAY, 299))
    assert (enough.total, enough.met, enough.shortfall) == (30, True, 0)
    assert (short.total, short.met, short.shortfall) == (points("29.5"), False, points("0.5"))
    cite = CONKEN.points.cites["required"]
    assert enough.findings == (Finding("points.required", True, Fraction(30), Fraction(30), cite),)
    assert short.findings == (Finding("points.required", False, points("29.5"), Fraction(30), cite),)


def test_more_than_required_leaves_nothing_short() -> None:
    assert balance(line("a", "A", [(date(2025, 5, day), 480) for day in (1, 2, 3, 4)])).shortfall == 0


def test_every_minimum_is_a_finding_of_its_own() -> None:
    least = (bound("A", 2, Per.CYCLE, key="least.A"), bound("CD", 1, Per.YEAR, key="least.CD"))
    rules = edition(minimums=least, required=Fraction(3))
    found = balance(line("a", "A", MAY, 120), line("c", "C", JUNE), line("d", "D", NEXT_MAY, 30), rules=rules)
    assert [(each.key, each.met, each.shown, each.wanted, each.note) for each in found.findings] == [
        ("points.required", True, points("3.5"), 3, ""),
        ("least.A", True, 2, 2, ""),
        ("least.CD", True, 1, 1, "2024-04-01/2025-03-31"),
        ("least.CD", False, points("0.5"), 1, "2025-04-01/2026-03-31"),
        ("least.CD", False, 0, 1, "2026-04-01/2027-03-31"),
    ]
    assert [each.cite for each in found.findings[1:]] == [least[0].cite, *[least[1].cite] * 3]
    assert not found.met


def test_a_minimum_may_be_over_topics() -> None:
    rules = edition(minimums=(bound("BCD", 1, Per.CYCLE, "45", key="least"),), required=Fraction(1))
    assert not balance(line("a", "B", MAY, topic="6"), line("b", "A", MAY, topic="4"), rules=rules).met
    assert balance(line("a", "B", MAY, topic="5"), rules=rules).met


def test_distinct_topics_count_where_something_is_credited() -> None:
    rules = edition(min_topics=2, required=Fraction(1))
    lines = [line("a", "B", MAY, 300, topic="4"), line("b", "B", JUNE, 60, topic="5")]
    found = balance(*lines, line("c", "A", JULY, topic=None), rules=rules)
    cite = CONKEN.points.cites["min_topics"]
    assert found.findings[1:] == (Finding("points.min_topics", False, 1, 2, cite),)
    assert not found.met
    assert balance(*lines, line("d", "C", JULY, topic="6"), rules=rules).findings[1].met is True


def test_a_line_held_for_review_is_a_finding_for_a_person_and_blocks_nothing() -> None:
    rules = edition(required=Fraction(1))
    found = balance(
        line("a", "A", MAY),
        line("c", "C", MAY, detail_clear=False),
        line("d", "D", MAY, topic=None),
        rules=rules,
    )
    cite = CONKEN.categories["C"].conditions["detail_must_be_clear"]
    assert found.findings[1:] == (Finding("points.detail", None, "c", "clear", cite, "REVIEW_DETAIL"),)
    assert found.met


def test_room_is_shown_for_every_cap_in_the_order_of_the_rulebook() -> None:
    caps = (bound("BC", 8, Per.CYCLE), bound("B", 5, topics="4"))
    found = balance(line("b", "B", MAY, 120), line("c", "C", NEXT_MAY, 60), rules=edition(caps=caps))
    first, second, third = found.years
    assert found.rooms == (
        (caps[0], None, 3, 5),
        (caps[1], first, 2, 3),
        (caps[1], second, 0, 5),
        (caps[1], third, 0, 5),
    )


def test_what_is_carried_counts_for_the_total_and_belongs_to_no_category() -> None:
    rules = edition(carry_over=Fraction(2))
    found = balance(line("a", "A", MAY), rules=rules, cycle=CYCLE._replace(carried=Fraction(1, 2)))
    assert (found.total, sum(found.by_category.values()), found.credited_units) == (points("1.5"), 1, 2)


def test_two_cycles_of_the_same_days_may_differ_in_what_they_carry() -> None:
    rules = edition(carry_over=Fraction(2))
    totals = [
        balance(rules=rules, cycle=CYCLE._replace(carried=Fraction(each))).total for each in (0, 1, 2, 3)
    ]
    assert totals == [0, 1, 2, 2]


def test_each_cycle_is_judged_by_its_own_days() -> None:
    entry = line("a", "A", date(2027, 2, 20))
    assert [
        balance(entry, cycle=Cycle(CYCLE.start, CYCLE.end, filed)).total
        for filed in (date(2027, 2, 19), date(2027, 2, 20), None)
    ] == [0, 1, 1]
