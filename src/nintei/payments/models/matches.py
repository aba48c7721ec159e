"""What was matched with what: a match has parts, and an undo takes it back."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nintei.payments.models.bank import BankLine
from nintei.payments.models.fees import Fee
from nintei.payments.models.guards import APPEND_ONLY, WITHIN_LINE, booked

_ONE_STANDING = """
PERFORM 1 FROM payments_fee WHERE id = NEW.fee_id AND cancelled_at IS NULL FOR UPDATE;
IF NOT FOUND THEN
    RAISE EXCEPTION 'payments: the fee is cancelled' USING ERRCODE = 'integrity_constraint_violation';
END IF;
IF EXISTS (
    SELECT 1 FROM payments_match m WHERE m.fee_id = NEW.fee_id
    AND NOT EXISTS (SELECT 1 FROM payments_matchundo u WHERE u.match_id = m.id)
) THEN
    RAISE EXCEPTION 'payments: the fee has a match that stands' USING ERRCODE = 'unique_violation';
END IF;
RETURN NEW;
"""

_PARTS_ADD_UP = """
IF (SELECT coalesce(sum(amount), 0) FROM payments_matchpart WHERE match_id = NEW.id)
    <> NEW.base + NEW.tax - NEW.waived THEN
    RAISE EXCEPTION 'payments: the parts of a match do not add up' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


class Match(models.Model):
    """A fee settled: `base` + `tax` yen by the price of the value date, from one line or several.

    `waived` are the yen that did not come and that the association bears, never more than the `tolerance` that
    the rulebook had on the value date (AMB-F6; 0 unless it says otherwise); the parts hold the rest.
    `confirmed_on` is the day the office confirmed the money (受理 rests on it, MAN-ウ④.※1); the value
    dates stay on the lines. `reasons` are the codes of `matching`; `note` is what a person wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, related_name="matches")
    base = models.PositiveIntegerField()
    tax = models.PositiveIntegerField()
    waived = models.PositiveIntegerField(default=0)
    tolerance = models.PositiveIntegerField(default=0)
    automatic = models.BooleanField()
    reasons = models.JSONField()
    note = models.CharField(max_length=400, blank=True)
    confirmed_on = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(waived__lte=F("tolerance")) & Q(waived__lt=F("base") + F("tax")),
                name="payments_waived_within_tolerance",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="one_stands", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_ONE_STANDING
            ),
            pgtrigger.Trigger(
                name="parts_add_up",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_PARTS_ADD_UP,
            ),
            booked("'match:' || NEW.id"),
        ]

    def __str__(self) -> str:
        return f"{self.fee_id} {self.total}"

    @property
    def total(self) -> int:
        """Yen of the fee with its tax, by which it is settled."""
        return self.base + self.tax

    @property
    def received(self) -> int:
        """Yen that came in for it."""
        return self.total - self.waived


class MatchPart(models.Model):
    """So many yen of a line, allotted to a match; what nobody allotted stays open on the line."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="parts")
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="parts")
    amount = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["match", "line"], name="payments_one_part_a_line"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_part_above_zero"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            WITHIN_LINE,
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"


class MatchUndo(models.Model):
    """A match taken back. The match stays to be read; the fee and the lines are open again."""

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="undo")
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    second = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(second=F("by")), name="payments_undo_by_two"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [APPEND_ONLY, booked("'undo:' || NEW.id")]

    def __str__(self) -> str:
        return f"{self.match_id} {self.reason}"
