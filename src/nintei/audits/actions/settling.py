"""What an audit does to its renewal, through the renewals' own verbs."""

from __future__ import annotations

from datetime import date, datetime

from nintei.applications import actions as applications
from nintei.applications import queries as renewals
from nintei.applications.models import AuditOutcome, Outcome
from nintei.audits.models import Audit, Proposal
from nintei.people.models import Person


def settle(row: Audit, proposal: Proposal, *, actor: Person | None, by: str, on: date, at: datetime) -> bool:
    """Let the renewal go on with what the audit left; True when it was waiting for it.

    One that was granted or refused meanwhile (a later draw, an appeal) is taken up again by others where the
    audit ended otherwise, if a decider acts.
    """
    held = renewals.audit_hold(row.application)
    if held is not None and held.cause == row.hold:
        _settle(row, proposal, by, on, at)
        return True
    decided = renewals.decision_of(row.application)
    otherwise = Outcome.CERTIFIED if proposal.outcome == AuditOutcome.REFUSED else Outcome.REFUSED
    if actor and decided and decided.outcome == otherwise:
        told = f"監査 第{row.number}号: {proposal.total_before} → {proposal.total_after}"
        again = applications.reopen(actor=actor, application=row.application, words=told, on=on, at=at)
        applications.hold_for_audit(by=by, applications=[again], cause=row.hold, on=on, at=at)
        row.application = again
        _settle(row, proposal, by, on, at)
    return False


def _settle(row: Audit, proposal: Proposal, by: str, on: date, at: datetime) -> None:
    applications.settle_audit(
        by=by,
        application=row.application,
        cause=row.hold,
        outcome=proposal.outcome,
        struck=proposal.struck,
        as_other=proposal.as_other,
        words=proposal.words,
        on=on,
        at=at,
    )


def hold_again(row: Audit, *, by: str, on: date, at: datetime) -> str:
    """Hold a renewal for an appeal, if it waits no more and is not decided; the cause under which it is held."""
    held = renewals.audit_hold(row.application)
    if held is not None and held.cause == row.hold:
        return row.hold
    cause = f"{row.reference}:appeal"
    applications.hold_for_audit(by=by, applications=[row.application], cause=cause, on=on, at=at)
    return cause
