"""What a reviewer found and a decider decided: written once, never changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nintei.applications.models.case import APPEND_ONLY, Application


class Advice(models.TextChoices):
    """What a reviewer recommends to the decider."""

    CERTIFY = "certify", _("基準を満たす")
    REFUSE = "refuse", _("基準を満たさない")


class Review(models.Model):
    """A reviewer's recommendation with the findings they looked at. A new one is written, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    advice = models.CharField(max_length=10, choices=Advice.choices)
    notes = models.TextField(max_length=4000, blank=True)
    facts = models.JSONField()
    findings = models.JSONField()
    edition = models.CharField(max_length=200)
    day = models.DateField()
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["reviewed_at"]
        triggers: ClassVar = [APPEND_ONLY]


class Stance(models.TextChoices):
    """What a reviewer says to the machine's finding on a criterion."""

    CONFIRM = "confirm", _("そのとおり")
    OVERRIDE = "override", _("人の判断で満たす")
    DOUBT = "doubt", _("満たさない")


class Mark(models.Model):
    """A reviewer's mark on one criterion; an override or a doubt says why."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="marks")
    criterion = models.CharField(max_length=20)
    stance = models.CharField(max_length=10, choices=Stance.choices)
    reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "criterion"], name="applications_one_mark"),
            models.CheckConstraint(
                condition=Q(stance="confirm") | ~Q(reason=""), name="applications_mark_says_why"
            ),
        ]
        triggers: ClassVar = [APPEND_ONLY]


class Override(models.Model):
    """A criterion that a person judged met where the machine could not: its own record, listed on a page.

    `finding` is the machine's word on that criterion as it stood then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="overrides")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="overrides")
    criterion = models.CharField(max_length=20)
    finding = models.JSONField()
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "criterion"], name="applications_one_override"),
            models.CheckConstraint(condition=~Q(reason=""), name="applications_override_says_why"),
        ]
        triggers: ClassVar = [APPEND_ONLY]


class Outcome(models.TextChoices):
    """What was decided."""

    CERTIFIED = "certified", pgettext_lazy("outcome", "認定")
    REFUSED = "refused", _("不認定")


class Decision(models.Model):
    """A decision by a second person (P7), with everything it stands on (P3). Never changed.

    `reasons` are the words on each criterion that is not met, `grounds` the codes of `reasons.DECLINE` beside
    them. `reviewer` and `matched_by` (who confirmed the fee, as the journal names them) are kept here so that
    the database itself refuses a decision by either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decider = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="decided")
    reviewer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    matched_by = ArrayField(models.CharField(max_length=200), default=list)
    review = models.ForeignKey(Review, on_delete=models.PROTECT)
    reasons = models.JSONField(default=dict)
    grounds = models.JSONField(default=dict)
    words = models.TextField(max_length=4000, blank=True)
    facts = models.JSONField()
    findings = models.JSONField()
    evidence = models.JSONField()
    edition = models.CharField(max_length=200)
    day = models.DateField()
    decided_on = models.DateField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(decider=F("reviewer")), name="applications_two_people_decide"
            ),
        ]
        triggers: ClassVar = [
            APPEND_ONLY,
            # A case that is taken up again has another decider than any decision before it (AMB-A4).
            pgtrigger.Trigger(
                name="another_decider",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (
                        WITH RECURSIVE before AS (
                            SELECT earlier_id FROM applications_application WHERE id = NEW.application_id
                            UNION SELECT a.earlier_id FROM applications_application a JOIN before b
                            ON a.id = b.earlier_id
                        )
                        SELECT FROM applications_decision d JOIN before b ON d.application_id = b.earlier_id
                        WHERE NEW.decider_id IN (d.decider_id, d.reviewer_id)
                    ) THEN RAISE EXCEPTION 'The reviewer or decider of the earlier case'; END IF;
                    RETURN NEW;
                """,
            ),
            # A renewal in the frame of an audit, or drawn, waits for the audit.
            pgtrigger.Trigger(
                name="not_while_audited",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (
                        SELECT FROM applications_audithold h
                        WHERE h.application_id = NEW.application_id AND h.outcome = ''
                    ) THEN RAISE EXCEPTION 'Held for an audit'; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="accountant_does_not_decide",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("'person:' || NEW.decider_id::text = ANY(NEW.matched_by)"),
            ),
        ]
