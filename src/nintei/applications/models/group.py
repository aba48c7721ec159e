"""Group applications: an organisation, its contacts and rosters, and what each person has agreed to."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.applications.models.case import APPEND_ONLY, Application


class Organisation(models.Model):
    """A company or body that applies together with some of its people (MAN-ウ④.※3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class OrganisationContact(models.Model):
    """Somebody who acts for an organisation from a day until another; ended, never deleted."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contacts")
    contact = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "contact"],
                condition=Q(until_on=None),
                name="applications_one_open_contact",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="applications_contact_order",
            ),
        ]


class Roster(models.Model):
    """A file of people, looked at first and then taken in; the same bytes are known again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rosters")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    dropped_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="applications_roster_once")
        ]


class InvitationState(models.TextChoices):
    """What an invited person has said."""

    INVITED = "invited", _("返事待ち")
    JOINED = "joined", _("参加")
    DECLINED = "declined", _("参加しない")


class Invitation(models.Model):
    """One person of a roster. Until they join, the organisation sees only what it wrote itself.

    Of the mailed link only the SHA-256 is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    roster = models.ForeignKey(Roster, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=100, blank=True)
    email = models.EmailField()
    qualification = models.CharField(max_length=10)
    number = models.CharField(max_length=40, blank=True)
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.INVITED)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["invited_at", "email"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "email", "qualification"], name="applications_invited_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="joined") | Q(person__isnull=False, application__isnull=False),
                name="applications_joined_is_whole",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="joined_once",
                field="state",
                transitions=[("invited", "joined"), ("invited", "declined"), ("declined", "joined")],
            )
        ]


class Scope(models.TextChoices):
    """What a person may let the organisation see; each is agreed to by itself."""

    PROGRESS = "progress", _("申請の進みぐあい")
    OUTCOME = "outcome", _("審査の結果")


class Consent(models.Model):
    """What a person agreed to, or took back, and when; the newest of a scope counts. Never changed."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="consents")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        triggers: ClassVar = [APPEND_ONLY]
