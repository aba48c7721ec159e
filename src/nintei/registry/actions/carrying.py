"""What a granted case does: to the status, to the name, to the paper."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from nintei.people import actions as people
from nintei.people.models import Person
from nintei.people.queries import former_names, roles_of
from nintei.registry.actions.changing import change
from nintei.registry.actions.sharing import consent, stop_sharing
from nintei.registry.case_states import CARRIES_OUT, NEW_PAPER, NO_PAPER, CaseKind, possible
from nintei.registry.models import Case, Certification, ExamPass, HeldName
from nintei.registry.queries import state_on
from nintei.registry.signals import reissue_granted
from nintei.registry.states import Actor
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused


def carry_out(case: Case, *, by: str, on: date, at: datetime) -> None:
    """Do what a case was granted for on a (JST) day, in the transaction of the decision."""
    kind = CaseKind(case.kind)
    if event := CARRIES_OUT.get(kind):
        change(
            by=by, event=event, certification=case.certification, on=case.effective_on,
            cause=case.reference, at=at, actor=Actor.CASE,
        )  # fmt: skip
    if kind == CaseKind.DEATH:
        _close(case.certification, by, at)
    if kind == CaseKind.NAME:
        _rename(case, by, at)
    if kind == CaseKind.LOSS:
        # Whoever finds the lost paper must not open the page as its holder.
        Certification.objects.filter(pk=case.certification_id).update(verify_id=secrets.token_urlsafe(16))
        case.certification.refresh_from_db()
    if kind in NEW_PAPER:
        _new_paper(case, by, on, at)


def _new_paper(case: Case, by: str, on: date, at: datetime) -> None:
    """Ask for the paper; of what was revoked or has run out in the meantime none is made."""
    kind, now = CaseKind(case.kind), state_on(case.certification, on)
    if kind not in possible(now):
        raise Refused("registry.no_paper_now", state=str(now.label))
    if now in NO_PAPER:
        return
    reissue_granted.send(
        Certification,
        certification=case.certification,
        kind=str(kind),
        cause=case.reference,
        at=at,
        by=by,
    )


def _close(certification: Certification, by: str, at: datetime) -> None:
    """Nobody is left to consent: what was shared is shared no longer, passes of the same person either."""
    passes = ExamPass.objects.filter(person=certification.person_id)
    held: list[Certification | ExamPass] = [certification, *passes]
    for subject in held:
        consent(by=by, subject=subject, fields=frozenset(), at=at)
        for sharing in subject.sharings.filter(ended_at=None):
            stop_sharing(by=by, sharing=sharing, at=at)


def _rename(case: Case, by: str, at: datetime) -> None:
    """The new name in the register and with the person; the old one becomes a former name, seen by the desk."""
    person = case.certification.person
    before = person.name
    HeldName.objects.create(
        certification=case.certification, name=case.name, kana=case.kana, latin=case.latin,
        from_on=case.effective_on, cause=case.reference, recorded_at=at,
    )  # fmt: skip
    people.change_name(
        by=by, person=person, name=case.name, kana=case.kana, latin=case.latin, born_on=person.born_on, at=at
    )
    _show_former(case, person, before, at)


def _show_former(case: Case, person: Person, before: str, at: datetime) -> None:
    """The papers of the case are those of the former name: the desk has looked at them once."""
    former = next((each for each in former_names(person) if each.name == before), None)
    paper = case.files.first()
    desk = case.proposed_by
    if former is None or paper is None or desk is None or former.state != "told":
        return
    taken = TakenFile(**{name: getattr(paper, name) for name in TakenFile._fields})
    people.show_former_name(by=desk.by, former=former, taken=taken, at=at)
    if roles_of(desk, on=at.date()) & people.NAME_CHECKERS:
        people.check_former_name(actor=desk, former=former, confirmed=True, reason="", on=at.date(), at=at)
