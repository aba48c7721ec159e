"""A certification, its validities, the names it was held under, and what changed its status. Append-only."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nintei.registry.models.passes import ExamPass
from nintei.registry.states import MOVING, Footing, StatusKind, footing_moves, footings_with_terms

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def _quoted(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _moves() -> str:
    return " ".join(f"WHEN '{at}:{kind}' THEN '{to}'" for (at, kind), to in sorted(footing_moves().items()))


# A record of a change moves the footing along the table (states.py), or is refused. Two changes at once: the
# second waits for the row and meets the new footing. What is annulled is the newest act that still stands.
FOLLOW_THE_TABLE = f"""
    SELECT footing INTO was FROM registry_certification WHERE id = NEW.certification_id FOR UPDATE;
    NEW.found := was;
    IF NEW.kind = '{StatusKind.ANNULLED}' THEN
        SELECT c.found INTO after FROM registry_statuschange c
        WHERE c.id = NEW.annuls_id AND c.id = (
            SELECT max(m.id) FROM registry_statuschange m
            WHERE m.certification_id = NEW.certification_id AND m.kind IN ({_quoted(MOVING)})
            AND NOT EXISTS (SELECT FROM registry_statuschange a WHERE a.annuls_id = m.id)
        );
    ELSE
        after := CASE was || ':' || NEW.kind {_moves()} END;
    END IF;
    IF after IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'Not in the table of states: ' || NEW.kind || ' while ' || was;
    END IF;
    UPDATE registry_certification SET footing = after WHERE id = NEW.certification_id AND footing <> after;
    RETURN NEW;
"""  # noqa: S608  made of our own words (states.py)
IN_A_FOOTING = f"""
    SELECT footing INTO was FROM registry_certification WHERE id = NEW.certification_id;
    IF was NOT IN ({_quoted(footings_with_terms())}) THEN
        RAISE EXCEPTION USING MESSAGE = 'Not in the table of states: a new validity while ' || was;
    END IF;
    RETURN NEW;
"""  # noqa: S608


class Certification(models.Model):
    """Being certified (認定): one per person and qualification, its number for ever the same.

    `verify_id` is what the QR of the paper carries; a lost paper gives it a new one. `footing` is moved by the
    database alone, with each `StatusChange`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="certifications")
    qualification = models.CharField(max_length=10)
    number = models.CharField(max_length=40, unique=True)
    verify_id = models.CharField(max_length=43, unique=True)
    exam_pass = models.ForeignKey(ExamPass, on_delete=models.PROTECT, null=True, blank=True)
    certified_on = models.DateField()
    footing = models.CharField(
        max_length=10, choices=Footing.choices, default=Footing.IN_FORCE, db_default=Footing.IN_FORCE
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "qualification"], name="registry_one_certification")
        ]
        indexes = [models.Index(fields=["-certified_on", "-number"], name="registry_newest_first")]
        triggers = [
            pgtrigger.Protect(
                name="begins_in_force",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__footing=Footing.IN_FORCE),
            ),
            pgtrigger.Protect(
                name="footing_follows",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.footing IS DISTINCT FROM NEW.footing AND pg_trigger_depth() = 0"
                ),
            ),
        ]

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"certification:{self.pk}"


class HeldName(models.Model):
    """The name under which a certification is held from a day on; the newest record counts.

    It is changed by a case alone, with papers and two persons: what somebody writes on their own page does not
    change what a certificate says.
    """

    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=100, blank=True)
    latin = models.CharField(max_length=100, blank=True)
    from_on = models.DateField()
    cause = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "cause"], name="registry_one_name_a_cause")
        ]
        triggers = [APPEND_ONLY]


class Term(models.Model):
    """One validity (有効期間) of a certification; the first and each renewed one. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField()
    decided_on = models.DateField()
    edition = models.CharField(max_length=200)
    cause = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certification", "starts_on"], name="registry_one_term_a_start"),
            models.UniqueConstraint(fields=["cause"], name="registry_one_term_a_cause"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="registry_term_order"),
        ]
        triggers = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="in_a_footing",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("was", "text")],
                func=IN_A_FOOTING,
            ),
        ]


class StatusChange(models.Model):
    """Something that changed a status on a day, and when that became known. Appended, never edited.

    A record that was wrong is annulled by another one (`annuls`): what was known before stays readable.
    `found` is the footing it met, written by the database.
    """

    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=StatusKind.choices)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    cause = models.CharField(max_length=200)
    annuls = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="annulled_by"
    )
    found = models.CharField(max_length=10, choices=Footing.choices, default=Footing.IN_FORCE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certification", "kind", "cause"], name="registry_one_change"),
            models.CheckConstraint(
                condition=Q(kind=StatusKind.ANNULLED, annuls__isnull=False)
                | (~Q(kind=StatusKind.ANNULLED) & Q(annuls=None)),
                name="registry_annuls_what",
            ),
        ]
        triggers = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="follow_the_table",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("was", "text"), ("after", "text")],
                func=FOLLOW_THE_TABLE,
            ),
        ]


class NumberSeries(models.Model):
    """The last number given out in a series (`OMP-2026`); its row is locked while the next is taken."""

    key = models.CharField(primary_key=True, max_length=20)
    last = models.PositiveIntegerField(default=0)


class HolderFile(models.Model):
    """An imported file of early holders, by the hash of its bytes, so that it is known again."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
