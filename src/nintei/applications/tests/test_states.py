"""The table: every cell of state × event × actor is decided, and the database agrees."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import states
from nintei.applications.models import Application
from nintei.applications.states import Actor, Event, State
from nintei.applications.tests.conftest import TODAY, at
from nintei.people.models import Person

# What each actor may do in each state, written out by hand: a second opinion on the table.
MAY = {
    (State.DRAFT, Actor.APPLICANT): {Event.EDIT, Event.SUBMIT, Event.WITHDRAW},
    (State.SUBMITTED, Actor.APPLICANT): {Event.WITHDRAW},
    (State.SUBMITTED, Actor.RULE): {Event.ACCEPT},
    (State.SUBMITTED, Actor.REVIEWER): {Event.RETURN},
    (State.ACCEPTED, Actor.APPLICANT): {Event.WITHDRAW},
    (State.ACCEPTED, Actor.REVIEWER): {Event.TAKE_UP},
    (State.IN_REVIEW, Actor.APPLICANT): {Event.WITHDRAW},
    (State.IN_REVIEW, Actor.REVIEWER): {Event.RECOMMEND, Event.RETURN},
    (State.RECOMMENDED, Actor.APPLICANT): {Event.WITHDRAW},
    (State.RECOMMENDED, Actor.DECIDER): {Event.CERTIFY, Event.REFUSE, Event.SEND_BACK},
    (State.RETURNED, Actor.APPLICANT): {Event.EDIT, Event.SUBMIT, Event.WITHDRAW},
}


@pytest.mark.parametrize(("state", "actor"), list(product(State, Actor)))
def test_every_cell_is_decided(state: State, actor: Actor) -> None:
    may = {event for event in Event if states.following(state, event, actor) is not None}
    assert may == MAY.get((state, actor), set())
    assert set(states.events(state, frozenset({actor}))) == may


def test_only_the_rule_accepts() -> None:
    ways = {(at, event, actor) for (at, event, actor), to in states.TABLE.items() if to == State.ACCEPTED}
    assert ways == {(State.SUBMITTED, Event.ACCEPT, Actor.RULE)}


def test_nothing_leaves_a_closed_state() -> None:
    assert {at for at, _event, _actor in states.TABLE}.isdisjoint(states.CLOSED)


def test_every_open_state_waits_for_somebody_who_can_act() -> None:
    for state in set(State) - set(states.CLOSED):
        waited_for = states.waits_for(state)
        assert waited_for is not None
        assert states.events(state, frozenset({waited_for}))
    assert [states.waits_for(state) for state in states.CLOSED] == [None, None, None]


def make(person: Person, **more: object) -> Application:
    told: dict[str, object] = {"kind": "first", "qualification": "OMP", "state_since_on": TODAY} | more
    return Application.objects.create(person=person, started_at=at(TODAY), saved_at=at(TODAY), **told)


def test_the_database_refuses_what_the_table_does_not_hold(sato: Person) -> None:
    row = make(sato)
    for state in (State.ACCEPTED, State.IN_REVIEW, State.CERTIFIED):
        with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
            Application.objects.filter(pk=row.pk).update(state=state)


def test_the_database_lets_nothing_begin_but_as_a_draft(sato: Person) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        make(sato, state=State.ACCEPTED, accepted_on=TODAY, submitted_on=TODAY, number="2026-0001")


def test_the_day_of_acceptance_is_set_once(accepted: Application) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=accepted.pk).update(accepted_on=TODAY)


def test_an_application_is_never_deleted(sato: Person) -> None:
    row = make(sato)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
