"""Links by which holders show a certification."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models


class ShareLink(models.Model):
    """A link by which whoever has it sees one certification as its holder chose. Only the token's hash is kept.

    `opened` is how often; by whom or from where is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(
        "registry.Certification", on_delete=models.PROTECT, related_name="share_links"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, blank=True)
    shows = models.JSONField(default=list)
    made_at = models.DateTimeField()
    until_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at"]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="made_stays", fields=["certification", "token_sha256", "made_at"]),
            pgtrigger.Protect(
                name="revoked_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
        ]
