"""What the audits room does to a renewal: hold it for a draw, let it go, settle what was found.

Rows are locked in the order of their keys, as a bulk decision does: of the two, one comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from nintei.applications.models import Application, AuditHold, AuditOutcome, Kind
from nintei.applications.states import CLOSED
from nintei.journal.actions import record
from nintei.ledger import queries as ledger
from nintei.ledger.models import Claim
from nintei.rules.decisions import Struck
from nintei.shared.refusals import Refused


@transaction.atomic
def hold_for_audit(
    *, by: str, applications: Iterable[Application], cause: str, on: date, at: datetime
) -> list[AuditHold]:
    """Hold filed renewals for an audit: the frame of a draw. What was decided or withdrawn meanwhile, or is
    held by another audit, is left out; the same cause again gives the same holds (P2).

    From now on nobody decides, amends or withdraws them, until they are let go or settled.
    """
    keys = [each.pk for each in applications]
    # Locked before anybody's holds are looked at: of two frames at once the second sees those of the first.
    rows = list(Application.objects.select_for_update().filter(pk__in=keys, kind=Kind.RENEWAL).order_by("pk"))
    held = {hold.application_id for hold in AuditHold.objects.filter(application__in=keys, outcome="")}
    free = [row for row in rows if row.state not in CLOSED and row.submitted_on and row.pk not in held]
    return [*_known(keys, cause), *(_hold(row, by, cause, on, at) for row in free)]


@transaction.atomic
def let_go(*, by: str, cause: str, applications: Collection[Application], on: date, at: datetime) -> int:
    """Let the renewals go that a draw has not drawn; how many. Those that it holds no more are passed over."""
    keys = [each.pk for each in applications]
    Application.objects.select_for_update().filter(pk__in=keys).order_by("pk").count()
    holds = AuditHold.objects.filter(application__in=keys, cause=cause, outcome="").order_by("application_id")
    for hold in holds:
        _settle(hold, AuditOutcome.NOT_DRAWN, {}, by, on, at)
    return len(holds)


@transaction.atomic
def settle_audit(
    *,
    by: str,
    application: Application,
    cause: str,
    outcome: str,
    struck: Collection[UUID] = (),
    as_other: Collection[UUID] = (),
    words: str = "",
    on: date,
    at: datetime,
) -> AuditHold:
    """Say what an audit found (`AuditOutcome`); the renewal is decided by two people afterwards as any other.

    `struck` are the lines (ids of activities) that do not count: the balance is reckoned again without them,
    by the claim's own edition (AMB-C13); `as_other` stay as another category (CPD-B.7). Upheld means that no
    point is lost, reduced that some are. Raises `Refused`: not held by this audit, an outcome that makes no sense.
    """
    row = Application.objects.select_for_update().get(pk=application.pk)
    hold = AuditHold.objects.filter(application=row, cause=cause, outcome="").select_related("claim").first()
    if hold is None:
        raise Refused("applications.not_held")
    lines, others = (sorted(str(each) for each in some) for some in (struck, as_other))
    weighed = ledger.struck_from(hold.claim, lines, others)
    _check_outcome(outcome, weighed, changed=bool(lines or others))
    told: dict[str, Any] = {"cause": cause, "outcome": outcome, "words": words.strip()}
    if lines or others:
        told |= {"struck": lines, "as_other": others, "balance": ledger.balance_told(weighed.after)}
    return _settle(hold, outcome, told, by, on, at)


def _check_outcome(outcome: str, weighed: Struck, *, changed: bool) -> None:
    """Other work may take the place of a struck line, and then nothing is lost (AMB-C13)."""
    less = weighed.after.total < weighed.before.total
    fits = {
        AuditOutcome.UPHELD: not less,
        AuditOutcome.REDUCED: less,
        AuditOutcome.REFUSED: True,
        AuditOutcome.REFERRED: not changed,
        AuditOutcome.EXEMPT: not changed,
    }
    if not fits.get(AuditOutcome(outcome) if outcome in AuditOutcome.values else AuditOutcome.NOT_DRAWN):
        raise Refused("applications.audit_outcome")


def _known(keys: list[UUID], cause: str) -> list[AuditHold]:
    return list(AuditHold.objects.filter(application__in=keys, cause=cause, outcome=""))


def _hold(row: Application, by: str, cause: str, on: date, at: datetime) -> AuditHold:
    claim = Claim.objects.get(pk=row.claim["id"])
    hold = AuditHold.objects.create(application=row, claim=claim, cause=cause, held_on=on, held_at=at)
    told: dict[str, object] = {"cause": cause, "claim": claim.sha256}
    record(by=by, verb="applications.hold_for_audit", subject=row.reference, at=at, data=told)
    return hold


def _settle(
    hold: AuditHold, outcome: str, told: dict[str, Any], by: str, on: date, at: datetime
) -> AuditHold:
    hold.outcome, hold.told, hold.settled_on, hold.settled_at = outcome, told, on, at
    hold.save(update_fields=["outcome", "told", "settled_on", "settled_at"])
    # Whoever looked at the case before is told that it has changed.
    Application.objects.filter(pk=hold.application_id).update(version=F("version") + 1)
    said: dict[str, object] = {"cause": hold.cause, "outcome": outcome, **told}
    subject = hold.application.reference
    record(by=by, verb="applications.settle_audit", subject=subject, at=at, data=said)
    return hold
