"""What the house itself keeps: the demo's day, and requests that were answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class DemoCalendar(models.Model):
    """The office's day in demo mode; a single row, empty outside a demo."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    day = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="people_one_demo_calendar")]


class OnceKey(models.Model):
    """A request that was answered: the same request again gets the same answer and does nothing (P2).

    `digest` is SHA-256 of the form's key, who sent it, where to, and what it said; `answer` is the redirect.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    answer = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(db_index=True)
