"""The table: every cell of state × event × actor is decided, and the database agrees."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import states
from nintei.applications.actions.fee_news import on_fee_settled
from nintei.applications.models import Application, Decision
from nintei.applications.states import Actor, Event, State
from nintei.applications.tests.conftest import PAID_ON, TODAY, at, decide, pay, submit
from nintei.payments import signals
from nintei.people.models import Person, Role

# What each actor may do in each state, written out by hand: a second opinion on the table.
MAY = {
    (State.DRAFT, Actor.APPLICANT): {Event.EDIT, Event.SUBMIT, Event.WITHDRAW},
    (State.DRAFT, Actor.CONTRACTOR): {Event.KEY_IN},
    (State.DRAFT, Actor.REVIEWER): {Event.KEY_IN},
    (State.DRAFT, Actor.DECIDER): {Event.REOPEN},
    (State.INCOMPLETE, Actor.APPLICANT): {Event.EDIT, Event.WITHDRAW},
    (State.INCOMPLETE, Actor.CONTRACTOR): {Event.KEY_IN, Event.COMPLETE, Event.ASSIGN},
    (State.INCOMPLETE, Actor.REVIEWER): {Event.KEY_IN, Event.COMPLETE, Event.ASSIGN, Event.TURN_AWAY},
    (State.INCOMPLETE, Actor.DECIDER): {Event.ASSIGN},
    (State.SUBMITTED, Actor.APPLICANT): {Event.WITHDRAW, Event.AMEND},
    (State.SUBMITTED, Actor.CONTRACTOR): {Event.ASSIGN, Event.ASK},
    (State.SUBMITTED, Actor.REVIEWER): {Event.ASSIGN, Event.ASK},
    (State.SUBMITTED, Actor.DECIDER): {Event.ASSIGN},
    (State.SUBMITTED, Actor.RULE): {Event.ACCEPT, Event.RESUME},
    (State.ACCEPTED, Actor.APPLICANT): {Event.WITHDRAW, Event.AMEND},
    (State.ACCEPTED, Actor.CONTRACTOR): {Event.TAKE_UP, Event.ASSIGN},
    (State.ACCEPTED, Actor.REVIEWER): {Event.TAKE_UP, Event.ASSIGN},
    (State.ACCEPTED, Actor.DECIDER): {Event.ASSIGN},
    (State.ACCEPTED, Actor.RULE): {Event.RESUME},
    (State.IN_REVIEW, Actor.APPLICANT): {Event.WITHDRAW, Event.AMEND},
    (State.IN_REVIEW, Actor.CONTRACTOR): {Event.ASK, Event.HOLD, Event.ASSIGN},
    (State.IN_REVIEW, Actor.REVIEWER): {
        Event.RECOMMEND,
        Event.SUBTRACT,
        Event.RESTORE,
        Event.ASK,
        Event.HOLD,
        Event.ASSIGN,
    },
    (State.IN_REVIEW, Actor.DECIDER): {Event.ASSIGN},
    (State.ON_HOLD, Actor.APPLICANT): {Event.WITHDRAW, Event.AMEND},
    (State.ON_HOLD, Actor.CONTRACTOR): {Event.RELEASE, Event.ASSIGN},
    (State.ON_HOLD, Actor.REVIEWER): {Event.RELEASE, Event.ASSIGN},
    (State.ON_HOLD, Actor.DECIDER): {Event.ASSIGN},
    (State.RETURNED, Actor.APPLICANT): {Event.EDIT, Event.ANSWER, Event.SUBMIT, Event.WITHDRAW, Event.AMEND},
    (State.RETURNED, Actor.CONTRACTOR): {Event.RESUME, Event.ASSIGN},
    (State.RETURNED, Actor.REVIEWER): {Event.RESUME, Event.ASSIGN},
    (State.RETURNED, Actor.DECIDER): {Event.ASSIGN},
    (State.RECOMMENDED, Actor.APPLICANT): {Event.WITHDRAW, Event.AMEND},
    (State.RECOMMENDED, Actor.DECIDER): {Event.CERTIFY, Event.REFUSE, Event.SEND_BACK},
}


@pytest.mark.parametrize(("state", "actor"), list(product(State, Actor)))
def test_every_cell_is_decided(state: State, actor: Actor) -> None:
    may = {event for event in Event if states.following(state, event, actor) is not None}
    assert may == MAY.get((state, actor), set())
    assert set(states.events(state, frozenset({actor}))) == may


def test_no_cell_is_decided_twice() -> None:
    assert len(states.TABLE) == sum(len(row.who) for row in states.ROWS)


def test_every_role_that_acts_is_one_of_the_offices() -> None:
    assert set(states.ACTS_AS) == {Role.CONTRACTOR, Role.REVIEWER, Role.DECIDER}


def test_the_contractor_prepares_and_the_association_decides() -> None:
    by_contractor = {event for (_at, event, actor) in states.TABLE if actor == Actor.CONTRACTOR}
    assert by_contractor.isdisjoint(
        {Event.RECOMMEND, Event.CERTIFY, Event.REFUSE, Event.TURN_AWAY, Event.REOPEN}
    )
    to_an_end = {
        actor for (_at, event, actor), to in states.TABLE.items() if to in (State.CERTIFIED, State.REFUSED)
    }
    assert to_an_end == {Actor.DECIDER}


def test_only_the_rule_accepts() -> None:
    ways = {key for key, to in states.TABLE.items() if to == State.ACCEPTED != key[0]}
    assert ways == {(State.SUBMITTED, Event.ACCEPT, Actor.RULE)}


def test_nothing_leaves_a_closed_state() -> None:
    assert {at for at, _event, _actor in states.TABLE}.isdisjoint(states.CLOSED)


def test_every_open_state_waits_for_somebody_who_can_act() -> None:
    for state in set(State) - set(states.CLOSED):
        waited_for = states.waits_for(state)
        assert waited_for is not None
        assert states.events(state, frozenset({waited_for}))
    assert [states.waits_for(state) for state in states.CLOSED] == [None] * 4


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


def test_the_database_wants_the_confirmed_fee_for_acceptance(submitted: Application, mori: Person) -> None:
    told: dict[str, Any] = {"state": State.ACCEPTED, "accepted_on": PAID_ON}
    with pytest.raises(DatabaseError, match="No confirmed fee"), transaction.atomic():
        Application.objects.filter(pk=submitted.pk).update(**told)
    pay(submitted, mori)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.accepted_on) == (State.ACCEPTED, PAID_ON)


def test_the_database_dates_no_acceptance_before_the_fee(submitted: Application, mori: Person) -> None:
    """The fee is confirmed, and a hand that goes past the rule writes an earlier day."""
    signals.fee_settled.disconnect(dispatch_uid="applications.accept")
    try:
        pay(submitted, mori)
    finally:
        signals.fee_settled.connect(on_fee_settled, dispatch_uid="applications.accept")
    rows = Application.objects.filter(pk=submitted.pk)
    with pytest.raises(DatabaseError, match="No confirmed fee"), transaction.atomic():
        rows.update(state=State.ACCEPTED, accepted_on=TODAY)
    assert rows.update(state=State.ACCEPTED, accepted_on=PAID_ON) == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_the_database_keeps_the_day_of_acceptance_for_acceptance(
    ready: Application, mori: Person, state: State
) -> None:
    if state == State.SUBMITTED:
        submit(ready)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=ready.pk).update(accepted_on=PAID_ON, complete_on=TODAY)


def test_what_is_incomplete_has_no_day_of_completeness_yet(sato: Person) -> None:
    row = make(sato)
    Application.objects.filter(pk=row.pk).update(
        state=State.INCOMPLETE, submitted_on=TODAY, number="2026-0001"
    )
    with pytest.raises(DatabaseError, match="complete_is_dated"), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(state=State.SUBMITTED)
    assert Application.objects.filter(pk=row.pk).update(state=State.SUBMITTED, complete_on=TODAY) == 1


def test_a_case_taken_up_again_has_another_decider(
    recommended: Application, kato: Person, ito: Person, noda: Person
) -> None:
    decision = decide(recommended, kato, "refused", reasons={"experience": "確かめられませんでした。"})
    appeal = make(recommended.person, earlier=recommended, again="appeal")
    again = make(ito, earlier=appeal, again="reversal")
    kept: dict[str, Any] = {
        "reviewer": ito,
        "review": decision.review,
        "outcome": "certified",
        "edition": "x",
        "day": TODAY,
    }
    kept |= {"facts": {}, "findings": {}, "evidence": [], "decided_on": TODAY, "decided_at": at(TODAY)}
    for row in (appeal, again):
        with pytest.raises(DatabaseError, match="decider of the earlier case"), transaction.atomic():
            Decision.objects.create(application=row, decider=kato, **kept)
    assert Decision.objects.create(application=appeal, decider=noda, **kept).decider == noda
