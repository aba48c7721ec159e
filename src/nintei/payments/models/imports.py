"""What surrounds an import: tables that somebody has taught us to read, and long imports under way."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class TaughtTable(models.Model):
    """覚えた読み方: which column of a bank's table is which, as an accountant has said, until forgotten.

    `columns` holds, for `date`, `payer`, `credit` or `signed`, and perhaps `debit` and `account`, the name of
    the column, evened out (`statements.even`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    columns = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    forgotten_by = models.CharField(max_length=200, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(forgotten_at=None), name="payments_table_taught_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """An import too long for one page view, done by the worker: how far it is, and how it ended.

    `dropped` is the id of the file that waits; its bytes go when the import is done. `problem` holds the
    sentence in both languages where the file could not be read after all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dropped = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    lines = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    file = models.ForeignKey("payments.BankFile", on_delete=models.PROTECT, null=True, blank=True)
    new = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.done}/{self.lines}"
