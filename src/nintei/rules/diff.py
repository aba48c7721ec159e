"""Two editions or rulebooks compared key by key, with the clause of both sides."""

from __future__ import annotations

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


def told(difference: Difference) -> str:
    """A difference as three lines for people."""
    return "\n".join([difference.key, f"  - {_side(difference.left)}", f"  + {_side(difference.right)}"])


def _side(row: Row | None) -> str:
    if row is None:
        return "(none)"
    return f"{row.value}  [{row.cite.clause}]" if row.cite else row.value
