"""The three years drawn: 14 px a point, the slots in their places, what is cut beside, what is left within."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nintei.ledger.chart import Cell, Column, Mark, Slot, bands, draw
from nintei.ledger.queries import home
from nintei.ledger.tests.conftest import TODAY
from nintei.ledger.years import picture
from nintei.people.models import Person
from nintei.registry.models import Certification

FIVE = Fraction(5)
SLOTS = (Slot("A", "認定コース", "上限なし", None), *(Slot(code, code, "1年5.0まで", FIVE) for code in "BCD"))


def cell(counted: float, room: float | None = 0, cut: float = 0) -> Cell:
    said = f"{counted:.1f}" if counted else "0"
    left = None if room is None else Fraction(room)
    return Cell(Fraction(counted), Fraction(cut), left, said, f"{cut:.1f}", f"あと{room:.1f}" if room else "")


def column(state: str, *cells: Cell) -> Column:
    return Column("2026年度", "0", state, cells, ("a", "b"), ("c", "d", "e"))


PAST = column("past", cell(0, None), cell(2), cell(5, cut=2), cell(1.5))
NOW = column("current", cell(1.5, None), cell(2, 3), cell(2.5, 2.5), cell(0, 5))


def rects(marks: tuple[Mark, ...], css: str) -> list[tuple[float, float, float, float]]:
    return [
        (m.x, m.y, m.width, m.height) for m in marks if (m.kind, m.css) == ("rect", css) and not m.rounded
    ]


def test_a_slot_is_its_cap_high_and_six_pixels_from_the_next() -> None:
    assert bands(SLOTS, (PAST, NOW)) == ((64, 120), (126, 196), (202, 272), (278, 348))


def test_an_open_slot_grows_with_its_bar_and_breaks_beyond_nine() -> None:
    high = column("past", cell(7, None), cell(0), cell(0), cell(0))
    assert bands(SLOTS, (high,))[0] == (64, 64 + 7 * 14)
    higher = column("past", cell(30, None), cell(0), cell(0), cell(0))
    assert bands(SLOTS, (higher,))[0] == (64, 64 + 9 * 14)
    wide, _ = draw(SLOTS, (higher,))
    assert [m.css for m in wide.marks if m.css == "c-break"] == ["c-break"]


def test_areas_compare_honestly_fourteen_pixels_a_point() -> None:
    wide, narrow = draw(SLOTS, (PAST, PAST, NOW))
    assert rects(wide.marks, "c-b") == [(148, 168, 108, 28), (302, 168, 108, 28), (456, 168, 108, 28)]
    assert rects(narrow.marks, "c-b") == [(26, 168, 80, 28), (127, 168, 80, 28), (228, 168, 80, 28)]
    assert rects(wide.marks, "c-c")[-1] == (456, 237, 108, 35)


def test_what_a_cap_cut_stands_hatched_beside_the_full_slot() -> None:
    wide, _ = draw(SLOTS, (NOW, PAST, NOW))
    assert rects(wide.marks, "c-hatch") == [(413, 202, 12, 28)]


def test_room_is_outlined_above_what_is_counted_and_named() -> None:
    wide, _ = draw(SLOTS, (PAST, PAST, NOW))
    assert rects(wide.marks, "c-room") == [
        (456.75, 126.75, 106.5, 40.5),
        (456.75, 202.75, 106.5, 33.5),
        (456.75, 278.75, 106.5, 68.5),
    ]
    assert [m.said for m in wide.marks if m.css == "t13 tb tw tm" and m.said.startswith("あと")] == [
        "あと3.0",
        "あと2.5",
        "あと5.0",
    ]


def test_the_drawing_of_suzuki_is_the_one_of_the_mock(log: Person, omp: Certification) -> None:
    shown = picture(home(log, TODAY).standings[0])
    wide, narrow = shown.drawings
    assert (wide.width, wide.height, narrow.width) == (656, 416, 326)
    assert shown.headings == ("2024年度", "2025年度", "2026年度")
    assert rects(wide.marks, "c-hatch") == [(413, 202, 12, 28)]
    said = [m.said for m in wide.marks if m.kind == "text"]
    for words in ("空き 11.0", "空き 6.5", "まだ入る 10.5", "2月28日まで", "あと96日", "7.0", "8.5", "6.0"):
        assert said.count(words) == 1
    assert "2025年度の個人学習は2.0が上限を超え、数えていません。" in shown.description
    assert [row.total for row in shown.rows] == [Fraction(9, 2), Fraction(13, 2), Fraction(9), Fraction(3, 2)]


@pytest.mark.parametrize("years", [1, 2, 4, 5])
def test_any_number_of_years_stays_within_the_drawing(years: int) -> None:
    for drawing in draw(SLOTS, (PAST,) * years):
        assert max(m.x + m.width for m in drawing.marks) <= drawing.width
