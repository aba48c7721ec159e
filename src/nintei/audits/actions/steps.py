"""One step of an audit along the transition table: lock, check the version and the right, move, record."""

from __future__ import annotations

from datetime import date, datetime

from nintei.audits import queries
from nintei.audits.models import Audit, Plea, PleaKind, Proposal
from nintei.audits.states import Actor, Event, State, following
from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

ACTS_AS = {Actor.AUDITOR: Role.REVIEWER, Actor.DECIDER: Role.DECIDER}


def locked(audit: Audit, version: int | None = None) -> Audit:
    """The row as it is now, locked. A `version` that somebody else has passed is refused (P2)."""
    rows = Audit.objects.select_for_update(of=("self",))
    row = rows.select_related("person", "auditor", "application", "draw__frame__terms").get(pk=audit.pk)
    if version is not None and version != row.version:
        raise Refused("audits.changed_meanwhile")
    return row


def check(row: Audit, event: Event, actor: Actor, person: Person, on: date) -> State:
    """The state that follows. Raises `Refused`: no such role, a conflict of interest, not in this state."""
    if actor == Actor.HOLDER:
        if row.person_id != person.pk:
            raise Refused("audits.not_yours")
    else:
        check_office(row, ACTS_AS[actor], person, on)
    to = following(row.state, event, actor)
    if to is None:
        raise Refused("audits.not_now", state=State(row.state).label, event=event.label)
    return to


def check_office(row: Audit, role: Role, person: Person, on: date) -> None:
    """Somebody of the office with this role and without a conflict of interest, or `Refused`."""
    if role not in roles_of(person, on=on):
        raise Refused("audits.not_entitled")
    if queries.is_barred(row, person):
        raise Refused("audits.conflict")


def check_others(row: Audit, person: Person) -> None:
    """After an appeal nobody goes on who proposed or ruled before it (AMB-A4)."""
    appeal = Plea.objects.filter(audit=row, kind=PleaKind.APPEAL).first()
    if appeal is None:
        return
    before = Proposal.objects.filter(audit=row, at__lte=appeal.made_at).select_related("ruling")
    if any(person.pk in (each.by_id, _decider(each)) for each in before):
        raise Refused("audits.others_after_appeal")


def _decider(proposal: Proposal) -> object:
    ruling = getattr(proposal, "ruling", None)
    return ruling.decider_id if ruling else None


def move(row: Audit, to: State, *, verb: str, by: str, on: date, at: datetime, **data: object) -> Audit:
    """Move a locked row and record it. `data` goes into the leaf."""
    if to != row.state:
        row.state_since_on = on
    row.state = to
    row.version += 1
    row.save()
    record(by=by, verb=f"audits.{verb}", subject=row.reference, at=at, data={"state": str(to), **data})
    return row


def tell(audit: Audit, letter: str, *, by: str, at: datetime, key: str = "", **context: object) -> None:
    """Write a letter to the audited holder, once for a key; on paper where there is no address."""
    post(
        by=by,
        key=f"audits.{letter}:{audit.pk}{key}",
        template=f"audits/letters/{letter}.txt",
        to_email=audit.person.email,
        language=audit.person.language,
        at=at,
        context={"audit": audit, **context},
        to_person=audit.person,
    )
