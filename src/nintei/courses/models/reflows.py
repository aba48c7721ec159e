"""Corrections on their way to those they concern. No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from nintei.courses.models.courses import Course
from nintei.courses.models.sessions import CourseSession

NOBODY = uuid.UUID(int=0)


class Reflow(models.Model):
    """That a correction is to reach whoever it concerns: written with the correction, carried out by the worker.

    Of a holding (`before`: its days, minutes and title until then) it goes by attendance; of the days on which a
    course counts (no `session`; `before`: from and until) by person. `last` is the one that was reached last,
    `reached` how many, `left` how many wait (None: not counted yet).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="reflows")
    session = models.ForeignKey(
        CourseSession, on_delete=models.PROTECT, null=True, blank=True, related_name="reflows"
    )
    cause = models.CharField(max_length=200, unique=True)
    before = models.JSONField(null=True, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    by = models.CharField(max_length=100)
    begun_at = models.DateTimeField()
    last = models.UUIDField(default=NOBODY)
    reached = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["begun_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["begun_at"], condition=Q(finished_at=None), name="courses_reflows_open")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(left=0), name="courses_finished_leaves_nobody"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="reflow_stays",
                fields=["course", "session", "cause", "before", "reason", "by", "begun_at"],
            ),
            pgtrigger.Protect(
                name="reflow_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__finished_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    @property
    def everybody(self) -> int:
        """How many it is to reach, as far as they are counted."""
        return self.reached + (self.left or 0)
