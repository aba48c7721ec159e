"""Certificates (認定証): what was meant to be printed and signed, and what was; where states stand in the lists."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nintei.certificates.states import DONE, Event, State, moves

SAID = ["term", "copy", "cause", "template", "content", "statement", "key", "leaf", "intended_at"]


class StatusPlace(models.Model):
    """The place of a certification in the public lists: drawn by lot, so that neighbours tell nothing, and kept."""

    certification = models.OneToOneField(
        "registry.Certification", on_delete=models.PROTECT, related_name="status_place"
    )
    number = models.PositiveSmallIntegerField(default=1)
    index = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "index"], name="certificates_one_place"),
            models.CheckConstraint(condition=Q(index__lt=131_072), name="certificates_place_in_list"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]


class Certificate(models.Model):
    """One certificate for one term, and its later copies. First the intent, then the file (`sha256`), never twice.

    `content` is what stands on the paper and `statement` the credential before it is signed; `leaf` is the place
    in the journal where both were recorded before that. `proof` shows that place to anybody. The same content,
    statement, key and proof give the same bytes. `key` 0 is a paper from before certificates were signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.ForeignKey("registry.Term", on_delete=models.PROTECT, related_name="certificates")
    copy = models.PositiveSmallIntegerField(default=1)
    cause = models.CharField(max_length=200, blank=True)
    template = models.CharField(max_length=40)
    content = models.JSONField()
    statement = models.JSONField()
    key = models.PositiveSmallIntegerField()
    leaf = models.BigIntegerField()
    intended_at = models.DateTimeField()
    proof = models.TextField(blank=True)
    credential = models.JSONField(default=dict, blank=True)
    token = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "copy"], name="certificates_one_a_term"),
            models.UniqueConstraint(
                fields=["term", "cause"], condition=~Q(cause=""), name="certificates_one_a_cause"
            ),
            models.CheckConstraint(
                condition=Q(sha256="", issued_at=None)
                | (~Q(sha256="") & Q(issued_at__isnull=False) & (Q(key=0) | ~Q(proof="") & ~Q(token=""))),
                name="certificates_issued_with_file",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="issued_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__sha256="")
            ),
            pgtrigger.ReadOnly(name="said_once", fields=SAID),
        ]


class PassportPart(models.TextChoices):
    """What a holder may let into a passport; name and certification numbers are always in it."""

    STATUS = "status", _("認定の状態の履歴と、認定の証明データ")
    POINTS = "points", _("有効期間ごと・区分ごと・年ごとのポイント")
    LINES = "lines", _("活動ごとの日、時間、区分、数えたポイントと条文")
    TITLES = "titles", _("活動の名前と主催者")
    ATTENDANCE = "attendance", _("研修の提供者が確認した受講と、提供者の名前")


class Passport(models.Model):
    """A CPD passport (CPDパスポート): the record of a day as its holder let it out, first the intent, then the files.

    `record` is what was gathered, `statement` the same as a ClrCredential before it is signed; both are fixed when it
    is asked for, so that the same intent with its proof gives the same bytes. Its holder may delete it; the
    leaf in the journal stays and names nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="passports")
    language = models.CharField(max_length=2)
    record = models.JSONField()
    statement = models.JSONField()
    key = models.PositiveSmallIntegerField()
    leaf = models.BigIntegerField()
    intended_at = models.DateTimeField()
    proof = models.TextField(blank=True)
    credential = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("CPDパスポート")
        ordering = ["-intended_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="", issued_at=None)
                | (~Q(sha256="") & ~Q(proof="") & Q(issued_at__isnull=False)),
                name="certificates_passport_whole",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["ja", "en"]), name="certificates_passport_language"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="issued_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.sha256 <> '' AND to_jsonb(OLD) - 'record' - 'statement' - 'credential' - 'person_id'"
                    " IS DISTINCT FROM to_jsonb(NEW) - 'record' - 'statement' - 'credential' - 'person_id'"
                ),
            ),
            pgtrigger.ReadOnly(name="said_once", fields=["leaf", "key", "intended_at", "language"]),
        ]

    @property
    def number(self) -> str:
        """What stands on the paper, to be compared with the file."""
        return f"CPD-{self.record.get('on', '')}-{self.pk.hex[:8]}" if self.record else ""


class BroughtPassport(models.Model):
    """Another association's passport that its holder brought, as evidence: the file's own text, whose signature it was.

    It counts for nothing: its activities are drafts of the log. The same file is taken in once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="brought_passports")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    issuer = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    made_on = models.CharField(max_length=10)
    signature = models.CharField(max_length=8)
    activities = models.PositiveSmallIntegerField()
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ほかの協会のCPDパスポート")
        ordering = ["-brought_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "sha256"], name="certificates_brought_once"),
            models.CheckConstraint(
                condition=Q(signature__in=["known", "self", "unknown"]), name="certificates_known_signature"
            ),
        ]


APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Posting(models.Model):
    """The way of one printed certificate by post: where it is now. `PostingStep` says how it came there."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="posting"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_POST)
    state_since_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["state", "state_since_on"], name="certificates_posting_state")]
        triggers = [
            pgtrigger.FSM(name="steps", field="state", transitions=moves()),
            pgtrigger.Protect(
                name="begins_to_post",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state=State.TO_POST),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]


class Way(models.TextChoices):
    """How a certificate left."""

    LETTER = "letter", pgettext_lazy("posting", "普通郵便")
    TRACKED = "tracked", pgettext_lazy("posting", "追跡のある郵便")
    REGISTERED = "registered", pgettext_lazy("posting", "簡易書留")
    BY_HAND = "by_hand", pgettext_lazy("posting", "手渡し")


class PostingStep(models.Model):
    """Something that happened to a certificate on its way; appended, never edited.

    `on` is the day it happened. `address` is where it was sent, so that one that comes back can be told from the
    address known since.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="steps")
    event = models.CharField(max_length=10, choices=Event.choices)
    on = models.DateField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    tracking = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    address = models.TextField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(event__in=["come_back", "set_aside", "undo"]) | ~Q(reason=""),
                name="certificates_step_says_why",
            ),
            models.CheckConstraint(condition=~Q(event="post") | ~Q(way=""), name="certificates_posted_how"),
        ]
        triggers = [APPEND_ONLY]

    @property
    def word(self) -> str:
        """What happened, as a history says it."""
        return str(DONE[Event(self.event)])


class Envelope(models.TextChoices):
    """What the papers of a print go into."""

    FOLDED = "folded", pgettext_lazy("posting", "長形3号の窓封筒（三つ折り）")
    FLAT = "flat", pgettext_lazy("posting", "角形2号（折らない）")


class Print(models.Model):
    """Papers that were printed together (印刷): who, when, into which envelopes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    envelope = models.CharField(max_length=10, choices=Envelope.choices)

    class Meta:
        ordering = ["-made_at"]
        triggers = [APPEND_ONLY]


class Again(models.TextChoices):
    """Why a certificate is printed once more. A spoiled sheet was destroyed: there is one paper as before."""

    SPOILED = "spoiled", pgettext_lazy("posting", "刷り損じ（前の紙は捨てた）")
    LOST = "lost", pgettext_lazy("posting", "届かなかった・傷んだ")


class Sheet(models.Model):
    """One certificate on paper: the first, or a further one with its reason. `is_marked`: it says that it is one."""

    printed = models.ForeignKey(Print, on_delete=models.PROTECT, related_name="sheets")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    again = models.CharField(max_length=10, choices=Again.choices, blank=True)
    is_marked = models.BooleanField(default=False)
    address = models.TextField(max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "number"], name="certificates_sheet_number"),
            models.CheckConstraint(
                condition=Q(number=1, again="", is_marked=False)
                | (Q(number__gt=1) & ~Q(again="") & (Q(is_marked=True) | Q(again="spoiled"))),
                name="certificates_further_sheet_marked",
            ),
        ]
        triggers = [APPEND_ONLY]


class ShareLink(models.Model):
    """A link by which whoever has it sees one certification as its holder chose. Only the token's hash is kept.

    `opened` is how often; by whom or from where is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(
        "registry.Certification", on_delete=models.PROTECT, related_name="share_links"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, blank=True)
    shows = models.JSONField(default=list)
    made_at = models.DateTimeField()
    until_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at"]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="made_stays", fields=["certification", "token_sha256", "made_at"]),
            pgtrigger.Protect(
                name="revoked_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
        ]
