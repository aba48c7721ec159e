"""Roles: what the association entrusts somebody with, and for the deciders' role two people who want it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.journal.actions import record
from nintei.people.models import Person, Proposed, Role, RoleChange, RoleGrant, RoleProposal
from nintei.people.queries import holders_of, roles_of
from nintei.shared.refusals import Refused

# Who decides, and who entrusts roles, is not for one person to say (P7).
NEEDS_TWO = frozenset({Role.DECIDER, Role.BOARD})
ASKERS = frozenset({Role.BOARD})
FIRST_MEMBERS = 2
SECONDS = frozenset({Role.BOARD, Role.DECIDER})


@transaction.atomic
def change_role(
    *, actor: Person, person: Person, role: Role, change: RoleChange, day: date, on: date, at: datetime
) -> RoleProposal | None:
    """Entrust or end a role as the board wants it; for deciders and the board itself, propose it (P7).

    `day` is the first day of a grant, the last day of an end (JST). Gives the proposal where a second person
    must agree, None where it was done. Raises `Refused`: `people.not_entitled`, `people.own_role`,
    `people.role_held`, `people.role_not_held`, `people.proposed_already`, `people.account_closed`.
    """
    if not roles_of(actor, on=on) & ASKERS:
        raise Refused("people.not_entitled")
    if actor.pk == person.pk:
        raise Refused("people.own_role")
    if not person.is_active:
        raise Refused("people.account_closed", name=str(person))
    _check_change(person, role, change)
    if role not in NEEDS_TWO:
        _do(actor.by, person, role, change, day, at)
        return None
    if RoleProposal.objects.filter(person=person, role=role, state=Proposed.OPEN).exists():
        raise Refused("people.proposed_already", name=str(person), role=str(role.label))
    asked = RoleProposal.objects.create(
        person=person, role=role, change=change, day=day, asked_by=actor, asked_at=at
    )
    data: dict[str, object] = {"role": role.value, "change": str(change), "day": day.isoformat()}
    record(by=actor.by, verb="people.propose_role", subject=person.by, at=at, data=data)
    return asked


@transaction.atomic
def answer_proposal(
    *, actor: Person, proposal: RoleProposal, agreed: bool, on: date, at: datetime
) -> RoleProposal:
    """The second person agrees, and the role changes; or it is left as it is.

    Raises `Refused`: `people.not_entitled`, `people.own_role`, `people.two_people` (whoever proposed it),
    `people.answered_already`.
    """
    row = RoleProposal.objects.select_for_update().get(pk=proposal.pk)
    if not roles_of(actor, on=on) & SECONDS:
        raise Refused("people.not_entitled")
    if row.person_id == actor.pk:
        raise Refused("people.own_role")
    if agreed and row.asked_by_id == actor.pk:
        raise Refused("people.two_people")
    if row.state != Proposed.OPEN:
        raise Refused("people.answered_already")
    row.state = Proposed.AGREED if agreed else Proposed.DECLINED
    row.answered_by, row.answered_at = actor, at
    row.save()
    data: dict[str, object] = {"role": row.role, "change": row.change, "agreed": agreed}
    record(by=actor.by, verb="people.answer_proposal", subject=row.person.by, at=at, data=data)
    if agreed:
        _do(actor.by, row.person, Role(row.role), RoleChange(row.change), row.day, at)
    return row


def _check_change(person: Person, role: Role, change: RoleChange) -> None:
    holds = RoleGrant.objects.filter(person=person, role=role, until_on=None).exists()
    if holds == (change == RoleChange.GRANT):
        code = "people.role_held" if holds else "people.role_not_held"
        raise Refused(code, name=str(person), role=str(role.label))


def _do(by: str, person: Person, role: Role, change: RoleChange, day: date, at: datetime) -> None:
    if change == RoleChange.GRANT:
        grant_role(by=by, person=person, role=role, from_on=day, at=at)
    else:
        end_role(by=by, person=person, role=role, until_on=day, at=at)


@transaction.atomic
def grant_role(*, by: str, person: Person, role: Role, from_on: date, at: datetime) -> RoleGrant:
    """Entrust a role to a person from a (JST) day. Raises `Refused("people.role_held")`."""
    Person.objects.select_for_update().get(pk=person.pk)
    if RoleGrant.objects.filter(person=person, role=role, until_on=None).exists():
        raise Refused("people.role_held", name=str(person), role=str(role.label))
    grant = RoleGrant.objects.create(person=person, role=role, from_on=from_on)
    data: dict[str, object] = {"role": role.value, "from_on": from_on.isoformat()}
    record(by=by, verb="people.grant_role", subject=person.by, at=at, data=data)
    return grant


@transaction.atomic
def appoint_first(*, by: str, person: Person, on: date, at: datetime) -> RoleGrant:
    """Make somebody a member of the board from the server, from a (JST) day, while fewer than two are there.

    From then on the board entrusts every role itself, two people together where it takes two (P7). Raises
    `Refused`: `people.board_is_there`, `people.role_held`, `people.account_closed`.
    """
    list(Person.objects.select_for_update().filter(grants__role=Role.BOARD).order_by("pk"))
    if not person.is_active:
        raise Refused("people.account_closed", name=str(person))
    if len({each.pk for each in holders_of((Role.BOARD,), on=on)} - {person.pk}) >= FIRST_MEMBERS:
        raise Refused("people.board_is_there")
    return grant_role(by=by, person=person, role=Role.BOARD, from_on=on, at=at)


@transaction.atomic
def end_role(*, by: str, person: Person, role: Role, until_on: date, at: datetime) -> RoleGrant:
    """End a role; `until_on` is its last (JST) day.

    Raises `Refused("people.role_not_held")`, `Refused("people.role_ends_before_it_begins")`.
    """
    grant = RoleGrant.objects.select_for_update().filter(person=person, role=role, until_on=None).first()
    if not grant:
        raise Refused("people.role_not_held", name=str(person), role=str(role.label))
    if until_on < grant.from_on:
        raise Refused("people.role_ends_before_it_begins", from_on=grant.from_on.isoformat())
    grant.until_on = until_on
    grant.save(update_fields=["until_on"])
    data: dict[str, object] = {"role": role.value, "until_on": until_on.isoformat()}
    record(by=by, verb="people.end_role", subject=person.by, at=at, data=data)
    return grant
