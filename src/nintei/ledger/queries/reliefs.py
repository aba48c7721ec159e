"""Windows of illness, childbirth or disaster: whose, and what was taken down."""

from __future__ import annotations

from uuid import UUID

from nintei.ledger.models import Relief
from nintei.people.models import Person


def all_reliefs() -> list[Relief]:
    """Every window, the latest first, with whose it is: one query."""
    return list(Relief.objects.select_related("person").order_by("-granted_at", "pk"))


def reliefs_of(person: Person) -> list[Relief]:
    """The windows of a person that stand, the earliest first."""
    return list(Relief.objects.filter(person=person, ended_at=None))


def relief(key: UUID) -> Relief | None:
    """One window."""
    return Relief.objects.select_related("person").filter(pk=key).first()
