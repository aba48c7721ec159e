"""The second person's answer to what one person asked; a yes does it at once (P7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nintei.journal.actions import record
from nintei.payments.actions import suspense
from nintei.payments.actions.matches import undo
from nintei.payments.actions.refunds import approve_refund
from nintei.payments.models import Approval, Match, Refund
from nintei.payments.till import till
from nintei.people import queries as people
from nintei.people.models import Person, Role
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

MAY_DECIDE = frozenset({Role.ACCOUNTANT, Role.DECIDER})


def decide(*, by: str, actor: Person, approval: Approval, granted: bool, at: datetime) -> Approval:
    """Say yes or no to what another person asked; a yes does it, in the same transaction.

    Whoever asked may only take the question back (`granted=False`). Raises `Refused`: decided_already,
    second_not_entitled, and what the act itself may refuse (`payments.…`).
    """
    with till():
        row = Approval.objects.select_for_update().get(pk=approval.pk)
        if row.granted is not None:
            raise Refused("payments.decided_already")
        _entitle_second(actor, row, granted, at)
        row.granted, row.decided_by, row.decided_at = granted, by, at
        row.save(update_fields=["granted", "decided_by", "decided_at"])
        if granted:
            _ACTS[Approval.Kind(row.kind)](row, actor, at)
        data: dict[str, object] = {"approval": str(row.pk), "kind": row.kind, "granted": granted}
        record(by=by, verb="payments.decide_approval", subject=row.subject, at=at, data=data)
    return row


def _entitle_second(actor: Person, row: Approval, granted: bool, at: datetime) -> None:
    if actor.by == row.by and not granted:
        return
    roles = people.roles_of(actor, on=at.astimezone(JST).date())
    if actor.by == row.by or not roles & MAY_DECIDE or actor.pk == _concerned(row):
        raise Refused("payments.second_not_entitled")


def _concerned(row: Approval) -> object:
    """The person whose money it is: they decide nothing about it."""
    kind, _, key = row.subject.partition(":")
    if kind == "match":
        return Match.objects.get(pk=key).fee.person_id
    return Refund.objects.get(pk=key).person_id if kind == "refund" else None


def _undo(row: Approval, second: Person, at: datetime) -> None:
    match = Match.objects.select_related("fee").get(pk=row.subject.removeprefix("match:"))
    first = people.person(row.by.removeprefix("person:"))
    if first is None:
        raise Refused("payments.second_not_entitled")
    undo(by=row.by, actor=first, match=match, reason=row.reason, at=at, second=second)


def _refund(row: Approval, second: Person, at: datetime) -> None:
    refund = Refund.objects.get(pk=row.subject.removeprefix("refund:"))
    approve_refund(by=second.by, refund=refund, at=at)


def _write_off(row: Approval, second: Person, at: datetime) -> None:
    suspense.write_off(asked=row, second=second, at=at)


def _restore(row: Approval, second: Person, at: datetime) -> None:
    suspense.restore(asked=row, second=second, at=at)


def _nothing_more(_row: Approval, _second: Person, _at: datetime) -> None:
    """The granted approval is itself the confirmation."""


_ACTS: dict[Approval.Kind, Callable[[Approval, Person, datetime], None]] = {
    Approval.Kind.UNDO: _undo,
    Approval.Kind.REFUND: _refund,
    Approval.Kind.ACCOUNT: _nothing_more,
    Approval.Kind.WRITE_OFF: _write_off,
    Approval.Kind.RESTORE: _restore,
}
