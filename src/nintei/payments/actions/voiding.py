"""Voiding receipts whose money turned out to be somebody else's, or went back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from nintei.journal.actions import record
from nintei.payments.models import Match, Receipt, ReceiptShare


def void_receipts(match: Match, *, reason: str, by: str, at: datetime) -> None:
    """Void the receipt of a match that falls, in the caller's transaction; its number stays taken.

    So is the receipt of a company's transfer that lists it: it would say more than was paid.
    """
    live = Receipt.objects.select_for_update().filter(voided_at=None)
    listed = ReceiptShare.objects.filter(match=match).values("receipt")
    for receipt in live.filter(Q(match=match) | Q(pk__in=listed)):
        void(receipt, subject=match.fee.reference, reason=reason, by=by, at=at)


def void(receipt: Receipt, *, subject: str, reason: str, by: str, at: datetime) -> None:
    """Void one receipt that the caller has locked."""
    receipt.voided_at, receipt.void_reason = at, reason[:400]
    receipt.save(update_fields=["voided_at", "void_reason"])
    data: dict[str, object] = {"receipt": receipt.number, "reason": reason}
    record(by=by, verb="payments.void_receipt", subject=subject, at=at, data=data)
