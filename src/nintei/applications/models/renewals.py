"""What the office keeps about renewals: what an audit holds back, and what one person proposes to another."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nintei.applications.models.case import Application


class AuditOutcome(models.TextChoices):
    """What became of a renewal that an audit held back."""

    NOT_DRAWN = "not_drawn", _("抽選に当たらなかった")
    UPHELD = "upheld", _("申請のとおり")
    REDUCED = "reduced", _("ポイントを減らした")
    REFUSED = "refused", pgettext_lazy("audit", "更新を認めない")
    REFERRED = "referred", _("協会の判断に回した")
    EXEMPT = "exempt", pgettext_lazy("audit", "監査を免除した")


class AuditHold(models.Model):
    """A renewal that waits for an audit: from the frame to the draw, and if drawn to the audit's end.

    `cause` names the audit (`draw:<uuid>`), `told` what it found (the lines struck, the balance that is left).
    While it is open nobody decides, amends or withdraws the renewal; the database refuses a decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="audit_holds")
    claim = models.ForeignKey("ledger.Claim", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=200)
    held_on = models.DateField()
    held_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=AuditOutcome.choices, blank=True)
    told = models.JSONField(default=dict)
    settled_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["held_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(outcome=""), name="applications_one_audit_hold"
            ),
            models.UniqueConstraint(fields=["application", "cause"], name="applications_held_once_a_cause"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_on=None)
                | (~Q(outcome="") & Q(settled_at__isnull=False, settled_on__isnull=False)),
                name="applications_audit_settled_is_whole",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__settled_at__isnull=False),
            ),
        ]


class RenewalBatch(models.Model):
    """Renewals that one person has reviewed together and proposes; another decides them, or sends them back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None, settled_on=None)
                | (
                    Q(settled_by__isnull=False, settled_at__isnull=False, settled_on__isnull=False)
                    & ~Q(settled_by=F("proposed_by"))
                ),
                name="applications_batch_two_people",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__settled_at__isnull=False),
            ),
        ]


class BatchLine(models.Model):
    """One renewal of a batch, with the claim that was looked at. `left_out` says why it was not renewed with it."""

    batch = models.ForeignKey(RenewalBatch, on_delete=models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="batch_lines")
    review = models.ForeignKey("applications.Review", on_delete=models.PROTECT, related_name="+")
    left_out = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "application"], name="applications_once_in_a_batch"),
        ]
