"""Steps inside an action: a move by the transition table, and who may rule."""

from __future__ import annotations

from datetime import date

from nintei.courses.models import Course, Provider
from nintei.courses.states import Actor, Event, State, following
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

COMMITTEE = frozenset({Role.REVIEWER, Role.DECIDER})


def move(thing: Provider | Course, event: Event, actor: Actor, on: date) -> None:
    """Put a locked provider or course into the state that follows, or refuse what the table does not have."""
    after = following(thing.state, event, actor)
    if after is None:
        raise Refused("courses.may_not_happen", state=State(thing.state).label)
    if after != thing.state:
        thing.state, thing.state_since_on = after, on
        thing.save(update_fields=["state", "state_since_on"])


def entitled(actor: Person, on: date, contact: Person | None) -> None:
    """Refuse whoever is not of the committee on a (JST) day, and whoever would rule on their own organisation."""
    if COMMITTEE.isdisjoint(roles_of(actor, on=on)):
        raise Refused("courses.not_of_the_committee")
    if contact is not None and contact.pk == actor.pk:
        raise Refused("courses.own_organisation")
