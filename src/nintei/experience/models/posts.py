"""Posts somebody held, what was done in each field, and when they were away. No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a date is known. By months, a post runs from the 1st to the month's last day (AMB-E7)."""

    DAY = "day", _("日まで")
    MONTH = "month", _("月まで")


class Post(models.Model):
    """A post (職歴) as the applicant tells it. An open end is the present post: it runs on (AMB-E6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="posts")
    organisation = models.CharField(max_length=100)
    department = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=100, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    duties = models.TextField(max_length=2000, blank=True)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["started_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="experience_post_order"
            ),
        ]


class PostField(models.Model):
    """One of the seven fields worked in at a post, and what was done there (MAN-ウ②.4)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="fields")
    field = models.CharField(max_length=10)
    done = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["field"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "field"], name="experience_field_once_a_post")
        ]


class Leave(models.Model):
    """Days of a post on which its holder was away: they are not worked, and do not count (AMB-E9).

    Both ends included; an open end is a leave that goes on.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="leaves")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="experience_leave_order"
            )
        ]


class HalfPost(models.Model):
    """A post as far as it is typed: kept while somebody writes, never judged, gone when it is saved.

    `typed` is what the form's boxes hold, letter for letter; `post` is the one being changed, None for a new one.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="half_posts")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, blank=True, related_name="half")
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "post"], nulls_distinct=False, name="experience_one_half_post"
            )
        ]
