"""Bank files and their lines as they came, kept for ever."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from nintei.payments.models.guards import APPEND_ONLY, booked

if TYPE_CHECKING:
    from nintei.payments.models.matches import MatchPart
    from nintei.payments.models.suspense import WriteOff


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

    # On lines asked through `queries`: the yen nobody has taken, the parts that standing matches took, and what
    # was written off.
    left: int
    standing: list[MatchPart]
    gone: list[WriteOff]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "value_on", "amount", "payer_key", "ordinal"], name="payments_line_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_line_above_zero"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [APPEND_ONLY, booked("'line:' || NEW.id")]

    def __str__(self) -> str:
        return f"{self.value_on} {self.payer_name} {self.amount}"
