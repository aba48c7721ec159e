"""Counts over all applications, for figures: what was decided, what waits, how long the steps take."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nintei.applications.models import Application
from nintei.applications.pace import DECISION, PAYMENT, REVIEW, usual
from nintei.applications.states import CLOSED, State
from nintei.shared.workdays import workdays

__all__ = ["STEP_WORDS", "decided_on_days", "state_word", "usual", "waiting_by_state"]

OUTCOMES = {State.CERTIFIED: "granted", State.REFUSED: "refused"}
STEP_WORDS: dict[str, str | Promise] = {
    PAYMENT: _("申請から受理まで"),
    REVIEW: _("受理から審査の終わりまで"),
    DECISION: _("審査の終わりから決定まで"),
}


def decided_on_days(until: date) -> list[tuple[date, str, str, int]]:
    """For each (JST) day up to `until`, kind of application and outcome (granted, refused): how many (one query)."""
    rows = Application.objects.filter(state__in=list(OUTCOMES), decided_on__lte=until)
    days = rows.values_list("decided_on", "kind", "state").annotate(count=Count("pk"))
    return [(day, kind, OUTCOMES[State(state)], count) for day, kind, state, count in days]


def waiting_by_state(on: date) -> list[tuple[str, int, int]]:
    """Open applications as they are now: state, how many, working days of the oldest up to `on` (one query)."""
    rows = Application.objects.exclude(state__in=[*CLOSED, State.DRAFT])
    states = rows.values_list("state").annotate(count=Count("pk"), since=Min("state_since_on"))
    return [(state, count, workdays(since, on)) for state, count, since in states.order_by("state")]


def state_word(state: str) -> str:
    """What a state is called."""
    return str(State(state).label)
