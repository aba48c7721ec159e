"""Organisations that teach, and what the committee ruled about them and their courses."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from nintei.courses.states import Event, State, moves

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
BEGINS = ["draft", "accredited"]


def guards() -> list[pgtrigger.Trigger]:
    """The database's part of the transition table: what the association enters itself begins accredited."""
    return [
        pgtrigger.FSM(name="states", field="state", transitions=moves()),
        pgtrigger.Protect(
            name="begins", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__state__in=BEGINS)
        ),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
    ]


class Provider(models.Model):
    """An organisation whose courses the association may accredit; `contact` acts for it (CPD-A.3, A.4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kana = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    teaches = models.TextField(max_length=2000)
    contact = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="provides_as")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    state_since_on = models.DateField()
    started_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(kana=""), name="courses_provider_has_a_name"),
            models.UniqueConstraint(
                fields=["contact"],
                condition=~Q(state__in=["refused", "withdrawn", "ended"]),
                name="courses_one_provider_a_contact",
            ),
        ]
        triggers: ClassVar = guards()

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"provider:{self.pk}"


class Ruling(models.Model):
    """What a member of the committee ruled about a provider or a course, and why. Never edited."""

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="rulings"
    )
    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, null=True, blank=True, related_name="rulings"
    )
    event = models.CharField(max_length=20, choices=Event.choices)
    reason = models.TextField(max_length=2000)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="course_rulings")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(provider=None, course__isnull=False) | Q(provider__isnull=False, course=None),
                name="courses_ruling_is_about_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="courses_ruling_has_a_reason"),
        ]
        triggers: ClassVar = [APPEND_ONLY]
