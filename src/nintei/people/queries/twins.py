"""Accounts that may be one person entered twice. A hint, never a verdict: people look, and two of them merge.

Pairs are looked for where the day of birth is the same and the names are near (two letters at most, or a
former name), and where the reading is the same and one of the two has no day of birth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from nintei.people import names
from nintei.people.models import FormerName, Merge, MergeState, NameState, Person

NEAR = 2


class Why(StrEnum):
    """Why two accounts may be one person."""

    SAME_NAME = "same_name"
    NEAR_NAME = "near_name"
    FORMER_NAME = "former_name"
    NO_BIRTHDAY = "no_birthday"
    SAME_NUMBER = "same_number"


@dataclass(frozen=True, slots=True)
class Twins:
    """Two accounts, the older one first, and why they may be one person."""

    one: Person
    other: Person
    why: tuple[Why, ...]


def twins(people: Iterable[Person] | None = None) -> list[Twins]:
    """All pairs that may be one person, or those that one of `people` is in; three queries for any number.

    Pairs that somebody keeps apart, or has asked to merge, are left out.
    """
    everybody = list(Person.objects.filter(is_active=True).exclude(kana="").order_by("joined_at", "pk"))
    wanted = None if people is None else {person.pk for person in people}
    called, settled = _readings(everybody), settled_pairs()
    found = []
    for one, other in _candidates(everybody, called):
        if wanted is not None and not wanted & {one.pk, other.pk}:
            continue
        why = _why(one, other, called)
        if why and frozenset((one.pk, other.pk)) not in settled:
            found.append(Twins(one, other, why))
    return found


def _readings(everybody: list[Person]) -> dict[UUID, tuple[str, ...]]:
    """Each person's readings for comparing: the present one first, then former ones."""
    called: dict[UUID, tuple[str, ...]] = {person.pk: (names.letters(person.kana),) for person in everybody}
    before = FormerName.objects.exclude(kana="").exclude(state=NameState.DECLINED)
    for owner, kana in before.values_list("person_id", "kana"):
        if owner in called:
            called[owner] += (names.letters(kana),)
    return called


def settled_pairs() -> set[frozenset[UUID]]:
    """Pairs of accounts that somebody keeps apart, or has asked to merge."""
    states = (MergeState.APART, MergeState.ASKED)
    pairs = Merge.objects.filter(state__in=states).values_list("goes_id", "stays_id")
    return {frozenset(pair) for pair in pairs}


def _candidates(
    everybody: list[Person], called: dict[UUID, tuple[str, ...]]
) -> Iterator[tuple[Person, Person]]:
    """Pairs worth comparing: born on one day, or of one reading where a day is missing; each once."""
    place = {person.pk: n for n, person in enumerate(everybody)}
    by_day: dict[date, list[Person]] = defaultdict(list)
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in everybody:
        if person.born_on:
            by_day[person.born_on].append(person)
        by_name[called[person.pk][0]].append(person)
    pairs = {(one.pk, other.pk) for group in by_day.values() for one, other in combinations(group, 2)} | {
        (one.pk, other.pk)
        for group in by_name.values()
        for one, other in combinations(group, 2)
        if one.born_on is None or other.born_on is None
    }
    for one_pk, other_pk in sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]])):
        yield everybody[place[one_pk]], everybody[place[other_pk]]


def _why(one: Person, other: Person, called: dict[UUID, tuple[str, ...]]) -> tuple[Why, ...]:
    mine, theirs = called[one.pk], called[other.pk]
    if one.born_on is None or other.born_on is None:
        return (Why.NO_BIRTHDAY,) if mine[0] == theirs[0] else ()
    if mine[0] == theirs[0]:
        return (Why.SAME_NAME,)
    # A short name is near many others: one letter in every three may differ.
    most = min(NEAR, min(len(mine[0]), len(theirs[0])) // 3)
    why = [Why.NEAR_NAME] if names.distance(mine[0], theirs[0], most) <= most else []
    if mine[0] in theirs[1:] or theirs[0] in mine[1:]:
        why.append(Why.FORMER_NAME)
    return tuple(why)
