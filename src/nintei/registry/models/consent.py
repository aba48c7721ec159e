"""What a holder lets others see: each field of the public page, and to which employer."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.registry.models.holding import APPEND_ONLY, Certification
from nintei.registry.models.passes import ExamPass


class Shared(models.TextChoices):
    """A field of the public page that is shown only with the holder's consent."""

    NAME = "name", _("氏名")
    LATIN = "latin", _("氏名のローマ字")
    VALIDITY = "validity", _("有効期間と日付")


OF_ONE_THING = Q(certification__isnull=False, exam_pass=None) | Q(certification=None, exam_pass__isnull=False)
"""Either a certification or an exam-only qualification, never both."""


class Consent(models.Model):
    """A holder's yes or no to one field, for a certification or an exam-only qualification. The newest counts."""

    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    exam_pass = models.ForeignKey(
        ExamPass, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    field = models.CharField(max_length=10, choices=Shared.choices)
    given = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE_THING, name="registry_consent_to_one_thing"),
        ]
        triggers = [APPEND_ONLY]


class Employer(models.Model):
    """A company that may ask about people who said yes to it. `token_sha256` is all we keep of its token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=20, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class Sharing(models.Model):
    """A holder's consent that an employer sees a certification's status and deadlines, or an exam-only qualification.

    Ended, never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, null=True, blank=True, related_name="sharings"
    )
    exam_pass = models.ForeignKey(
        ExamPass, on_delete=models.PROTECT, null=True, blank=True, related_name="sharings"
    )
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="sharings")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "employer"],
                condition=Q(ended_at=None),
                name="registry_one_open_sharing",
            ),
            models.UniqueConstraint(
                fields=["exam_pass", "employer"],
                condition=Q(ended_at=None),
                name="registry_one_open_pass_sharing",
            ),
            models.CheckConstraint(condition=OF_ONE_THING, name="registry_sharing_of_one_thing"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
        ]

    @property
    def of(self) -> Certification | ExamPass:
        """What it lets an employer see."""
        found = self.certification or self.exam_pass
        assert found is not None  # registry_sharing_of_one_thing
        return found
