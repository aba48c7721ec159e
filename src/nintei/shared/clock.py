"""What day and time it is (`japan` reads the clock). Days are Japanese days: the fiscal year turns at midnight there.

In demo mode the office's day can be set (`NINTEI_TODAY`, or the calendar on `/demo`), so that a renewal
window can be tried at any time. Outside demo mode a set day is refused at start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings

from nintei.shared import japan
from nintei.shared.japan import JST

__all__ = ["JST", "follow", "now", "today"]

# Who knows the demo calendar's day: `nintei.people` says so at start, since this room knows no other.
_calendars: list[Callable[[], date | None]] = []


def follow(calendar: Callable[[], date | None]) -> None:
    """In demo mode, live on the day that `calendar` shows (None: the true one)."""
    _calendars[:] = [calendar]


def now() -> datetime:
    """This instant, in JST; on a demo day, that day at the present time of day."""
    instant = japan.now()
    if day := _set_day():
        instant += timedelta(days=(day - instant.date()).days)
    return instant


def today() -> date:
    """The office's day in Japan."""
    return now().date()


def _set_day() -> date | None:
    if not settings.DEMO:
        return None
    shown = [day for calendar in _calendars if (day := calendar())]
    return shown[0] if shown else japan.environment_day()
