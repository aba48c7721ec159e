"""The table: every cell of state × event is decided, the actions follow it, and the database agrees."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.db import DatabaseError, transaction

from nintei.registry import case_states, queries, states
from nintei.registry.actions.changing import change
from nintei.registry.case_states import As, CaseState, Step
from nintei.registry.models import Certification, StatusChange, Term
from nintei.registry.states import Actor, Event, State, StatusKind
from nintei.registry.tests.conftest import TODAY, at, fresh
from nintei.shared.refusals import Refused

RENEWALS = {Event.RENEW, Event.REFUSE_RENEWAL, Event.WITHDRAW_RENEWAL}
CLOSED = {Event.REFUSE_RENEWAL, Event.WITHDRAW_RENEWAL}
# Written out by hand: a second opinion on the table.
MAY = {
    (State.NONE, Actor.DECISION): {Event.CERTIFY, Event.ENTER},
    (State.NOT_STARTED, Actor.CALENDAR): {Event.BEGIN},
    (State.NOT_STARTED, Actor.CASE): {Event.SUSPEND, Event.REVOKE, Event.END},
    (State.NOT_STARTED, Actor.DECISION): {Event.REVOKE},
    (State.VALID, Actor.CALENDAR): {Event.EXPIRE},
    (State.VALID, Actor.CASE): {Event.SUSPEND, Event.REVOKE, Event.END},
    (State.VALID, Actor.DECISION): {Event.FILE_RENEWAL, Event.REVOKE, *RENEWALS},
    (State.PENDING, Actor.CASE): {Event.SUSPEND, Event.REVOKE, Event.END},
    (State.PENDING, Actor.DECISION): {Event.REVOKE, *RENEWALS},
    (State.SUSPENDED, Actor.CALENDAR): {Event.EXPIRE},
    (State.SUSPENDED, Actor.CASE): {Event.RELEASE, Event.REVOKE, Event.END, Event.ANNUL},
    (State.SUSPENDED, Actor.DECISION): {Event.FILE_RENEWAL, Event.REVOKE, *RENEWALS},
    (State.REVOKED, Actor.CASE): {Event.REINSTATE, Event.ANNUL},
    (State.REVOKED, Actor.DECISION): CLOSED,
    (State.LAPSED, Actor.CASE): {Event.REVOKE, Event.END},
    (State.LAPSED, Actor.DECISION): {Event.FILE_RENEWAL, Event.REVOKE, *RENEWALS},
    (State.ENDED, Actor.CASE): {Event.ANNUL},
    (State.ENDED, Actor.DECISION): CLOSED,
}


@pytest.mark.parametrize(("state", "actor"), list(product(State, Actor)))
def test_every_cell_is_decided(state: State, actor: Actor) -> None:
    may = {event for event in Event if states.may(state, event, actor)}
    assert may == MAY.get((state, actor), set())
    assert set(states.events(state, actor)) == may


def test_every_case_step_is_decided() -> None:
    may = {
        (s, step, who)
        for s, step, who in product(CaseState, Step, As)
        if case_states.following(s, step, frozenset({who}))
    }
    assert may == {
        (CaseState.ASKED, Step.PROPOSE, As.DESK), (CaseState.ASKED, Step.WITHDRAW, As.HOLDER),
        (CaseState.PROPOSED, Step.GRANT, As.DECIDER), (CaseState.PROPOSED, Step.DECLINE, As.DECIDER),
        (CaseState.PROPOSED, Step.WITHDRAW, As.DESK),
    }  # fmt: skip


# How to bring a certification that is valid into a state.
WAYS: dict[State, tuple[Event, ...]] = {
    State.VALID: (),
    State.SUSPENDED: (Event.SUSPEND,),
    State.REVOKED: (Event.REVOKE,),
    State.ENDED: (Event.END,),
}
WRITTEN = [event for event in states.KINDS if event != Event.ANNUL]


def do(held: Certification, event: Event, day: date = TODAY, cause: str = "") -> StatusChange:
    actor = Actor.CASE if any(states.may(s, event, Actor.CASE) for s in State) else Actor.DECISION
    return change(
        by="k",
        event=event,
        certification=held,
        on=day,
        cause=cause or f"case:{event}",
        at=at(day),
        actor=actor,
    )


def test_the_actions_and_the_database_follow_the_table(omp: Certification) -> None:
    """Each state × each thing that is written: done or refused by the action, and by the database alone."""
    for state, way in WAYS.items():
        for event in WRITTEN:
            wanted = any(states.may(state, event, actor) for actor in (Actor.CASE, Actor.DECISION))
            told: list[bool] = []
            for write in (do, _by_hand):
                with transaction.atomic():
                    for step in way:
                        do(omp, step)
                    assert queries.state_on(fresh(omp.person), TODAY) == state
                    told.append(_works(write, omp, event))
                    transaction.set_rollback(True)
            assert told == [wanted, wanted], (state, event)


def _works(write: object, held: Certification, event: Event) -> bool:
    try:
        with transaction.atomic():
            write(held, event, cause="another")  # type: ignore[operator]
    except (Refused, DatabaseError):
        return False
    return True


def _by_hand(held: Certification, event: Event, cause: str) -> None:
    StatusChange.objects.create(
        certification=held, kind=states.KINDS[event], effective_on=TODAY, recorded_at=at(TODAY), cause=cause
    )


def test_the_database_moves_the_footing_and_nobody_else(omp: Certification) -> None:
    do(omp, Event.REVOKE)
    assert Certification.objects.get().footing == "revoked"
    with pytest.raises(DatabaseError), transaction.atomic():
        Certification.objects.update(footing="in_force")
    with pytest.raises(DatabaseError, match="a new validity while revoked"), transaction.atomic():
        Term.objects.create(
            certification=omp, starts_on=date(2027, 4, 1), ends_on=date(2030, 3, 31), decided_on=TODAY,
            edition="e", cause="c", recorded_at=at(TODAY),
        )  # fmt: skip
    person = omp.person
    with pytest.raises(DatabaseError), transaction.atomic():
        Certification.objects.create(
            person=person,
            qualification="CAP",
            number="C",
            verify_id="C",
            certified_on=TODAY,
            footing="revoked",
        )


def test_only_the_newest_act_that_stands_can_be_annulled(omp: Certification) -> None:
    first = do(omp, Event.SUSPEND, date(2025, 6, 1), "case:1")
    do(omp, Event.RELEASE, date(2025, 7, 1), "case:2")
    told = {
        "certification": omp,
        "kind": StatusKind.ANNULLED,
        "effective_on": TODAY,
        "recorded_at": at(TODAY),
    }
    with pytest.raises(DatabaseError, match="annulled while in_force"), transaction.atomic():
        StatusChange.objects.create(**told, cause="x", annuls=first)
    with pytest.raises(Refused) as refusal:
        do(omp, Event.ANNUL)
    assert refusal.value.code == "registry.not_in_this_state"


def test_an_act_is_not_slipped_in_before_another(omp: Certification) -> None:
    do(omp, Event.SUSPEND, date(2025, 6, 1))
    with pytest.raises(Refused) as refusal:
        do(omp, Event.REVOKE, date(2025, 5, 31))
    assert refusal.value.code == "registry.before_the_last_change"
