"""The outbox: every letter and mail, what was said, to whom, and when it left."""

from __future__ import annotations

import uuid

from django.db import models


class Letter(models.Model):
    """A mail to one address. Written in the transaction of its cause, sent later by the worker.

    `key` makes it once-only: the same cause (`applications.accepted:<uuid>`) never writes two.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    to_email = models.EmailField()
    to_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=2)
    template = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
