"""An audit, its lines with what the holder answers, and the auditor's marks."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from nintei.audits.models.draws import APPEND_ONLY, Draw, Ticket
from nintei.audits.states import State, moves
from nintei.shared.models import FileColumns
from nintei.shared.wording import amount

# Whoever has a standing conflict of interest, and the audited person, write nothing into the file.
BARRED = """
    IF EXISTS (
        SELECT FROM audits_conflict c WHERE c.audit_id = {audit} AND c.auditor_id = {who} AND c.lifted_at IS NULL
    ) OR EXISTS (
        SELECT FROM audits_audit a WHERE a.id = {audit} AND a.person_id = {who}
    ) THEN RAISE EXCEPTION 'A conflict of interest in this audit'; END IF;
"""


class Audit(models.Model):
    """The audit (監査) of one renewal that was drawn. `version` counts every change (P2).

    `due_on` is the last JST day for the holder's answer. Who checks is `auditor`, never the holder. `hold` is
    the cause under which the renewal is held (`applications.AuditHold`). From `erased_at` on the papers are gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="audits")
    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, related_name="audit")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="audits"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="audits")
    for_risk = models.BooleanField()
    hold = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    state_since_on = models.DateField()
    started_on = models.DateField()
    due_on = models.DateField()
    auditor = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="audits_checked"
    )
    version = models.PositiveIntegerField(default=0)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "number"]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="audits_queue")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(auditor=None) | ~Q(auditor=F("person")), name="audits_checked_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checking", "proposed"]) | Q(auditor__isnull=False),
                name="audits_checking_has_an_auditor",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="states", field="state", transitions=moves()),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="whose_it_is_stays",
                fields=["number", "draw", "ticket", "application", "for_risk", "started_on"],
            ),
            pgtrigger.Trigger(
                name="no_conflict",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.auditor_id IS DISTINCT FROM OLD.auditor_id"),
                func=BARRED.format(audit="NEW.id", who="NEW.auditor_id") + "RETURN NEW;",
            ),
        ]

    @property
    def reference(self) -> str:
        """How other rooms and the journal name it."""
        return f"audit:{self.pk}"


class AuditLine(models.Model):
    """A line of the claim under audit. `told` is the line as it was claimed; the rest is the holder's answer.

    `as_other` accepts that a course without proof counts as self-study (CPD-B.7). `nothing` says that there is
    no document.
    """

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="lines")
    ordinal = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=60)
    told = models.JSONField()
    words = models.TextField(max_length=2000, blank=True)
    as_other = models.BooleanField(default=False)
    nothing = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["audit", "ordinal"], name="audits_one_line_an_ordinal"),
            models.UniqueConstraint(fields=["audit", "line"], name="audits_a_line_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="claimed_line_stays", fields=["audit", "ordinal", "line", "told"]),
        ]

    @property
    def days(self) -> list[tuple[date, str]]:
        """The (JST) days of the line as it was claimed, with the time of each in words, or how many items."""
        sessions = self.told["sessions"]
        return [(date.fromisoformat(each["on"]), amount(each["minutes"], self.items)) for each in sessions]

    @property
    def items(self) -> int:
        """How many items it claims; 0 where it claims time."""
        return int(self.told.get("items", 0))

    @property
    def latest(self) -> LineMark | None:
        """The newest mark: the one that counts. No query where `marks` were fetched along."""
        return max(self.marks.all(), key=lambda mark: mark.pk, default=None)


class LineFile(FileColumns):
    """A document that the holder showed for a line in the audit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(AuditLine, on_delete=models.PROTECT, related_name="files")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "sha256"], condition=Q(removed_at=None), name="audits_same_file_once"
            ),
        ]


class Verdict(models.TextChoices):
    """What an auditor says to a line."""

    ACCEPTED = "accepted", pgettext_lazy("line", "認める")
    AS_OTHER = "as_other", pgettext_lazy("line", "別のカテゴリとして認める")
    STRUCK = "struck", pgettext_lazy("line", "除く")
    ASKED = "asked", pgettext_lazy("line", "もう一度尋ねる")


class LineMark(models.Model):
    """An auditor's mark on a line with what the documents show; the newest counts, none is ever changed."""

    line = models.ForeignKey(AuditLine, on_delete=models.PROTECT, related_name="marks")
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="marks")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    shows = ArrayField(models.CharField(max_length=20), default=list)
    clear = models.BooleanField(default=True)
    found = models.CharField(max_length=20)
    reason = models.CharField(max_length=30, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict__in=["accepted", "as_other"]) | (~Q(reason="") & ~Q(words="")),
                name="audits_mark_says_why",
            ),
        ]
        triggers: ClassVar = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="no_conflict",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=BARRED.format(audit="NEW.audit_id", who="NEW.by_id") + "RETURN NEW;",
            ),
        ]
