"""Lengths of time in words: years, months and days of the kernel's exact months. Nothing is reckoned anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import ngettext

from nintei.rules.civil import add_months
from nintei.rules.experience import Span, months_of, unite, whole
from nintei.shared.wording import in_english

DAY = timedelta(days=1)


def length(spans: Iterable[Span]) -> str:
    """How long some days are, each counted once: 7年1か月24日.

    Whole months are the kernel's. Days are shown where they make up less than one month together.
    """
    blocks = unite(spans)
    months = months_of(blocks)
    left = sum((_rest(block) for block in blocks), Fraction(0))
    days = sum(_days_left(block) for block in blocks) if left < 1 else 0
    return _words(whole(months), days)


def short(spans: Iterable[Span]) -> str:
    """The same without the days: 7年1か月."""
    return _words(whole(months_of(unite(spans))), 0)


def month_words(months: int) -> str:
    """Whole months as years and months."""
    return _words(months, 0)


def _rest(block: Span) -> Fraction:
    months = months_of([block])
    return months - whole(months)


def _days_left(block: Span) -> int:
    begun = add_months(block.start, whole(months_of([block])))
    return (block.end + DAY - begun).days


def _words(months: int, days: int) -> str:
    years, months = divmod(months, 12)
    parts = [
        ngettext("%(n)d年", "%(n)d年", years) % {"n": years} if years else "",
        ngettext("%(n)dか月", "%(n)dか月", months) % {"n": months} if months or not (years or days) else "",
        ngettext("%(n)d日", "%(n)d日", days) % {"n": days} if days else "",
    ]
    return (" " if in_english() else "").join(part for part in parts if part)
