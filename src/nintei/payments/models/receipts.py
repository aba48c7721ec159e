"""Receipts: numbered without gaps, frozen as they were issued, and copies of them."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from nintei.payments.models.bank import BankLine
from nintei.payments.models.guards import APPEND_ONLY
from nintei.payments.models.matches import Match

_NEXT_PLACE = """
IF NEW.place <> 1 + (SELECT coalesce(max(place), 0) FROM payments_receipt WHERE year = NEW.year) THEN
    RAISE EXCEPTION 'payments: receipts are numbered without gaps' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


_ON_ONE_PAPER = """
IF EXISTS (
    SELECT 1 FROM payments_receipt r LEFT JOIN payments_receiptshare s ON s.receipt_id = r.id
    WHERE r.voided_at IS NULL AND r.id <> {this} AND {match} IN (r.match_id, s.match_id)
) THEN
    RAISE EXCEPTION 'payments: the fee is on another receipt' USING ERRCODE = 'unique_violation';
END IF;
RETURN NEW;
"""


class ReceiptSeries(models.Model):
    """The last number of a year; locked until the receipt that takes the next one is kept."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class Receipt(models.Model):
    """領収書, and with a registration number 適格請求書: for a fee that was settled (`match`), or for the whole
    transfer of a company (`line`) with its people listed (`shares`). A fee is on one paper at a time.

    `content` is what is printed, frozen. A receipt is voided when its match is undone or the money goes
    back; its number stays taken, so that the series has no gap.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(Match, on_delete=models.PROTECT, null=True, related_name="receipts")
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, null=True, related_name="receipts")
    year = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "place"], name="payments_receipt_number_once"),
            models.UniqueConstraint(
                fields=["match"], condition=Q(voided_at=None), name="payments_one_receipt_a_match"
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(voided_at=None), name="payments_one_receipt_a_transfer"
            ),
            models.CheckConstraint(
                condition=Q(match=None, line__isnull=False) | Q(match__isnull=False, line=None),
                name="payments_receipt_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="payments_void_has_reason",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.ReadOnly(name="printed_stays", exclude=["voided_at", "void_reason"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="voided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__voided_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="no_gap", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NEXT_PLACE
            ),
            pgtrigger.Trigger(
                name="not_on_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__match__isnull=False),
                func=_ON_ONE_PAPER.format(match="NEW.match_id", this="NEW.id"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`R2026-000001`."""
        return f"R{self.year}-{self.place:06}"


class ReceiptShare(models.Model):
    """One person's fee on the receipt of a company's transfer."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="shares")
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="shares")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["receipt", "match"], name="payments_share_once"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="not_on_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ON_ONE_PAPER.format(match="NEW.match_id", this="NEW.receipt_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.match_id}"


class ReceiptCopy(models.Model):
    """再発行: a copy that the office handed out, marked as such, with the reason."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="copies")
    nth = models.PositiveIntegerField()
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["receipt", "nth"], name="payments_copy_numbered"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.nth}"
