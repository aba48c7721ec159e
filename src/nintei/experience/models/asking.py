"""Requests to attestors, their links, half-filled answers, and what was signed. No workflow, no clock."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.experience.models.posts import Post
from nintei.experience.tokens import shown
from nintei.shared.models import FileColumns

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Relation(models.TextChoices):
    """What the attestor was to the applicant, as the applicant says (MAN-ウ②.5, AMB-E8)."""

    SUPERIOR = "superior", _("上司")
    SUPERVISOR = "supervisor", _("監督者")
    OTHER = "other", _("取引先・役員など")


class RequestState(models.TextChoices):
    """Expired is not a state: it follows from `expires_on` and the day."""

    OPEN = "open", _("返事待ち")
    ANSWERED = "answered", _("返事あり")
    WITHDRAWN = "withdrawn", _("取り消し")


class Channel(models.TextChoices):
    """How an attestor answers: by the mailed link, or on form (C), which the office keys in."""

    LINK = "link", _("リンク")
    PAPER = "paper", _("紙")


class AttestationRequest(models.Model):
    """One attestor asked about some posts, by a mailed link or on paper.

    On paper there is no address and no last day; `code` is printed on form (C) and finds the request again.
    `reminded_after` is how many days after asking the newest reminder of the worker left; `qualification` is
    what the applicant was applying for, so that the attestor may know: the posts serve every other one too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="attestation_requests")
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.LINK)
    code = models.CharField(max_length=12, unique=True, null=True, blank=True)
    attestor_name = models.CharField(max_length=100)
    attestor_email = models.EmailField(blank=True)
    relation = models.CharField(max_length=20, choices=Relation.choices)
    qualification = models.CharField(max_length=10, blank=True)
    posts = models.ManyToManyField(Post, related_name="requests", through="experience.AskedPost")
    language = models.CharField(max_length=2, default="ja")
    state = models.CharField(max_length=20, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    reminded_after = models.PositiveSmallIntegerField(default=0)
    expiry_told_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("asked_on")), name="experience_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at=None)),
                name="experience_answered_has_instant",
            ),
            models.CheckConstraint(
                condition=(Q(channel="link", expires_on__isnull=False) & ~Q(attestor_email=""))
                | Q(channel="paper", code__isnull=False),
                name="experience_asked_somehow",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="answered_once", field="state", transitions=[("open", "answered"), ("open", "withdrawn")]
            )
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"attestation_request:{self.pk}"

    @property
    def applicant(self) -> str:
        """What the applicant is called, to whoever is asked."""
        return self.person.name or self.person.email

    @property
    def key(self) -> str:
        """Its number as text, for an address."""
        return str(self.pk)

    @property
    def code_shown(self) -> str:
        """Its code as it is printed."""
        return shown(self.code or "")

    def is_over(self, on: date) -> bool:
        """Whether its last day has passed; paper has none."""
        return self.expires_on is not None and self.expires_on < on


class AskedPost(models.Model):
    """A post in a request. `pieces` are the days and fields still to be vouched for; none means all of it."""

    request = models.ForeignKey(AttestationRequest, on_delete=models.CASCADE, related_name="asked")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="asked")
    pieces = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "post"], name="experience_asked_once_a_request")
        ]


class Link(models.Model):
    """A mailed link to a request: of its token only the SHA-256 is kept. A reminder brings one more."""

    request = models.ForeignKey(AttestationRequest, on_delete=models.PROTECT, related_name="links")
    sha256 = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()


class AttestorBox(models.Model):
    """A link mailed to an address, which shows everything that waits there: whoever reads the mail opens it."""

    email = models.EmailField()
    sha256 = models.BinaryField(max_length=32, unique=True)
    made_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["email", "made_on"], name="experience_one_box_a_day")
        ]


class HalfAnswer(models.Model):
    """What an attestor has filled in and not signed: seen through the link alone, deleted at the end of the request."""

    request = models.OneToOneField(AttestationRequest, on_delete=models.PROTECT, related_name="half_answer")
    told = models.JSONField(default=dict)
    saved_at = models.DateTimeField()


class Answer(models.TextChoices):
    """What the attestor says of one post."""

    CONFIRMED = "confirmed", _("はい")
    DIFFERS = "differs", _("少し違う")
    CANNOT = "cannot", _("確認できない")


class Statement(models.Model):
    """The attestor's signed answer about one post (form C). Never changed; its leaf names `text_sha256`.

    `supervised_from`–`supervised_until` is when *they* supervised there (None: they still do);
    `was_there` is False when they vouch from elsewhere, as a present superior does (MAN-ウ②.7).
    `pieces` are the days and fields confirmed, where less than a whole post was asked about.
    `text` is letter for letter what the attestor read and signed; of a paper, what the office keyed in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(AttestationRequest, on_delete=models.PROTECT, related_name="statements")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="statements")
    answer = models.CharField(max_length=20, choices=Answer.choices)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    fields = models.JSONField(default=list)
    supervised_from = models.DateField(null=True, blank=True)
    supervised_until = models.DateField(null=True, blank=True)
    was_there = models.BooleanField(default=True)
    belongs_still = models.BooleanField(default=False)
    role = models.CharField(max_length=100, blank=True)
    comment = models.TextField(max_length=1000, blank=True)
    signed_name = models.CharField(max_length=100, blank=True)
    pieces = models.JSONField(default=list)
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.LINK)
    arrived_on = models.DateField(null=True, blank=True)
    keyed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    language = models.CharField(max_length=2, default="ja")
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "post"], name="experience_one_statement_a_post"),
            models.CheckConstraint(
                condition=Q(answer="cannot")
                | (Q(supervised_from__isnull=False) & Q(from_on__isnull=False) & ~Q(signed_name="")),
                name="experience_signed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(supervised_until=None) | Q(supervised_until__gte=F("supervised_from")),
                name="experience_supervised_order",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="experience_stated_order"
            ),
            models.CheckConstraint(
                condition=Q(channel="link", arrived_on=None, keyed_by=None)
                | Q(channel="paper", arrived_on__isnull=False, keyed_by__isnull=False),
                name="experience_paper_has_its_arrival",
            ),
        ]
        triggers: ClassVar = [APPEND_ONLY]


class Scan(FileColumns):
    """The scan of a paper form (C), kept with the request that it answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(AttestationRequest, on_delete=models.PROTECT, related_name="scans")
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["kept_at", "id"]
        triggers: ClassVar = [APPEND_ONLY]


class DrawnSignature(FileColumns):
    """A signature drawn beside the typed name, as a picture; every statement's leaf names its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(AttestationRequest, on_delete=models.PROTECT, related_name="drawn")
    kept_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]
