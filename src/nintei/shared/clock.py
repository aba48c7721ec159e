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

__all__ = ["JST", "now", "today"]

# The demo calendar's day, if somebody turned it: set by `nintei.people.apps` to a query of its own.
demo_day: Callable[[], date | None] = lambda: None


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
    return demo_day() or japan.environment_day()
