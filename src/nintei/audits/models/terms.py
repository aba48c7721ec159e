"""What the association has set for its audits (監査の定め). Without it everything here is unset (AMB-C13)."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Strata(models.TextChoices):
    """How the frame is divided before the draw."""

    TOGETHER = "together", _("分けない")
    QUALIFICATION = "qualification", _("資格ごと")


class RiskRule(models.TextChoices):
    """A published rule that marks a renewal as a risk; `risks` says exactly when. The association chooses."""

    NO_FILE = "no_file", _("証明書類のない行がある")
    JUST_ENOUGH = "just_enough", _("必要なポイントちょうど")
    STRUCK_BEFORE = "struck_before", _("前の監査で除かれた行がある")


class LeavingRule(models.TextChoices):
    """Which renewals leave the frame before the draw."""

    NOBODY = "nobody", _("だれも外れない")
    WITH_FILES = "with_files", _("数に入る行すべてに書類を付けた更新は外れる")


class Agreed(models.TextChoices):
    """Whether two people want it."""

    OPEN = "open", pgettext_lazy("terms", "二人目を待つ")
    AGREED = "agreed", pgettext_lazy("terms", "決まった")
    DECLINED = "declined", pgettext_lazy("terms", "見送った")


class Terms(models.Model):
    """One edition of what the association set, proposed by one person and agreed to by another (P7).

    Percentages are of a stratum (`share`) and of its marked renewals (`risk`). Days are JST days.
    `retention_months` may stay unset: then nothing is deleted. `small_cell`: public counts from 1 to below it
    are hidden. `words` says where it was decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    share = models.DecimalField(max_digits=5, decimal_places=2)
    risk = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    risk_rules = ArrayField(models.CharField(max_length=20, choices=RiskRule.choices), default=list)
    strata = models.CharField(max_length=20, choices=Strata.choices)
    leaving = models.CharField(max_length=20, choices=LeavingRule.choices)
    response_days = models.PositiveSmallIntegerField()
    extension_days = models.PositiveSmallIntegerField()
    appeal_days = models.PositiveSmallIntegerField()
    retention_months = models.PositiveSmallIntegerField(null=True, blank=True)
    small_cell = models.PositiveSmallIntegerField(default=5)
    from_on = models.DateField()
    words = models.TextField(max_length=1000)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Agreed.choices, default=Agreed.OPEN)
    answered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=100, risk__gte=0, risk__lte=100), name="audits_shares"
            ),
            models.CheckConstraint(
                condition=Q(risk=0, risk_rules=[]) | (Q(risk__gt=0) & ~Q(risk_rules=[])),
                name="audits_risk_has_rules",
            ),
            models.CheckConstraint(
                condition=Q(response_days__gte=1, appeal_days__gte=1, small_cell__gte=3)
                & (Q(retention_months=None) | Q(retention_months__gte=1)),
                name="audits_terms_are_set",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_by=None, answered_at=None)
                | Q(state__in=["agreed", "declined"], answered_by__isnull=False, answered_at__isnull=False),
                name="audits_terms_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | ~Q(answered_by=F("proposed_by")), name="audits_terms_by_two"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="audits_terms_say_where"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="open"), name="audits_one_open_terms"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open"),
            ),
            pgtrigger.ReadOnly(name="terms_stay", exclude=["state", "answered_by", "answered_at"]),
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"audit-terms:{self.number}"
