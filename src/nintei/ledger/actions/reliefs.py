"""Windows of illness, childbirth or disaster, as the office takes them down: dated, with a reason, only ever ended."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.journal.actions import record
from nintei.ledger.actions.lines import lock
from nintei.ledger.models import Relief
from nintei.people.models import Person
from nintei.shared.refusals import Refused


@transaction.atomic
def grant_relief(
    *, by: str, person: Person, kind: str, from_on: date, until_on: date, reason: str, at: datetime
) -> Relief:
    """Take down a window of (JST) days. What it changes is the rulebook's to say; no day of any line is touched.

    The same window asked for again is the one that is there (P2).
    """
    lock(person)
    if kind not in Relief.Kind.values:
        raise Refused("ledger.relief_unknown", kind=kind)
    if until_on < from_on:
        raise Refused("ledger.relief_ends_first", first=from_on, last=until_on)
    if not reason.strip():
        raise Refused("ledger.relief_without_reason")
    span = {"person": person, "kind": kind, "from_on": from_on, "until_on": until_on}
    if there := Relief.objects.filter(**span, ended_at=None).first():
        return there
    row = Relief.objects.create(**span, reason=reason.strip(), granted_by=by, granted_at=at)
    told: dict[str, object] = {"person": str(person.pk), "kind": kind, "reason": row.reason}
    told |= {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
    record(by=by, verb="ledger.grant_relief", subject=f"relief:{row.pk}", at=at, data=told)
    return row


@transaction.atomic
def end_relief(*, by: str, relief: Relief, reason: str, at: datetime) -> Relief:
    """Take a window back, with a reason; it stays on the list as ended."""
    lock(relief.person)
    relief.refresh_from_db(fields=["ended_at"])
    if relief.ended_at:
        raise Refused("ledger.relief_ended")
    if not reason.strip():
        raise Refused("ledger.relief_without_reason")
    relief.ended_at, relief.ended_because = at, reason.strip()
    relief.save(update_fields=["ended_at", "ended_because"])
    told: dict[str, object] = {"reason": relief.ended_because}
    record(by=by, verb="ledger.end_relief", subject=f"relief:{relief.pk}", at=at, data=told)
    return relief
