"""What people ask about their own data."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.people.models.accounts import Person


class RequestKind(models.TextChoices):
    """What somebody asks of what is kept about them."""

    CORRECT = "correct", _("直してほしい")
    ERASE = "erase", _("消してほしい")


class RequestState(models.TextChoices):
    """Where such a request stands. An erasure waits for a second person; a correction does not."""

    OPEN = "open", _("事務局を待つ")
    PROPOSED = "proposed", _("二人目を待つ")
    DONE = "done", _("行いました")
    DECLINED = "declined", _("応じられず")


class DataRequest(models.Model):
    """A wish about one's own data. An erasure is done by two people, neither of them the person (P7, P14)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    words = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    first = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    # What an erasure emptied and deleted, in numbers.
    removed = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=["open", "proposed"]),
                name="people_one_request",
            ),
            models.CheckConstraint(
                condition=~Q(state="done", kind="erase")
                | (
                    Q(first__isnull=False, second__isnull=False)
                    & ~Q(first=models.F("second"))
                    & ~Q(first=models.F("person"))
                    & ~Q(second=models.F("person"))
                ),
                name="people_two_erase",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="request_steps",
                field="state",
                transitions=[
                    ("open", "proposed"), ("open", "done"), ("open", "declined"), ("proposed", "done"),
                    ("proposed", "declined"), ("proposed", "open"),
                ],
            )
        ]  # fmt: skip
