"""What happens by the calendar alone: reminders of the last day, and audits whose renewal was withdrawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from nintei.applications.states import State as Renewal
from nintei.audits.actions.steps import locked, move, tell
from nintei.audits.models import Audit
from nintei.audits.states import State, following

REMIND_DAYS = (7, 1)


def remind_due(*, by: str, on: date, at: datetime) -> int:
    """Remind whoever has not sent their answers, 7 days and 1 day before the last (JST) day; once each."""
    due = {on + timedelta(days=days): days for days in REMIND_DAYS}
    waiting = Audit.objects.filter(state=State.ASKED, due_on__in=due).select_related("person")
    for audit in waiting:
        with transaction.atomic():
            left = due[audit.due_on]
            tell(audit, "reminder", by=by, at=at, key=f":{audit.due_on}:{left}", left=left)
    return len(waiting)


@transaction.atomic
def drop_withdrawn(*, by: str, on: date, at: datetime) -> int:
    """End the audits whose renewal was withdrawn: there is nothing left to check. How many."""
    open_states = [state for state in State if following(state, "drop", "rule")]
    idle = Audit.objects.filter(state__in=open_states, application__state=Renewal.WITHDRAWN)
    rows = [locked(audit) for audit in idle]
    for row in rows:
        move(row, State.DROPPED, verb="drop", by=by, on=on, at=at)
    return len(rows)
