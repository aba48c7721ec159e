"""CPD activities, the time they took, their evidence, and claims frozen for a renewal. No workflow, no clock."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.shared.models import FileColumns


class Proof(models.TextChoices):
    """What the holder can show at an audit, in the kernel's words (CPD-A.7, B.6, C.7, D.10)."""

    CERTIFICATE = "certificate", _("受講証明書")
    DOCUMENT = "document", _("受講者名・コース名・カリキュラム・受講日がわかる文書")
    RECORD = "record", _("自分でつけた記録（対象・内容・日時）")
    NONE = "none", _("まだない")


MOST_ITEMS = 999
"""The most pieces that one line may be; more is a slip of the hand."""


class Activity(models.Model):
    """An activity (自己研鑽活動) as its holder claims it. What it counts is never kept here: the kernel says it.

    `category`, `topic` and `competency` are keys of the rulebook, which another edition may widen; the
    action checks them. `items` is how many pieces it is where its category is paid by the item (論文2編),
    else 0. `same_activity` is shared by lines that are the same hours (AMB-C7). `serves` is the
    qualification that a line is used for, where a rulebook lets it count for one only (AMB-C15). By
    `source_key` an import knows a line it brought in before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="activities")
    category = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    organiser = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=10, blank=True)
    competency = models.CharField(max_length=10, blank=True)
    proof = models.CharField(max_length=20, choices=Proof.choices, default=Proof.RECORD)
    detail = models.TextField(blank=True)
    items = models.PositiveSmallIntegerField(default=0, db_default=0)
    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    same_activity = models.CharField(max_length=60, blank=True)
    serves = models.CharField(max_length=10, blank=True, default="", db_default="")
    source_key = models.CharField(max_length=80, blank=True)
    logged_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("自己研鑽活動")
        indexes = [
            models.Index(fields=["person"], condition=Q(withdrawn_at=None), name="ledger_lines_of_person")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="ledger_activity_has_title"),
            models.CheckConstraint(condition=~Q(category=""), name="ledger_activity_has_category"),
            models.CheckConstraint(condition=Q(proof__in=Proof.values), name="ledger_known_proof"),
            models.CheckConstraint(condition=Q(items__lte=MOST_ITEMS), name="ledger_items_of_a_line"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("logged_at")),
                name="ledger_withdrawn_later",
            ),
            models.UniqueConstraint(
                fields=["person", "source_key"],
                condition=Q(withdrawn_at=None) & ~Q(source_key=""),
                name="ledger_brought_in_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivitySession(models.Model):
    """The net minutes of an activity on one (JST) day, breaks excluded (AMB-C21). Points follow from minutes.

    With `from_on` they are the hours of a whole period, put down on its last day (AMB-C6, AMB-C8). `begins`
    is the time of day in Japan, where the holder said it: it shows hours that are told twice (AMB-C7).
    A line that counts items has one day and no minutes; only such a line has none.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    from_on = models.DateField(null=True, blank=True)
    begins = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "on"], name="ledger_one_session_a_day"),
            models.CheckConstraint(
                condition=Q(minutes=0, from_on=None)
                | Q(minutes__gte=1) & (Q(minutes__lte=1440) | Q(from_on__isnull=False)),
                name="ledger_minutes_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(from_on__lt=F("on")), name="ledger_period_has_days"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="minutes_or_items",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.minutes = 0"),
                func="""
                    IF NOT EXISTS (SELECT FROM ledger_activity a WHERE a.id = NEW.activity_id AND a.items > 0)
                    THEN RAISE EXCEPTION 'Only a line that counts items has a day without minutes'
                        USING ERRCODE = 'check_violation'; END IF;
                    RETURN NEW;
                """,
            ),
        ]


class Evidence(FileColumns):
    """A file kept for an audit (監査時の必要書類); optional until then (AMB-C12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="evidence")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "sha256"], condition=Q(removed_at=None), name="ledger_same_file_once"
            ),
        ]


class PagePrint(models.Model):
    """What a page of a file looks like, so that a file saved anew or rescaled is known again (`twins`).

    Kept by the content's hash, once for all lines that use it. A hint for the office, never a verdict.
    """

    sha256 = models.CharField(max_length=64)
    page = models.PositiveSmallIntegerField()
    coarse = models.BigIntegerField()
    fine = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["coarse"], name="ledger_coarse_prints")]
        constraints = [models.UniqueConstraint(fields=["sha256", "page"], name="ledger_one_print_a_page")]


class Alike(models.Model):
    """Two files of which a page looks the same, found when the later one was looked at. Only a hint."""

    one = models.CharField(max_length=64)
    one_page = models.PositiveSmallIntegerField()
    other = models.CharField(max_length=64)
    other_page = models.PositiveSmallIntegerField()
    permille = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["other"], name="ledger_alike_other")]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="ledger_alike_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="ledger_alike_in_order"),
        ]


class Jotting(models.Model):
    """A draft (下書き): a photo, a mail or a half-filled form that is not yet a line of the log.

    It counts for nothing. `said` are first values for the form, `found` what was read in its files, with the
    place where it stands; both are proposals. `source_key` keeps a mail sent twice from becoming two drafts.
    """

    class Source(models.TextChoices):
        """Where a draft came from."""

        TYPED = "typed", _("途中までの入力")
        FILE = "file", _("控えのファイル")
        SHARE = "share", _("ほかのアプリからの共有")
        MAIL = "mail", _("メール")
        PASSPORT = "passport", _("ほかの協会のCPDパスポート")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="jottings")
    source = models.CharField(max_length=10, choices=Source.choices)
    said = models.JSONField(default=dict)
    found = models.JSONField(default=list)
    source_key = models.CharField(max_length=80, blank=True)
    arrived_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="jottings"
    )

    class Meta:
        verbose_name = _("下書き")
        ordering = ["-arrived_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["typed", "file", "share", "mail", "passport"]),
                name="ledger_known_source",
            ),
            models.UniqueConstraint(
                fields=["person", "source_key"], condition=~Q(source_key=""), name="ledger_arrived_once"
            ),
            models.CheckConstraint(
                condition=Q(activity=None) | Q(closed_at__isnull=False), name="ledger_used_draft_is_closed"
            ),
        ]


class JottingFile(FileColumns):
    """A file that came with a draft; it moves to the line when the draft becomes one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jotting = models.ForeignKey(Jotting, on_delete=models.CASCADE, related_name="files")

    class Meta:
        ordering = ["file_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jotting", "sha256"], name="ledger_draft_has_a_file_once"),
        ]


class Relief(models.Model):
    """A window of hardship (病気・出産・災害) with its days, as the office took it down. Never edited, only ended.

    What it changes is the rulebook's to say, and is reckoned from it each time; where no rule is set, nothing.
    """

    class Kind(models.TextChoices):
        """What happened."""

        ILLNESS = "illness", _("病気・けが")
        CHILDBIRTH = "childbirth", _("出産・育児")
        DISASTER = "disaster", _("災害")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reliefs")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.TextField()
    granted_by = models.CharField(max_length=80)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        verbose_name = _("病気・出産・災害の期間")
        ordering = ["from_on", "granted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["illness", "childbirth", "disaster"]), name="ledger_known_relief"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="ledger_relief_has_days"),
            models.CheckConstraint(condition=~Q(reason=""), name="ledger_relief_has_reason"),
            models.UniqueConstraint(
                fields=["person", "kind", "from_on", "until_on"],
                condition=Q(ended_at=None),
                name="ledger_one_relief_a_span",
            ),
        ]


class Claim(models.Model):
    """What a renewal claims: the lines, the edition and the balance of the day it was filed. Never edited.

    One stands for a term of a certification. A renewal that is amended or withdrawn releases its claim, once;
    the row stays, and the next one of the term has the next `ordinal`. `sha256` is over what is frozen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(
        "registry.Certification", on_delete=models.PROTECT, related_name="claims"
    )
    term = models.ForeignKey("registry.Term", on_delete=models.PROTECT, related_name="claims")
    ordinal = models.PositiveSmallIntegerField(default=1)
    filed_on = models.DateField()
    edition = models.CharField(max_length=200)
    lines = models.JSONField()
    balance = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "term"],
                condition=Q(released_at=None),
                name="ledger_one_standing_claim",
            ),
            models.UniqueConstraint(fields=["term", "ordinal"], name="ledger_claims_in_order"),
            models.CheckConstraint(condition=~Q(edition=""), name="ledger_claim_names_edition"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_released",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.released_at IS NOT NULL OR NEW.released_at IS NULL"
                    " OR to_jsonb(OLD) - 'released_at' IS DISTINCT FROM to_jsonb(NEW) - 'released_at'"
                ),
            ),
        ]
