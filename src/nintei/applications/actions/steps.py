"""One step along the transition table: lock, check the version and the right, move, record."""

from __future__ import annotations

from datetime import date, datetime

from nintei.applications import queries, states
from nintei.applications.models import Application
from nintei.applications.queries.search import names_key
from nintei.applications.states import Actor, Event, State
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.people.models import Person
from nintei.shared.refusals import Refused


def locked(application: Application, version: int | None = None) -> Application:
    """The row as it is now, locked. A `version` that somebody else has passed is refused (P2)."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    if version is not None and version != row.version:
        raise Refused("applications.changed_meanwhile")
    return row


def check(row: Application, event: Event, actor: Actor | None, person: Person | None, on: date) -> State:
    """The state that follows, or `Refused`: no such role, or not in this state.

    Without `actor` the person acts as whatever they are to this case.
    """
    able = frozenset({actor}) if actor else frozenset[Actor]()
    if person is not None:
        mine = queries.actors(row, person, on)
        able = (able & mine if actor else mine) & {who for _at, each, who in states.TABLE if each == event}
        if not able:
            is_own = row.person_id == person.pk
            raise Refused(
                "applications.own_case" if is_own else "applications.not_entitled", event=event.label
            )
    who = states.as_what(row.state, event, able)
    to = states.following(row.state, event, who) if who else None
    if to is None:
        raise Refused("applications.not_now", state=State(row.state).label, event=event.label)
    return to


def check_in_charge(row: Application, actor: Person) -> None:
    """`Refused` where somebody else has the case. Who wants it takes it first (`assign`)."""
    if row.reviewer_id and row.reviewer_id != actor.pk:
        raise Refused("applications.other_reviewer", reviewer=str(row.reviewer))


def step(
    row: Application,
    event: Event,
    actor: Actor | None,
    *,
    by: str,
    person: Person | None,
    on: date,
    at: datetime,
    **data: object,
) -> Application:
    """Move a locked row along the table and record it. `data` goes into the leaf."""
    to = check(row, event, actor, person, on)
    if to != row.state:
        row.state_since_on = on
    before, row.state, row.saved_at = row.state, to, at
    row.version += 1
    row.names = names_key(row.person)
    row.save()
    told = {"from": before, "to": str(to), "version": row.version, **data}
    record(by=by, verb=f"applications.{event}", subject=row.reference, at=at, data=told)
    return row


def tell(row: Application, letter: str, *, by: str, at: datetime, key: str = "", **context: object) -> None:
    """Write a letter to the applicant, once for a key."""
    post_letter(
        by=by,
        key=f"applications.{letter}:{row.pk}{key}",
        template=f"applications/letters/{letter}.txt",
        to_email=row.person.email,
        language=row.person.language,
        at=at,
        context={"application": row, **context},
        to_person=row.person,
    )
