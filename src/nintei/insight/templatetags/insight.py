"""What figures are called on a page."""

from __future__ import annotations

from django import template

from nintei.insight import showing

register = template.Library()
register.filter("outcome", showing.outcome)
