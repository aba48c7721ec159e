"""What an edition compiles to: memories that answer once and stay bounded, calendars, slots."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from nintei.rules.compiled import Claims, Frame, covers, frame_for, unit_of
from nintei.rules.cycles import MEMORY, Cycle, Memory, anniversary
from nintei.rules.edition import Per, Rounding, Window
from nintei.rules.tests.builder import CONKEN, CYCLE, MAY, balance, bound, edition, line, with_category

TRAITS: tuple[tuple[object, ...], ...] = (
    ("A", "4", True, "certificate", True, None),
    ("A", "4", False, "certificate", True, None),
    ("B", None, False, "certificate", True, None),
    ("B", "4", False, "none", True, None),
    ("C", "4", False, "none", True, None),
    ("D", "4", False, "record", False, None),
)


class Squares(Memory[int, int]):
    """Counts how often it is asked."""

    asked = 0

    def answer(self, key: int) -> int:
        self.asked += 1
        return key * key


def test_a_memory_answers_once() -> None:
    squares = Squares()
    assert [squares[3], squares[3], squares[4]] == [9, 9, 16]
    assert squares.asked == 2


def test_a_memory_never_holds_more_than_its_bound() -> None:
    squares = Squares()
    sizes = []
    for number in range(MEMORY + 2):
        assert squares[number] == number * number
        sizes.append(len(squares))
    assert sizes[MEMORY - 2 :] == [MEMORY - 1, MEMORY, 1, 2]


def test_a_memory_must_say_how_it_answers() -> None:
    with pytest.raises(NotImplementedError):
        Memory[int, int]()[1]


def test_a_frame_is_compiled_once_for_an_edition_and_a_cycle() -> None:
    assert frame_for(CONKEN, CYCLE) is frame_for(CONKEN, CYCLE._replace(carried=Fraction(3)))
    frames = {
        frame_for(CONKEN, CYCLE),
        frame_for(edition(), CYCLE),
        frame_for(CONKEN, CYCLE._replace(start=MAY)),
        frame_for(CONKEN, CYCLE._replace(end=CYCLE.end + timedelta(days=1))),
        frame_for(CONKEN, CYCLE._replace(submitted_on=None)),
        frame_for(CONKEN, CYCLE._replace(certified_on=MAY)),
        frame_for(CONKEN, CYCLE._replace(qualification="OMP")),
    }
    assert len(frames) == 7


def test_frames_are_bounded_and_stay_right() -> None:
    first = frame_for(CONKEN, CYCLE)
    lines = [line("a", "A", MAY)]
    for number in range(MEMORY // 8):
        cycle = CYCLE._replace(submitted_on=MAY + timedelta(days=number - 1))
        assert balance(*lines, cycle=cycle).total == (1 if number else 0)
    assert frame_for(CONKEN, CYCLE) is not first


def test_the_unit_divides_every_number_of_the_rules() -> None:
    assert unit_of(CONKEN.points) == 2
    assert unit_of(edition(step=Fraction(1, 4)).points) == 4
    assert unit_of(edition(required=Fraction(1, 3)).points) == 6
    assert unit_of(edition(carry_over=Fraction(1, 4)).points) == 4
    assert unit_of(edition(caps=(bound("A", "0.2"), bound("B", 1))).points) == 10
    assert unit_of(edition(minimums=(bound("A", "0.125"),)).points) == 8


def test_a_claim_is_rounded_in_whole_steps_of_units() -> None:
    claims = Claims(edition(step=Fraction(1, 2)).points, Fraction(1, 60), 10)
    assert [claims[minutes] for minutes in (0, 29, 30, 59, 60, 90)] == [0, 0, 5, 5, 10, 15]
    assert Claims(edition(step=Fraction(2)).points, Fraction(1, 60), 2)[240] == 8


def test_a_quantity_that_claims_nothing_says_why() -> None:
    strict = edition(rounding=Rounding.REFUSE).points
    claims = Claims(strict, Fraction(1, 3), 2)
    assert [claims.reason_for_nothing(quantity) for quantity in (0, 1, 3)] == [
        "BELOW_UNIT", "NOT_A_MULTIPLE", "BELOW_UNIT",
    ]  # fmt: skip
    assert Claims(edition().points, Fraction(1, 3), 2).reason_for_nothing(1) == "BELOW_UNIT"


def test_a_gate_says_what_a_line_counts_as_or_why_it_never_counts() -> None:
    """Of a new frame: those of other tests have answered before."""
    own = with_category(CONKEN, "A", conditions={})
    frames = [Frame(rules, CYCLE) for rules in (CONKEN, own)]
    seen = [
        [
            (gate.category, gate.label, gate.refusal, gate.cite.key)
            for gate in (frame.gates[traits] for traits in TRAITS)
        ]
        for frame in frames
    ]
    a, b, c = (CONKEN.categories[code] for code in "ABC")
    assert seen[0] == [
        ("A", "OK", None, a.conditions["rate"].key),
        ("A", "OK", "NOT_REGISTERED", a.conditions["needs_registered_course"].key),
        ("B", "OK", "NO_FIELD", b.conditions["needs_topic"].key),
        ("C", "RECLASSIFIED_B_TO_C", None, b.conditions["without_proof"].key),
        ("C", "OK", None, c.conditions["rate"].key),
        ("D", "OK", "REVIEW_DETAIL", CONKEN.categories["D"].conditions["detail_must_be_clear"].key),
    ]
    # Where a condition has no clause of its own, that of the category stands for it.
    assert [key for *_, key in seen[1][:2]] == [a.cite.key] * 2


def test_one_bound_covers_another_when_every_line_of_it_is_under_both() -> None:
    wide, narrow = bound("BC", 1), bound("B", 1)
    assert (covers(wide, narrow), covers(narrow, wide), covers(wide, wide)) == (True, False, True)
    four, both = bound("B", 1, topics="4"), bound("B", 1, topics="45")
    assert (covers(both, four), covers(four, both), covers(narrow, four), covers(four, narrow)) == (
        True,
        False,
        True,
        False,
    )
    assert covers(four, bound("B", 2, topics="4"))


def test_caps_that_cannot_bind_take_no_slot() -> None:
    years = [bound("B", 5), bound("B", 15, Per.CYCLE)]
    assert [
        (slot.bound.per, slot.year, slot.units) for slot in frame_for(edition(caps=tuple(years)), CYCLE).slots
    ] == [
        (Per.YEAR, 0, 10),
        (Per.YEAR, 1, 10),
        (Per.YEAR, 2, 10),
    ]
    assert len(frame_for(edition(caps=(years[0], bound("B", "14.5", Per.CYCLE))), CYCLE).slots) == 4
    assert len(frame_for(edition(caps=(bound("B", 5), bound("BC", 15, Per.CYCLE))), CYCLE).slots) == 4
    four = CYCLE._replace(certified_on=date(2023, 8, 1))
    assert len(frame_for(edition(caps=tuple(years), window=Window.FROM_CERTIFICATION), four).slots) == 5


def test_the_anniversary_of_a_leap_day_is_the_first_of_march() -> None:
    leap = date(2024, 2, 29)
    assert [anniversary(leap, years) for years in (-1, 0, 1, 4)] == [
        date(2023, 3, 1),
        leap,
        date(2025, 3, 1),
        date(2028, 2, 29),
    ]
    assert anniversary(date(2024, 4, 1), 2) == date(2026, 4, 1)


def test_a_frame_shows_units_as_points() -> None:
    frame = Frame(CONKEN, Cycle(MAY, MAY))
    assert (frame.unit, frame.points(3), frame.room) == (2, Fraction(3, 2), [10, 10, 10])
