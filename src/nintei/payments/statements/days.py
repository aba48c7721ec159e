"""Days as banks write them. A two-digit year names no era, so the day on which we read must decide."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

ERAS = {"R": 2018, "H": 1988, "令和": 2018, "平成": 1988}
# Reiwa; the calendar year; Heisei, which some bank computers never stopped counting (38 is 2026).
YEAR_ZERO = (2018, 2000, 1988)
OLDEST = timedelta(days=730)
NEWEST = timedelta(days=31)

_SIX = re.compile(r"(\d\d)(\d\d)(\d\d)")
_WESTERN = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_ERA = re.compile(r"(R|H|令和|平成)(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def plausible(day: date, on: date) -> bool:
    """May a statement read on `on` hold `day`? Two years back at most, a month ahead at most."""
    return on - OLDEST <= day <= on + NEWEST


def six_digits(text: str, on: date) -> date | None:
    """YYMMDD without an era: the one plausible day, or None.

    >>> six_digits("080115", date(2026, 1, 20)), six_digits("260115", date(2026, 1, 20))
    (datetime.date(2026, 1, 15), datetime.date(2026, 1, 15))
    >>> six_digits("310401", date(2026, 1, 20)) is None
    True
    """
    found = _SIX.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    days = (_day(zero + year, month, day) for zero in YEAR_ZERO)
    return next((d for d in days if d is not None and plausible(d, on)), None)


def written(text: str, on: date) -> date | None:
    """A day as a CSV writes it (`2026/1/5`, `20260105`, `令和8年1月5日`, `R8.1.5`, `080105`), or None.

    >>> written("令和8年1月5日", date(2026, 1, 20))
    datetime.date(2026, 1, 5)
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    if _SIX.fullmatch(plain):
        return six_digits(plain, on)
    if found := _ERA.fullmatch(plain):
        year = ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        return _day(year, int(found[3]), int(found[4]))
    if found := _WESTERN.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
