"""Accounts: who somebody is here, and whom one account became."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q


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

    Names are kept as typed (never NFKC: it would change 髙, ㈱ and ①); search keys are derived. `email` is
    how somebody is reached and signs in, never who they are: a person who applies on paper has none, and
    their letters go to `postal_address`. `merged_into` is the account that goes on where one was entered twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=100, blank=True)
    latin = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=[("ja", "日本語"), ("en", "English")], default="ja")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True, blank=True)
    postal_address = models.TextField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="people_one_address"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_active=False), name="people_merged_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or str(self.pk)

    @property
    def by(self) -> str:
        """How the journal names this person as an actor or a subject."""
        return f"person:{self.pk}"
