"""Days and fields of a post that somebody is asked about, or has vouched for. Pure but for the rows it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from nintei.experience.models import AskedPost, Post


class Piece(NamedTuple):
    """Days of a post, both ends included, with some of its fields; an open end goes on with the post."""

    start: date
    end: date | None
    fields: frozenset[str]


def whole(post: Post) -> Piece:
    """All of a post."""
    return Piece(post.started_on, post.ended_on, frozenset(row.field for row in post.fields.all()))


def asked_about(asked: AskedPost) -> tuple[Piece, ...]:
    """What a request asks of a post: the pieces that were uncovered when it left, else all of it."""
    return from_json(asked.pieces) or (whole(asked.post),)


def narrowed(
    pieces: Iterable[Piece], start: date | None, end: date | None, fields: Iterable[str]
) -> tuple[Piece, ...]:
    """The part of some pieces between two days (None: as they are) and in some fields."""
    wanted = frozenset(fields)
    found = [
        Piece(max(piece.start, start or piece.start), _earlier(piece.end, end), piece.fields & wanted)
        for piece in pieces
    ]
    return tuple(p for p in found if p.fields and (p.end is None or p.start <= p.end))


def hull(pieces: Sequence[Piece]) -> Piece:
    """From the first day to the last of at least one piece, with all their fields."""
    ends = [piece.end for piece in pieces]
    end = None if None in ends else max(end for end in ends if end)
    return Piece(min(p.start for p in pieces), end, frozenset().union(*(p.fields for p in pieces)))


def as_json(pieces: Iterable[Piece]) -> list[dict[str, object]]:
    """Pieces to be kept."""
    return [
        {"from": p.start.isoformat(), "until": p.end and p.end.isoformat(), "fields": sorted(p.fields)}
        for p in pieces
    ]


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Piece, ...]:
    """What `as_json` kept."""
    return tuple(
        Piece(
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
            frozenset(row["fields"]),
        )
        for row in kept
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)
