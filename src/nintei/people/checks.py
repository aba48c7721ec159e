"""A demo's day in a real office would make every date wrong: refused at start."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("nintei")
def the_day_is_not_set(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """`NINTEI_TODAY` needs `NINTEI_DEMO=1`, and must be a day."""
    text = os.environ.get("NINTEI_TODAY", "")
    if not text:
        return []
    if not settings.DEMO:
        return [
            Error(
                "NINTEI_TODAY is set outside demo mode.",
                hint="Unset it, or set NINTEI_DEMO=1.",
                id="people.E001",
            )
        ]
    try:
        date.fromisoformat(text)
    except ValueError:
        return [
            Error(f"NINTEI_TODAY is not a day: {text!r}.", hint="Write it as 2027-01-10.", id="people.E002")
        ]
    return []
