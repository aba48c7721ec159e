"""From which device and network somebody acted, as salted hashes that are thrown away by their clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Whose trace it is."""

    APPLICANT = "applicant", _("申請者")
    ATTESTOR = "attestor", _("証明者")


class Trace(models.Model):
    """One act: asking, signing in, signing. Only for the hint "same device or network"; never a verdict.

    The hashes are salted with the applicant, so that traces of two applicants cannot be joined.
    `read_seconds`: how long the attestor had the words before them. Deleted after `drop_on`.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="traces")
    request = models.ForeignKey(
        "experience.AttestationRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="traces",
    )
    side = models.CharField(max_length=10, choices=Side.choices)
    device = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=64, blank=True)
    read_seconds = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    drop_on = models.DateField(db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(side="applicant", request=None) | Q(side="attestor", request__isnull=False),
                name="experience_trace_of_one_side",
            )
        ]
