"""Accounts and what people are called. No workflow, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.shared.models import FileColumns

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


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


class MergeState(models.TextChoices):
    """Where the merging of two accounts stands. `apart`: they are two people, and not asked about again."""

    ASKED = "asked", _("二人目を待つ")
    DONE = "done", _("統合済み")
    APART = "apart", _("別の人")
    UNDO_ASKED = "undo_asked", _("取り消しの二人目を待つ")
    UNDONE = "undone", _("統合を取り消し")


class Merge(models.Model):
    """One person who was entered twice: `goes` is closed, and what is theirs moves to `stays`.

    Two people merge and two people take it back (P7). `MergeMove` names every row that was moved, so that
    taking back is exact; nothing is deleted and no name is overwritten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goes = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stays = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=MergeState.choices, default=MergeState.ASKED)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)
    undo_asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(goes=models.F("stays")), name="people_merge_of_two"),
            models.UniqueConstraint(
                fields=["goes"],
                condition=Q(state__in=["asked", "done", "undo_asked"]),
                name="people_goes_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "apart"])
                | (Q(done_by__isnull=False) & ~Q(done_by=models.F("asked_by"))),
                name="people_two_merge",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone")
                | (Q(undone_by__isnull=False) & ~Q(undone_by=models.F("undo_asked_by"))),
                name="people_two_take_back",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="steps",
                field="state",
                transitions=[
                    ("asked", "done"), ("asked", "apart"), ("done", "undo_asked"),
                    ("undo_asked", "done"), ("undo_asked", "undone"),
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]  # fmt: skip


class MergeMove(models.Model):
    """One row that a merge moved, by its table and key."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="moves")
    table = models.CharField(max_length=100)
    key = models.CharField(max_length=100)

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]


class RequestKind(models.TextChoices):
    """What somebody asks of what is kept about them."""

    CORRECT = "correct", _("直してほしい")
    ERASE = "erase", _("消してほしい")


class RequestState(models.TextChoices):
    """Where such a request stands. An erasure waits for a second person; a correction does not."""

    OPEN = "open", _("事務局を待つ")
    PROPOSED = "proposed", _("二人目を待つ")
    DONE = "done", _("行いました")
    DECLINED = "declined", _("応じられず")


class DataRequest(models.Model):
    """A wish about one's own data. An erasure is done by two people, neither of them the person (P7, P14)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    words = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    first = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    # What an erasure emptied and deleted, in numbers.
    removed = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=["open", "proposed"]),
                name="people_one_request",
            ),
            models.CheckConstraint(
                condition=~Q(state="done", kind="erase")
                | (
                    Q(first__isnull=False, second__isnull=False)
                    & ~Q(first=models.F("second"))
                    & ~Q(first=models.F("person"))
                    & ~Q(second=models.F("person"))
                ),
                name="people_two_erase",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="request_steps",
                field="state",
                transitions=[
                    ("open", "proposed"), ("open", "done"), ("open", "declined"), ("proposed", "done"),
                    ("proposed", "declined"), ("proposed", "open"),
                ],
            )
        ]  # fmt: skip


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
