"""Fees due, bank lines as they came, and what was matched with what. No workflow, no clock.

Bank files, lines, matches and undos are appended for ever; a fee's amount never changes. Two things
must hold however many hands are at work, so the database itself refuses anything else: a line is never
allotted beyond its amount, and a fee has at most one match that stands.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Fee(models.Model):
    """認定審査手数料 for one application (AMB-F5), by the price list of the day it was opened (AMB-F1).

    `reference` says what it is for (`application:<uuid>`). `accepted_on` is the day of 受理: from then on
    the fee is not returned (MAN-ウ④.※2).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="fees")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=200, unique=True)
    qualification = models.CharField(max_length=10)
    base = models.PositiveIntegerField()
    tax = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    priced_on = models.DateField()
    edition = models.CharField(max_length=200)
    pass_number = models.CharField(max_length=40, blank=True)
    certificate_number = models.CharField(max_length=40, blank=True)
    kana = models.CharField(max_length=100)
    due_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    accepted_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(total=F("base") + F("tax")), name="payments_total_adds_up"),
            models.CheckConstraint(condition=Q(total__gt=0), name="payments_fee_above_zero"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.ReadOnly(name="amount_stays", exclude=["accepted_on", "cancelled_at"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.qualification} {self.total}"


class DroppedFile(models.Model):
    """A file between its preview and its import. Its bytes are deleted once it is read or forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class BankFile(models.Model):
    """A statement that was imported, known for ever by the hash of its bytes."""

    id = models.BigAutoField(primary_key=True)
    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    left_out = models.JSONField(default=list)
    imported_by = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [APPEND_ONLY]

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """Money that came in, as the bank told it; `raw` holds every field of the record.

    Identity is the account, the day and the ordinal among identical lines of that day, never a hash: two
    genuine transfers can be identical. `account` (seven digits), `value_on` (勘定日) and `payer_key`
    (`matching.plain`) are what every format can name, so that overlapping files of two formats agree.
    """

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    account = models.CharField(max_length=20)
    value_on = models.DateField()
    amount = models.PositiveBigIntegerField()
    payer_name = models.CharField(max_length=200)
    payer_key = models.CharField(max_length=400)
    ordinal = models.PositiveIntegerField()
    raw = models.JSONField()

    # On lines asked through `queries`: the yen nobody has taken, and the parts that standing matches took.
    left: int
    standing: list[MatchPart]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "value_on", "amount", "payer_key", "ordinal"], name="payments_line_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_line_above_zero"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.value_on} {self.payer_name} {self.amount}"


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
IF (SELECT coalesce(sum(amount), 0) FROM payments_matchpart WHERE match_id = NEW.id) <> NEW.base + NEW.tax THEN
    RAISE EXCEPTION 'payments: the parts of a match do not add up' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""

_WITHIN_LINE = """
PERFORM 1 FROM payments_bankline WHERE id = NEW.line_id FOR UPDATE;
IF NEW.amount + (
    SELECT coalesce(sum(p.amount), 0) FROM payments_matchpart p WHERE p.line_id = NEW.line_id
    AND NOT EXISTS (SELECT 1 FROM payments_matchundo u WHERE u.match_id = p.match_id)
) > (SELECT amount FROM payments_bankline WHERE id = NEW.line_id) THEN
    RAISE EXCEPTION 'payments: the line does not hold that much' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Match(models.Model):
    """A fee settled: `base` + `tax` yen by the price of the value date, from one line or several.

    `confirmed_on` is the day the office confirmed the money (受理 rests on it, MAN-ウ④.※1); the value
    dates stay on the lines. `reasons` are the codes of `matching`; `note` is what a person wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, related_name="matches")
    base = models.PositiveIntegerField()
    tax = models.PositiveIntegerField()
    automatic = models.BooleanField()
    reasons = models.JSONField()
    note = models.CharField(max_length=400, blank=True)
    confirmed_on = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
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
        ]

    def __str__(self) -> str:
        return f"{self.fee_id} {self.base + self.tax}"


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
            pgtrigger.Trigger(
                name="within_line", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_WITHIN_LINE
            ),
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
        triggers: ClassVar[list[pgtrigger.Trigger]] = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.match_id} {self.reason}"
