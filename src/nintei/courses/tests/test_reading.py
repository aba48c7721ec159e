"""Timetables and rosters as people write them: net minutes to the minute, faults by row and column."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from nintei.courses import rosterfile, timetable
from nintei.courses.timetable import BadLine, clock_time, union


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("10:00-17:00 休憩 12:00-13:00", 360),
        ("１０：００～１７：００　休憩　１２：００〜１３：００", 360),
        ("9:07-12:00", 173),
        ("10:00-17:00 休憩 60分", 360),
        ("10:00–17:00 break 12:00–12:45, 15:00–15:10", 365),
        ("10:00-17:00 休憩 12:00-13:00 12:30-13:30", 330),
        ("90分", 90),
        ("1時間30分", 90),
        ("1h 30m", 90),
        ("2026年12月10日（木） 10:00-12:00", 120),
        ("22:00-24:00", 120),
    ],
)
def test_a_line_gives_its_net_minutes(line: str, minutes: int) -> None:
    assert [day.minutes for day in timetable.read(line)] == [minutes]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("朝から夕方まで", "courses.no_time_in_line"),
        ("17:00-10:00", "courses.no_such_time"),
        ("10:00-10:00", "courses.no_such_time"),
        ("10:61-11:00", "courses.no_such_time"),
        ("23:00-25:00", "courses.no_such_time"),
        ("10:00-12:00 休憩 12:00-13:00", "courses.break_outside"),
        ("10:00-12:00 休憩", "courses.no_such_break"),
        ("10:00-12:00 休憩 お昼", "courses.no_such_break"),
        ("10:00-12:00 休憩 120分", "courses.no_time_in_line"),
        ("2026-02-30 10:00-12:00", "courses.no_such_day"),
        ("0分", "courses.no_time_in_line"),
    ],
)
def test_a_line_that_makes_no_sense_says_which_and_why(line: str, code: str) -> None:
    with pytest.raises(BadLine) as bad:
        timetable.read(f"10:00-11:00\n{line}")
    assert (bad.value.code, bad.value.line) == (code, 2)


SPANS = st.lists(
    st.tuples(st.integers(600, 1019), st.integers(1, 90)).map(lambda s: (s[0], min(1020, sum(s)))), max_size=6
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SPANS)
def test_breaks_are_left_out_minute_by_minute(spans: list[tuple[int, int]]) -> None:
    """The calculator against counting every minute of the day."""
    resting = {minute for first, last in spans for minute in range(first, last)}
    assert union(spans) == len(resting)
    if spans and len(resting) < 420:
        breaks = " ".join(f"{clock_time(first)}-{clock_time(last)}" for first, last in spans)
        (day,) = timetable.read(f"10:00-17:00 休憩 {breaks}")
        assert day.minutes == 420 - len(resting)


ROW = ("認定番号", "カナ", "受講日", "受講分数")


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "認定番号,カナ,受講日,受講分数\nOMP-1,スズキ,2026/11/20,45\n".encode(),
        "認定番号,カナ,受講日,受講分数\r\nOMP-1,スズキ,2026年11月20日,45分\r\n".encode("cp932"),
        "\ufeff番号\tフリガナ\t日付\t分\nOMP-1\tスズキ\t2026-11-20\t４５\n".encode(),
        "\n\nkana,number,minutes,date\n\nスズキ,OMP-1,45,2026-11-20\n".encode(),
        workbook(ROW, ("OMP-1", "スズキ", date(2026, 11, 20), 45.0)),
    ],
)
def test_a_roster_is_read_however_it_was_saved(data: bytes) -> None:
    reading = rosterfile.read(data)
    assert [row[1:] for row in reading.rows] == [("OMP-1", "スズキ", date(2026, 11, 20), 45)]
    assert reading.faults == ()


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (b"", [(1, "")]),
        (b"\xff\xfe\x00\x01", [(1, "")]),
        (b"PK\x03\x04broken", [(1, "")]),
        ("番号だけ\nOMP-1\n".encode(), [(1, "認定番号"), (1, "カナ")]),
        ("認定番号,カナ\n".encode(), [(1, "")]),
        ("認定番号,カナ\n,\nOMP-1,\n,スズキ\n".encode(), [(3, "カナ"), (4, "認定番号")]),
        ("認定番号,カナ,受講日\nOMP-1,スズキ,きのう\n".encode(), [(2, "受講日")]),
        ("認定番号,カナ,受講分数\nOMP-1,スズキ,-5\nOMP-2,サトウ,1441\n".encode(), [(2, "受講分数"), (3, "受講分数")]),
        ("認定番号,カナ,開催番号\nOMP-1,スズキ,a\nOMP-2,サトウ,b\n".encode(), [(3, "開催番号")]),
        (("認定番号,カナ\n" + "OMP-1,スズキ\n" * 10_001).encode(), [(1, "")]),
    ],
)  # fmt: skip
def test_a_broken_roster_says_where(data: bytes, places: list[tuple[int, str]]) -> None:
    assert [(fault.line, fault.column) for fault in rosterfile.read(data).faults] == places


def test_a_row_of_another_session_is_left_out_with_its_words() -> None:
    """Told to take what can be taken, nobody is credited for a session that the row does not name."""
    reading = rosterfile.read("認定番号,カナ,分,開催番号\nOMP-1,スズキ,5,a\nOMP-2,サトウ,6分,b\n".encode())
    assert (reading.session, [row.number for row in reading.rows]) == ("a", ["OMP-1"])
    assert reading.unread == (rosterfile.Unread(3, "OMP-2", "サトウ", "", "6分"),)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    reading = rosterfile.read(data)
    assert reading.rows or reading.faults
    assert {row.line for row in reading.unread} <= {fault.line for fault in reading.faults}
