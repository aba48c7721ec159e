"""Posts somebody held, what was done in each field, what attestors said. No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
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


class Relation(models.TextChoices):
    """What the attestor was to the applicant, as the applicant says (MAN-ウ②.5, AMB-E8)."""

    SUPERIOR = "superior", _("上司")
    SUPERVISOR = "supervisor", _("監督者")
    OTHER = "other", _("取引先・役員など")


class RequestState(models.TextChoices):
    """Expired is not a state: it follows from `expires_on` and the day."""

    OPEN = "open", _("返事待ち")
    ANSWERED = "answered", _("返事あり")
    WITHDRAWN = "withdrawn", _("取り消し")


class AttestationRequest(models.Model):
    """One mailed link to one attestor for some posts. Of the token only the SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="attestation_requests")
    attestor_name = models.CharField(max_length=100)
    attestor_email = models.EmailField()
    relation = models.CharField(max_length=20, choices=Relation.choices)
    posts = models.ManyToManyField(Post, related_name="requests")
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    language = models.CharField(max_length=2, default="ja")
    state = models.CharField(max_length=20, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    expires_on = models.DateField()
    reminded_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("asked_on")), name="experience_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at=None)),
                name="experience_answered_has_instant",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="answered_once", field="state", transitions=[("open", "answered"), ("open", "withdrawn")]
            )
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"attestation_request:{self.pk}"


class Answer(models.TextChoices):
    """What the attestor says of one post."""

    CONFIRMED = "confirmed", _("はい")
    DIFFERS = "differs", _("少し違う")
    CANNOT = "cannot", _("確認できない")


class Statement(models.Model):
    """The attestor's signed answer about one post (form C). Never changed; its leaf names `text_sha256`.

    `supervised_from`–`supervised_until` is when *they* supervised there (None: they still do);
    `was_there` is False when they vouch from elsewhere, as a present superior does (MAN-ウ②.7).
    `text` is letter for letter what the attestor read and signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(AttestationRequest, on_delete=models.PROTECT, related_name="statements")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="statements")
    answer = models.CharField(max_length=20, choices=Answer.choices)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    fields = models.JSONField(default=list)
    supervised_from = models.DateField(null=True, blank=True)
    supervised_until = models.DateField(null=True, blank=True)
    was_there = models.BooleanField(default=True)
    belongs_still = models.BooleanField(default=False)
    role = models.CharField(max_length=100, blank=True)
    comment = models.TextField(max_length=1000, blank=True)
    signed_name = models.CharField(max_length=100, blank=True)
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    language = models.CharField(max_length=2, default="ja")
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "post"], name="experience_one_statement_a_post"),
            models.CheckConstraint(
                condition=Q(answer="cannot")
                | (Q(supervised_from__isnull=False) & Q(from_on__isnull=False) & ~Q(signed_name="")),
                name="experience_signed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(supervised_until=None) | Q(supervised_until__gte=F("supervised_from")),
                name="experience_supervised_order",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="experience_stated_order"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
