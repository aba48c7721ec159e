"""A decided case is taken up again as a new case, by an appeal or by the association (AMB-A4).

The old decision stays as it is; only a new decision, by other people and with reasons, can reverse it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from nintei.applications import queries
from nintei.applications.actions.receiving import _next_number, accept_if_complete
from nintei.applications.actions.steps import locked, step, tell
from nintei.applications.models import Again, Application, Decision, Outcome
from nintei.applications.models.cases import Reopening, ReopeningFile
from nintei.applications.queries import cases, giving_back
from nintei.applications.states import Actor, Event
from nintei.journal.actions import record
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared import wording
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused


@transaction.atomic
def appeal(
    *,
    actor: Person,
    application: Application,
    words: str,
    files: Sequence[TakenFile],
    on: date,
    at: datetime,
) -> Application:
    """Appeal against a refusal: a new case with what was handed in before, another reviewer and decider.

    Raises `Refused`: not theirs, not refused, no words, `applications.appeal_unset` where the association
    has set no period, `applications.appeal_late`, `applications.appealed_already`, `applications.fee_went_back`, an
    open application.
    """
    old = locked(application)
    if old.person_id != actor.pk:
        raise Refused("applications.not_yours")
    decision = queries.decision_of(old)
    if decision is None or decision.outcome != Outcome.REFUSED:
        raise Refused("applications.nothing_to_appeal")
    if not words.strip():
        raise Refused("applications.appeal_words")
    until = cases.appeal_until(decision)
    if until is None:
        raise Refused("applications.appeal_unset")
    if on > until:
        raise Refused("applications.appeal_late", until=wording.day(until))
    row = _again(old, decision, Again.APPEAL, actor, words, on, at)
    for taken in {each.sha256: each for each in files}.values():
        columns = {"kind": taken.kind, "size": taken.size, "pages": taken.pages}
        ReopeningFile.objects.create(
            reopening=row.reopening, sha256=taken.sha256, file_name=taken.file_name, **columns
        )
    told = {"again": Again.APPEAL.value, "decision": str(decision.pk), "files": [f.sha256 for f in files]}
    step(row, Event.SUBMIT, Actor.APPLICANT, by=actor.by, person=actor, on=on, at=at, **told)
    tell(row, "appealed", by=actor.by, at=at, decision=decision)
    accept_if_complete(by="system", application=row, on=on, at=at)
    row.refresh_from_db()
    return row


@transaction.atomic
def reopen(*, actor: Person, application: Application, words: str, on: date, at: datetime) -> Application:
    """The association takes one of its decisions up again, with reasons: a new case, decided by others.

    Raises `Refused`: no decider, one's own case, not decided, no words, taken up again already, its fee gone back.
    """
    old = locked(application)
    if Role.DECIDER not in roles_of(actor, on=on):
        raise Refused("applications.not_entitled", event=Event.REOPEN.label)
    if old.person_id == actor.pk:
        raise Refused("applications.own_case")
    decision = queries.decision_of(old)
    if decision is None:
        raise Refused("applications.nothing_to_reopen")
    if not words.strip():
        raise Refused("applications.words_missing")
    row = _again(old, decision, Again.REVERSAL, actor, words, on, at)
    told = {"again": Again.REVERSAL.value, "decision": str(decision.pk), "words": words.strip()}
    step(row, Event.REOPEN, Actor.DECIDER, by=actor.by, person=actor, on=on, at=at, **told)
    accept_if_complete(by="system", application=row, on=on, at=at)
    row.refresh_from_db()
    return row


def _again(
    old: Application,
    decision: Decision,
    again: Again,
    by: Person,
    words: str,
    on: date,
    at: datetime,
) -> Application:
    """The new case: what was handed in and the day of application stay; nothing else is taken over."""
    if old.taken_up_again.exists():
        raise Refused("applications.appealed_already")
    fee = giving_back.fee_of(old)
    if fee and fee.cancelled_at:
        raise Refused("applications.fee_went_back")
    try:
        with transaction.atomic():
            row = Application.objects.create(
                kind=old.kind,
                person=old.person,
                qualification=old.qualification,
                exam_pass=old.exam_pass,
                certification=old.certification,
                claim=old.claim,
                edition=old.edition,
                understood_on=old.understood_on,
                earlier=old,
                again=again,
                number=_next_number(on),
                submitted_on=old.submitted_on,
                submitted_at=at,
                complete_on=on,
                state_since_on=on,
                started_at=at,
                saved_at=at,
            )
    except IntegrityError as error:
        raise Refused("applications.open_already", qualification=old.qualification) from error
    Reopening.objects.create(
        application=row, decision=decision, words=words.strip(), filed_by=by, filed_on=on, filed_at=at
    )
    data: dict[str, object] = {"again": again.value, "by": row.reference}
    record(by=by.by, verb="applications.take_up_again", subject=old.reference, at=at, data=data)
    return row
