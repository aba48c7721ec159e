"""The figures: counted as of the last two months' first days and of the day, so that there is something to see."""

from __future__ import annotations

from datetime import datetime, timedelta

from nintei.insight import actions
from nintei.shared.clock import JST


def tell(at: datetime) -> None:
    """Count what was told, as the worker does every night."""
    on = at.astimezone(JST).date()
    before = on.replace(day=1) - timedelta(days=1)
    for day in (before.replace(day=1), on):
        actions.tally(by="system", on=day, at=at)
