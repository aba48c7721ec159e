"""Accounts and what people are called. No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """Django's and allauth's way to make an account; a person has no password."""

    def create_user(self, email: str, **fields: object) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, **fields: object) -> Person:
        return self.create_user(email, is_superuser=True, is_staff=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: an applicant, a holder, or a member of the office.

    Names are kept as typed (never NFKC: it would change 髙, ㈱ and ①); search keys are derived.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=100, blank=True)
    latin = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=[("ja", "日本語"), ("en", "English")], default="ja")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def by(self) -> str:
        """How the journal names this person as an actor or a subject."""
        return f"person:{self.pk}"


class FormerName(models.Model):
    """A name the person bore until a day; transfers and old reports may carry it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=100, blank=True)
    until_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


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


class DemoCalendar(models.Model):
    """The office's day in demo mode; a single row, empty outside a demo."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    day = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="people_one_demo_calendar")]


class OnceKey(models.Model):
    """A request that was answered: the same request again gets the same answer and does nothing (P2).

    `digest` is SHA-256 of the form's key, who sent it, where to, and what it said; `answer` is the redirect.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    answer = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(db_index=True)
