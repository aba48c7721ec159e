"""Frames committed to the journal, and the draws from them. Once written they do not change."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from nintei.audits.models.terms import Terms

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Frame(models.Model):
    """The renewals filed from a (JST) day to another, frozen and committed to the journal before any seed exists.

    `text` is what is published: tickets, strata, shares, marks, and no personal data. Two frames never overlap,
    so that nobody draws a window again under another name. `decided_before` counts the renewals of these days
    that had been decided when the frame was frozen, and so are not in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    from_on = models.DateField()
    to_on = models.DateField()
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="frames")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    left_out = models.PositiveIntegerField(default=0)
    decided_before = models.PositiveIntegerField(default=0)
    committed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    committed_on = models.DateField()
    committed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on"), committed_on__gt=F("to_on")),
                name="audits_frame_after_its_window",
            ),
            ExclusionConstraint(
                name="audits_frames_never_overlap",
                expressions=[
                    (
                        Func(
                            "from_on",
                            "to_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]
        triggers: ClassVar = [APPEND_ONLY]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"audit-frame:{self.number}"


class Ticket(models.Model):
    """A renewal in a frame. `ticket` is SHA-256(salt ‖ renewal's id): it shows nobody who it is, and whoever is
    shown the salt can check that it is theirs. `left_out` names the rule by which it is not drawn from."""

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="tickets")
    ticket = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=64)
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="audit_tickets"
    )
    stratum = models.CharField(max_length=20)
    marks = ArrayField(models.CharField(max_length=20), default=list)
    left_out = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application"], name="audits_one_ticket_a_renewal"),
        ]
        triggers: ClassVar = [APPEND_ONLY]


class Draw(models.Model):
    """A draw from a frame: announced with its seed's two parts before they exist, drawn once, never again.

    The seed is the root of the first checkpoint signed on `seed_on` and before `number_at`, then the public
    number that becomes known at `number_at`. Another draw from the same frame has the next `ordinal` and says
    why; what an earlier one drew stays drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="draws")
    ordinal = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField(max_length=1000, blank=True)
    seed_on = models.DateField()
    number_what = models.CharField(max_length=300)
    number_url = models.URLField(max_length=300, blank=True)
    number_at = models.DateTimeField()
    announced_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    announced_on = models.DateField()
    announced_at = models.DateTimeField()
    leaf = models.BigIntegerField()
    checkpoint = models.ForeignKey(
        "journal.Checkpoint", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField(max_length=100, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    path = models.JSONField(default=list)
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["frame", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["frame", "ordinal"], name="audits_one_draw_an_ordinal"),
            models.CheckConstraint(
                condition=Q(ordinal=1, reason="") | (Q(ordinal__gt=1) & ~Q(reason="")),
                name="audits_another_draw_says_why",
            ),
            models.CheckConstraint(
                condition=Q(seed_on__gt=F("announced_on"), number_at__gt=F("announced_at"))
                & ~Q(number_what=""),
                name="audits_seed_comes_later",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, drawn_by=None, checkpoint=None, seed="", number="")
                | (
                    Q(drawn_at__gte=F("number_at"), drawn_by__isnull=False, checkpoint__isnull=False)
                    & ~Q(seed="")
                    & ~Q(number="")
                ),
                name="audits_drawn_with_its_seed",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="drawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__drawn_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="announcement_stays",
                exclude=["checkpoint", "number", "seed", "path", "drawn_at", "drawn_by"],
            ),
            pgtrigger.Trigger(
                name="seed_is_public",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.drawn_at IS NOT NULL"),
                func="""
                    IF (SELECT count(*) FROM audits_seedword w
                        WHERE w.draw_id = NEW.id AND w.value = NEW.number) < 2
                    THEN RAISE EXCEPTION 'Two people have to read the public number'; END IF;
                    IF NOT EXISTS (
                        SELECT FROM journal_checkpoint c WHERE c.size = NEW.checkpoint_id
                        AND c.size > NEW.leaf AND c.at < NEW.number_at
                        AND (c.at AT TIME ZONE 'Asia/Tokyo')::date = NEW.seed_on
                        AND NOT EXISTS (
                            SELECT FROM journal_checkpoint earlier WHERE earlier.at < c.at
                            AND (earlier.at AT TIME ZONE 'Asia/Tokyo')::date = NEW.seed_on
                        )
                    ) THEN RAISE EXCEPTION 'Not the first checkpoint of the announced day'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"audit-draw:{self.pk}"


class SeedWord(models.Model):
    """The public number as one person read it at its source. Two who read the same make it the seed's part."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="words")
    value = models.CharField(max_length=100)
    source = models.CharField(max_length=300)
    said_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["said_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "said_by"], name="audits_one_reading_a_person"),
            models.CheckConstraint(condition=~Q(value="") & ~Q(source=""), name="audits_reading_says_where"),
        ]
        triggers: ClassVar = [APPEND_ONLY]
