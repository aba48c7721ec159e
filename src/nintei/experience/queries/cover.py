"""How far a post is vouched for, drawn as one strip and said in months: what is left is outlined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from nintei.experience.pieces import Piece
from nintei.experience.queries.cases import PostCase
from nintei.experience.queries.lengths import length
from nintei.rules.experience import Span, unite, without
from nintei.shared import wording

DAY = timedelta(days=1)
WIDTH = 640


@dataclass(frozen=True, slots=True)
class Part:
    """Some days of the strip: `css` tells covered, left or leave."""

    x: float
    width: float
    css: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A post as a strip: its parts, and in words what is covered and what is left."""

    row: PostCase
    parts: tuple[Part, ...]
    covered: str
    left: tuple[str, ...]


def strip(row: PostCase) -> Strip:
    """The strip of a post: any field without an attestor leaves its days uncovered."""
    left = unite(Span(piece.start, piece.end or row.end) for piece in row.uncovered)
    covered = without(row.worked, left)
    away = unite(Span(leave.start, min(leave.end, row.end)) for leave in row.leaves if leave.start <= row.end)
    parts = [_part(row, span, css) for spans, css in ((covered, "is-covered"), (left, "is-left"), (away, "is-away"))
             for span in spans]  # fmt: skip
    words = tuple(piece_in_months(piece) for piece in row.uncovered)
    return Strip(
        row, tuple(sorted(parts, key=lambda part: part.x)), length(covered) if covered else "", words
    )


def _part(row: PostCase, span: Span, css: str) -> Part:
    whole = (row.end + DAY - row.start).days
    x = (span.start - row.start).days / whole * WIDTH
    width = (span.end + DAY - span.start).days / whole * WIDTH
    return Part(round(x, 1), round(max(width, 2), 1), css)


def piece_in_months(piece: Piece) -> str:
    """The months of a piece and its fields: 2023年10月–2024年3月 分野4."""
    end = wording.month(piece.end) if piece.end else _("現在")
    fields = _("・").join(sorted(piece.fields))
    return _("%(from)s–%(to)s 分野%(fields)s") % {
        "from": wording.month(piece.start), "to": end, "fields": fields,
    }  # fmt: skip
