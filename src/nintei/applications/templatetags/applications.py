"""Filters of this room: `{% load applications %}`."""

from __future__ import annotations

from django import template

from nintei.applications import reasons, words
from nintei.applications.judging import Judgement
from nintei.shared.templatetags.nintei import said

register = template.Library()


@register.filter
def mark_of(code: str, judged: Judgement) -> str:
    """`{{ mark.criterion|mark_of:judged }}`: the document's own mark of a criterion, ①."""
    return next((part.mark for part in judged.parts if part.code == code), code)


@register.filter
def finding_title(key: str) -> str:
    """`{{ piece.key|finding_title }}`: what a finding is about; an unknown key is shown itself."""
    return str(words.TITLES.get(key, key))


@register.filter
def stored_value(value: object, key: str) -> str:
    """`{{ piece.stored|stored_value:piece.key }}`: a value as a decision stored it, in words."""
    return words.stored_value(key, value)


@register.filter
def reason(code: str, use: str) -> str:
    """`{{ item.reason|reason:"ask" }}`: the sentence of the taxonomy; a code no longer there is shown itself."""
    known = reasons.reason(reasons.Use(use), code)
    return said(known.text) if known else code
