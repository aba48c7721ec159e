"""Whether the fee of a refused application goes back, and what stands against it still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nintei.applications import queries
from nintei.applications.models import Application
from nintei.applications.queries import cases
from nintei.applications.states import State
from nintei.payments import queries as fees
from nintei.payments.models import Fee, Refund
from nintei.people.models import Role
from nintei.shared import wording
from nintei.shared.refusals import Refused

# The contractor prepares, the association decides (MAN-エ.※3).
MAY = frozenset({Role.REVIEWER, Role.DECIDER})


@dataclass(frozen=True, slots=True)
class GivingBack:
    """The fee of a refused application: `refund` as it stands, `why_not` what stands against giving it back."""

    fee: Fee
    is_closed: bool
    is_paid: bool
    refund: Refund | None
    why_not: Refused | None


def giving_back(application: Application, on: date) -> GivingBack | None:
    """What is to be said of the fee of a refused application on a (JST) day; None where the edition keeps it."""
    if application.state != State.REFUSED or fees.keeps_after_acceptance(on):
        return None
    fee = fee_of(application)
    if fee is None:
        return None
    why, refund = why_not(application, fee, on), fees.refund_of(fee)
    return GivingBack(fee, fee.cancelled_at is not None, fees.is_settled(fee), refund, why)


def fee_of(application: Application) -> Fee | None:
    """The fee an application stands on: that of the case with which it began (AMB-A4)."""
    return fees.fee_for(queries.origin(application).reference)


def why_not(application: Application, fee: Fee | None, on: date) -> Refused | None:
    """What stands against giving the fee back on a (JST) day. Until no appeal can come, the fee waits for it."""
    if application.state != State.REFUSED or fee is None:
        return Refused("applications.nothing_to_give_back")
    if fees.is_kept(fee, on):
        return Refused("payments.kept_after_acceptance")
    if fee.cancelled_at:
        return Refused("applications.fee_went_back")
    later = cases.later_cases(application)
    if any(each.state != State.WITHDRAWN for each in later):
        return Refused("applications.judged_again")
    decision = queries.decision_of(application)
    until = cases.appeal_until(decision) if decision and not later else None
    if until and on <= until:
        return Refused("applications.appeal_may_come", until=wording.day(until))
    return None
