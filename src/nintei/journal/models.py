"""The journal's rows: public leaves, private bodies, the tree's edge, signed checkpoints.

A leaf holds only a salted commitment (promise P5), so a body can be erased and every proof still holds.
Leaves cannot be changed or deleted: the database refuses it.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q


class Leaf(models.Model):
    """One entry. `seq` counts from 0 without a gap; `hash` is the RFC 6962 leaf hash of `commitment`."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    commitment = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [models.CheckConstraint(condition=Q(seq__gte=0), name="journal_seq_from_zero")]


class Body(models.Model):
    """What a leaf says, and the salt that hides it. Deletable; never changed."""

    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, primary_key=True, related_name="body")
    salt = models.BinaryField(max_length=32)
    actor = models.CharField(max_length=200, db_index=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, db_index=True)
    day = models.DateField()
    data = models.JSONField()

    class Meta:
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]


class Edge(models.Model):
    """The right edge of the tree: its size and the roots of its perfect subtrees, largest first.

    A single row, locked while a leaf is appended: this is what makes `seq` gapless.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    subtrees = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="journal_one_edge")]


class Checkpoint(models.Model):
    """A signed statement of the tree's size and root (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Cosignature(models.Model):
    """A witness's line under a checkpoint (C2SP cosignature/v1): at that second it knew no larger tree of ours."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=300)
    at = models.DateTimeField()
    line = models.TextField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="journal_one_cosignature")
        ]


class Witness(models.Model):
    """What a witness answered last, by its key: `fault` is empty when it signed, and `since` when it first did not."""

    key = models.CharField(max_length=300, primary_key=True)
    asked_at = models.DateTimeField()
    fault = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField(null=True)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fault="", since=None)
                | Q(fault__in=("away", "refuses", "disagrees"), since__isnull=False),
                name="journal_witness_fault_since",
            )
        ]
