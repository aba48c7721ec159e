"""Trees of caps, several sessions, items, minimums and rows: the points rules of other rulebooks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nintei.rules.edition import Per, Rounding, Unit
from nintei.rules.findings import BadInput
from nintei.rules.points import Activity, Cycle, Session, evaluate
from nintei.rules.tests.builder import (
    CONKEN,
    CYCLE,
    JULY,
    JUNE,
    MAY,
    balance,
    bound,
    edition,
    line,
    points,
    told,
    with_category,
)


def test_the_narrower_room_of_nested_caps_is_the_reason() -> None:
    caps = (bound("B", 3), bound("BC", 4), bound("BCD", 9, Per.CYCLE))
    rules = edition(caps=caps)
    given = balance(
        line("1", "C", MAY, 120),
        line("2", "B", JUNE, 240),
        line("3", "D", JULY, 240),
        line("4", "B", date(2025, 5, 1), 120),
        rules=rules,
    )
    assert told(given) == [
        ("1", "C", 2, "OK"),
        ("2", "B", 2, "YEAR_CAP"),
        ("3", "D", 4, "OK"),
        ("4", "B", 1, "CYCLE_CAP"),
    ]
    assert [each.cut_by for each in given.lines] == [None, caps[1], None, caps[2]]


def test_of_two_caps_with_the_same_room_the_year_is_named_and_the_narrower() -> None:
    caps = (bound("BCD", 5, Per.CYCLE), bound("BC", 5), bound("B", 5))
    given = balance(line("1", "B", MAY, 360), rules=edition(caps=caps))
    assert given.lines[0].reason == "YEAR_CAP"
    assert given.lines[0].cut_by == caps[2]


def test_of_two_caps_over_the_same_categories_the_one_over_fewer_topics_is_named() -> None:
    caps = (bound("B", 5), bound("B", 5, topics="45"), bound("B", 5, topics="4"))
    given = balance(line("1", "B", MAY, 360), rules=edition(caps=caps))
    assert given.lines[0].cut_by == caps[2]


def test_a_cap_of_the_cycle_that_years_cannot_fill_is_never_named() -> None:
    caps = (bound("B", 15, Per.CYCLE), bound("B", 5))
    given = balance(
        *(line(str(year), "B", date(year, 5, 1), 360) for year in (2024, 2025, 2026)),
        rules=edition(caps=caps),
    )
    assert [each.reason for each in given.lines] == ["YEAR_CAP"] * 3
    assert [
        (room.bound.per, room.year and room.year.number, room.used, room.room) for room in given.rooms
    ] == [
        (Per.CYCLE, None, 15, 0),
        (Per.YEAR, 0, 5, 0),
        (Per.YEAR, 1, 5, 0),
        (Per.YEAR, 2, 5, 0),
    ]


def test_a_cap_of_the_cycle_half_a_point_under_three_years_binds_in_the_third() -> None:
    caps = (bound("B", "14.5", Per.CYCLE), bound("B", 5))
    given = balance(
        *(line(str(year), "B", date(year, 5, 1), 300) for year in (2024, 2025, 2026)),
        rules=edition(caps=caps),
    )
    assert told(given)[2] == ("2026", "B", points("4.5"), "CYCLE_CAP")


def test_a_cap_over_topics_leaves_other_topics_alone() -> None:
    rules = edition(caps=(bound("BC", 2, topics="45"),))
    given = balance(
        line("1", "B", MAY, 120, topic="4"),
        line("2", "C", JUNE, 120, topic="5"),
        line("3", "C", JULY, 120, topic="6"),
        line("4", "A", JULY, 120, topic="4"),
        rules=rules,
    )
    assert [each.credited for each in given.lines] == [2, 0, 2, 2]


def test_a_cap_need_not_be_a_multiple_of_the_step() -> None:
    rules = edition(caps=(bound("B", "1.25"), bound("BC", "2.2")))
    given = balance(line("1", "B", MAY, 120), line("2", "C", JUNE, 120), rules=rules)
    assert [each.credited for each in given.lines] == [points("1.25"), points("0.95")]
    assert given.total == points("2.2")


def test_room_not_used_in_a_year_is_lost() -> None:
    given = balance(line("1", "B", date(2025, 5, 1), 600))
    assert given.total == 5
    assert [
        (room.year.number, room.used, room.room)
        for room in given.rooms
        if room.bound.key == "points.caps.B.per_year" and room.year
    ] == [(0, 0, 5), (1, 5, 0), (2, 0, 5)]


# Several sessions, the same hours, items


def test_sessions_of_a_year_are_summed_before_rounding_and_years_are_rounded_apart() -> None:
    sessions = [(date(2025, 3, 30), 45), (date(2025, 3, 31), 45), (date(2025, 4, 1), 45)]
    given = balance(line("a", "B", sessions))
    assert given.lines[0].years == ((0, points("1.5"), points("1.5")), (1, points("0.5"), points("0.5")))
    assert told(given) == [("a", "B", 2, "OK")]


def test_sessions_outside_the_window_do_not_count_and_are_named() -> None:
    sessions = [(date(2024, 3, 30), 120), (date(2024, 4, 2), 120)]
    given = balance(
        line("a", "B", sessions),
        line("b", "B", sessions, proof="none"),
        line("c", "B", [(MAY, 180), (date(2027, 2, 11), 30)]),
    )
    assert told(given) == [
        ("a", "B", 2, "PARTLY_OUT_OF_CYCLE"),
        ("b", "C", 2, "RECLASSIFIED_B_TO_C"),
        ("c", "B", 3, "PARTLY_OUT_OF_CYCLE"),
    ]
    assert [each.cite.clause for each in given.lines] == ["CPD-1.4", "CPD-B.7", "CPD-1.4"]


def test_a_clip_is_named_before_a_part_outside_the_cycle() -> None:
    given = balance(line("a", "B", [(date(2024, 3, 30), 120), (date(2024, 4, 2), 330)]))
    assert told(given) == [("a", "B", 5, "YEAR_CAP")]
    assert given.lines[0].claimed == points("5.5")


def test_a_line_of_which_every_session_is_outside_takes_the_first_reason() -> None:
    given = balance(
        line("a", "A", [(date(2027, 4, 2), 60), (date(2027, 3, 1), 60)]),
        line("b", "A", [(date(2027, 4, 2), 60), (date(2024, 3, 1), 90)]),
        line("c", "B", [(MAY, 60), (JUNE, 60)], topic=None),
    )
    assert [(each.reason, each.claimed, each.years) for each in given.lines] == [
        ("AFTER_SUBMISSION", 2, ()),
        ("BEFORE_CYCLE", points("2.5"), ()),
        ("NO_FIELD", 2, ()),
    ]


def test_the_part_cut_first_gives_the_reason_of_a_line_over_two_years() -> None:
    rules = edition(caps=(bound("B", 3), bound("BC", 5, Per.CYCLE)))
    given = balance(line("a", "B", [(date(2025, 4, 1), 240), (date(2025, 3, 31), 240)]), rules=rules)
    assert told(given) == [("a", "B", 5, "YEAR_CAP")]
    assert list(given.lines[0].years) == [(0, 4, 3), (1, 4, 2)]
    cut_late = balance(line("a", "B", [(date(2025, 4, 1), 240), (date(2025, 3, 31), 60)]), rules=rules)
    assert told(cut_late) == [("a", "B", 4, "YEAR_CAP")]


def test_small_sessions_below_the_unit_in_every_year_reach_nothing() -> None:
    given = balance(
        line("a", "B", [(date(2025, 3, 31), 20), (date(2025, 4, 1), 20)]),
        line("b", "B", [(date(2025, 3, 31), 20), (date(2025, 4, 1), 30)]),
        line("c", "B", [(date(2024, 3, 31), 60), (date(2024, 4, 1), 20)]),
    )
    assert [(each.credited, each.reason) for each in given.lines] == [
        (0, "BELOW_UNIT"),
        (points("0.5"), "OK"),
        (0, "BELOW_UNIT"),
    ]
    assert given.lines[0].cite.key == "points.step"


def test_a_year_of_a_line_that_is_no_multiple_is_refused_where_the_rulebook_refuses() -> None:
    given = balance(
        line("a", "B", [(date(2025, 3, 31), 45), (date(2025, 4, 1), 60)]),
        line("b", "B", [(MAY, 40), (JUNE, 20)]),
        line("c", "B", MAY, 40),
        rules=edition(rounding=Rounding.REFUSE),
    )
    assert [(each.credited, each.reason) for each in given.lines] == [
        (1, "NOT_A_MULTIPLE"),
        (1, "OK"),
        (0, "NOT_A_MULTIPLE"),
    ]
    assert given.lines[2].cite.key == "points.rounding"


def test_the_same_hours_count_once_the_first_by_day_and_id() -> None:
    given = balance(
        line("c", "B", JUNE, same_activity="K1"),
        line("b", "D", MAY, 120, same_activity="K1"),
        line("a", "B", JUNE, same_activity="K1"),
        line("d", "B", JUNE, same_activity="K2"),
        line("e", "B", JUNE),
    )
    assert told(given) == [
        ("c", "B", 0, "DUPLICATE"),
        ("b", "D", 2, "OK"),
        ("a", "B", 0, "DUPLICATE"),
        ("d", "B", 1, "OK"),
        ("e", "B", 1, "OK"),
    ]
    assert given.lines[0].claimed == 1
    assert given.lines[0].cite.key == "categories.B.rate"


def test_a_line_that_is_not_eligible_takes_nothing_from_its_twin() -> None:
    given = balance(
        line("a", "B", date(2024, 3, 31), same_activity="K1"),
        line("b", "B", MAY, topic=None, same_activity="K1"),
        line("c", "B", JUNE, same_activity="K1"),
    )
    assert [each.reason for each in given.lines] == ["BEFORE_CYCLE", "NO_FIELD", "OK"]


def test_a_duplicate_over_two_years_is_dropped_in_both() -> None:
    sessions = [(date(2025, 3, 31), 60), (date(2025, 4, 1), 60)]
    given = balance(line("a", "B", sessions, same_activity="K"), line("b", "B", sessions, same_activity="K"))
    assert told(given) == [("a", "B", 2, "OK"), ("b", "B", 0, "DUPLICATE")]


def test_items_are_paid_by_the_piece_on_the_last_day() -> None:
    rules = with_category(
        edition(caps=(bound("E", 4),)),
        "E",
        unit=Unit.ITEM,
        rate=Fraction(3, 2),
        needs_registered_course=False,
    )
    given = balance(
        line("a", "E", [(date(2025, 4, 1), 0), (date(2025, 3, 1), 600)], items=2),
        line("b", "E", date(2025, 5, 1), 600),
        line("c", "E", date(2025, 6, 1), 0, items=1),
        line("d", "E", date(2027, 2, 11), 0, items=1),
        rules=rules,
    )
    assert told(given) == [
        ("a", "E", 3, "OK"),
        ("b", "E", 0, "BELOW_UNIT"),
        ("c", "E", 1, "YEAR_CAP"),
        ("d", "E", 0, "AFTER_SUBMISSION"),
    ]
    assert list(given.lines[0].years) == [(1, 3, 3)]
    assert [each.claimed for each in given.lines] == [3, 0, points("1.5"), points("1.5")]


# Several qualifications, carry-over


def test_a_ledger_that_is_not_shared_counts_a_line_for_the_qualification_it_serves() -> None:
    lines = (
        line("a", "A", MAY, serves="CAP"),
        line("b", "A", MAY, 120, serves="OMP"),
        line("c", "A", MAY, 240),
    )
    cycle = CYCLE._replace(qualification="CAP")
    apart = balance(*lines, rules=edition(shared_ledger=False), cycle=cycle)
    assert told(apart) == [
        ("a", "A", 1, "OK"),
        ("b", "A", 0, "OTHER_QUALIFICATION"),
        ("c", "A", 0, "OTHER_QUALIFICATION"),
    ]
    assert apart.lines[1].cite.key == "points.shared_ledger"
    assert balance(*lines, cycle=cycle).total == 7


def test_no_more_is_carried_over_than_the_rulebook_allows() -> None:
    carrying = CYCLE._replace(carried=Fraction(8))
    lines = [line("a", "A", [(date(2025, 5, day), 480) for day in (1, 2, 3, 4)])]
    assert balance(*lines, cycle=carrying).total == 32
    assert (balance(*lines, cycle=carrying).carried, balance(*lines).surplus) == (0, 0)
    given = balance(*lines, rules=edition(carry_over=Fraction(5)), cycle=carrying)
    assert (given.carried, given.total, given.surplus) == (5, 37, 5)
    assert balance(*lines, rules=edition(carry_over=Fraction(5))).surplus == 2
    assert balance(rules=edition(carry_over=Fraction(5))).surplus == 0


def test_a_changed_line_is_evaluated_as_changed() -> None:
    before = line("a", "A", MAY, 60)
    after = before._replace(sessions=(Session(MAY, 90),))
    assert (before.row, after.row) == (line("a", "A", MAY, 60).row, line("a", "A", MAY, 90).row)
    assert (balance(before).total, balance(after).total) == (1, Fraction(3, 2))


# Input that makes no sense


def test_it_refuses_input_that_makes_no_sense() -> None:
    with pytest.raises(BadInput) as refused:
        line("a", "A", MAY, -1)
    assert (refused.value.code, refused.value.data) == (
        "activity.negative",
        {"id": "a", "on": MAY, "minutes": -1},
    )
    with pytest.raises(BadInput) as refused:
        line("a", "A", MAY, items=-1)
    assert (refused.value.code, refused.value.data) == ("activity.negative", {"id": "a", "items": -1})
    with pytest.raises(BadInput) as refused:
        Activity("a", "A", ())
    assert (refused.value.code, refused.value.data) == ("activity.no_session", {"id": "a"})
    with pytest.raises(BadInput) as refused:
        line("a", "A", MAY)._replace(sessions=())
    assert (refused.value.code, refused.value.data) == ("activity.no_session", {"id": "a"})
    with pytest.raises(BadInput) as refused:
        balance(line("a", "Z", MAY))
    assert (refused.value.code, refused.value.data) == ("activity.unknown_category", {"category": "Z"})
    with pytest.raises(BadInput) as refused:
        evaluate(CONKEN, Cycle(date(2024, 4, 1), date(2024, 3, 31)), [])
    assert (refused.value.code, refused.value.data) == (
        "cycle.end_before_start",
        {"start": date(2024, 4, 1), "end": date(2024, 3, 31)},
    )
    assert str(refused.value) == "cycle.end_before_start (start=2024-04-01, end=2024-03-31)"


def test_a_cycle_of_one_day_is_a_cycle() -> None:
    assert balance(line("a", "A", MAY), cycle=Cycle(MAY, MAY)).total == 1


def test_rows_are_refused_like_activities() -> None:
    from nintei.rules.points import More, evaluate_rows

    traits = ("A", None, True, "record", True, None)
    with pytest.raises(BadInput) as refused:
        evaluate_rows(CONKEN, CYCLE, [("a", traits, MAY, -1, None)])
    assert (refused.value.code, refused.value.data) == ("activity.negative", {"quantity": -1})
    with pytest.raises(BadInput) as refused:
        evaluate_rows(CONKEN, CYCLE, [("a", traits, MAY, -30, More(((JUNE, 60),)))])
    assert (refused.value.code, refused.value.data) == ("activity.negative", {"id": "a"})
    assert evaluate_rows(CONKEN, CYCLE, [("a", traits, MAY, 30, None)]).total == points("0.5")


def test_an_activity_is_the_row_it_is_read_as() -> None:
    activity = Activity(
        "a",
        "B",
        (Session(MAY, 30), Session(JUNE, 60)),
        topic="4",
        proof="none",
        same_activity="K",
        items=3,
        serves="CAP",
    )
    assert activity.row == ("a", ("B", "4", False, "none", True, "CAP"), MAY, 30, (((JUNE, 60),), "K", 3))
    assert Activity("a", "B", (Session(MAY, 30),)).row == (
        "a",
        ("B", None, False, "record", True, None),
        MAY,
        30,
        None,
    )
    assert Activity("a", "B", (Session(MAY, 30),), items=1).row[4] == ((), None, 1)
    assert Activity("a", "B", (Session(MAY, 30),), same_activity="").row[4] == ((), "", 0)
