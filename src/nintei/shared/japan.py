"""What `clock` reads: this instant in Japan, without a framework, so that `nintei check` starts quickly."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """This instant, in JST."""
    return datetime.now(JST)


def environment_day() -> date | None:
    """The day set by `NINTEI_TODAY`, if any; ValueError for what is no day."""
    text = os.environ.get("NINTEI_TODAY", "")
    return date.fromisoformat(text) if text else None
