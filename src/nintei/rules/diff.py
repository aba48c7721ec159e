"""Two editions or rulebooks compared key by key, with the clause of both sides.

Two associations differ in thousands of keys that say only that each has its own words. So their
differences are summed by section, and only what both rule, each in its own way, is set side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nintei.rules.edition import Edition
from nintei.rules.sheet import Row, rows


@dataclass(frozen=True, slots=True)
class Difference:
    """A key that differs; a side is None where the key is not there."""

    key: str
    left: Row | None
    right: Row | None


def diff(left: Edition, right: Edition) -> tuple[Difference, ...]:
    """Every key whose value differs or that only one side has, in the order of the left edition.

    >>> from datetime import date
    >>> from nintei.rules.load import load
    >>> conken, example = load("conken", date(2026, 4, 1)), load("example", date(2026, 4, 1))
    >>> diff(conken, conken)
    ()
    >>> found = {each.key: each for each in diff(conken, example)}
    >>> found["points.year_kind"].left.value, found["points.year_kind"].right.value
    ('cycle_year', 'calendar_year')
    """
    ours = {row.key: row for row in rows(left)}
    theirs = {row.key: row for row in rows(right)}
    return tuple(
        Difference(key, ours.get(key), theirs.get(key))
        for key in {**ours, **theirs}
        if _value(ours.get(key)) != _value(theirs.get(key))
    )


def _value(row: Row | None) -> str | None:
    return None if row is None else row.value


@dataclass(frozen=True, slots=True)
class Section:
    """How many keys of a section differ: set differently, or there on one side only."""

    name: str
    both: int
    left: int
    right: int


# What an association calls itself and its things, and what it has not said: no rule of both sides.
_ITS_OWN = frozenset({
    "id", "name", "documents", "fields", "areas", "unset", "misprints", "readings", "headings", "words",
})  # fmt: skip


def share_a_document(left: Edition, right: Edition) -> bool:
    """Whether both are editions of one association, or rest on the same edition of a document.

    >>> from datetime import date
    >>> from nintei.rules.load import load
    >>> conken, example = load("conken", date(2026, 4, 1)), load("example", date(2026, 4, 1))
    >>> share_a_document(conken, conken), share_a_document(conken, example)
    (True, False)
    """
    ids = {document.id for document in left.documents}
    return left.rulebook == right.rulebook or any(document.id in ids for document in right.documents)


def section_of(difference: Difference) -> str:
    """The first word of a key: `points` of `points.caps.B.per_year`."""
    return difference.key.partition(".")[0]


def by_section(differences: Iterable[Difference]) -> tuple[Section, ...]:
    """The differences counted by section, in their order."""
    counts: dict[str, list[int]] = {}
    for each in differences:
        sums = counts.setdefault(section_of(each), [0, 0, 0])
        sums[1 if each.right is None else 2 if each.left is None else 0] += 1
    return tuple(Section(name, *sums) for name, sums in counts.items())


def ruled_by_both(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """The rules that both sides have and set differently, without the names each gives to its own things."""
    return tuple(
        each for each in differences if each.left and each.right and section_of(each) not in _ITS_OWN
    )


def told(difference: Difference) -> str:
    """A difference as three lines for people."""
    return "\n".join([difference.key, f"  - {side(difference.left)}", f"  + {side(difference.right)}"])


def side(row: Row | None) -> str:
    """The value of one side with its clause."""
    if row is None:
        return "(none)"
    return f"{row.value}  [{row.cite.clause}]" if row.cite else row.value
