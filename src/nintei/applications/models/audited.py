"""What an audit (監査) says to a renewal: that it is under way, and what came of it. The audits room writes it."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.applications.models.case import Application


class AuditOutcome(models.TextChoices):
    """What came of an audit (AMB-C13): struck lines are reckoned again, and people decide what follows."""

    UPHELD = "upheld", _("認めた")
    REDUCED = "reduced", _("ポイントが減った")
    REFUSED = "refused", _("更新できない")
    REFERRED = "referred", _("協会に付託した")
    EXEMPT = "exempt", _("免除した")


class AuditMark(models.Model):
    """An audit of a renewal. While it is open nobody recommends or decides (a trigger of `Decision` says so too).

    `balance` is what remains after striking, shaped as a claim's; `struck` names the lines. Until the end of
    `quiet_until` nobody refuses the renewal: so long an appeal against the audit may come.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="audit_marks")
    reference = models.CharField(max_length=200, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=AuditOutcome.choices, blank=True)
    balance = models.JSONField(null=True, blank=True)
    struck = models.JSONField(default=list)
    quiet_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at=None), name="applications_one_open_audit"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="", balance=None)
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="applications_closed_audit_says_what",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="audit_stays", fields=["application", "reference", "opened_at"]),
        ]
