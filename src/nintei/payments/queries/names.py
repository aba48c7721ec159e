"""What the journal's actors are called."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from nintei.people.models import Person


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Names by actor (`person:<uuid>`); whoever is nobody's account has none. One query."""
    ids = {pk for actor in actors if (pk := _person(actor))}
    return {person.by: str(person) for person in Person.objects.filter(pk__in=ids)}


def _person(actor: str) -> UUID | None:
    room, _, key = actor.partition(":")
    try:
        return UUID(key) if room == "person" else None
    except ValueError:
        return None
