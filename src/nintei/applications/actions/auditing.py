"""What an audit does to a renewal: it waits while one is open, and stands on what remains afterwards.

Called by the audits room, which decides with two people; nothing here judges evidence.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from nintei.applications.actions.steps import locked
from nintei.applications.models import Application, AuditMark, AuditOutcome, Kind
from nintei.applications.queries.audited import audit_of
from nintei.applications.states import Event
from nintei.journal.actions import record
from nintei.shared import wording
from nintei.shared.refusals import Refused


@transaction.atomic
def open_audit(*, by: str, application: Application, reference: str, at: datetime) -> AuditMark:
    """Say that a renewal is being audited: until `close_audit` nobody decides it. The same reference is once.

    Raises `Refused("applications.audit_of_renewals")` for anything but a renewal that was handed in.
    """
    row = locked(application)
    if row.kind != Kind.RENEWAL or row.submitted_on is None:
        raise Refused("applications.audit_of_renewals")
    mark, is_new = AuditMark.objects.get_or_create(
        reference=reference, defaults={"application": row, "opened_at": at}
    )
    if is_new:
        _moved(row, by, "open_audit", at, {"audit": reference})
    return mark


@transaction.atomic
def close_audit(
    *,
    by: str,
    reference: str,
    outcome: AuditOutcome,
    balance: dict[str, Any] | None,
    struck: list[str],
    quiet_until: date | None,
    at: datetime,
) -> AuditMark:
    """End an audit: the renewal goes on with the balance that remains (`None`: as it was claimed).

    `quiet_until` is the last (JST) day on which nobody refuses yet. Closing again with the same is once.
    """
    mark = _mark(reference)
    if mark.closed_at is not None:
        return mark
    mark.closed_at, mark.outcome, mark.balance = at, outcome, balance
    mark.struck, mark.quiet_until = struck, quiet_until
    mark.save()
    told = {"audit": reference, "outcome": str(outcome), "struck": len(struck)}
    _moved(locked(mark.application), by, "close_audit", at, told)
    return mark


@transaction.atomic
def reopen_audit(*, by: str, reference: str, at: datetime) -> AuditMark:
    """Open an audit again, for an appeal. A renewal decided meanwhile stays decided until others take it up."""
    mark = _mark(reference)
    if mark.closed_at is not None:
        mark.closed_at, mark.outcome, mark.balance, mark.struck, mark.quiet_until = None, "", None, [], None
        mark.save()
        _moved(locked(mark.application), by, "reopen_audit", at, {"audit": reference})
    return mark


def check_audit(row: Application, event: Event, on: date) -> None:
    """`Refused` where an audit is open, says no, or may still be appealed against on a (JST) day."""
    mark = audit_of(row)
    if mark is None:
        return
    if mark.closed_at is None:
        raise Refused("applications.audit_open")
    if event == Event.CERTIFY and mark.outcome == AuditOutcome.REFUSED:
        raise Refused("applications.audit_refused")
    if event == Event.REFUSE and mark.quiet_until and on <= mark.quiet_until:
        raise Refused("applications.audit_quiet", until=wording.day(mark.quiet_until))


def _mark(reference: str) -> AuditMark:
    marks = AuditMark.objects.select_for_update(of=("self",)).select_related("application")
    return marks.get(reference=reference)


def _moved(row: Application, by: str, verb: str, at: datetime, told: dict[str, object]) -> None:
    """Count the change, so that somebody who decides on an older page is told."""
    row.version += 1
    row.save(update_fields=["version"])
    record(by=by, verb=f"applications.{verb}", subject=row.reference, at=at, data=told)
