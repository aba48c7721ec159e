"""The reviewer's part: take a case up, mark each criterion, recommend, or send it back to the applicant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nintei.applications import queries
from nintei.applications.actions.steps import check, locked, step, tell
from nintei.applications.judging import Judgement, as_json
from nintei.applications.models import Advice, Again, Application, Mark, Review, Stance
from nintei.applications.states import Actor, Event, State
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
) -> Review:
    """Pass a case on to the decider with a mark on every criterion and the findings that were looked at.

    The advice follows from the marks: one doubt and it is to refuse. Raises `Refused` for a criterion
    without a mark, for an override or doubt without a reason, for a case somebody else reviews.
    """
    row = locked(application, version)
    check(row, Event.RECOMMEND, Actor.REVIEWER, actor, on)
    _check_reviewer(row, actor)
    judged = queries.verdict(row, on)
    _check_marks(marks, judged)
    doubted = any(mark.stance == Stance.DOUBT for mark in marks)
    review = Review.objects.create(
        application=row,
        reviewer=actor,
        advice=Advice.REFUSE if doubted else Advice.CERTIFY,
        notes=notes.strip(),
        facts=queries.facts(row, on),
        findings=as_json(judged),
        edition=judged.edition,
        day=judged.day,
        reviewed_at=at,
    )
    Mark.objects.bulk_create(
        Mark(review=review, criterion=m.criterion, stance=m.stance, reason=m.reason.strip()) for m in marks
    )
    told = {
        "advice": review.advice,
        "marks": {m.criterion: m.stance for m in marks},
        "outcome": judged.outcome,
    }
    step(
        row, Event.RECOMMEND, Actor.REVIEWER, by=actor.by, person=actor, on=on, at=at,
        review=str(review.pk), **told,
    )  # fmt: skip
    return review


@transaction.atomic
def return_(
    *, actor: Person, application: Application, version: int | None, words: str, on: date, at: datetime
) -> Application:
    """Send a case back to the applicant with words on what to mend; they are mailed once."""
    row = locked(application, version)
    if not words.strip():
        raise Refused("applications.words_missing")
    if row.state == State.IN_REVIEW:
        _check_reviewer(row, actor)
    row.returned_words = words.strip()
    step(row, Event.ASK, None, by=actor.by, person=actor, on=on, at=at, words=words.strip())
    tell(row, "returned", by=actor.by, at=at, key=f":{row.version}")
    return row


def check_other_reviewer(row: Application, actor: Person) -> None:
    """An appeal is reviewed by neither the reviewer nor the decider of the case it contests (AMB-A4)."""
    if row.again != Again.APPEAL or row.earlier is None:
        return
    before = queries.decision_of(row.earlier)
    if before and actor.pk in (before.decider_id, before.reviewer_id):
        raise Refused("applications.reviewed_before")


def _check_reviewer(row: Application, actor: Person) -> None:
    if row.reviewer_id and row.reviewer_id != actor.pk:
        raise Refused("applications.other_reviewer", reviewer=str(row.reviewer))


def _check_marks(marks: Sequence[MarkSaid], judged: Judgement) -> None:
    said = {mark.criterion: mark for mark in marks}
    missing = [p.mark for p in judged.parts if p.code not in said or said[p.code].stance not in Stance.values]
    if missing:
        raise Refused("applications.mark_missing", criteria="、".join(missing))
    for part in judged.parts:
        mark = said[part.code]
        # To confirm what the machine could not call met is a judgement of one's own: it needs a reason.
        if (mark.stance != Stance.CONFIRM or part.met is not True) and not mark.reason.strip():
            raise Refused("applications.mark_without_reason", criterion=part.mark)
