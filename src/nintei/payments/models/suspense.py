"""Money of nobody that stops waiting: written off or moved to other books, by two people, and taken back."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nintei.payments.models.bank import BankLine
from nintei.payments.models.books import Account
from nintei.payments.models.guards import APPEND_ONLY, WITHIN_LINE, booked

# Where money of nobody may go: the association's other income, or the books of its other business.
WRITE_OFF_TO = (Account.MISC, Account.ELSEWHERE)

_TWO_HANDS = """
IF NOT EXISTS (
    SELECT 1 FROM payments_approval a WHERE a.subject = {subject} AND a.kind = '{kind}' AND a.granted
    AND a."by" = NEW."by" AND a.decided_by = NEW.second AND a.decided_by <> a."by"
) THEN
    RAISE EXCEPTION 'payments: money of nobody moves by two people' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def _two_hands(subject: str, kind: str) -> pgtrigger.Trigger:
    func = _TWO_HANDS.format(subject=subject, kind=kind)
    return pgtrigger.Trigger(name="two_hands", when=pgtrigger.Before, operation=pgtrigger.Insert, func=func)


class WriteOff(models.Model):
    """仮受金の処理: so many yen of a line that nobody was found for, moved to `account` by two people.

    Append-only; if its owner appears after all, a `WriteOffUndo` puts it back into suspense.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="write_offs")
    amount = models.PositiveBigIntegerField()
    account = models.CharField(max_length=20, choices=Account)
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    second = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_write_off_above_zero"),
            models.CheckConstraint(
                condition=Q(account__in=[each.value for each in WRITE_OFF_TO]),
                name="payments_write_off_account",
            ),
            models.CheckConstraint(
                condition=~Q(second=F("by")) & ~Q(reason=""), name="payments_write_off_by_two"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            WITHIN_LINE,
            _two_hands("'line:' || NEW.line_id", "write_off"),
            booked("'write_off:' || NEW.id"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"


class WriteOffUndo(models.Model):
    """A write-off taken back, by two people: the money waits for its owner again."""

    write_off = models.OneToOneField(WriteOff, on_delete=models.PROTECT, related_name="undo")
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    second = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(second=F("by")), name="payments_restore_by_two"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            _two_hands("'write_off:' || NEW.write_off_id", "restore"),
            booked("'restored:' || NEW.id"),
        ]

    def __str__(self) -> str:
        return f"{self.write_off_id} {self.reason}"
