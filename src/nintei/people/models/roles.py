"""What somebody is entrusted with, and what two people agree on before."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.people.models.accounts import Person


class Role(models.TextChoices):
    """What the association (or a provider) has entrusted somebody with."""

    CONTRACTOR = "contractor", _("業務受託者")
    REVIEWER = "reviewer", _("審査担当")
    DECIDER = "decider", _("決定者")
    ACCOUNTANT = "accountant", _("会計担当")
    REGISTRAR = "registrar", _("登録担当")
    PROVIDER = "provider", _("研修提供者")
    BOARD = "board", _("理事")


class RoleGrant(models.Model):
    """A role held from a day until another; ended, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(until_on=None), name="people_one_open_grant"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")), name="people_grant_order"
            ),
        ]


class RoleChange(models.TextChoices):
    """What is proposed for a role."""

    GRANT = "grant", _("任せる")
    END = "end", _("終える")


class Proposed(models.TextChoices):
    """Where something stands that two people must want."""

    OPEN = "open", _("二人目を待つ")
    AGREED = "agreed", _("行った")
    DECLINED = "declined", _("見送った")


class RoleProposal(models.Model):
    """A change of a role that needs a second person: who may decide is not for one person to say (P7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_proposals")
    role = models.CharField(max_length=20, choices=Role.choices)
    change = models.CharField(max_length=10, choices=RoleChange.choices)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=Proposed.choices, default=Proposed.OPEN)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(state="open"), name="people_one_open_proposal"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | (
                    Q(answered_by__isnull=False)
                    & ~Q(answered_by=models.F("asked_by"))
                    & ~Q(answered_by=models.F("person"))
                    & ~Q(asked_by=models.F("person"))
                ),
                name="people_two_agree_on_a_role",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="answered_once", field="state", transitions=[("open", "agreed"), ("open", "declined")]
            )
        ]
