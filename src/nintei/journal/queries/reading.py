"""What the leaves say, for those who may read it: one subject's history, and a page of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from nintei.journal.commitments import statement
from nintei.journal.models import Body, Leaf

PORTION = 50


class Entry(NamedTuple):
    """A leaf with its body. Of an erased body only number, instant and hash are left: `verb` is empty."""

    seq: int
    actor: str
    verb: str
    day: object
    at: object
    data: dict[str, object]
    subject: str = ""
    hash: str = ""

    @property
    def erased(self) -> bool:
        """Whether the body is gone (promise P5)."""
        return not self.verb


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for. `actors` and `subjects` None: anybody's, anything's; `room`: verbs of one room."""

    actors: frozenset[str] | None = None
    subjects: frozenset[str] | None = None
    room: str = ""
    from_on: date | None = None
    to_on: date | None = None
    before: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out (an erased leaf fits no filter)."""
        return (self.actors, self.subjects, self.room, self.from_on, self.to_on) != (
            None,
            None,
            "",
            None,
            None,
        )


class Page(NamedTuple):
    """Entries, the newest first; `before` is where the next page begins, None on the last one."""

    entries: list[Entry]
    before: int | None


def entries(wanted: Wanted) -> Page:
    """A page of 50 entries, in one query however long the journal is."""
    rows = Leaf.objects.select_related("body").order_by("-seq")
    if wanted.before is not None:
        rows = rows.filter(seq__lt=wanted.before)
    found = list(_narrowed(rows, wanted)[: PORTION + 1])
    shown = found[:PORTION]
    return Page([_entry(leaf) for leaf in shown], shown[-1].seq if len(found) > PORTION else None)


def entry(seq: int) -> Entry | None:
    """One leaf with its body; None where there is no such leaf."""
    leaf = Leaf.objects.select_related("body").filter(pk=seq).first()
    return _entry(leaf) if leaf else None


def said(seq: int) -> bytes | None:
    """What a leaf commits to: SHA-256(salt ‖ statement), both in one JSON text; None for an erased body."""
    body = Body.objects.select_related("leaf").filter(pk=seq).first()
    if body is None:
        return None
    told = statement(by=body.actor, verb=body.verb, subject=body.subject, at=body.leaf.at, data=body.data)
    return b'{"salt":"%s","statement":%s}' % (bytes(body.salt).hex().encode(), told)


def history(subject: str) -> list[Entry]:
    """Everything recorded about a subject, oldest first."""
    return about([subject])


def about(subjects: list[str]) -> list[Entry]:
    """Everything recorded about some subjects, oldest first; one query."""
    rows = Body.objects.filter(subject__in=subjects).select_related("leaf").order_by("leaf_id")
    return [_entry(row.leaf, row) for row in rows]


def _narrowed(rows: QuerySet[Leaf], wanted: Wanted) -> QuerySet[Leaf]:
    asked = Q()
    if wanted.actors is not None:
        asked &= Q(body__actor__in=wanted.actors)
    if wanted.subjects is not None:
        asked &= Q(body__subject__in=wanted.subjects)
    if wanted.room:
        asked &= Q(body__verb__startswith=f"{wanted.room}.")
    if wanted.from_on:
        asked &= Q(body__day__gte=wanted.from_on)
    if wanted.to_on:
        asked &= Q(body__day__lte=wanted.to_on)
    return rows.filter(asked)


def _entry(leaf: Leaf, body: Body | None = None) -> Entry:
    body, hashed = body or getattr(leaf, "body", None), bytes(leaf.hash).hex()
    if body is None:
        return Entry(leaf.seq, "", "", None, leaf.at, {}, "", hashed)
    return Entry(leaf.seq, body.actor, body.verb, body.day, leaf.at, body.data, body.subject, hashed)
