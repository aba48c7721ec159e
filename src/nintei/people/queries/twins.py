"""Accounts that may be one person entered twice. A hint, never a verdict: people look, and two of them merge.

Pairs are looked for where the day of birth is the same and the names are near (two letters at most, or a
former name), and where the reading is the same and one of the two has no day of birth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class _Known:
    """An account as it is compared: its readings, the present one first, and a bit for each letter of that."""

    place: int
    pk: UUID
    born_on: date | None
    called: tuple[str, ...]
    bits: int


def twins(people: Iterable[Person] | None = None) -> list[Twins]:
    """All pairs that may be one person, or those that one of `people` is in; four queries for any number.

    Pairs that somebody keeps apart, or has asked to merge, are left out.
    """
    wanted = None if people is None else {person.pk for person in people}
    settled, found = settled_pairs(), []
    for one, other in _candidates(_everybody()):
        if wanted is None or wanted & {one.pk, other.pk}:
            why = _why(one, other)
            if why and frozenset((one.pk, other.pk)) not in settled:
                found.append((one.pk, other.pk, why))
    persons = Person.objects.in_bulk({pk for pair in found for pk in pair[:2]})
    return [Twins(persons[one_pk], persons[other_pk], why) for one_pk, other_pk, why in found]


def _everybody() -> list[_Known]:
    """Every open account with a reading, the oldest first, in two queries."""
    before: dict[UUID, tuple[str, ...]] = {}
    former = FormerName.objects.exclude(kana="").exclude(state=NameState.DECLINED)
    for owner, kana in former.values_list("person_id", "kana"):
        before[owner] = (*before.get(owner, ()), names.letters(kana))
    rows = Person.objects.filter(is_active=True).exclude(kana="").order_by("joined_at", "pk")
    bit_of: dict[str, int] = {}
    found = []
    for place, (pk, kana, born_on) in enumerate(rows.values_list("pk", "kana", "born_on")):
        called = names.letters(kana)
        found.append(_Known(place, pk, born_on, (called, *before.get(pk, ())), _bits(called, bit_of)))
    return found


def _bits(called: str, bit_of: dict[str, int]) -> int:
    """A bit for every letter that a reading has: two readings of near letters differ in few bits."""
    bits = 0
    for letter in called:
        bits |= bit_of.setdefault(letter, 1 << len(bit_of))
    return bits


def settled_pairs() -> set[frozenset[UUID]]:
    """Pairs of accounts that somebody keeps apart, or has asked to merge."""
    states = (MergeState.APART, MergeState.ASKED)
    pairs = Merge.objects.filter(state__in=states).values_list("goes_id", "stays_id")
    return {frozenset(pair) for pair in pairs}


def _candidates(everybody: list[_Known]) -> list[tuple[_Known, _Known]]:
    """Pairs worth comparing: born on one day, or of one reading where a day is missing; each once."""
    by_day: dict[date, list[_Known]] = defaultdict(list)
    by_name: dict[str, list[_Known]] = defaultdict(list)
    for known in everybody:
        if known.born_on:
            by_day[known.born_on].append(known)
        by_name[known.called[0]].append(known)
    pairs = [pair for group in by_day.values() for pair in combinations(group, 2)]
    pairs += [
        (one, other)
        for group in by_name.values()
        for one, other in combinations(group, 2)
        if one.born_on is None or other.born_on is None
    ]
    return sorted(pairs, key=lambda pair: (pair[0].place, pair[1].place))


def _why(one: _Known, other: _Known) -> tuple[Why, ...]:
    mine, theirs = one.called, other.called
    if one.born_on is None or other.born_on is None:
        return (Why.NO_BIRTHDAY,) if mine[0] == theirs[0] else ()
    if mine[0] == theirs[0]:
        return (Why.SAME_NAME,)
    why = [Why.NEAR_NAME] if _are_near(one, other) else []
    if mine[0] in theirs[1:] or theirs[0] in mine[1:]:
        why.append(Why.FORMER_NAME)
    return tuple(why)


def _are_near(one: _Known, other: _Known) -> bool:
    """Whether two readings differ by few letters. A short name is near many others: one in three may differ."""
    mine, theirs = one.called[0], other.called[0]
    most = min(NEAR, min(len(mine), len(theirs)) // 3)
    # One changed letter takes one bit away and brings another: what differs in more is not near.
    if (one.bits ^ other.bits).bit_count() > 2 * most:
        return False
    return names.distance(mine, theirs, most) <= most
