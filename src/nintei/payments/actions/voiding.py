"""Voiding receipts whose money turned out to be somebody else's, or went back."""

from __future__ import annotations

from datetime import datetime

from nintei.journal.actions import record
from nintei.payments.models import Match, Receipt


def void_receipts(match: Match, *, reason: str, by: str, at: datetime) -> None:
    """Void the receipt of a match that falls, in the caller's transaction; its number stays taken."""
    for receipt in Receipt.objects.select_for_update().filter(match=match, voided_at=None):
        receipt.voided_at, receipt.void_reason = at, reason[:400]
        receipt.save(update_fields=["voided_at", "void_reason"])
        data: dict[str, object] = {"receipt": receipt.number, "reason": reason}
        record(by=by, verb="payments.void_receipt", subject=match.fee.reference, at=at, data=data)
