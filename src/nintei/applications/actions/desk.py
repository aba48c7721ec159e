"""The desk: who has a case, putting it on hold, notes, telephone checks, filters and service levels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from nintei.applications.actions.reviewing import check_other_reviewer
from nintei.applications.actions.steps import check, check_in_charge, locked, step, tell
from nintei.applications.models import (
    Application,
    CallOutcome,
    Hold,
    Note,
    PhoneCheck,
    SavedFilter,
    ServiceLevel,
)
from nintei.applications.queries import actors
from nintei.applications.reasons import Use, reason
from nintei.applications.states import Actor, Event, State, waits_for
from nintei.experience.models import AttestationRequest
from nintei.journal.actions import record
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

MOST_DAYS = 365


@transaction.atomic
def assign(
    *,
    actor: Person,
    application: Application,
    version: int | None,
    to: Person,
    on: date,
    at: datetime,
) -> Application:
    """Give a case to somebody (or take it: `to` is the actor). An accepted case is in review from then on.

    Raises `Refused` for a colleague who may not review, and for the applicant of the case.
    """
    row = locked(application, version)
    if to.pk == row.person_id:
        raise Refused("applications.own_case")
    if not actors(row, to, on) & {Actor.REVIEWER, Actor.CONTRACTOR}:
        raise Refused("applications.cannot_be_assigned", name=to.name)
    check_other_reviewer(row, to)
    row.reviewer = to
    return step(row, Event.ASSIGN, None, by=actor.by, person=actor, on=on, at=at, to_person=str(to.pk))


@transaction.atomic
def assign_many(
    *, actor: Person, applications: Sequence[Application], to: Person, on: date, at: datetime
) -> int:
    """Give several cases to somebody at once: all of them or, if one may not be given, none."""
    for application in sorted(applications, key=lambda each: each.pk):
        assign(actor=actor, application=application, version=None, to=to, on=on, at=at)
    return len(applications)


@transaction.atomic
def remind_many(*, actor: Person, applications: Sequence[Application], on: date, at: datetime) -> int:
    """Remind, by mail and once a day, the applicants who are waited for. How many were written to.

    A case that does not wait for its applicant is passed over: it may have moved since the list was read.
    """
    written = 0
    for application in sorted(applications, key=lambda each: each.pk):
        row = locked(application)
        _check_office(row, actor, on)
        if waits_for(row.state) != Actor.APPLICANT:
            continue
        tell(row, "reminder", by=actor.by, at=at, key=f":{on.isoformat()}", waits_for=row.state)
        record(
            by=actor.by, verb="applications.remind", subject=row.reference, at=at, data={"state": row.state}
        )
        written += 1
    return written


@transaction.atomic
def hold(
    *,
    actor: Person,
    application: Application,
    version: int | None,
    why: str,
    words: str,
    look_again_on: date | None,
    on: date,
    at: datetime,
) -> Hold:
    """Lay a case aside for a reason of the taxonomy (`reasons.Use.HOLD`); `other` wants words.

    Raises `Refused` for an unknown reason, a day to look again that is past, and a case of somebody else's.
    """
    row = locked(application, version)
    check(row, Event.HOLD, None, actor, on)
    check_in_charge(row, actor)
    if reason(Use.HOLD, why) is None or (why == "other" and not words.strip()):
        raise Refused("applications.hold_why")
    if look_again_on and look_again_on <= on:
        raise Refused("applications.look_again_past")
    made = Hold.objects.create(
        application=row,
        reason=why,
        words=words.strip(),
        look_again_on=look_again_on,
        held_by=actor,
        held_at=at,
        held_on=on,
    )
    step(row, Event.HOLD, None, by=actor.by, person=actor, on=on, at=at, why=why, words=words.strip())
    return made


@transaction.atomic
def release(
    *, actor: Person, application: Application, version: int | None, words: str, on: date, at: datetime
) -> Application:
    """Take a case up again that was on hold."""
    row = locked(application, version)
    check(row, Event.RELEASE, None, actor, on)
    check_in_charge(row, actor)
    said = {"released_by": actor, "released_at": at, "released_words": words.strip()}
    row.holds.filter(released_at=None).update(**said)
    return step(row, Event.RELEASE, None, by=actor.by, person=actor, on=on, at=at, words=words.strip())


@transaction.atomic
def add_note(*, actor: Person, application: Application, words: str, on: date, at: datetime) -> Note:
    """Keep a note among the office. The words stay in the note; the journal has their hash only."""
    row = locked(application)
    _check_office(row, actor, on)
    if not words.strip():
        raise Refused("applications.note_empty")
    note = Note.objects.create(application=row, words=words.strip(), by=actor, at=at)
    record(by=actor.by, verb="applications.note", subject=row.reference, at=at, data={"note": note.pk})
    return note


@transaction.atomic
def ask_for_call(
    *,
    actor: Person,
    application: Application,
    request: AttestationRequest,
    question: str,
    on: date,
    at: datetime,
) -> PhoneCheck:
    """Put "ask this attestor by telephone" on the desk as a task. One open call an attestor."""
    row = locked(application)
    _check_office(row, actor, on)
    if request.person_id != row.person_id:
        raise Refused("applications.not_their_attestor")
    if not question.strip():
        raise Refused("applications.question_missing")
    if known := row.phone_checks.filter(request=request, outcome="").first():
        return known
    call = PhoneCheck.objects.create(
        application=row,
        request=request,
        question=question.strip(),
        asked_by=actor,
        asked_at=at,
        asked_on=on,
    )
    data: dict[str, object] = {"call": str(call.pk), "request": str(request.pk), "question": call.question}
    record(by=actor.by, verb="applications.ask_for_call", subject=row.reference, at=at, data=data)
    return call


@transaction.atomic
def tell_call(
    *, actor: Person, call: PhoneCheck, outcome: str, told: str, on: date, at: datetime
) -> PhoneCheck:
    """Write down what came of a call, once; who was not reached is called again by a new task."""
    row = locked(call.application)
    _check_office(row, actor, on)
    call = PhoneCheck.objects.select_for_update().get(pk=call.pk)
    if call.outcome:
        raise Refused("applications.call_told")
    if outcome not in CallOutcome.values or not told.strip():
        raise Refused("applications.call_needs_outcome")
    call.outcome, call.told, call.done_by, call.done_at = outcome, told.strip(), actor, at
    call.save()
    data: dict[str, object] = {"call": str(call.pk), "outcome": outcome, "told": call.told}
    record(by=actor.by, verb="applications.tell_call", subject=row.reference, at=at, data=data)
    return call


@transaction.atomic
def save_filter(*, actor: Person, name: str, query: str) -> SavedFilter:
    """Keep a search under a name of one's own; the same name is the newest search."""
    if not name.strip():
        raise Refused("applications.filter_name_missing")
    kept, _new = SavedFilter.objects.update_or_create(
        person=actor, name=name.strip()[:40], defaults={"query": query[:500]}
    )
    return kept


@transaction.atomic
def drop_filter(*, actor: Person, saved: SavedFilter) -> None:
    """Forget a search of one's own."""
    SavedFilter.objects.filter(pk=saved.pk, person=actor).delete()


@transaction.atomic
def set_service_level(*, actor: Person, state: str, days: int | None, on: date, at: datetime) -> ServiceLevel:
    """Say in how many working days a state is to be left; None takes the level back. Only a decider sets it."""
    if Role.DECIDER not in roles_of(actor, on=on):
        raise Refused("applications.levels_by_decider")
    if state not in State.values or waits_for(state) is None or not (days is None or 0 < days <= MOST_DAYS):
        raise Refused("applications.level_out_of_range", most=MOST_DAYS)
    level = ServiceLevel.objects.create(state=state, days=days, set_by=actor, set_at=at)
    data: dict[str, object] = {"days": days}
    record(by=actor.by, verb="applications.set_service_level", subject=f"state:{state}", at=at, data=data)
    return level


def _check_office(row: Application, actor: Person, on: date) -> None:
    """Only who works on cases for the office, and not on a case of their own."""
    if row.person_id == actor.pk:
        raise Refused("applications.own_case")
    if not actors(row, actor, on):
        raise Refused("applications.not_of_the_office")
