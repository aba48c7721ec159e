"""The reviewer's part: take a case up, mark each criterion, recommend, or send it back to the applicant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nintei.applications import queries
from nintei.applications.actions.steps import check, check_in_charge, locked, step
from nintei.applications.judging import Judgement, as_json
from nintei.applications.models import Advice, Again, Application, Mark, Override, Review, Stance
from nintei.applications.states import Actor, Event
from nintei.people.models import Person
from nintei.shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """What the reviewer says to one criterion; an override or a doubt carries a reason."""

    criterion: str
    stance: str
    reason: str = ""


@transaction.atomic
def take_up(
    *, actor: Person, application: Application, version: int | None, on: date, at: datetime
) -> Application:
    """Become the reviewer of an accepted case. Nobody reviews a case of their own."""
    row = locked(application, version)
    check_other_reviewer(row, actor)
    row.reviewer = actor
    return step(row, Event.TAKE_UP, None, by=actor.by, person=actor, on=on, at=at, reviewer=str(actor.pk))


@transaction.atomic
def recommend(
    *,
    actor: Person,
    application: Application,
    version: int | None,
    marks: Sequence[MarkSaid],
    notes: str,
    on: date,
    at: datetime,
    looked_at: str | None = None,
) -> Review:
    """Pass a case on to the decider with a mark on every criterion and the findings that were looked at.

    To confirm is to agree with the machine, met or not met; what it leaves to a person has to be judged.
    A criterion judged met against or without the machine is an `Override` of its own. The advice follows:
    to certify only if every criterion is met or judged met. Raises `Refused` for other facts than `looked_at`
    (their fingerprint), a criterion without a mark, a judgement without a reason, a case of somebody else's.
    """
    row = locked(application, version)
    check(row, Event.RECOMMEND, Actor.REVIEWER, actor, on)
    check_in_charge(row, actor)
    told = queries.proof(row, on)
    judged = queries.verdict_on(told)
    check_looked_at(looked_at, told)
    _check_marks(marks, judged)
    met = {part.code: part.met for part in judged.parts}
    cleared = all(is_cleared(mark.stance, met[mark.criterion]) for mark in marks)
    review = Review.objects.create(
        application=row,
        reviewer=actor,
        advice=Advice.CERTIFY if cleared else Advice.REFUSE,
        notes=notes.strip(),
        facts=told,
        findings=as_json(judged),
        edition=judged.edition,
        day=judged.day,
        reviewed_at=at,
    )
    Mark.objects.bulk_create(
        Mark(review=review, criterion=m.criterion, stance=m.stance, reason=m.reason.strip()) for m in marks
    )
    leaf: dict[str, Any] = {"advice": review.advice, "outcome": judged.outcome}
    leaf |= {"marks": {m.criterion: m.stance for m in marks}, "overrides": _override(review, marks, judged)}
    step(
        row, Event.RECOMMEND, Actor.REVIEWER, by=actor.by, person=actor, on=on, at=at,
        review=str(review.pk), **leaf,
    )  # fmt: skip
    return review


def is_cleared(stance: str, met: bool | None) -> bool:
    """Whether a criterion may be certified: met for the machine and confirmed, or judged met by a person."""
    return stance == Stance.OVERRIDE or (stance == Stance.CONFIRM and met is True)


def check_looked_at(looked_at: str | None, told: Mapping[str, Any]) -> None:
    """`Refused` where the facts are others than those somebody saw: a statement came, a fee is open again."""
    if looked_at is not None and looked_at != queries.fingerprint(told):
        raise Refused("applications.facts_changed")


def check_other_reviewer(row: Application, actor: Person) -> None:
    """An appeal is reviewed by neither the reviewer nor the decider of the case it contests (AMB-A4)."""
    if row.again != Again.APPEAL or row.earlier is None:
        return
    before = queries.decision_of(row.earlier)
    if before and actor.pk in (before.decider_id, before.reviewer_id):
        raise Refused("applications.reviewed_before")


def _override(review: Review, marks: Sequence[MarkSaid], judged: Judgement) -> list[str]:
    """Keep each override with the machine's word as it stood; the criteria concerned."""
    said = {mark.criterion: mark.reason.strip() for mark in marks if mark.stance == Stance.OVERRIDE}
    parts = {part["code"]: part for part in review.findings["criteria"]}
    Override.objects.bulk_create(
        Override(
            application=review.application,
            review=review,
            criterion=code,
            finding=parts[code],
            reason=reason,
            by=review.reviewer,
            at=review.reviewed_at,
        )
        for code, reason in said.items()
    )
    return [part.code for part in judged.parts if part.code in said]


def _check_marks(marks: Sequence[MarkSaid], judged: Judgement) -> None:
    said = {mark.criterion: mark for mark in marks}
    missing = [p.mark for p in judged.parts if p.code not in said or said[p.code].stance not in Stance.values]
    if missing:
        raise Refused("applications.mark_missing", criteria="、".join(missing))
    for part in judged.parts:
        mark = said[part.code]
        if mark.stance == Stance.CONFIRM and part.met is None:
            raise Refused("applications.mark_of_a_person", criterion=part.mark)
        if mark.stance != Stance.CONFIRM and not mark.reason.strip():
            raise Refused("applications.mark_without_reason", criterion=part.mark)
        if mark.stance == Stance.OVERRIDE and part.met is True:
            raise Refused("applications.nothing_to_override", criterion=part.mark)
