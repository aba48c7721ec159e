"""The rulebook this installation runs by."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from nintei.rules.edition import Edition
from nintei.rules.load import load


def edition(on: date) -> Edition:
    """What is in force on a (JST) day, from `settings.RULEBOOK`."""
    return load(settings.RULEBOOK, on)
