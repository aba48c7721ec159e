"""Filters of this room: `{% load experience %}`."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from nintei.experience import lengths, wording
from nintei.rules.edition import Edition
from nintei.rules.experience import Span

register = template.Library()


@register.filter
def length_of(spans: Iterable[Span]) -> str:
    """`{{ spans|length_of }}`: 3年1か月24日."""
    return lengths.length(spans)


@register.simple_tag
def field_name(edition: Edition, key: str) -> str:
    """`{% field_name edition "4" %}`: 4 オペレーション."""
    return wording.field_words(edition, [key], get_language() or "ja")
