"""Certificates (認定証): what was meant to be printed, and what was."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q


class Certificate(models.Model):
    """One certificate for one term. First the intent, then the file (`sha256`), never twice.

    `content` is exactly what stands on the paper; the same content gives the same bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.OneToOneField("registry.Term", on_delete=models.PROTECT, related_name="certificate")
    template = models.CharField(max_length=40)
    content = models.JSONField()
    intended_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="", issued_at=None) | (~Q(sha256="") & Q(issued_at__isnull=False)),
                name="certificates_issued_with_file",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="issued_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__sha256="")
            ),
        ]
