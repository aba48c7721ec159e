"""CPD activities, the time they took, their evidence, and claims frozen for a renewal. No workflow, no clock."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.shared.models import FileColumns


class Proof(models.TextChoices):
    """What the holder can show at an audit, in the kernel's words (CPD-A.7, B.6, C.7, D.10)."""

    CERTIFICATE = "certificate", _("受講証明書")
    DOCUMENT = "document", _("受講者名・コース名・カリキュラム・受講日がわかる文書")
    RECORD = "record", _("自分でつけた記録（対象・内容・日時）")
    NONE = "none", _("まだない")


class Activity(models.Model):
    """An activity (自己研鑽活動) as its holder claims it. What it counts is never kept here: the kernel says it.

    `category`, `topic` and `competency` are keys of the rulebook, which another edition may widen; the
    action checks them. `same_activity` is shared by lines that are the same hours (AMB-C7).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="activities")
    category = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    organiser = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=10, blank=True)
    competency = models.CharField(max_length=10, blank=True)
    proof = models.CharField(max_length=20, choices=Proof.choices, default=Proof.RECORD)
    detail = models.TextField(blank=True)
    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    same_activity = models.CharField(max_length=60, blank=True)
    logged_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("自己研鑽活動")
        indexes = [
            models.Index(fields=["person"], condition=Q(withdrawn_at=None), name="ledger_lines_of_person")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="ledger_activity_has_title"),
            models.CheckConstraint(condition=~Q(category=""), name="ledger_activity_has_category"),
            models.CheckConstraint(condition=Q(proof__in=Proof.values), name="ledger_known_proof"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("logged_at")),
                name="ledger_withdrawn_later",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivitySession(models.Model):
    """The net minutes of an activity on one (JST) day, breaks excluded (AMB-C21). Points follow from minutes."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "on"], name="ledger_one_session_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="ledger_minutes_of_a_day"
            ),
        ]


class Evidence(FileColumns):
    """A file kept for an audit (監査時の必要書類); optional until then (AMB-C12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="evidence")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "sha256"], condition=Q(removed_at=None), name="ledger_same_file_once"
            ),
        ]


class Claim(models.Model):
    """What a renewal claims: the lines, the edition and the balance of the day it was filed. Never edited.

    One stands for a term of a certification. A renewal that is amended or withdrawn releases its claim, once;
    the row stays, and the next one of the term has the next `ordinal`. `sha256` is over what is frozen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(
        "registry.Certification", on_delete=models.PROTECT, related_name="claims"
    )
    term = models.ForeignKey("registry.Term", on_delete=models.PROTECT, related_name="claims")
    ordinal = models.PositiveSmallIntegerField(default=1)
    filed_on = models.DateField()
    edition = models.CharField(max_length=200)
    lines = models.JSONField()
    balance = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "term"],
                condition=Q(released_at=None),
                name="ledger_one_standing_claim",
            ),
            models.UniqueConstraint(fields=["term", "ordinal"], name="ledger_claims_in_order"),
            models.CheckConstraint(condition=~Q(edition=""), name="ledger_claim_names_edition"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_released",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.released_at IS NOT NULL OR NEW.released_at IS NULL"
                    " OR to_jsonb(OLD) - 'released_at' IS DISTINCT FROM to_jsonb(NEW) - 'released_at'"
                ),
            ),
        ]
