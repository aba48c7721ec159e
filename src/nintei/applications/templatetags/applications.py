"""Filters of this room: `{% load applications %}`."""

from __future__ import annotations

from django import template

from nintei.applications.judging import Judgement

register = template.Library()


@register.filter
def mark_of(code: str, judged: Judgement) -> str:
    """`{{ mark.criterion|mark_of:judged }}`: the document's own mark of a criterion, ①."""
    return next((part.mark for part in judged.parts if part.code == code), code)
