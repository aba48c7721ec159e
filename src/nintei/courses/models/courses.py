"""Courses: their hours count as category A while they are accredited. No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.courses.models.providers import Provider, guards
from nintei.courses.states import LISTED, State


class Form(models.TextChoices):
    """How a course is held. It never decides whether a course counts (CPD-A.2)."""

    IN_PERSON = "in_person", _("会場")
    ONLINE = "online", _("オンライン")
    ON_DEMAND = "on_demand", _("録画")
    MIXED = "mixed", _("会場とオンライン")


class Course(models.Model):
    """A course accredited (`hosted` = held by the association itself) from a day until another.

    `minutes` are net of breaks (AMB-C21): a point is an hour of attendance. `provider` is the name as listed,
    `offered_by` the organisation where it has an account. `ended_on` is the first day on which an
    accreditation that was withdrawn no longer counts; the days first granted stay as they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    offered_by = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="courses"
    )
    minutes = models.PositiveIntegerField()
    timetable = models.TextField(max_length=2000, blank=True)
    form = models.CharField(max_length=20, choices=Form.choices)
    hosted = models.BooleanField(default=False)
    summary = models.TextField(max_length=2000, blank=True)
    topics = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    competencies = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    standard = models.TextField(max_length=2000, blank=True)
    accredited_from = models.DateField()
    accredited_until = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ACCREDITED, db_index=True)
    state_since_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="courses_minutes_positive"),
            models.CheckConstraint(
                condition=Q(accredited_until=None) | Q(accredited_until__gte=models.F("accredited_from")),
                name="courses_accreditation_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("accredited_from")),
                name="courses_ended_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(state="ended"), name="courses_ended_has_its_state"
            ),
            models.CheckConstraint(
                condition=Q(hosted=False) | Q(offered_by=None), name="courses_hosted_has_no_provider"
            ),
            models.UniqueConstraint(
                fields=["provider", "title", "accredited_from"],
                condition=Q(state__in=["accredited", "ended"]),
                name="courses_one_accreditation_a_day",
            ),
        ]
        triggers: ClassVar = guards()

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"course:{self.pk}"

    @property
    def is_listed(self) -> bool:
        """Whether it is or was accredited."""
        return self.state in LISTED
