"""What changes a certification's status: appended once for a cause, along the table, and told to all who hear.

The row of the certification is locked first: of two at once the second meets what the first has done.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.journal.actions import record
from nintei.registry.models import Certification, StatusChange
from nintei.registry.queries import standing_changes, state_on
from nintei.registry.signals import status_changed
from nintei.registry.states import KINDS, MOVING, Actor, Event, may
from nintei.shared.refusals import Refused


def file_renewal(
    *, by: str, certification: Certification, on: date, cause: str, at: datetime
) -> StatusChange:
    """Note that a renewal was filed in time: the certification stays valid until it is decided (AMB-V8)."""
    return change(by=by, event=Event.FILE_RENEWAL, certification=certification, on=on, cause=cause, at=at)


def refuse_renewal(
    *, by: str, certification: Certification, on: date, cause: str, at: datetime
) -> StatusChange:
    """Note that a filed renewal was refused: the certification ends with its present validity."""
    return change(by=by, event=Event.REFUSE_RENEWAL, certification=certification, on=on, cause=cause, at=at)


def withdraw_renewal(
    *, by: str, certification: Certification, on: date, cause: str, at: datetime
) -> StatusChange:
    """Note that a filed renewal was taken back: unless another is filed, validity ends as if none had been."""
    return change(by=by, event=Event.WITHDRAW_RENEWAL, certification=certification, on=on, cause=cause, at=at)


def revoke(*, by: str, certification: Certification, on: date, cause: str, at: datetime) -> StatusChange:
    """Note that a certification was taken back from a (JST) day on: only a decision of two people does that."""
    return change(by=by, event=Event.REVOKE, certification=certification, on=on, cause=cause, at=at)


@transaction.atomic
def change(
    *,
    by: str,
    event: Event,
    certification: Certification,
    on: date,
    cause: str,
    at: datetime,
    actor: Actor = Actor.DECISION,
) -> StatusChange:
    """Append a change of status once for a cause, from a (JST) day on.

    The state on that day, as known now, must allow the event (states.py). Raises `Refused`:
    `registry.not_in_this_state`, `registry.before_the_last_change`, `registry.nothing_to_annul`.
    """
    row = Certification.objects.select_for_update().get(pk=certification.pk)
    kind = KINDS[event]
    if known := StatusChange.objects.filter(certification=row, kind=kind, cause=cause).first():
        return known
    annuls = _entitle(row, event, on, actor)
    told = StatusChange.objects.create(
        certification=row, kind=kind, cause=cause, effective_on=on, recorded_at=at, annuls=annuls
    )
    facts: dict[str, object] = {"certification": str(row.pk), "on": on.isoformat()}
    if annuls:
        facts["annuls"] = {"kind": str(annuls.kind), "cause": annuls.cause}
    # The association's own acts stand in the history of the certification; the rest with what caused it.
    subject = row.subject if kind in (*MOVING, KINDS[Event.ANNUL]) else cause
    record(by=by, verb=f"registry.{event}", subject=subject, at=at, data=facts | {"cause": cause})
    status_changed.send(Certification, certification=row, term=None, at=at, by=by)
    return told


def _entitle(row: Certification, event: Event, on: date, actor: Actor) -> StatusChange | None:
    """Refuse what the table does not hold on that day; the record to annul, where that is the event."""
    acts = [each for each in standing_changes(row) if each.kind in MOVING]
    # An act stands from its day on: nothing may be slipped in before it, but annulled it may be on its own day.
    newest = max(acts, key=lambda each: each.pk, default=None)
    day = newest.effective_on if event == Event.ANNUL and newest else on
    state = state_on(row, day)
    if not may(state, event, actor):
        raise Refused("registry.not_in_this_state", event=str(event.label), state=str(state.label))
    if event == Event.ANNUL:
        return newest
    if newest and KINDS[event] in MOVING and on < newest.effective_on:
        raise Refused("registry.before_the_last_change", day=newest.effective_on.isoformat())
    return None
