"""Cases that came another way: keyed in from paper, or taken up again after a decision."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nintei.applications.models.case import APPEND_ONLY, Application
from nintei.applications.models.judgement import Decision
from nintei.shared.models import FileColumns


class PaperCase(models.Model):
    """An application that came on paper. The day of arrival is the day of application (AMB-V5).

    The postmark is kept as evidence. `asked_on`–`until_on` is the period to supply what is missing (AMB-A3).
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, primary_key=True, related_name="paper"
    )
    arrived_on = models.DateField()
    postmark_on = models.DateField(null=True, blank=True)
    keyed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    keyed_at = models.DateTimeField()
    gaps = models.JSONField(default=list)
    asked_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(postmark_on=None) | Q(postmark_on__lte=F("arrived_on")),
                name="applications_posted_before_arrival",
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None, until_on=None) | Q(until_on__gte=F("asked_on")),
                name="applications_period_is_whole",
            ),
        ]


class PaperScan(FileColumns):
    """A scanned sheet; `form` is a code of the edition's forms (MAN-エ.5, エ.A–D), or `envelope`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="scans")
    form = models.CharField(max_length=20)
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["form", "added_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "form", "sha256"], name="applications_same_scan_once"
            )
        ]
        triggers: ClassVar = [APPEND_ONLY]


class Reopening(models.Model):
    """Why a decided case was taken up again as a new case: the appeal's words, or the office's (AMB-A4).

    The link to the decision it contests is never changed, and neither is that decision.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, primary_key=True, related_name="reopening"
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reopenings")
    words = models.TextField(max_length=4000)
    filed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField()
    filed_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]


class ReopeningFile(FileColumns):
    """A paper laid beside an appeal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reopening = models.ForeignKey(Reopening, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reopening", "sha256"], name="applications_same_appeal_file_once")
        ]
        triggers: ClassVar = [APPEND_ONLY]
