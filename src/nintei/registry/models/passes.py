"""Exam passes and the copies of their reports: what is kept for ever. No workflow, no clock."""

from __future__ import annotations

import secrets
import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.shared.models import FileColumns


def new_verify_id() -> str:
    """128 random bits, as a QR carries them."""
    return secrets.token_urlsafe(16)


class ReportState(models.TextChoices):
    """Whether the office stands behind a report: it imported it, or saw the copy that was handed in."""

    CONFIRMED = "confirmed", _("確認済み")
    UNSEEN = "unseen", _("写しを確認中")
    DECLINED = "declined", _("写しを確かめられず")
    REPLACED = "replaced", _("取り込んだ記録に置き換え")


class ExamPass(models.Model):
    """A result report (試験結果レポート) as the office imported it (MAN-ウ①.1, AMB-F10: a free string number).

    `person` is set when somebody has shown that the report is theirs. Where the office has not imported it,
    the applicant hands in a copy (MAN-エ.5): the report is `unseen` until the office has held the copy
    against what was typed, and no machine may call it a pass before.
    `verify_id` opens the public page of a pass that is the qualification itself (SV, OP, EN), as a QR does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exam = models.CharField(max_length=10)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=100)
    born_on = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    passed = models.BooleanField()
    issued_on = models.DateField()
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="exam_passes"
    )
    imported_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=ReportState.choices, default=ReportState.CONFIRMED, db_index=True
    )
    checked_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)
    check_reason = models.CharField(max_length=500, blank=True)
    verify_id = models.CharField(max_length=43, unique=True, default=new_verify_id)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "number"], condition=Q(state="confirmed"), name="registry_one_report"
            ),
            models.UniqueConstraint(
                fields=["person", "exam", "number"], condition=Q(state="unseen"), name="registry_one_copy"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("person")),
                name="registry_copy_seen_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed") | Q(person__isnull=False), name="registry_copy_has_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="replaced") | Q(replaced_by__isnull=False),
                name="registry_replaced_by_what",
            ),
        ]

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"exam_pass:{self.pk}"

    @property
    def printed_number(self) -> str:
        """As its statement has it, with the exam: `SV-2024000123`."""
        return f"{self.exam}-{self.number}"


class ReportCopy(FileColumns):
    """The copy of a report that was handed in: a file, or a photograph of a page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exam_pass = models.ForeignKey(ExamPass, on_delete=models.PROTECT, related_name="copies")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["exam_pass", "sha256"], name="registry_same_copy_once")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class PassFile(models.Model):
    """An imported file of exam results, by the hash of its bytes, so that it is known again."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
