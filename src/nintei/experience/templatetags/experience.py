"""Filters of this room: `{% load experience %}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.translation import get_language

from nintei.experience import wording
from nintei.experience.pieces import Piece
from nintei.experience.queries import PostCase, lengths
from nintei.rules.edition import Edition
from nintei.rules.experience import Span

register = template.Library()


@register.filter
def length_of(spans: Iterable[Span]) -> str:
    """`{{ spans|length_of }}`: 3年1か月24日."""
    return lengths.length(spans)


@register.filter
def short_length_of(spans: Iterable[Span]) -> str:
    """`{{ spans|short_length_of }}`: 7年1か月, without the days."""
    return lengths.short(spans)


@register.simple_tag
def row_length(row: PostCase) -> str:
    """`{% row_length row %}`: how long one post has lasted."""
    return lengths.length(row.worked)


@register.simple_tag
def piece_length(piece: Piece, today: date) -> str:
    """`{% piece_length piece today %}`: how long the days of a piece are, up to today."""
    return lengths.length([Span(piece.start, min(piece.end or today, today))])


@register.simple_tag
def field_name(edition: Edition, key: str) -> str:
    """`{% field_name edition "4" %}`: 4 オペレーション."""
    return wording.field_words(edition, [key], get_language() or "ja")


@register.simple_tag
def qualification_name(edition: Edition, code: str) -> str:
    """`{% qualification_name edition "OMP" %}`: its name with the code; nothing for what the edition does not know."""
    found = edition.qualifications.get(code)
    return f"{wording.said_in(found.name, get_language() or 'ja')} ({code})" if found else ""
