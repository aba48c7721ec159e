"""The CPD passport: ours as asked for and made, and other associations' as brought in."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
