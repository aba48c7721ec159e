"""Corrections of accredited courses: proposed by their providers, accepted by the committee. No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nintei.courses.models.courses import Course


class ChangeState(models.TextChoices):
    """Where a correction of a course stands."""

    PROPOSED = "proposed", pgettext_lazy("course", "審査待ち")
    ACCEPTED = "accepted", pgettext_lazy("course", "直しました")
    REFUSED = "refused", _("直しませんでした")
    WITHDRAWN = "withdrawn", _("取下げ")


RULED = (ChangeState.ACCEPTED, ChangeState.REFUSED)


class CourseChange(models.Model):
    """What is to be corrected in an accredited course: of each field what it was and is to be, and why.

    `fields` is {"title": ["before", "after"]}, days as text. What the committee corrects itself is accepted at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="changes")
    fields = models.JSONField()
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="proposed_changes"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    ruled_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="ruled_changes"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruling = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course"], condition=Q(state="proposed"), name="courses_one_change_waits"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="courses_change_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "refused"], ruled_by__isnull=False, ruled_at__isnull=False)
                | Q(state__in=["proposed", "withdrawn"], ruled_by=None, ruled_at=None),
                name="courses_change_ruled_by_somebody",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="change_states",
                field="state",
                transitions=[("proposed", after) for after in ("accepted", "refused", "withdrawn")],
            ),
            pgtrigger.Protect(
                name="change_is_final",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="proposed"),
            ),
            pgtrigger.ReadOnly(
                name="change_stays", fields=["course", "fields", "reason", "proposed_by", "proposed_at"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    @property
    def reference(self) -> str:
        """How the journal and letters name it."""
        return f"change:{self.pk}"
