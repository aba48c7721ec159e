"""Applications and pledges. The table of states is in `states`."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.applications.states import AFTER_ACCEPTANCE, CLOSED, State, moves

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Kind(models.TextChoices):
    """A first application (認定申請) or a renewal (更新審査申請)."""

    FIRST = "first", _("認定申請")
    RENEWAL = "renewal", _("更新審査申請")


class Again(models.TextChoices):
    """Why a closed case is taken up again, as a new case with another decider (AMB-A4)."""

    APPEAL = "appeal", _("不服の申立て")
    REVERSAL = "reversal", _("決定の見直し")


class CaseSeries(models.Model):
    """The last case number given in a year; locked while the next is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Application(models.Model):
    """One application of one person for one qualification.

    `claim` is what was handed in, frozen at submission: posts with their statements, or CPD lines. `version`
    counts every change, so that the second of two people at the same case is told. `submitted_on` is the day
    of application (AMB-V5) and stays; `complete_on` is the day the papers were complete, and 受理 is the later
    of that and the fee's. `earlier` is the decided case that this one takes up again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="applications")
    qualification = models.CharField(max_length=10)
    exam_pass = models.ForeignKey("registry.ExamPass", on_delete=models.PROTECT, null=True, blank=True)
    certification = models.ForeignKey(
        "registry.Certification", on_delete=models.PROTECT, null=True, blank=True
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    state_since_on = models.DateField()
    reviewer = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed"
    )
    earlier = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_up_again"
    )
    again = models.CharField(max_length=10, choices=Again.choices, blank=True)
    claim = models.JSONField(default=dict)
    edition = models.CharField(max_length=200, blank=True)
    understood_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    complete_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    # Every name of the person, as `queries.search.key` writes them: what the office finds a case by.
    names = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["state_since_on", "started_at"]
        indexes: ClassVar = [
            models.Index(fields=["state", "state_since_on", "started_at"], name="applications_queue"),
            models.Index(fields=["reviewer", "state"], name="applications_in_charge"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "qualification", "kind"],
                condition=~Q(state__in=[str(s) for s in CLOSED]),
                name="applications_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | Q(submitted_on__isnull=False, number__isnull=False),
                name="applications_submitted_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SUBMITTED, *AFTER_ACCEPTANCE]) | Q(complete_on__isnull=False),
                name="applications_complete_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_ACCEPTANCE) | Q(accepted_on__isnull=False),
                name="applications_accepted_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(accepted_on__gte=F("complete_on")),
                name="applications_accepted_when_complete",
            ),
            models.CheckConstraint(
                condition=Q(earlier=None, again="") | (Q(earlier__isnull=False) & ~Q(again="")),
                name="applications_again_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="renewal", certification__isnull=False)
                | Q(kind="first", certification__isnull=True),
                name="applications_renewal_names_certification",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_review", "on_hold", "recommended", "certified", "refused"])
                | (Q(reviewer__isnull=False) & ~Q(reviewer=F("person"))),
                name="applications_reviewed_by_another",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="states", field="state", transitions=moves()),
            pgtrigger.Protect(
                name="begins_as_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="draft") | pgtrigger.Q(new__accepted_on__isnull=False),
            ),
            pgtrigger.Protect(
                name="accepted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_on__isnull=False)
                & (
                    pgtrigger.Q(old__accepted_on__df=pgtrigger.F("new__accepted_on"))
                    | pgtrigger.Q(old__complete_on__df=pgtrigger.F("new__complete_on"))
                ),
            ),
            pgtrigger.Protect(
                name="accepted_on_acceptance",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.accepted_on IS NULL AND NEW.accepted_on IS NOT NULL"
                    " AND NOT (OLD.state = 'submitted' AND NEW.state = 'accepted')"
                ),
            ),
            # 受理 needs the confirmed fee as well (MAN-ウ④.※1). A renewal may have none while the association
            # has set none (AMB-F2); a case that is taken up again costs nothing more.
            pgtrigger.Trigger(
                name="accepted_with_the_fee",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "OLD.state = 'submitted' AND NEW.state = 'accepted'"
                    " AND NEW.kind = 'first' AND NEW.earlier_id IS NULL"
                ),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM payments_fee fee JOIN payments_match m ON m.fee_id = fee.id
                        LEFT JOIN payments_matchundo undo ON undo.match_id = m.id
                        WHERE fee.reference = 'application:' || NEW.id AND m.confirmed_on <= NEW.accepted_on
                        AND undo.id IS NULL
                    ) THEN RAISE EXCEPTION 'No confirmed fee for application %', NEW.number; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="earlier_case_stays", fields=["earlier", "again"]),
            # An appeal is reviewed by neither the reviewer nor the decider of what it contests (AMB-A4).
            pgtrigger.Trigger(
                name="another_reviewer",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "NEW.again = 'appeal' AND NEW.reviewer_id IS NOT NULL"
                    " AND NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id"
                ),
                func="""
                    IF EXISTS (
                        SELECT FROM applications_decision d WHERE d.application_id = NEW.earlier_id
                        AND NEW.reviewer_id IN (d.decider_id, d.reviewer_id)
                    ) THEN RAISE EXCEPTION 'Somebody of the earlier case'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    @property
    def reference(self) -> str:
        """How other rooms and the journal name it."""
        return f"application:{self.pk}"


class PledgeText(models.Model):
    """A version of the text to pledge: the association's document (AMB-A5). Without one nobody can sign."""

    version = models.CharField(max_length=40, unique=True)
    ja = models.TextField()
    en = models.TextField()
    is_sample = models.BooleanField(default=False)
    from_on = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]


class Pledge(models.Model):
    """A signed pledge (form D): who, when, which version, and the hash of exactly what was shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="pledge")
    text = models.ForeignKey(PledgeText, on_delete=models.PROTECT)
    language = models.CharField(max_length=2)
    text_sha256 = models.CharField(max_length=64)
    signed_name = models.CharField(max_length=100)
    signed_at = models.DateTimeField()
    signed_on = models.DateField()

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]
