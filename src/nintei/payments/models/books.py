"""The books: entries with their postings, and the days up to which they are closed.

Append-only in the database: nothing is edited, only reversed by a later entry. There is no balance column
that could drift: every balance is a sum of postings, and since the postings of an entry sum to zero, so does
the trial balance at any moment.
"""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.payments.models.bank import BankLine
from nintei.payments.models.fees import Fee
from nintei.payments.models.guards import APPEND_ONLY


class Account(models.TextChoices):
    """勘定科目: the accounts that the association's fees move through (decision 0020)."""

    BANK = "bank", _("普通預金")
    RECEIVABLE = "receivable", _("未収金")
    SUSPENSE = "suspense", _("仮受金")
    ADVANCES = "advances", _("前受金")
    REFUNDS = "refunds", _("未払返金")
    TAX = "tax", _("仮受消費税")
    EARNED = "earned", _("認定審査手数料収入")
    CHARGES = "charges", _("支払手数料")
    LOSSES = "losses", _("雑損失")
    MISC = "misc", _("雑収入")
    ELSEWHERE = "elsewhere", _("他会計への振替")


class EntryKind(models.TextChoices):
    """What happened to the money."""

    CAME = "came", _("入金の記帳")
    SETTLED = "settled", _("消込")
    UNDONE = "undone", _("消込の取消し")
    ACCEPTED = "accepted", _("受理による収入")
    GIVEN_UP = "given_up", _("収入の取消し")
    REFUND_DUE = "refund_due", _("返金の決定")
    REFUND_DROPPED = "refund_dropped", _("返金の取りやめ")
    REFUND_PAID = "refund_paid", _("返金の振込")
    REFUND_CORRECTED = "refund_corrected", _("返金の訂正")
    WRITTEN_OFF = "written_off", _("仮受金の処理")
    RESTORED = "restored", _("仮受金に戻す")


# 1668050803 is any number nobody else uses (the letters of "clos"): writers of entries share it, a close
# takes it alone.
_OPEN_DAY = """
PERFORM pg_advisory_xact_lock_shared(1668050803);
IF EXISTS (SELECT 1 FROM payments_close WHERE through >= NEW.booked_on) THEN
    RAISE EXCEPTION 'payments: the books are closed for that day' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

# One aggregate an entry, at the end of the transaction. A posting's place is within its entry's size and
# taken once, so that nothing can be added to an entry that is complete.
_BALANCED = """
IF NOT (
    SELECT count(*) = NEW.size AND coalesce(sum(amount), 1) = 0
       AND coalesce(sum(amount) FILTER (WHERE amount > 0), 0) = NEW.amount
    FROM payments_posting WHERE entry_id = NEW.id
) THEN
    RAISE EXCEPTION 'payments: the postings of an entry do not balance' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""

_PLACE_IN_ENTRY = """
IF NEW.place > (SELECT size FROM payments_entry WHERE id = NEW.entry_id) THEN
    RAISE EXCEPTION 'payments: the entry is complete' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

_LATER = """
PERFORM pg_advisory_xact_lock(1668050803);
IF EXISTS (SELECT 1 FROM payments_close WHERE through >= NEW.through) THEN
    RAISE EXCEPTION 'payments: the books are closed beyond that day' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Entry(models.Model):
    """仕訳: one event, in double entry. `amount` is the sum of its debits, `size` the number of postings.

    `cause` names what was written with it in one transaction (`line:12`, `match:<uuid>`, `step:7`), once.
    `happened_on` is the day of the event, `booked_on` that day or, where it was closed already, the first
    open one. `party` is who paid or was paid (取引先), by whom one searches.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=EntryKind)
    cause = models.CharField(max_length=60, unique=True)
    booked_on = models.DateField(db_index=True)
    happened_on = models.DateField()
    party = models.CharField(max_length=200, blank=True)
    party_key = models.CharField(max_length=400, blank=True)
    amount = models.PositiveBigIntegerField()
    size = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(size__gte=2), name="payments_entry_has_two_sides"),
            models.CheckConstraint(
                condition=Q(booked_on__gte=F("happened_on")), name="payments_entry_not_before"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="open_day", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_OPEN_DAY
            ),
            pgtrigger.Trigger(
                name="balanced",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_BALANCED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.kind} {self.amount}"


class Posting(models.Model):
    """One side of an entry, in yen: above zero a debit (借方), below zero a credit (貸方)."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    place = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=20, choices=Account)
    amount = models.BigIntegerField()
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, null=True, related_name="postings")
    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, null=True, related_name="postings")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "place"], name="payments_one_posting_a_place"),
            models.CheckConstraint(condition=~Q(amount=0), name="payments_posting_not_zero"),
            models.CheckConstraint(condition=Q(place__gte=1), name="payments_posting_place"),
            models.CheckConstraint(
                condition=Q(account__in=Account.values), name="payments_posting_known_account"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="place_in_entry",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_PLACE_IN_ENTRY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"


class Close(models.Model):
    """締め: the books are closed through a day, or through the last day of a month, for ever.

    `balances` is the trial balance at that moment. There is no reopening: what has to be put right is
    put right by a later entry.
    """

    class Kind(models.TextChoices):
        """A day or a whole month."""

        DAY = "day", _("日締め")
        MONTH = "month", _("月締め")

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    through = models.DateField(unique=True)
    balances = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            APPEND_ONLY,
            pgtrigger.Trigger(name="later", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_LATER),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.through}"
