"""Money that goes back, and what needs a second person's word."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.payments.models.bank import BankLine
from nintei.payments.models.fees import Fee
from nintei.payments.models.guards import APPEND_ONLY, WITHIN_LINE, booked

_DECIDED_ONCE = """
IF OLD.decided_at IS NOT NULL THEN
    RAISE EXCEPTION 'payments: this was decided already' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Approval(models.Model):
    """承認の求め: asked by one person, decided by another (P7). `data` is what exactly was asked.

    `subject` is `match:<uuid>`, `refund:<uuid>`, `account`, `line:<number>` or `write_off:<uuid>`; one question
    about it is open at a time.
    """

    class Kind(models.TextChoices):
        """What needs two people."""

        UNDO = "undo", _("受理後の取消し")
        REFUND = "refund", _("返金")
        ACCOUNT = "account", _("振込先の確認")
        WRITE_OFF = "write_off", _("仮受金の処理")
        RESTORE = "restore", _("仮受金に戻す")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=60)
    reason = models.CharField(max_length=400)
    data = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(granted=None), name="payments_one_open_approval"
            ),
            models.CheckConstraint(
                condition=Q(granted=False) | ~Q(decided_by=F("by")), name="payments_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(granted=None, decided_by="", decided_at=None)
                | (Q(granted__isnull=False, decided_at__isnull=False) & ~Q(decided_by="")),
                name="payments_approval_is_whole",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.ReadOnly(name="asked_stays", exclude=["granted", "decided_by", "decided_at"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="decided_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_DECIDED_ONCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class RefundState(models.TextChoices):
    """Where a refund stands. Money that the payee's bank sends back arrives as a line of its own."""

    DUE = "due", _("返金を決めた")
    APPROVED = "approved", _("返金を承認した")
    PAID = "paid", _("返金した")
    DROPPED = "dropped", _("返金を取りやめた")


# The one transition table: buttons, tests and the database's guard read it.
REFUND_MOVES: tuple[tuple[RefundState, RefundState], ...] = (
    (RefundState.DUE, RefundState.APPROVED),
    (RefundState.DUE, RefundState.DROPPED),
    (RefundState.APPROVED, RefundState.PAID),
    (RefundState.APPROVED, RefundState.DROPPED),
    (RefundState.PAID, RefundState.APPROVED),
)

_TWO_HANDS = """
IF NEW.state = 'approved' AND NOT EXISTS (
    SELECT 1 FROM payments_approval a WHERE a.subject = 'refund:' || NEW.id AND a.granted
    AND a.decided_by <> a.by AND (a.data->>'net')::bigint = NEW.net AND (a.data->>'charge')::bigint = NEW.charge
) THEN
    RAISE EXCEPTION 'payments: a refund needs two people' USING ERRCODE = 'check_violation';
END IF;
IF OLD.state <> 'due' AND (NEW.net, NEW.charge, NEW.send_to) IS DISTINCT FROM (OLD.net, OLD.charge, OLD.send_to) THEN
    RAISE EXCEPTION 'payments: an approved refund does not change' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

_HAS_PARTS = """
IF (SELECT coalesce(sum(amount), 0) FROM payments_refundpart WHERE refund_id = NEW.id) <> NEW.gross THEN
    RAISE EXCEPTION 'payments: the parts of a refund do not add up' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


class Refund(models.Model):
    """返金: `gross` yen of bank lines that go back; `net` is what the payee gets after the bank's `charge`.

    Of a fee before 受理 (AMB-F3), of what was paid too much or twice, or of money of nobody. After 受理 a fee
    is not returned (MAN-ウ④.※2), unless the edition says otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, null=True, related_name="refunds")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="refunds"
    )
    payee = models.CharField(max_length=200)
    gross = models.PositiveBigIntegerField()
    charge = models.PositiveIntegerField(null=True)
    net = models.PositiveBigIntegerField(null=True)
    rule = models.CharField(max_length=20)
    send_to = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=RefundState, default=RefundState.DUE)
    paid_on = models.DateField(null=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(gross__gt=0), name="payments_refund_above_zero"),
            models.CheckConstraint(condition=Q(net__lte=F("gross")), name="payments_refund_within"),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False, net__gt=0),
                name="payments_refund_paid_on",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.ReadOnly(
                name="refund_stays",
                exclude=["person", "state", "charge", "net", "rule", "send_to", "paid_on"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.FSM(name="moves", field="state", transitions=list(REFUND_MOVES)),
            pgtrigger.Trigger(
                name="two_hands", when=pgtrigger.Before, operation=pgtrigger.Update, func=_TWO_HANDS
            ),
            pgtrigger.Trigger(
                name="has_parts",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_HAS_PARTS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.gross}"


class RefundPart(models.Model):
    """So many yen of a line that go back; free again if the refund is dropped."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="parts")
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="refund_parts")
    amount = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["refund", "line"], name="payments_one_refund_part_a_line"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_refund_part_above_zero"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [APPEND_ONLY, WITHIN_LINE]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"


class RefundStep(models.Model):
    """What was done with a refund, in order; each step but the approval has its entry in the books."""

    class Move(models.TextChoices):
        """A step; `CORRECTED` takes back a payment that was marked by mistake."""

        DUE = "due", _("決めた")
        APPROVED = "approved", _("承認した")
        PAID = "paid", _("振り込んだ")
        DROPPED = "dropped", _("取りやめた")
        CORRECTED = "corrected", _("振込の記録を取り消した")

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10, choices=Move)
    on = models.DateField()
    note = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            booked("'step:' || NEW.id", condition=pgtrigger.Condition("NEW.move <> 'approved'")),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id} {self.move}"
