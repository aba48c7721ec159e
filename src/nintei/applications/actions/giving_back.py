"""The fee of a refused application goes back, where the edition says so; never by itself, for an appeal needs it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.applications.actions.steps import locked, tell
from nintei.applications.models import Application
from nintei.applications.queries import giving_back
from nintei.journal.actions import record
from nintei.payments import actions as payments
from nintei.payments.models import Refund
from nintei.people.models import Person
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def give_fee_back(*, actor: Person, application: Application, on: date, at: datetime) -> Refund | None:
    """Start the refund of a refused application's fee: the accountant then asks for it and another approves.

    Where its payment was undone nothing goes back, and what was owed is asked for no more: None.
    Raises `Refused`: `applications.not_to_give_back` (no reviewer or decider), `applications.own_case`,
    `applications.nothing_to_give_back` (not refused, or no fee), `payments.kept_after_acceptance` (MAN-ウ④.※2),
    `applications.fee_went_back`, `applications.judged_again` (an appeal stands on the fee),
    `applications.appeal_may_come` (the period of appeal has not ended).
    """
    row = locked(application)
    if not roles_of(actor, on=on) & giving_back.MAY:
        raise Refused("applications.not_to_give_back")
    if row.person_id == actor.pk:
        raise Refused("applications.own_case")
    fee = giving_back.fee_of(row)
    if why := giving_back.why_not(row, fee, on):
        raise why
    assert fee is not None  # `why_not` has found it
    refund = payments.refund_due(by=actor.by, fee=fee, reason="不認定", at=at)
    data: dict[str, object] = {"fee": str(fee.pk), "refund": str(refund.pk) if refund else ""}
    record(by=actor.by, verb="applications.give_fee_back", subject=row.reference, at=at, data=data)
    if refund:
        tell(row, "fee_goes_back", by=actor.by, at=at, refund=refund, how=str(edition(on).fees.refund))
    return refund
