"""Former names, and the papers that show them."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.people.models.accounts import Person
from nintei.shared.models import FileColumns

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class NameState(models.TextChoices):
    """Whether the office has seen the evidence for a former name."""

    TOLD = "told", _("確認前")
    CONFIRMED = "confirmed", _("確認済み")
    DECLINED = "declined", _("確かめられず")


class FormerName(models.Model):
    """A name the person bore until a day; transfers and old reports may carry it.

    Whoever says it may be wrong: until the office has seen the evidence, only a person may rely on it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=100, blank=True)
    until_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=NameState.choices, default=NameState.TOLD)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    check_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="told", checked_by=None)
                | (Q(checked_by__isnull=False, checked_on__isnull=False) & ~Q(checked_by=models.F("person"))),
                name="people_name_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(check_reason=""), name="people_declined_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NameEvidence(FileColumns):
    """A paper that shows a former name (戸籍抄本, 運転免許証の裏書): seen by the person and the office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    former_name = models.ForeignKey(FormerName, on_delete=models.PROTECT, related_name="evidence")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["former_name", "sha256"], name="people_same_paper_once")
        ]
        triggers: ClassVar = [APPEND_ONLY]
