"""What people write in the cells of a CPD log: days, times, yes and no, in Japanese or English. Pure.

A cell that cannot be understood raises `BadCell` with a code; `faults` words it. Times are whole minutes of
net time, and what is less than a minute is dropped: time is never rounded up (CPD-1.3, AMB-C5).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from fractions import Fraction

MINUTES_A_DAY = 24 * 60
_YEARS = range(1980, 2200)
_ERAS = {
    "令和": (date(2019, 5, 1), date.max),
    "R": (date(2019, 5, 1), date.max),
    "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "H": (date(1989, 1, 8), date(2019, 4, 30)),
}
_WESTERN = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[ T(].*)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ERA = re.compile(
    r"(令和|平成|R|H)(元|\d{1,2})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:\(.\))?", re.ASCII
)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_CLOCK = re.compile(r"(-?)(\d{1,4}):(\d{2})(?::\d{2})?", re.ASCII)
_UNITS = re.compile(
    r"(-?)(?:(\d+(?:\.\d+)?)(?:時間|hours?|hrs?|h))?(半)?(?:(\d+)(?:分間?|minutes?|mins?|m))?", re.ASCII
)
_FROM_TO = re.compile(r"(\d{1,2}):(\d{2})(?:~|-|–|〜|から)(\d{1,2}):(\d{2})(?:まで)?", re.ASCII)
_TIME_OF_DAY = re.compile(r"(午前|午後|am|pm)?(\d{1,2})(?::|時)(\d{2})?分?(?::\d{2})?", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_YES = {
    "○",
    "〇",
    "◯",
    "yes",
    "y",
    "true",
    "1",
    "はい",
    "有",
    "有り",
    "あり",
    "認定",
    "主催",
    "済",
    "✓",
    "レ",
}
_NO = {"×", "✕", "no", "n", "false", "0", "いいえ", "無", "無し", "なし", "-", "非認定", "未", "none"}
_PROOFS = {
    "certificate": {"受講証明書", "受講証明", "証明書", "修了証", "修了証書", "受講証", "certificate"},
    "document": {"文書", "書類", "document"},
    "record": {"記録", "自己記録", "学習記録", "活動記録", "record", "log"},
}


class BadCell(Exception):
    """A cell that cannot be understood; `code` is worded by `faults`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def folded(value: object) -> str:
    """A cell as compared: full width as half width, capitals as small letters, no spaces.

    >>> folded(" カテゴリ　Ａ ")
    'カテゴリa'
    """
    return "".join(unicodedata.normalize("NFKC", "" if value is None else str(value)).casefold().split())


def day(value: object) -> date:
    """A day, as `2026-11-24`, `2026年11月24日`, `令和8年11月24日`, `24 Nov 2026`, or a spreadsheet's own.

    Five digits are the number a spreadsheet shows for a day in a column that is not formatted as one.
    Digits alone with the day or the month in front (11/12/2026) say two days, and are no day.

    >>> day("令和８年11月24日"), day("2026/1/9"), day("January 9, 2026")
    (datetime.date(2026, 11, 24), datetime.date(2026, 1, 9), datetime.date(2026, 1, 9))
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if found := _WESTERN.fullmatch(text) or _DIGITS.fullmatch(text):
        return _date(int(found[1]), found[2], found[3])
    if found := _SERIAL.fullmatch(text):
        on = date(1899, 12, 30) + timedelta(days=int(found[1]))
        return _date(on.year, str(on.month), str(on.day))
    if found := _DAY_FIRST.fullmatch(text.casefold()):
        return _date(int(found[3]), _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(text.casefold()):
        return _date(int(found[3]), _month(found[1]), found[2])
    if found := _ERA.fullmatch("".join(text.split())):
        first, last = _ERAS[found[1]]
        on = _date(first.year - 1 + (1 if found[2] == "元" else int(found[2])), found[3], found[4])
        if first <= on <= last:
            return on
    raise BadCell("log.no_date")


def _month(name: str) -> str:
    """The number of an English month, in full or by its first letters ("sept" too); "0" where there is none."""
    return str(next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0))


def _date(year: int, month: str, on: str) -> date:
    try:
        if year in _YEARS:
            return date(year, int(month), int(on))
    except ValueError:
        pass
    raise BadCell("log.no_date")


def minutes(value: object, unit: Fraction) -> int:
    """A time in whole minutes; a bare number is in `unit` minutes (60 in a column of hours).

    >>> [minutes(text, Fraction(60)) for text in ("1.5", "1:30", "1時間30分", "90分", "1時間半", "2h")]
    [90, 90, 90, 90, 90, 120]
    >>> minutes("10:00～11:30", Fraction(60))
    90
    """
    if isinstance(value, timedelta):
        return int(value.total_seconds()) // 60
    if isinstance(value, datetime):
        raise BadCell("log.no_time")
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    text = folded(value)
    if _NUMBER.fullmatch(text):
        return _not_negative(Fraction(text) * unit)
    if found := _CLOCK.fullmatch(text):
        if int(found[3]) > 59:
            raise BadCell("log.no_time")
        return _not_negative((int(found[2]) * 60 + int(found[3])) * Fraction(-1 if found[1] else 1))
    if found := _FROM_TO.fullmatch(text):
        return _span(*map(int, found.groups()))
    found = _UNITS.fullmatch(text)
    if found is None or not (found[2] or found[4]) or (found[3] and not found[2]):
        raise BadCell("log.no_time")
    total = Fraction(found[2] or 0) * 60 + (30 if found[3] else 0) + int(found[4] or 0)
    return _not_negative(-total if found[1] else total)


def _span(hour: int, minute: int, last_hour: int, last_minute: int) -> int:
    """From a time of day to a later one."""
    span = (last_hour - hour) * 60 + last_minute - minute
    if span <= 0 or max(minute, last_minute) > 59 or last_hour * 60 + last_minute > MINUTES_A_DAY:
        raise BadCell("log.no_time")
    return span


def time_of_day(value: object) -> time:
    """A time of day.

    >>> time_of_day("９:30"), time_of_day("午後1時")
    (datetime.time(9, 30), datetime.time(13, 0))
    """
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    found = _TIME_OF_DAY.fullmatch(folded(value))
    if found is None:
        raise BadCell("log.no_time_of_day")
    hour, minute = (
        int(found[2]) + (12 if found[1] in ("午後", "pm") and int(found[2]) < 12 else 0),
        int(found[3] or 0),
    )
    if hour > 23 or minute > 59:
        raise BadCell("log.no_time_of_day")
    return time(hour, minute)


def first_time(value: object) -> time | None:
    """Where a length is written as a span of clock time, when it began.

    >>> first_time("10:00～11:30"), first_time("1.5")
    (datetime.time(10, 0), None)
    """
    found = _FROM_TO.fullmatch(folded(value)) if isinstance(value, str) else None
    return time(int(found[1]), int(found[2])) if found and int(found[1]) < 24 else None


def count(value: object) -> int:
    """A whole number of pieces, 0 or more.

    >>> count("２件"), count(3)
    (2, 3)
    """
    found = re.fullmatch(r"(\d{1,4})(?:[件個編本]|items?|pieces?)?", folded(value), re.ASCII)
    if found is None:
        raise BadCell("log.no_count")
    return int(found[1])


def _not_negative(amount: Fraction) -> int:
    if amount < 0:
        raise BadCell("log.negative_time")
    return amount.numerator // amount.denominator


def yes(value: object) -> bool:
    """Yes or no, as ○/×, あり/なし, yes/no, or a spreadsheet's own; an empty cell is no.

    >>> yes("○"), yes("なし"), yes("")
    (True, False, False)
    """
    text = folded(value)
    if text in _YES:
        return True
    if not text or text in _NO:
        return False
    raise BadCell("log.no_yes_or_no")


def proof(value: object) -> str:
    """The kind of proof: certificate, document, record or none; an empty cell is none.

    >>> proof("受講証明書"), proof("なし"), proof("あり")
    ('certificate', 'none', 'document')
    """
    text = folded(value)
    for kind, words in _PROOFS.items():
        if text in words:
            return kind
    try:
        return "document" if yes(value) else "none"
    except BadCell:
        raise BadCell("log.unknown_proof") from None


def detail_is_clear(value: object) -> bool:
    """False for 不明確 or unclear; any other words are the detail itself.

    >>> detail_is_clear("不明確"), detail_is_clear("応対品質の章を読んだ")
    (False, True)
    """
    return folded(value) not in {"不明確", "不明", "unclear"}
