"""What happens by the calendar alone: reminders of the last day, and results that have become final."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from nintei.applications.models import AuditOutcome
from nintei.audits.actions.settling import settle
from nintei.audits.actions.steps import locked, tell
from nintei.audits.models import Audit, Ruling
from nintei.audits.states import State

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
def settle_due(*, by: str, on: date, at: datetime) -> int:
    """Tell the renewals of audits that ended badly when the last day (JST) to appeal is over; how many now."""
    due = Ruling.objects.filter(agreed=True, proposal__outcome=AuditOutcome.REFUSED, appeal_until__lt=on)
    done = 0
    for ruling in due.filter(audit__state=State.CLOSED).select_related("proposal", "audit"):
        row = locked(ruling.audit)
        # Locked and read again: an appeal that came first has opened it, and settling twice is once.
        if row.state == State.CLOSED:
            done += settle(row, ruling.proposal, actor=None, by=by, on=on, at=at)
    return done
