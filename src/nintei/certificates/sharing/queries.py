"""A holder's links, and what a stranger with one sees: always what the register says now."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import NamedTuple
from uuid import UUID

from nintei.certificates.models import ShareLink
from nintei.certificates.states import LinkState
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.queries import PublicAnswer


class Link(NamedTuple):
    """A link as its holder sees it."""

    link: ShareLink
    state: LinkState


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def state_of(link: ShareLink, on: date) -> LinkState:
    """What a link is on a (JST) day; its last day still counts."""
    if link.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.EXPIRED if link.until_on < on else LinkState.OPEN


def links_of(person: Person, on: date) -> list[Link]:
    """A person's links, the newest first; one query."""
    rows = ShareLink.objects.filter(certification__person=person).select_related("certification")
    return [Link(row, state_of(row, on)) for row in rows.order_by("-made_at")]


def own_link(person: Person, pk: UUID) -> ShareLink | None:
    """A link of one's own."""
    return ShareLink.objects.filter(certification__person=person, pk=pk).first()


def behind(token: str, on: date) -> ShareLink | None:
    """The open link behind a token. One that was revoked, has expired or never was are all nothing.

    The database says so of all three alike: to read a link that is over would take a moment longer.
    """
    are_open = ShareLink.objects.filter(revoked_at=None, until_on__gte=on)
    return are_open.filter(token_sha256=digest(token)).first()


def shown(link: ShareLink, on: date) -> PublicAnswer | None:
    """What the link shows on a day; nothing of somebody who was erased."""
    return registry.shared_answer(link.certification_id, on, frozenset(link.shows))
