"""Qualifications and training that may stand in for months of experience (MAN-ウ②.※1). No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from nintei.experience.models.asking import APPEND_ONLY
from nintei.shared.models import FileColumns


class SubstitutionKind(models.TextChoices):
    """By what experience is substituted, as the manual names it."""

    QUALIFICATION = "qualification", _("資格の取得")
    TRAINING = "training", _("研修の受講")


class Substitution(models.Model):
    """What the applicant holds instead of some experience. Which is worth how many months the office says (AMB-E5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="substitutions")
    kind = models.CharField(max_length=20, choices=SubstitutionKind.choices)
    name = models.CharField(max_length=100)
    issuer = models.CharField(max_length=100)
    obtained_on = models.DateField()
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["obtained_on", "id"]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"substitution:{self.pk}"


class SubstitutionFile(FileColumns):
    """The evidence of a substitution: a copy of the certificate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    substitution = models.ForeignKey(Substitution, on_delete=models.PROTECT, related_name="files")
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["kept_at", "id"]
        triggers: ClassVar = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update)]


class SubstitutionGrant(models.Model):
    """How many months the office grants for one, who and why. The newest decides; none is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    substitution = models.ForeignKey(Substitution, on_delete=models.PROTECT, related_name="grants")
    months = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=1000)
    granted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    granted_on = models.DateField()
    granted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["granted_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="experience_grant_says_why"),
        ]
        triggers: ClassVar = [APPEND_ONLY]
