"""The decision by a second person (P7), with everything it stands on (P3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nintei.applications import queries
from nintei.applications.actions.claims import check_not_held
from nintei.applications.actions.reviewing import check_looked_at, is_cleared
from nintei.applications.actions.steps import check, locked, step, tell
from nintei.applications.judging import Judgement, as_json
from nintei.applications.models import Application, Decision, Kind, Outcome, Review
from nintei.applications.queries import cases
from nintei.applications.reasons import Use, reason
from nintei.applications.states import Actor, Event, State
from nintei.payments import queries as fees
from nintei.people.models import Person
from nintei.registry import actions as registry
from nintei.registry import queries as registrations
from nintei.shared.refusals import Refused


@transaction.atomic
def decide(
    *,
    actor: Person,
    application: Application,
    version: int | None,
    outcome: str,
    reasons: Mapping[str, str],
    words: str,
    on: date,
    at: datetime,
    grounds: Mapping[str, str] | None = None,
    looked_at: str | None = None,
) -> Decision:
    """Certify (or renew), or refuse with a reason for each criterion that is not met.

    `grounds` are the codes of the taxonomy (`reasons.Use.DECLINE`) beside the words, where one was chosen.
    Refused: to the reviewer of the case and to whoever matched the fee (P7); on other facts than `looked_at`, or
    while something was signed that no reviewer has seen (decision 0023); to certify while a criterion is neither
    met for the machine nor judged met with a reason; to refuse without reasons.
    """
    row = locked(application, version)
    event = Event.CERTIFY if outcome == Outcome.CERTIFIED else Event.REFUSE
    check(row, event, Actor.DECIDER, actor, on)
    check_not_held(row)
    matched_by = _check_two_people(row, actor)
    review = row.reviews.order_by("-reviewed_at")[0]
    told = _facts(row, looked_at, on)
    judged = queries.verdict_on(told)
    if event == Event.CERTIFY:
        _check_cleared(judged, review)
    why = _why(judged, reasons, grounds or {}) if event == Event.REFUSE else {}
    decision = Decision.objects.create(
        application=row,
        outcome=outcome,
        decider=actor,
        reviewer=review.reviewer,
        matched_by=sorted(matched_by),
        review=review,
        **why,
        words=words.strip(),
        **_proof(judged, told),
        decided_on=on,
        decided_at=at,
    )
    row.decided_on = on
    leaf = {"decision": str(decision.pk), "edition": judged.edition, "evidence": decision.evidence}
    step(row, event, Actor.DECIDER, by=actor.by, person=actor, on=on, at=at, **leaf)
    _enter(row, event, actor.by, judged.edition, on, at)
    _tell(row, decision, actor.by, at)
    return decision


@transaction.atomic
def send_back(
    *, actor: Person, application: Application, version: int | None, words: str, on: date, at: datetime
) -> Application:
    """The decider asks the reviewer to look again; the words go into the journal."""
    row = locked(application, version)
    if not words.strip():
        raise Refused("applications.words_missing")
    _check_two_people(row, actor)
    by = actor.by
    return step(row, Event.SEND_BACK, Actor.DECIDER, by=by, person=actor, on=on, at=at, words=words.strip())


def _facts(row: Application, looked_at: str | None, on: date) -> dict[str, Any]:
    """What is decided on: the facts that were seen, with nothing signed since the review (decision 0023)."""
    told = queries.proof(row, on)
    check_looked_at(looked_at, told)
    if queries.statements_since(row, on):
        raise Refused("applications.statement_came")
    return told


def _tell(row: Application, decision: Decision, by: str, at: datetime) -> None:
    """The applicant is told in plain words: why not, and until when it can be appealed, or that this is unset."""
    failed, until = queries.refused_for(decision), cases.appeal_until(decision)
    tell(row, "decided", by=by, at=at, decision=decision, failed=failed, appeal_until=until)


def _proof(judged: Judgement, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a decision stands on, kept so that every number in it can be computed again (P3)."""
    return {
        "facts": told,
        "findings": as_json(judged),
        "evidence": queries.evidence_hashes(told),
        "edition": judged.edition,
        "day": judged.day,
    }


def _check_two_people(row: Application, actor: Person) -> frozenset[str]:
    """Who matched the fee, if the actor is neither them nor the reviewer (P7)."""
    if row.reviewer_id == actor.pk or row.reviews.filter(reviewer=actor).exists():
        raise Refused("applications.two_people")
    _check_others(row, actor)
    fee = fees.fee_for(queries.origin(row).reference)
    matched_by = fees.who_matched(fee) if fee else frozenset[str]()
    if actor.by in matched_by:
        raise Refused("applications.matched_the_fee")
    return matched_by


def _check_others(row: Application, actor: Person) -> None:
    """A case taken up again is decided by neither the decider nor the reviewer of any case before it."""
    earlier = row.earlier
    while earlier is not None:
        before = queries.decision_of(earlier)
        if before and actor.pk in (before.decider_id, before.reviewer_id):
            raise Refused("applications.decided_before")
        earlier = earlier.earlier


def _check_cleared(judged: Judgement, review: Review) -> None:
    stances = {mark.criterion: mark.stance for mark in review.marks.all()}
    for part in judged.parts:
        if not is_cleared(stances.get(part.code, ""), part.met):
            raise Refused("applications.not_cleared", criterion=part.mark)


def _why(
    judged: Judgement, reasons: Mapping[str, str], grounds: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """The words on each criterion that is not met, and the code of the taxonomy beside them."""
    codes = {part.code for part in judged.parts}
    said = {code: words.strip() for code, words in reasons.items() if code in codes and words.strip()}
    if not said:
        raise Refused("applications.refuse_why")
    chosen = {code: ground for code, ground in grounds.items() if code in said and ground}
    if any(reason(Use.DECLINE, ground) is None for ground in chosen.values()):
        raise Refused("applications.grounds_unknown")
    return {"reasons": said, "grounds": chosen}


def _enter(row: Application, event: Event, by: str, edition_id: str, on: date, at: datetime) -> None:
    """The registry writes validity: this room only says what was decided."""
    common: dict[str, Any] = {"by": by, "cause": row.reference, "at": at}
    if row.earlier is not None and row.earlier.state == State.CERTIFIED:
        _reverse_certification(row, event, on, common)
        return
    if row.kind == Kind.RENEWAL:
        common["certification"] = row.certification
        if event == Event.CERTIFY:
            registry.renew(decided_on=on, edition_id=edition_id, **common)
        else:
            registry.refuse_renewal(on=on, **common)
    elif event == Event.CERTIFY:
        assert row.exam_pass is not None  # set when it was handed in
        registry.certify(
            person=row.person,
            qualification=row.qualification,
            exam_pass=row.exam_pass,
            decided_on=on,
            edition_id=edition_id,
            **common,
        )


def _reverse_certification(row: Application, event: Event, on: date, common: dict[str, Any]) -> None:
    """A certification that was looked at again: upheld, nothing changes; refused now, it is revoked."""
    held = registrations.certification_of(row.person, row.qualification)
    if event == Event.REFUSE and held is not None:
        registry.revoke(certification=held, on=on, **common)
