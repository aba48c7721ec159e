"""One person who was entered twice: two people merge the accounts, and two take that back.

What is somebody's own hangs on a key called `person` (house rule; tests/test_merging.py lists them): those
rows move, and `MergeMove` keeps which. Who reviewed, decided or matched stays who they were; roles never move.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Field, Model

from nintei.journal.actions import record
from nintei.people.models import Merge, MergeMove, MergeState, Person, Role, RoleGrant, RoleProposal
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

MERGERS = frozenset({Role.REGISTRAR, Role.REVIEWER, Role.DECIDER})
STAY_PUT = (RoleGrant, RoleProposal)


@transaction.atomic
def ask_merge(*, actor: Person, goes: Person, stays: Person, reason: str, on: date, at: datetime) -> Merge:
    """Say that two accounts are one person, and why; a second person does it.

    Raises `Refused`: `people.not_entitled`, `people.own_account`, `people.say_why`, `people.same_account`,
    `people.account_closed`, `people.has_roles`, `people.merge_asked`.
    """
    _entitle(actor, (goes, stays), on)
    if goes.pk == stays.pk:
        raise Refused("people.same_account")
    if not reason.strip():
        raise Refused("people.say_why")
    for person in (goes, stays):
        if not person.is_active:
            raise Refused("people.account_closed", name=str(person))
    _refuse_roles(goes)
    if Merge.objects.filter(state=MergeState.ASKED, goes__in=(goes, stays), stays__in=(goes, stays)).exists():
        raise Refused("people.merge_asked")
    merge = Merge.objects.create(goes=goes, stays=stays, reason=reason.strip(), asked_by=actor, asked_at=at)
    _record("ask_merge", merge, actor.by, at, reason=merge.reason)
    return merge


@transaction.atomic
def agree_merge(*, actor: Person, merge: Merge, on: date, at: datetime) -> Merge:
    """The second person agrees: everything that is `goes`'s own moves to `stays`, and `goes` is closed.

    Raises `Refused`: as `ask_merge`, `people.two_people`, `people.merge_not_now`, and `people.merge_collides`
    where both hold what one person can hold once (a certification, an open application): nothing moves then.
    """
    row = _locked(merge, actor, on, MergeState.ASKED)
    if row.asked_by_id == actor.pk:
        raise Refused("people.two_people")
    goes, stays = _both(row)
    _refuse_roles(goes)
    row.state, row.done_by, row.done_at = MergeState.DONE, actor, at
    row.save()
    moves = [move for model in own_tables() for move in _move_all(row, model, goes, stays)]
    MergeMove.objects.bulk_create(moves)
    goes.merged_into, goes.is_active = stays, False
    goes.save(update_fields=["merged_into", "is_active"])
    counted = {table: sum(move.table == table for move in moves) for table in {move.table for move in moves}}
    _record("agree_merge", row, actor.by, at, moved=counted)
    return row


@transaction.atomic
def keep_apart(*, actor: Person, one: Person, other: Person, reason: str, on: date, at: datetime) -> Merge:
    """Say that two accounts are two people: the hint does not come back. An asked merge is declined so.

    Raises `Refused`: `people.not_entitled`, `people.own_account`, `people.same_account`, `people.say_why`.
    """
    _entitle(actor, (one, other), on)
    if one.pk == other.pk:
        raise Refused("people.same_account")
    if not reason.strip():
        raise Refused("people.say_why")
    pair = Merge.objects.select_for_update().filter(goes__in=(one, other), stays__in=(one, other))
    row = pair.filter(state__in=(MergeState.ASKED, MergeState.APART)).first()
    if row is None:
        row = Merge(goes=one, stays=other, reason=reason.strip(), asked_by=actor, asked_at=at)
    elif row.state == MergeState.APART:
        return row
    row.state = MergeState.APART
    row.save()
    _record("keep_apart", row, actor.by, at, reason=reason.strip())
    return row


@transaction.atomic
def ask_undo(*, actor: Person, merge: Merge, reason: str, on: date, at: datetime) -> Merge:
    """Say that a merge was a mistake, and why; a second person takes it back."""
    row = _locked(merge, actor, on, MergeState.DONE)
    if not reason.strip():
        raise Refused("people.say_why")
    row.state, row.undo_asked_by, row.undo_reason = MergeState.UNDO_ASKED, actor, reason.strip()
    row.save()
    _record("ask_undo", row, actor.by, at, reason=row.undo_reason)
    return row


@transaction.atomic
def agree_undo(*, actor: Person, merge: Merge, agreed: bool, on: date, at: datetime) -> Merge:
    """The second person takes a merge back: exactly the rows that were moved go home; or leaves it as it is.

    What came to `stays` since then stays there. Raises `Refused`: `people.two_people`, `people.merge_not_now`,
    `people.merge_collides`.
    """
    row = _locked(merge, actor, on, MergeState.UNDO_ASKED)
    if agreed and row.undo_asked_by_id == actor.pk:
        raise Refused("people.two_people")
    if not agreed:
        row.state = MergeState.DONE
        row.save()
        _record("keep_merge", row, actor.by, at)
        return row
    goes, stays = _both(row)
    row.state, row.undone_by, row.undone_at = MergeState.UNDONE, actor, at
    row.save()
    goes.merged_into, goes.is_active = None, True
    goes.save(update_fields=["merged_into", "is_active"])
    moves = MergeMove.objects.filter(merge=row).order_by("table", "pk")
    for table, group in groupby(moves, key=lambda move: move.table):
        keys = [move.key for move in group]
        _collide_clearly(apps.get_model(table), keys, stays, goes)
    _record("agree_undo", row, actor.by, at, moved=len(moves))
    return row


def own_tables() -> Iterator[type[Model]]:
    """The tables whose key `person` says whose a row is, in a steady order."""
    keys: list[Field] = [  # type: ignore[type-arg]
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name == "person" and field.related_model is Person and model not in STAY_PUT
    ]
    yield from sorted((field.model for field in keys), key=lambda model: model._meta.label)


def _move_all(merge: Merge, model: type[Model], goes: Person, stays: Person) -> list[MergeMove]:
    keys = list(model._base_manager.select_for_update().filter(person=goes).values_list("pk", flat=True))
    _collide_clearly(model, keys, goes, stays)
    return [MergeMove(merge=merge, table=model._meta.label, key=str(key)) for key in keys]


def _collide_clearly(model: type[Model], keys: list[object] | list[str], old: Person, new: Person) -> None:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys, person=old).update(person=new)
    except IntegrityError as error:
        raise Refused("people.merge_collides", table=model._meta.label) from error


def _locked(merge: Merge, actor: Person, on: date, wanted: MergeState) -> Merge:
    row = Merge.objects.select_for_update(of=("self",)).select_related("goes", "stays").get(pk=merge.pk)
    _entitle(actor, (row.goes, row.stays), on)
    if row.state != wanted:
        raise Refused("people.merge_not_now", state=str(MergeState(row.state).label))
    return row


def _both(row: Merge) -> tuple[Person, Person]:
    """Both accounts, locked in the order of their keys: two merges at once do not wait for each other."""
    both = Person.objects.select_for_update().filter(pk__in=(row.goes_id, row.stays_id)).order_by("pk")
    found = {person.pk: person for person in both}
    return found[row.goes_id], found[row.stays_id]


def _entitle(actor: Person, people: tuple[Person, ...], on: date) -> None:
    if not roles_of(actor, on=on) & MERGERS:
        raise Refused("people.not_entitled")
    if actor.pk in {person.pk for person in people}:
        raise Refused("people.own_account")


def _refuse_roles(goes: Person) -> None:
    if RoleGrant.objects.filter(person=goes, until_on=None).exists():
        raise Refused("people.has_roles", name=str(goes))


def _record(verb: str, merge: Merge, by: str, at: datetime, **more: object) -> None:
    """A leaf for each of the two: the history of either tells it."""
    data: dict[str, object] = {
        "merge": str(merge.pk),
        "goes": str(merge.goes_id),
        "stays": str(merge.stays_id),
    }
    for person_id in (merge.goes_id, merge.stays_id):
        record(by=by, verb=f"people.{verb}", subject=f"person:{person_id}", at=at, data=data | more)
