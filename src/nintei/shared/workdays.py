"""Working days of the office: Monday to Friday without Japanese holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import holidays


@cache
def _calendar() -> holidays.HolidayBase:
    import holidays  # every country's calendar: a tenth of a second that only the queue needs

    return holidays.country_holidays("JP")


def is_workday(day: date) -> bool:
    """Whether the office works on a day."""
    return day.weekday() < 5 and day not in _calendar()


def workdays(since: date, on: date) -> int:
    """The working days after `since` up to and including `on`: how long somebody has waited.

    >>> workdays(date(2026, 11, 20), date(2026, 11, 24))  # Friday; Monday is Labour Thanksgiving Day
    1
    """
    return sum(is_workday(since + timedelta(days=n)) for n in range(1, (on - since).days + 1))


def since_for(days: int, on: date) -> date:
    """The earliest day since which `days` working days have passed on `on`: before it, it is more.

    >>> since_for(1, date(2026, 11, 24)), since_for(2, date(2026, 11, 24))
    (datetime.date(2026, 11, 20), datetime.date(2026, 11, 19))
    """
    day, passed = on, 0
    while passed + is_workday(day) <= days:
        passed += is_workday(day)
        day -= timedelta(days=1)
    return day
