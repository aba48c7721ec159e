"""What a renewal has claimed and an audit holds: asked before a step, let go of after a withdrawal."""

from __future__ import annotations

from datetime import date, datetime

from nintei.applications.models import Application, AuditHold, Kind
from nintei.ledger import actions as ledger
from nintei.registry import actions as registry
from nintei.registry.models import Term
from nintei.shared.refusals import Refused


def check_not_held(row: Application) -> None:
    """`Refused` while an audit holds a renewal: nobody amends, withdraws or decides it meanwhile."""
    if AuditHold.objects.filter(application=row, outcome="").exists():
        raise Refused("applications.under_audit")


def let_go_of_claim(row: Application, by: str, on: date, at: datetime) -> None:
    """After a withdrawal: the claimed lines are open again, and the certification is not kept valid by it."""
    if row.kind != Kind.RENEWAL or row.certification is None or row.earlier_id:
        return  # what was decided before stands on its claim, whatever becomes of the appeal
    held, term = row.certification, Term.objects.get(pk=row.claim["term"])
    ledger.release_claim(by=by, certification=held, term=term, why="withdrawn", at=at)
    registry.withdraw_renewal(by=by, certification=held, on=on, cause=row.reference, at=at)
