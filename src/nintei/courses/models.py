"""Courses that the association accredits: their hours count as category A. No workflow, no clock."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """How a course is held."""

    IN_PERSON = "in_person", _("会場")
    ONLINE = "online", _("オンライン")
    ON_DEMAND = "on_demand", _("録画")
    MIXED = "mixed", _("会場とオンライン")


class Course(models.Model):
    """A course accredited (`hosted` = held by the association itself) from a day until another.

    `minutes` are net of breaks: a point is an hour of attendance.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField()
    form = models.CharField(max_length=20, choices=Form.choices)
    hosted = models.BooleanField(default=False)
    accredited_from = models.DateField()
    accredited_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="courses_minutes_positive"),
            models.CheckConstraint(
                condition=Q(accredited_until=None) | Q(accredited_until__gte=models.F("accredited_from")),
                name="courses_accreditation_order",
            ),
            models.UniqueConstraint(
                fields=["provider", "title", "accredited_from"], name="courses_one_accreditation_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title
