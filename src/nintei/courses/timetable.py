"""From the times of a course to its net minutes: breaks are left out, to the minute (AMB-C21). Pure.

A line is a day: `10:00-17:00 休憩 12:00-13:00`, with a date before it where the course is held
(`2026-12-10 10:00-17:00 休憩 60分`), or only its length (`90分`).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise
from typing import NamedTuple

MINUTES_A_DAY = 24 * 60
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*", re.ASCII)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|から)\s*(\d{1,2}):(\d{2})", re.ASCII)
_LENGTH = re.compile(r"(?:(\d{1,3})\s*(?:時間|h))?\s*(?:(\d{1,4})\s*(?:分|min|m))?", re.ASCII)
_BREAK = re.compile(r"休憩|breaks?|休", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー〜～~", "-"))


class BadLine(Exception):
    """A line that is no time of a course; `code` is worded in `refusals`, `line` counts from 1."""

    def __init__(self, code: str, line: int, words: str) -> None:
        super().__init__(code)
        self.code, self.line, self.words = code, line, words


class Day(NamedTuple):
    """A day of a course. `begins` and `ends` are minutes after midnight, None where only a length is given."""

    on: date | None
    begins: int | None
    ends: int | None
    rest: int
    minutes: int


def read(text: str) -> tuple[Day, ...]:
    """The days of a timetable, one a line; raises `BadLine`.

    >>> [day.minutes for day in read("10:00-17:00 休憩 12:00-13:00 15:00-15:15\\n90分")]
    [345, 90]
    """
    lines = [line for line in enumerate(text.splitlines(), 1) if line[1].strip()]
    return tuple(_day(number, line) for number, line in lines)


def _day(number: int, line: str) -> Day:
    plain = unicodedata.normalize("NFKC", line).translate(_DASHES).strip()
    on, rest = _on(number, line, plain)
    work, found, breaks = _split(rest)
    if span := _SPAN.fullmatch(work.strip()):
        begins, ends = _minutes(number, line, span)
        left_out = _breaks(number, line, breaks, begins, ends) if found else 0
        return Day(on, begins, ends, left_out, _positive(number, line, ends - begins - left_out))
    if found or not (length := _length(work.strip())):
        raise BadLine("courses.no_time_in_line", number, line.strip())
    return Day(on, None, None, 0, _positive(number, line, length))


def _on(number: int, line: str, plain: str) -> tuple[date | None, str]:
    if not (found := _DATE.match(plain)):
        return None, plain
    try:
        on = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise BadLine("courses.no_such_day", number, line.strip()) from None
    # 2026年12月10日（木）: the weekday is for people.
    return on, re.sub(r"^\s*\([^)]{1,3}\)", "", plain[found.end() :])


def _split(rest: str) -> tuple[str, bool, str]:
    """What stands before the word for a break, whether it is there, and what stands after it."""
    parts = _BREAK.split(rest, maxsplit=1)
    return parts[0], len(parts) == 2, parts[-1] if len(parts) == 2 else ""


def _minutes(number: int, line: str, span: re.Match[str]) -> tuple[int, int]:
    hours = [int(span[1]), int(span[3])]
    past = [int(span[2]), int(span[4])]
    begins, ends = (hour * 60 + minute for hour, minute in zip(hours, past, strict=True))
    if max(past) > 59 or ends > MINUTES_A_DAY or begins >= ends:
        raise BadLine("courses.no_such_time", number, line.strip())
    return begins, ends


def _breaks(number: int, line: str, words: str, begins: int, ends: int) -> int:
    """The minutes of breaks: spans within the day, counted once where they overlap, or a length."""
    spans = [_minutes(number, line, span) for span in _SPAN.finditer(words)]
    others = re.sub(r"[\s,、・:()]", "", _SPAN.sub("", words))
    if bool(spans) == bool(others):
        raise BadLine("courses.no_such_break", number, line.strip())
    if others:
        length = _length(others)
        if not length:
            raise BadLine("courses.no_such_break", number, line.strip())
        return length
    if any(first < begins or last > ends for first, last in spans):
        raise BadLine("courses.break_outside", number, line.strip())
    return union(spans)


def union(spans: list[tuple[int, int]]) -> int:
    """The minutes that spans cover together, each minute once.

    >>> union([(720, 780), (750, 795), (900, 915)])
    90
    """
    marks = sorted({edge for span in spans for edge in span})
    covered = [
        (low, high)
        for low, high in pairwise(marks)
        if any(first <= low and high <= last for first, last in spans)
    ]
    return sum(high - low for low, high in covered)


def _length(words: str) -> int:
    found = _LENGTH.fullmatch(words)
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0


def _positive(number: int, line: str, minutes: int) -> int:
    if not 0 < minutes <= MINUTES_A_DAY:
        raise BadLine("courses.no_time_in_line", number, line.strip())
    return minutes


def clock_time(minutes: int) -> str:
    """Minutes after midnight as a time.

    >>> clock_time(605)
    '10:05'
    """
    return f"{minutes // 60:02}:{minutes % 60:02}"
