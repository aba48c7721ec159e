"""What providers' programs leave here: the tokens by which they are known, and xAPI statements as evidence."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from nintei.courses.models.providers import APPEND_ONLY, Provider
from nintei.courses.models.sessions import Attendance


class ProviderToken(models.Model):
    """With which a provider's program sends attendance: only its SHA-256 is kept; `ended_at` revokes it.

    `minute` is the minute of its newest requests and `requests` how many they were, so that they can be limited.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    minute = models.DateTimeField(null=True, blank=True)
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="courses_token_has_a_name"),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="token_stays", fields=["provider", "name", "digest", "made_by", "made_at"]
            ),
            pgtrigger.Protect(
                name="ended_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"token:{self.pk}"

    @property
    def by(self) -> str:
        """Who acts when this token is shown."""
        return self.reference


class Statement(models.Model):
    """An xAPI statement as it was sent, kept as evidence of the attendance it confirmed. Never edited.

    `id` is the statement's own. `minutes` is what it added, `on` the JST day; `sha256` is of all that it says.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="statements")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="statements")
    registration = models.UUIDField(null=True, blank=True)
    on = models.DateField()
    lasted = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["stored_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__lte=models.F("lasted")),
                name="courses_statement_adds_no_more_than_it_says",
            ),
        ]
        triggers: ClassVar = [APPEND_ONLY]
