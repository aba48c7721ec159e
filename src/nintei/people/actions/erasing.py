"""What somebody may ask of their own data, and the erasure that two people of the office carry out (P5, P14)."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import date, datetime
from typing import Any

import pgtrigger
from allauth.account.models import EmailAddress
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Field, Model, Q, QuerySet

from nintei.journal.actions import forget, record
from nintei.people import datamap
from nintei.people.datamap import Table
from nintei.people.erasures import came_back, keep_list
from nintei.people.models import DataRequest, Person, RequestKind, RequestState, Role, RoleGrant
from nintei.people.queries import roles_of
from nintei.people.queries.holdings import accounts_of, files_of, subjects_of
from nintei.shared import files
from nintei.shared.refusals import Refused

# Who carries out what somebody asks of their data.
KEEPERS = frozenset({Role.REGISTRAR, Role.DECIDER})
GONE = "消去"


@transaction.atomic
def ask_about_data(*, by: str, person: Person, kind: RequestKind, words: str, at: datetime) -> DataRequest:
    """Ask the office to correct or erase what is kept about somebody; asked again, the same request is given.

    Raises `Refused`: `people.say_what_is_wrong` (a correction without words).
    """
    if kind == RequestKind.CORRECT and not words.strip():
        raise Refused("people.say_what_is_wrong")
    Person.objects.select_for_update().get(pk=person.pk)
    waiting = [RequestState.OPEN, RequestState.PROPOSED]
    if there := DataRequest.objects.filter(person=person, kind=kind, state__in=waiting).first():
        return there
    row = DataRequest.objects.create(person=person, kind=kind, words=words.strip(), asked_at=at)
    record(by=by, verb="people.ask_about_data", subject=person.by, at=at, data={"kind": kind.value})
    return row


@transaction.atomic
def settle_request(
    *, actor: Person, request: DataRequest, done: bool, answer: str, on: date, at: datetime
) -> DataRequest:
    """Say that a correction was made, or that a request cannot be met, and why.

    Raises `Refused`: `people.not_entitled`, `people.own_account`, `people.request_not_now`, `people.say_why`
    (declined without words), `people.two_people` (an erasure is not done by one).
    """
    row = _locked(request, actor, on, {RequestState.OPEN, RequestState.PROPOSED})
    if done and row.kind == RequestKind.ERASE:
        raise Refused("people.two_people")
    if not done and not answer.strip():
        raise Refused("people.say_why")
    row.state = RequestState.DONE if done else RequestState.DECLINED
    row.answer, row.second, row.second_at = answer.strip(), actor, at
    row.save()
    data: dict[str, object] = {"kind": row.kind, "done": done}
    record(by=actor.by, verb="people.settle_request", subject=row.person.by, at=at, data=data)
    return row


@transaction.atomic
def propose_erasure(*, actor: Person, request: DataRequest, on: date, at: datetime) -> DataRequest:
    """The first of two says that somebody may be erased.

    Raises `Refused`: `people.not_entitled`, `people.own_account`, `people.request_not_now`, `people.has_roles`.
    """
    row = _locked(request, actor, on, {RequestState.OPEN})
    if row.kind != RequestKind.ERASE:
        raise Refused("people.request_not_now", state=str(RequestState(row.state).label))
    _refuse_roles(row.person)
    row.state, row.first, row.first_at = RequestState.PROPOSED, actor, at
    row.save()
    record(by=actor.by, verb="people.propose_erasure", subject=row.person.by, at=at, data={})
    return row


@transaction.atomic
def erase(*, actor: Person, request: DataRequest, on: date, at: datetime) -> DataRequest:
    """The second of two erases somebody: names, ways to reach them, words and files are gone, salts too.

    What stays says nothing once nobody stands behind it (days, states, points), or is of the books. Raises
    `Refused`: `people.not_entitled`, `people.own_account`, `people.request_not_now`, `people.two_people`,
    `people.has_roles`.
    """
    row = _locked(request, actor, on, {RequestState.PROPOSED})
    if row.first_id == actor.pk:
        raise Refused("people.two_people")
    _refuse_roles(row.person)
    row.state, row.second, row.second_at = RequestState.DONE, actor, at
    row.save()
    # The one way past the guards that keep rows as they were written: what they keep is what has to go.
    with pgtrigger.ignore():
        removed = erase_all(accounts_of(row.person), actor.by, at)
    row.removed = dict(removed)
    DataRequest.objects.filter(pk=row.pk).update(removed=row.removed)
    data: dict[str, object] = {"removed": row.removed}
    record(by=actor.by, verb="people.erase", subject=f"erasure:{row.pk}", at=at, data=data)
    return row


def erase_all(people: list[Person], by: str, at: datetime) -> Counter[str]:
    """Everything that is about some accounts; how many rows of each kind of thing."""
    removed: Counter[str] = Counter()
    hashes, subjects = files_of(people), subjects_of(people)
    keys = [str(person.pk) for person in people]
    served = RoleGrant.objects.filter(person__in=people).exists()
    actors = [] if served else [person.by for person in people]
    removed["leaves"] = forget(by=by, subjects=subjects, actors=actors, named=keys)
    for table in datamap.tables():
        every = table.model._base_manager
        if table.by_hash:
            asked = Q(*(Q(**{f"{name}__in": hashes}) for name in table.by_hash), _connector=Q.OR)
            removed["hints"] += every.filter(asked).delete()[0]
        if table.by_key:
            theirs = "|".join(subject.partition(":")[2] for subject in subjects)
            removed["rows"] += _empty(table, every.filter(**{f"{table.by_key}__regex": theirs}))
        if table.of:
            removed["rows"] += _empty(table, table.rows(people))
    EmailAddress.objects.filter(user__in=people).delete()
    Person.objects.filter(pk__in=keys).update(is_active=False, erased_at=at)
    removed["files"] = len(hashes)
    transaction.on_commit(lambda: _forget_files(hashes))
    transaction.on_commit(keep_list)
    return removed


@transaction.atomic
def erase_again(*, by: str, at: datetime) -> int:
    """Erase again whoever is on the list of the erased and came back with an old backup; how many (P14).

    Two people decided it then; that they did is what the list keeps, so nobody is asked a second time.
    """
    people = list(came_back().select_for_update())
    if not people:
        return 0
    with pgtrigger.ignore():
        removed = erase_all(people, by, at)
    data: dict[str, object] = {"people": len(people), "removed": dict(removed)}
    record(by=by, verb="people.erase_again", subject="erasures:again", at=at, data=data)
    return len(people)


def _empty(table: Table, rows: QuerySet[Model]) -> int:
    """Empty whatever some rows say about somebody; how many rows there were."""
    fields = table.fields(*datamap.PERSONAL)
    found = list(rows) if fields else []
    for one in found:
        nothing = {each.name: empty(each, getattr(one, each.name), table) for each in fields}
        table.model._base_manager.filter(pk=one.pk).update(**nothing)
    return len(found)


def _forget_files(hashes: list[str]) -> None:
    """Once nothing can bring the rows back."""
    for each in hashes:
        files.forget(each)


def empty(field: Field[Any, Any], value: Any, table: Table) -> Any:
    """What stands where something was erased: nothing, or a mark where a rule of the table wants something.

    What was empty stays so. A name or a number gets a mark unlike any other: it may have to be the only one.
    """
    if isinstance(value, str):
        return _mark(field, value, table)
    if isinstance(field, models.JSONField | ArrayField) and value is not None:
        return type(value)()
    if isinstance(field, models.BinaryField):
        return secrets.token_bytes(field.max_length or 16)
    return None if field.null else value


def _mark(field: Field[Any, Any], value: str, table: Table) -> str:
    if not value or table.model is Person:
        return ""
    token = secrets.token_hex(8)
    if isinstance(field, models.EmailField):
        return f"{token}@erased.invalid"
    unlike = token if field.unique or table.classes[field.name] == "identity" else ""
    return f"{GONE}{unlike}"[: field.max_length]


def _locked(request: DataRequest, actor: Person, on: date, wanted: set[RequestState]) -> DataRequest:
    row = DataRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if not roles_of(actor, on=on) & KEEPERS:
        raise Refused("people.not_entitled")
    if actor.pk == row.person_id:
        raise Refused("people.own_account")
    if row.state not in wanted:
        raise Refused("people.request_not_now", state=str(RequestState(row.state).label))
    return row


def _refuse_roles(person: Person) -> None:
    if RoleGrant.objects.filter(person=person, until_on=None).exists():
        raise Refused("people.has_roles", name=str(person))
