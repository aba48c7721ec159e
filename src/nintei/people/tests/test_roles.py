"""Roles: the board entrusts them; who decides is never one person's to say."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from nintei.people import actions, queries
from nintei.people.models import Person, Role, RoleChange, RoleProposal
from nintei.people.tests.conftest import AT, ON, somebody
from nintei.shared.refusals import Refused


def change(
    actor: Person, person: Person, role: Role, what: RoleChange = RoleChange.GRANT, day: date = ON
) -> RoleProposal | None:
    return actions.change_role(actor=actor, person=person, role=role, change=what, day=day, on=ON, at=AT)


def answer(actor: Person, proposal: RoleProposal | None, agreed: bool = True) -> RoleProposal:
    assert proposal is not None
    return actions.answer_proposal(actor=actor, proposal=proposal, agreed=agreed, on=ON, at=AT)


def test_the_board_entrusts_a_reviewer_at_once(ono: Person, tanaka: Person) -> None:
    assert change(ono, tanaka, Role.REVIEWER) is None
    assert queries.roles_of(tanaka, on=ON) == {Role.REVIEWER}
    change(ono, tanaka, Role.REVIEWER, RoleChange.END)
    assert queries.roles_of(tanaka, on=date(2026, 11, 25)) == frozenset()


def test_a_decider_takes_two_people(ono: Person, kato: Person, tanaka: Person) -> None:
    asked = change(ono, tanaka, Role.DECIDER)
    assert queries.roles_of(tanaka, on=ON) == frozenset()
    with pytest.raises(Refused, match=r"people\.proposed_already"):
        change(ono, tanaka, Role.DECIDER)
    with pytest.raises(Refused, match=r"people\.two_people"):
        answer(ono, asked)
    answer(kato, asked)
    assert queries.roles_of(tanaka, on=ON) == {Role.DECIDER}
    with pytest.raises(Refused, match=r"people\.answered_already"):
        answer(kato, asked)


def test_to_end_a_deciders_role_takes_two_as_well(ono: Person, kato: Person) -> None:
    second = somebody("hara", "原 愛", "ハラ アイ", Role.BOARD)
    asked = change(ono, kato, Role.DECIDER, RoleChange.END)
    with pytest.raises(Refused, match=r"people\.own_role"):
        answer(kato, asked)
    answer(second, asked, agreed=False)
    assert queries.roles_of(kato, on=date(2026, 12, 1)) == {Role.DECIDER}


def test_nobody_else_entrusts_roles_and_nobody_to_themselves(
    ono: Person, ito: Person, kato: Person, tanaka: Person
) -> None:
    for stranger in (tanaka, ito, kato):
        with pytest.raises(Refused, match=r"people\.not_entitled"):
            change(stranger, tanaka, Role.REVIEWER)
    with pytest.raises(Refused, match=r"people\.own_role"):
        change(ono, ono, Role.DECIDER)
    with pytest.raises(Refused, match=r"people\.not_entitled"):
        answer(ito, change(ono, tanaka, Role.DECIDER))


@pytest.mark.parametrize("who", ["asker", "holder"])
def test_the_database_itself_wants_two(ono: Person, tanaka: Person, who: str) -> None:
    asked = change(ono, tanaka, Role.DECIDER)
    assert asked is not None
    second = {"asker": ono, "holder": tanaka}[who]
    with pytest.raises(DatabaseError), transaction.atomic():
        RoleProposal.objects.filter(pk=asked.pk).update(state="agreed", answered_by=second)


def test_what_is_held_is_not_given_twice_and_what_is_not_held_not_ended(ono: Person, ito: Person) -> None:
    with pytest.raises(Refused, match=r"people\.role_held"):
        change(ono, ito, Role.REVIEWER)
    with pytest.raises(Refused, match=r"people\.role_not_held"):
        change(ono, ito, Role.ACCOUNTANT, RoleChange.END)
