"""Asking a second person: the question is written down, and whoever asked cannot answer it (P7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nintei.journal.actions import record
from nintei.payments.models import Approval, Match
from nintei.payments.queries.accounts import details_today
from nintei.payments.till import till
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused


def ask(
    *, by: str, kind: Approval.Kind, subject: str, reason: str, data: Mapping[str, object], at: datetime
) -> Approval:
    """Write a question down for a second person; the caller has entitled the first and holds the till.

    Raises `Refused`: reason_needed, asked_already (`payments.…`).
    """
    if not reason.strip():
        raise Refused("payments.reason_needed")
    if Approval.objects.filter(subject=subject, granted=None).exists():
        raise Refused("payments.asked_already")
    asked = Approval.objects.create(
        kind=kind, subject=subject, reason=reason.strip()[:400], data=dict(data), by=by, at=at
    )
    told: dict[str, object] = {"approval": str(asked.pk), "kind": kind.value, "reason": asked.reason, **data}
    record(by=by, verb="payments.ask_approval", subject=subject, at=at, data=told)
    return asked


def ask_undo(*, by: str, actor: Person, match: Match, reason: str, at: datetime) -> Approval:
    """Ask a second person to undo a match whose application was accepted (受理).

    Raises `Refused`: not_accountant, own_fee, reason_needed, undone_already, asked_already (`payments.…`).
    """
    if Role.ACCOUNTANT not in roles_of(actor, on=at.astimezone(JST).date()):
        raise Refused("payments.not_accountant")
    if match.fee.person_id == actor.pk:
        raise Refused("payments.own_fee")
    with till():
        if hasattr(match, "undo"):
            raise Refused("payments.undone_already")
        data = {"fee": str(match.fee_id), "yen": match.base + match.tax}
        return ask(
            by=by, kind=Approval.Kind.UNDO, subject=f"match:{match.pk}", reason=reason, data=data, at=at
        )


def ask_account(*, by: str, actor: Person, reason: str, at: datetime) -> Approval:
    """Say that the account of today's rulebook was compared with the bank's, and ask a second person (AMB-F11).

    Raises `Refused`: not_accountant, reason_needed, asked_already (`payments.…`).
    """
    on = at.astimezone(JST).date()
    if Role.ACCOUNTANT not in roles_of(actor, on=on):
        raise Refused("payments.not_accountant")
    with till():
        return ask(
            by=by,
            kind=Approval.Kind.ACCOUNT,
            subject="account",
            reason=reason,
            data=details_today(on),
            at=at,
        )
