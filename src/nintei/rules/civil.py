"""Reckoning with dates as the Civil Code does: whole months, days clamped to the end of a month.

Article 140: the first day of a period is not counted unless the period begins at midnight. Article 143-2:
a period in months or years ends on the day before the day that answers to its first; where the last month
has no such day, it ends on the last day of that month.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The day `months` later (earlier if negative); a day that month does not have becomes its last.

    >>> add_months(date(2024, 2, 29), 12), add_months(date(2026, 3, 31), -1)
    (datetime.date(2025, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def last_day(first: date, months: int) -> date:
    """The last day of a period of whole months that begins with `first` (Civil Code, article 143-2).

    >>> last_day(date(2021, 3, 1), 36), last_day(date(2024, 2, 29), 36)
    (datetime.date(2024, 2, 29), datetime.date(2027, 2, 28))
    """
    answering = add_months(first, months)
    return answering - DAY if answering.day == first.day else answering


def months_between(first: date, last: date) -> Fraction:
    """The months from `first` to `last`, both included, exact: whole ones and a part of the next.

    The part is its days over the length of the month it lies in, reckoned from `first` (AMB-E7).

    >>> months_between(date(2018, 4, 1), date(2023, 3, 31)), months_between(date(2017, 4, 1), date(2017, 4, 15))
    (Fraction(60, 1), Fraction(1, 2))
    """
    end = last + DAY
    whole = (end.year - first.year) * 12 + end.month - first.month
    if add_months(first, whole) > end:
        whole -= 1
    begun = add_months(first, whole)
    length = (add_months(first, whole + 1) - begun).days
    return whole + Fraction((end - begun).days, length)


def fiscal_year_from(day: date, month: int, first: int) -> date:
    """The first day of a fiscal year on or after `day`; fiscal years begin on `first` of `month`.

    >>> fiscal_year_from(date(2025, 4, 1), 4, 1), fiscal_year_from(date(2025, 4, 2), 4, 1)
    (datetime.date(2025, 4, 1), datetime.date(2026, 4, 1))
    """
    begun = date(day.year, month, first)
    return begun if begun >= day else date(day.year + 1, month, first)
