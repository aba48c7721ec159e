"""Opening and closing a fee, and the day from which it is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from nintei.journal.actions import record
from nintei.payments.actions.entering import enter_acceptance, enter_given_up
from nintei.payments.models import Fee
from nintei.payments.queries.fees import is_kept, is_settled, price_of, standing_match
from nintei.payments.till import till
from nintei.people.models import Person
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def open_fee(
    *,
    by: str,
    person: Person,
    kind: str,
    reference: str,
    qualification: str,
    pass_number: str,
    kana: str,
    on: date,
    at: datetime,
    certificate_number: str = "",
    due_on: date | None = None,
) -> Fee:
    """Ask a person for a fee, in yen by the price list of the (JST) day `on`; once for a `reference`.

    Without `due_on` it is due as many days later as the association has set (AMB-F4), or on no day.

    Raises `Refused`: `payments.fee_unset` (AMB-F2), `payments.no_fee_needed` (MAN-表.6).
    """
    price = price_of(kind=kind, qualification=qualification, on=on)
    fee, is_new = Fee.objects.get_or_create(
        reference=reference,
        defaults={
            "person": person,
            "kind": kind,
            "qualification": qualification,
            "edition": edition(on).id,
            "base": price.base,
            "tax": price.tax,
            "total": price.total,
            "priced_on": on,
            "pass_number": pass_number,
            "certificate_number": certificate_number,
            "kana": kana,
            "due_on": due_on or _due_on(on),
            "opened_at": at,
        },
    )
    if is_new:
        data: dict[str, object] = {"fee": str(fee.pk), "kind": kind, "base": fee.base, "tax": fee.tax}
        record(by=by, verb="payments.open_fee", subject=reference, at=at, data=data)
    return fee


def _due_on(on: date) -> date | None:
    return on + timedelta(settings.PAYMENT_DAYS) if settings.PAYMENT_DAYS else None


def cancel_fee(*, by: str, fee: Fee, at: datetime) -> Fee:
    """Stop waiting for a fee, because its application was withdrawn; cancelling twice is once.

    Raises `Refused`: `payments.fee_already_settled` (money that came in is not forgotten),
    `payments.kept_after_acceptance` (what was accepted is owed, MAN-ウ④.※2, unless the edition says otherwise).
    """
    with till():
        fee = Fee.objects.select_for_update().get(pk=fee.pk)
        if fee.cancelled_at:
            return fee
        if is_settled(fee):
            raise Refused("payments.fee_already_settled")
        if is_kept(fee, at.astimezone(JST).date()):
            raise Refused("payments.kept_after_acceptance")
        return close_fee(fee, by=by, at=at)


def close_fee(fee: Fee, *, by: str, at: datetime) -> Fee:
    """Ask for a fee no more; the caller holds the till and the row, and has asked whether that may be.

    What an accepted one earned is given up.
    """
    if fee.accepted_on:
        enter_given_up(fee, by=by, at=at)
    fee.cancelled_at = at
    fee.save(update_fields=["cancelled_at"])
    record(by=by, verb="payments.cancel_fee", subject=fee.reference, at=at, data={"fee": str(fee.pk)})
    return fee


def mark_accepted(*, by: str, fee: Fee, on: date, at: datetime) -> Fee:
    """Say that the application was accepted (受理) on a (JST) day: from now on the fee is earned (MAN-ウ④.※2).

    Raises `Refused("payments.fee_not_settled")`.
    """
    with till():
        fee = Fee.objects.select_for_update().get(pk=fee.pk)
        match = standing_match(fee)
        if match is None:
            raise Refused("payments.fee_not_settled")
        if fee.accepted_on is None:
            enter_acceptance(fee, match, on=on, by=by, at=at)
            fee.accepted_on = on
            fee.save(update_fields=["accepted_on"])
            data: dict[str, object] = {"fee": str(fee.pk), "on": on.isoformat()}
            data |= {} if is_kept(fee, on) else {"kept": False}
            record(by=by, verb="payments.mark_accepted", subject=fee.reference, at=at, data=data)
    return fee
