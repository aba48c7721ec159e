"""Filters and tags of the courses' pages: `{% load courses %}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from nintei.courses.differences import Difference, differences
from nintei.courses.models import CourseChange, Reflow
from nintei.courses.queries.corrections import Correction
from nintei.rules.edition import Edition
from nintei.shared import wording
from nintei.shared.clock import JST
from nintei.shared.templatetags.nintei import said
from nintei.shared.workdays import workdays

register = template.Library()

STATE_TONES = {
    "draft": "plain",
    "proposed": "wait",
    "accredited": "ok",
    "returned": "wait",
    "refused": "bad",
    "withdrawn": "",
    "ended": "bad",
}
RULED = {
    "accredit": pgettext_lazy("course", "認定しました"),
    "return": gettext_lazy("差し戻しました"),
    "refuse": gettext_lazy("認定しませんでした"),
    "end": gettext_lazy("認定を取り消しました"),
}
OUTCOME_TONES = {"credited": "ok", "known": "plain", "not_taken": "bad", "waiting": "wait"}


@register.filter
def state_tone(state: str) -> str:
    """The chip's tone of a state."""
    return STATE_TONES[state]


@register.filter
def ruled(event: str) -> str:
    """What the committee did."""
    return str(RULED[event])


@register.filter
def outcome_tone(outcome: str) -> str:
    """The chip's tone of what became of a row."""
    return OUTCOME_TONES[outcome]


@register.filter
def are_going(reflows: Iterable[Reflow]) -> bool:
    """Whether a correction is still on its way: then the page looks again by itself."""
    return any(each.finished_at is None for each in reflows)


@register.filter
def as_day(text: str) -> date:
    """A day that JSON keeps as text."""
    return date.fromisoformat(text)


@register.filter
def last_day(closes_at: datetime) -> str:
    """The last (Japanese) day before an instant, in words."""
    return wording.day((closes_at - timedelta(minutes=1)).astimezone(JST).date())


@register.filter
def waited(since: date | datetime, on: date) -> str:
    """How long something has waited for the committee, in the office's working days."""
    if isinstance(since, datetime):
        since = since.astimezone(JST).date()
    days = workdays(since, on)
    return ngettext("%(n)d営業日", "%(n)d営業日", days) % {"n": days}


@register.simple_tag
def changed(change: CourseChange | Correction, edition: Edition) -> list[Difference]:
    """What a correction changes, a line a field."""
    return differences(change.fields or {}, edition)


@register.filter
def change_tone(state: str) -> str:
    """The chip's tone of a correction."""
    return {"proposed": "wait", "accepted": "ok", "refused": "bad"}.get(state, "")


@register.simple_tag
def topic_names(edition: Edition, topics: Iterable[str]) -> str:
    """The fields of practice by name."""
    return _("、").join(said(edition.fields[key].name) for key in topics if key in edition.fields)


@register.simple_tag
def competency_names(edition: Edition, codes: Iterable[str]) -> str:
    """The competencies by code and name."""
    names = {item.code: said(item.name) for area in edition.areas.values() for item in area.items}
    return _("、").join(f"{code} {names[code]}" for code in codes if code in names)
