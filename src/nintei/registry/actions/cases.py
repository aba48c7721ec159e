"""Cases about a certification: asked, looked at with their papers, decided by a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.people.models import Person
from nintei.people.queries import katakana, tidy
from nintei.registry.actions.carrying import carry_out
from nintei.registry.case_states import (
    CARRIES_OUT,
    HOLDERS_OWN,
    NEW_PAPER,
    OPEN,
    As,
    CaseKind,
    CaseState,
    Step,
    following,
    possible,
)
from nintei.registry.models import Case, CaseFile, Certification
from nintei.registry.queries import acts_as, state_on
from nintei.registry.states import Actor, may
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused


class Told(NamedTuple):
    """What a case is about: from which day, why, and for a name change the new name."""

    effective_on: date
    reason: str
    name: str = ""
    kana: str = ""
    latin: str = ""


@transaction.atomic
def ask_case(
    *,
    actor: Person,
    certification: Certification,
    kind: CaseKind,
    told: Told,
    papers: list[TakenFile],
    on: date,
    at: datetime,
) -> Case:
    """A holder asks (`HOLDERS_OWN`), or the office opens a case, which is then proposed at once.

    Every case rests on papers: an address or an account proves nobody's identity. Raises `Refused`:
    `registry.not_entitled`, `registry.own_case`, `registry.no_papers`, `registry.case_open`,
    `registry.name_missing`, `registry.kana_only`, `registry.say_why`, `registry.not_in_this_state`,
    `registry.day_to_come`, `registry.no_paper_now`.
    """
    is_own = certification.person_id == actor.pk
    desk = As.DESK in acts_as(actor, on)
    if is_own and kind not in HOLDERS_OWN:
        raise Refused("registry.own_case" if desk else "registry.not_entitled")
    if not is_own and not desk:
        raise Refused("registry.not_entitled")
    row = Certification.objects.select_for_update().get(pk=certification.pk)
    said = _checked(row, kind, told, on)
    if not papers:
        raise Refused("registry.no_papers")
    if Case.objects.filter(certification=row, kind=kind, state__in=OPEN).exists():
        raise Refused("registry.case_open", kind=str(kind.label))
    case = Case.objects.create(certification=row, kind=kind, asked_by=actor, asked_at=at, **said._asdict())
    _lay(case, papers, at)
    _record("ask_case", case, actor.by, at, papers=[paper.sha256 for paper in papers])
    return case if is_own else propose_case(actor=actor, case=case, on=on, at=at)


@transaction.atomic
def propose_case(*, actor: Person, case: Case, on: date, at: datetime) -> Case:
    """The desk has looked at the papers: the case goes to the second person.

    Raises `Refused`: `registry.not_entitled`, `registry.own_case`, `registry.case_not_now`.
    """
    row = _step(actor, case, Step.PROPOSE, on)
    row.proposed_by, row.proposed_at = actor, at
    row.save()
    _record("propose_case", row, actor.by, at)
    return row


@transaction.atomic
def decide_case(*, actor: Person, case: Case, granted: bool, answer: str, on: date, at: datetime) -> Case:
    """The second person grants a case, which is then carried out, or declines it with words for the holder.

    Raises `Refused`: as `propose_case`, `registry.two_people`, `registry.say_why`, and what carrying out refuses.
    """
    row = _step(actor, case, Step.GRANT if granted else Step.DECLINE, on)
    if row.proposed_by_id == actor.pk:
        raise Refused("registry.two_people")
    if not granted and not answer.strip():
        raise Refused("registry.say_why")
    row.decided_by, row.decided_at, row.answer = actor, at, answer.strip()
    row.save()
    if granted:
        carry_out(row, by=actor.by, on=on, at=at)
    _record("grant_case" if granted else "decline_case", row, actor.by, at)
    _write(row, actor.by, at)
    return row


@transaction.atomic
def withdraw_case(*, actor: Person, case: Case, on: date, at: datetime) -> Case:
    """The holder takes back what they asked for, or the desk what it opened."""
    row = _step(actor, case, Step.WITHDRAW, on)
    row.save()
    _record("withdraw_case", row, actor.by, at)
    return row


def _lay(case: Case, papers: list[TakenFile], at: datetime) -> None:
    """Keep the papers of a case; the same paper twice is once."""
    for paper in papers:
        columns = {"kind": paper.kind, "size": paper.size, "pages": paper.pages, "file_name": paper.file_name}
        CaseFile.objects.get_or_create(case=case, sha256=paper.sha256, defaults={"added_at": at, **columns})


def _checked(row: Certification, kind: CaseKind, told: Told, on: date) -> Told:
    """What was typed, made tidy; refused where it cannot be carried out as things are now."""
    if not told.reason.strip():
        raise Refused("registry.say_why")
    if told.effective_on > on:
        raise Refused("registry.day_to_come")
    now = state_on(row, on)
    if kind in NEW_PAPER and kind not in possible(now):
        raise Refused("registry.no_paper_now", state=str(now.label))
    event = CARRIES_OUT.get(kind)
    state = state_on(row, told.effective_on)
    if event and kind != CaseKind.ANNUL and not may(state, event, Actor.CASE):
        raise Refused("registry.not_in_this_state", event=str(event.label), state=str(state.label))
    if kind != CaseKind.NAME:
        return Told(told.effective_on, told.reason.strip())
    reading = katakana(told.kana)
    if not tidy(told.name):
        raise Refused("registry.name_missing")
    if not reading:
        raise Refused("registry.kana_only")
    return Told(told.effective_on, told.reason.strip(), tidy(told.name), reading, tidy(told.latin))


def _step(actor: Person, case: Case, step: Step, on: date) -> Case:
    """The case, locked and in its next state; refused where the table or the person does not allow it."""
    row = Case.objects.select_for_update(of=("self",)).select_related("certification__person").get(pk=case.pk)
    held_by = row.certification.person_id
    own = held_by == actor.pk
    actors = acts_as(actor, on) | (frozenset({As.HOLDER}) if own else frozenset())
    if own and step != Step.WITHDRAW:
        raise Refused("registry.own_case")
    after = following(row.state, step, actors)
    if after is None:
        moved = row.state not in OPEN or following(row.state, step, frozenset(As)) is None
        code = "registry.case_not_now" if moved else "registry.not_entitled"
        raise Refused(code, state=str(CaseState(row.state).label))
    row.state = after
    return row


def _record(verb: str, case: Case, by: str, at: datetime, **more: object) -> None:
    data: dict[str, object] = {
        "case": str(case.pk),
        "kind": str(case.kind),
        "state": str(case.state),
        "on": case.effective_on.isoformat(),
    }
    record(by=by, verb=f"registry.{verb}", subject=case.certification.subject, at=at, data=data | more)


def _write(case: Case, by: str, at: datetime) -> None:
    """The holder is told of the decision; of a death nobody is written to by machine."""
    if case.kind == CaseKind.DEATH:
        return
    person = case.certification.person
    post(
        by=by,
        key=f"registry.case:{case.pk}",
        template="registry/letters/case_decided.txt",
        to_email=person.email,
        language=person.language,
        at=at,
        context={"case": case, "certification": case.certification, "person": person},
        to_person=person,
    )
