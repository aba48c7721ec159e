"""Receipts (領収書, with a registration number 適格請求書): issued once a match, numbered without gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from nintei.journal.actions import record
from nintei.payments.actions.voiding import void
from nintei.payments.models import BankLine, Match, Receipt, ReceiptCopy, ReceiptSeries, ReceiptShare
from nintei.payments.queries.receipts import printed, printed_for_company, receipt_pdf, transfer
from nintei.payments.till import till
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.paper import CannotPrint
from nintei.shared.refusals import Refused


def issue_receipt(*, by: str, person: Person, match: Match, addressee: str, at: datetime) -> Receipt:
    """Give the payer a receipt for a settled fee, to `addressee`; asked again, the one that stands is given.

    The number is the next of the year of issue (JST), taken in the same transaction. What is printed is
    frozen, and was printed once before it is kept. Raises `Refused`: not_your_receipt, fee_not_settled,
    addressee_needed, on_company_receipt, cannot_print, rate_unknown (`payments.…`).
    """
    if match.fee.person_id != person.pk:
        raise Refused("payments.not_your_receipt")
    if not addressee.strip():
        raise Refused("payments.addressee_needed")
    with till():
        if hasattr(match, "undo"):
            raise Refused("payments.fee_not_settled")
        if known := Receipt.objects.filter(match=match, voided_at=None).first():
            return known
        if share := ReceiptShare.objects.filter(match=match, receipt__voided_at=None).first():
            raise Refused("payments.on_company_receipt", number=share.receipt.number)
        receipt = _next(at.astimezone(JST).year)
        receipt.match, receipt.by, receipt.at = match, by, at
        receipt.content = printed(match, receipt.number, addressee.strip()[:100], at.astimezone(JST).date())
        _try(receipt)
        receipt.save(force_insert=True)
        data: dict[str, object] = {"receipt": receipt.number, **receipt.content}
        record(by=by, verb="payments.issue_receipt", subject=match.fee.reference, at=at, data=data)
    return receipt


def issue_company_receipt(*, by: str, actor: Person, line: BankLine, addressee: str, at: datetime) -> Receipt:
    """Make out one receipt to a company for its whole transfer, with the people it paid for (MAN-ウ④.※3).

    Asked again, the one that stands is given. Nobody's fee is on two papers: where somebody on it has taken a
    receipt of their own, that one is handed back and void first. Raises `Refused`: not_accountant,
    addressee_needed, not_for_several, has_own_receipt, cannot_print, rate_unknown (`payments.…`).
    """
    if Role.ACCOUNTANT not in roles_of(actor, on=at.astimezone(JST).date()):
        raise Refused("payments.not_accountant")
    if not addressee.strip():
        raise Refused("payments.addressee_needed")
    with till():
        found = transfer(line)
        if found is None:
            raise Refused("payments.not_for_several")
        if found.receipt:
            return found.receipt
        if found.own:
            raise Refused("payments.has_own_receipt", numbers=", ".join(each.number for each in found.own))
        return _issue_for(line, found.matches, addressee.strip()[:100], by, at)


def _issue_for(line: BankLine, matches: Sequence[Match], addressee: str, by: str, at: datetime) -> Receipt:
    receipt, today = _next(at.astimezone(JST).year), at.astimezone(JST).date()
    receipt.line, receipt.by, receipt.at = line, by, at
    receipt.content = printed_for_company(line, matches, receipt.number, addressee, today)
    _try(receipt)
    receipt.save(force_insert=True)
    ReceiptShare.objects.bulk_create(ReceiptShare(receipt=receipt, match=match) for match in matches)
    data: dict[str, object] = {"receipt": receipt.number, **receipt.content}
    record(by=by, verb="payments.issue_receipt", subject=f"line:{line.pk}", at=at, data=data)
    told: dict[str, object] = {"receipt": receipt.number, "addressee": addressee}
    for match in matches:
        record(by=by, verb="payments.put_on_receipt", subject=match.fee.reference, at=at, data=told)
    return receipt


def void_receipt(*, by: str, actor: Person, receipt: Receipt, reason: str, at: datetime) -> Receipt:
    """Make a receipt void because it was handed back or was wrong: another may be issued; its number stays taken.

    Raises `Refused`: not_accountant, own_fee, reason_needed, receipt_void (`payments.…`).
    """
    if Role.ACCOUNTANT not in roles_of(actor, on=at.astimezone(JST).date()):
        raise Refused("payments.not_accountant")
    if receipt.match and receipt.match.fee.person_id == actor.pk:
        raise Refused("payments.own_fee")
    if not reason.strip():
        raise Refused("payments.reason_needed")
    with till():
        row = Receipt.objects.select_for_update().get(pk=receipt.pk)
        if row.voided_at:
            raise Refused("payments.receipt_void")
        void(row, subject=subject_of(receipt), reason=reason.strip(), by=by, at=at)
    return row


def subject_of(receipt: Receipt) -> str:
    """What the journal files a receipt under: the fee's reference, or the transfer."""
    return receipt.match.fee.reference if receipt.match else f"line:{receipt.line_id}"


def copy_receipt(*, by: str, actor: Person, receipt: Receipt, reason: str, at: datetime) -> ReceiptCopy:
    """Issue a receipt again, marked as a copy (再発行) with its ordinal; its number stays.

    Raises `Refused`: not_accountant, reason_needed, receipt_void (`payments.…`).
    """
    if Role.ACCOUNTANT not in roles_of(actor, on=at.astimezone(JST).date()):
        raise Refused("payments.not_accountant")
    if not reason.strip():
        raise Refused("payments.reason_needed")
    with till():
        receipt = Receipt.objects.select_for_update().get(pk=receipt.pk)
        if receipt.voided_at:
            raise Refused("payments.receipt_void")
        last = receipt.copies.aggregate(last=Max("nth"))["last"] or 0
        copy = ReceiptCopy.objects.create(
            receipt=receipt, nth=last + 1, reason=reason.strip()[:400], by=by, at=at
        )
        data: dict[str, object] = {"receipt": receipt.number, "nth": copy.nth, "reason": copy.reason}
        record(by=by, verb="payments.copy_receipt", subject=subject_of(receipt), at=at, data=data)
    return copy


def _try(receipt: Receipt) -> None:
    """A character without a glyph would leave a receipt that nobody can print: it takes no number."""
    try:
        receipt_pdf(receipt)
    except CannotPrint:
        raise Refused("payments.cannot_print") from None


def _next(year: int) -> Receipt:
    """The next receipt of a year, without content; the series is locked until the transaction ends."""
    ReceiptSeries.objects.get_or_create(year=year)
    series = ReceiptSeries.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return Receipt(year=year, place=series.last)
