"""What the holder pleads, who has a conflict of interest, what an auditor proposes and another person rules."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from nintei.applications.models import AuditOutcome
from nintei.audits.models.audits import BARRED, Audit
from nintei.audits.models.draws import APPEND_ONLY

# After an appeal everybody who proposed or ruled before it leaves the file to others.
OTHERS = """
    IF EXISTS (
        SELECT FROM audits_plea a WHERE a.audit_id = {audit} AND a.kind = 'appeal'
    ) AND EXISTS (
        SELECT FROM audits_plea a JOIN audits_proposal p ON p.audit_id = a.audit_id AND p.at <= a.made_at
        LEFT JOIN audits_ruling r ON r.proposal_id = p.id
        WHERE a.audit_id = {audit} AND a.kind = 'appeal' AND {who} IN (p.by_id, r.decider_id)
    ) THEN RAISE EXCEPTION 'Somebody of the audit that is appealed against'; END IF;
"""


class PleaKind(models.TextChoices):
    """What an audited holder may ask for or say besides their answers."""

    EXTENSION = "extension", pgettext_lazy("plea", "期限を延ばしてほしい")
    EXEMPTION = "exemption", pgettext_lazy("plea", "監査を免除してほしい")
    CONFLICT = "conflict", pgettext_lazy("plea", "担当を替えてほしい（利害関係）")
    APPEAL = "appeal", pgettext_lazy("plea", "結果に不服がある")


class Plea(models.Model):
    """Something the holder asks for, and the office's answer. One open of a kind; one appeal for an audit.

    An extension names the day wished for; a conflict may name the auditor, who is barred until it is answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="pleas")
    kind = models.CharField(max_length=10, choices=PleaKind.choices)
    words = models.TextField(max_length=2000)
    until_on = models.DateField(null=True, blank=True)
    about = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_on = models.DateField()
    made_at = models.DateTimeField()
    granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="audits_plea_has_words"),
            models.CheckConstraint(
                condition=Q(granted=None, answered_by=None)
                | Q(granted__isnull=False, answered_by__isnull=False),
                name="audits_plea_answered",
            ),
            models.UniqueConstraint(
                fields=["audit", "kind"], condition=Q(granted=None), name="audits_one_open_plea"
            ),
            models.UniqueConstraint(fields=["audit"], condition=Q(kind="appeal"), name="audits_one_appeal"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__granted__isnull=False),
            ),
        ]


class Conflict(models.Model):
    """Somebody of the office who may not touch an audit (利害関係), as they or the holder said.

    What somebody says of themselves stays; what the holder says of them another person may lift, with reasons.
    """

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="conflicts")
    auditor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=1000)
    declared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["audit", "auditor", "declared_by"], name="audits_one_conflict_a_word"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="audits_conflict_has_words"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | (
                    Q(lifted_at__isnull=False, lifted_by__isnull=False)
                    & ~Q(lifted_by=F("auditor"))
                    & ~Q(declared_by=F("auditor"))
                ),
                name="audits_own_conflict_stays",
            ),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]


class Proposal(models.Model):
    """What an auditor found: the lines struck, the points reckoned again, the outcome that follows. Never changed.

    `struck` and `as_other` are lists of line ids; `balance` is shaped as a claim's (points as decimal text).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="proposals")
    outcome = models.CharField(max_length=10, choices=AuditOutcome.choices)
    struck = models.JSONField(default=list)
    as_other = models.JSONField(default=list)
    total_before = models.CharField(max_length=20)
    total_after = models.CharField(max_length=20)
    less = models.BooleanField()
    meets = models.BooleanField()
    balance = models.JSONField()
    edition = models.CharField(max_length=200)
    words = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="upheld", less=False)
                | Q(outcome="reduced", less=True, meets=True)
                | Q(outcome="refused", less=True, meets=False)
                | Q(outcome__in=["referred", "exempt"]),
                name="audits_outcome_follows",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["referred", "exempt"]) | ~Q(words=""),
                name="audits_outcome_says_why",
            ),
        ]
        triggers: ClassVar = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="no_conflict",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=BARRED.format(audit="NEW.audit_id", who="NEW.by_id")
                + OTHERS.format(audit="NEW.audit_id", who="NEW.by_id")
                + "RETURN NEW;",
            ),
        ]


class Ruling(models.Model):
    """The second person's word on a proposal (P7): agreed, or sent back with reasons. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="ruling")
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="rulings")
    proposer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField()
    words = models.TextField(max_length=2000, blank=True)
    appeal_until = models.DateField(null=True, blank=True)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decider=F("proposer")), name="audits_two_people_rule"),
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(words=""), name="audits_sent_back_says_why"),
        ]
        triggers: ClassVar = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="no_conflict",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=BARRED.format(audit="NEW.audit_id", who="NEW.decider_id")
                + OTHERS.format(audit="NEW.audit_id", who="NEW.decider_id")
                + "RETURN NEW;",
            ),
        ]
