"""What was certified and is to be issued, then the file it became; where its status is told."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

SAID = ["term", "copy", "cause", "template", "content", "statement", "key", "leaf", "intended_at"]


class StatusPlace(models.Model):
    """The place of a certification in the public lists: drawn by lot, so that neighbours tell nothing, and kept."""

    certification = models.OneToOneField(
        "registry.Certification", on_delete=models.PROTECT, related_name="status_place"
    )
    number = models.PositiveSmallIntegerField(default=1)
    index = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "index"], name="certificates_one_place"),
            models.CheckConstraint(condition=Q(index__lt=131_072), name="certificates_place_in_list"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]


class Certificate(models.Model):
    """One certificate for one term, and its later copies. First the intent, then the file (`sha256`), never twice.

    `content` is what stands on the paper and `statement` the credential before it is signed; `leaf` is the place
    in the journal where both were recorded before that. `proof` shows that place to anybody. The same content,
    statement, key and proof give the same bytes. `key` 0 is a paper from before certificates were signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.ForeignKey("registry.Term", on_delete=models.PROTECT, related_name="certificates")
    copy = models.PositiveSmallIntegerField(default=1)
    cause = models.CharField(max_length=200, blank=True)
    template = models.CharField(max_length=40)
    content = models.JSONField()
    statement = models.JSONField()
    key = models.PositiveSmallIntegerField()
    leaf = models.BigIntegerField()
    intended_at = models.DateTimeField()
    proof = models.TextField(blank=True)
    credential = models.JSONField(default=dict, blank=True)
    token = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "copy"], name="certificates_one_a_term"),
            models.UniqueConstraint(
                fields=["term", "cause"], condition=~Q(cause=""), name="certificates_one_a_cause"
            ),
            models.CheckConstraint(
                condition=Q(sha256="", issued_at=None)
                | (~Q(sha256="") & Q(issued_at__isnull=False) & (Q(key=0) | ~Q(proof="") & ~Q(token=""))),
                name="certificates_issued_with_file",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="issued_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__sha256="")
            ),
            pgtrigger.ReadOnly(name="said_once", fields=SAID),
        ]
