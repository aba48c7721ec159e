"""Cases (手続き) about a certification, and the papers they rest on."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nintei.registry.case_states import CaseKind, CaseState, case_moves
from nintei.registry.models.holding import APPEND_ONLY, Certification
from nintei.shared.models import FileColumns

PERSON = "people.Person"


class Case(models.Model):
    """Something that two persons decide about a certification, with papers.

    `reason` is the office's own; `answer` is what the holder is told. `name`, `kana` and `latin` are the new ones
    of a name change. `effective_on` is the day from which the change counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=20, choices=CaseKind.choices)
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.ASKED)
    effective_on = models.DateField()
    reason = models.CharField(max_length=1000)
    name = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=100, blank=True)
    latin = models.CharField(max_length=100, blank=True)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    proposed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "kind"],
                condition=Q(state__in=["asked", "proposed"]),
                name="registry_one_open_case",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "declined"])
                | (
                    Q(proposed_by__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="registry_two_decide_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="registry_declined_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind="name") | ~Q(name=""), name="registry_name_case_has_one"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="steps", field="state", transitions=case_moves()),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="asked_stays",
                fields=["certification", "kind", "reason", "name", "kana", "latin", "asked_by", "asked_at"],
            ),
        ]

    @property
    def reference(self) -> str:
        """How the registry's records and the journal name it."""
        return f"case:{self.pk}"


class CaseFile(FileColumns):
    """A paper of a case (戸籍抄本, 本人確認書類, 届): seen by whom it is of and by the office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at"]
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="registry_same_file_once")]
        triggers = [APPEND_ONLY]
