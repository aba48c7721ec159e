"""Windows of illness, childbirth or disaster: whose, and what was taken down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from nintei.ledger.models import Relief
from nintei.people.models import Person
from nintei.rules import cycles
from nintei.rules.edition import Edition


def all_reliefs() -> list[Relief]:
    """Every window, the latest first, with whose it is: one query."""
    return list(Relief.objects.select_related("person").order_by("-granted_at", "pk"))


def reliefs_of(person: Person) -> list[Relief]:
    """The windows of a person, the earliest first, those that were taken back among them."""
    return list(Relief.objects.filter(person=person))


def relief(key: UUID) -> Relief | None:
    """One window."""
    return Relief.objects.select_related("person").filter(pk=key).first()


def for_rules(people: Collection[UUID], edition: Edition) -> dict[UUID, tuple[cycles.Relief, ...]]:
    """The standing windows of some people as the kernel reads them; not asked for where no rule is set."""
    found: dict[UUID, list[cycles.Relief]] = defaultdict(list)
    if edition.points.relief is not None:
        for row in Relief.objects.filter(person__in=people, ended_at=None).order_by("from_on", "kind"):
            found[row.person_id].append(cycles.Relief(row.kind, row.from_on, row.until_on))
    return {key: tuple(rows) for key, rows in found.items()}


def of_one(person: UUID, edition: Edition) -> tuple[cycles.Relief, ...]:
    """The same of one person, by key."""
    return for_rules([person], edition).get(person, ())
