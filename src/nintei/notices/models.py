"""The outbox: every letter and mail, what was said, to whom, and when it left."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """A mail to one address. Written in the transaction of its cause, sent later by the worker.

    Without an address it goes on paper: the office prints it and says on which day it was posted.
    `key` makes it once-only: the same cause (`applications.accepted:<uuid>`) never writes two.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    to_email = models.EmailField(blank=True)
    to_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=2)
    template = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    posted_on = models.DateField(null=True, blank=True)
    posted_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(to_email="") | Q(to_person__isnull=False, sent_at=None),
                name="notices_paper_has_a_person",
            ),
            models.CheckConstraint(
                condition=Q(posted_on=None, posted_by=None) | Q(to_email="", posted_by__isnull=False),
                name="notices_posted_on_paper",
            ),
        ]
