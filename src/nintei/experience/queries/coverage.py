"""Which stretch of a post is vouched for, by whom, and which is not (MAN-ウ②.5). Asks no table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from nintei.experience.models import Answer, Statement
from nintei.experience.pieces import Piece, from_json
from nintei.rules.experience import AttestedBy, Span, without

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days of a post, both ends included, with the fields that one answer covers."""

    start: date
    end: date
    fields: frozenset[str]
    attested_by: AttestedBy


def stretches(
    start: date, end: date, fields: frozenset[str], statements: Iterable[Statement]
) -> tuple[Stretch, ...]:
    """A post cut where the vouching changes; every claimed day and field is in at least one stretch.

    Of two statements over the same days the one nearer to the work decides: a superior who was there
    before one who was not (MAN-ウ②.7).
    """
    vouchers = [voucher for statement in statements for voucher in _vouchers(statement)]
    cuts = sorted({start, end + DAY, *_cuts(vouchers, start, end)})
    found = [
        stretch
        for first, after in pairwise(cuts)
        for stretch in _stretch(first, after - DAY, fields, vouchers)
    ]
    return _joined(found)


def uncovered(
    found: Iterable[Stretch], end: date, leaves: Iterable[Span], *, goes_on: bool
) -> tuple[Piece, ...]:
    """The days and fields that nobody vouches for, without leaves: just these are asked for again.

    `end` is the last day seen; a post that `goes_on` stays open there.
    """
    away = tuple(leaves)
    left = [stretch for stretch in found if stretch.attested_by is AttestedBy.NONE]
    return tuple(
        Piece(span.start, None if goes_on and span.end == end else span.end, stretch.fields)
        for stretch in left
        for span in without([Span(stretch.start, stretch.end)], away)
    )


@dataclass(frozen=True, slots=True)
class _Voucher:
    start: date
    end: date
    fields: frozenset[str]
    attested_by: AttestedBy


def _vouchers(statement: Statement) -> Iterable[_Voucher]:
    """What a statement covers. An open end runs on while the attestor is still there (AMB-E6)."""
    if statement.answer == Answer.CANNOT or not statement.from_on or not statement.supervised_from:
        return
    said = from_json(statement.pieces) or (
        Piece(statement.from_on, statement.until_on, frozenset(statement.fields)),
    )
    standing = attested_by(statement)
    for piece in said:
        start = max(piece.start, statement.supervised_from)
        end = min(piece.end or date.max, statement.supervised_until or date.max)
        if start <= end:
            yield _Voucher(start, end, piece.fields, standing)


def attested_by(statement: Statement) -> AttestedBy:
    """Where the attestor stood, as the kernel asks (MAN-ウ②.5–7)."""
    if not statement.was_there:
        return AttestedBy.PRESENT_EMPLOYER
    if statement.belongs_still:
        return AttestedBy.SUPERVISOR_THERE
    return AttestedBy.FORMER_SUPERVISOR_WHO_LEFT


_NEAREST = (
    AttestedBy.SUPERVISOR_THERE,
    AttestedBy.FORMER_SUPERVISOR_WHO_LEFT,
    AttestedBy.PRESENT_EMPLOYER,
)


def _cuts(vouchers: list[_Voucher], start: date, end: date) -> Iterable[date]:
    for voucher in vouchers:
        if start < voucher.start <= end:
            yield voucher.start
        if start <= voucher.end < end:
            yield voucher.end + DAY


def _stretch(first: date, last: date, fields: frozenset[str], vouchers: list[_Voucher]) -> Iterable[Stretch]:
    left = fields
    for standing in _NEAREST:
        covering = (v for v in vouchers if v.attested_by is standing and v.start <= first and last <= v.end)
        covered = left & frozenset().union(*(voucher.fields for voucher in covering))
        if covered:
            yield Stretch(first, last, covered, standing)
        left -= covered
    if left:
        yield Stretch(first, last, left, AttestedBy.NONE)


def _joined(found: list[Stretch]) -> tuple[Stretch, ...]:
    """Neighbours that say the same made one again."""
    result: list[Stretch] = []
    for stretch in sorted(found, key=lambda s: (s.attested_by, sorted(s.fields), s.start)):
        last = result[-1] if result else None
        same = last and (last.fields, last.attested_by) == (stretch.fields, stretch.attested_by)
        if last and same and last.end + DAY == stretch.start:
            result[-1] = Stretch(last.start, stretch.end, last.fields, last.attested_by)
        else:
            result.append(stretch)
    return tuple(sorted(result, key=lambda s: (s.start, s.end)))
