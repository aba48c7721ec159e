"""Published figures that show nobody: small cells are hidden, and as many others as it takes.

A row of counts has a public total. A count from 1 to below `small` is hidden; where the total would still give
it away, the next smallest counts are hidden too, zeros among them, until the hidden ones are at least two and
add up to at least `small`. If nothing is left to hide with, the whole row is. No total is published over rows,
so that one row cannot be taken from another.
"""

from __future__ import annotations

from collections.abc import Mapping


def hide(counts: Mapping[str, int], small: int) -> dict[str, int | None]:
    """The counts as they are published; None is hidden.

    >>> hide({"upheld": 40, "reduced": 7, "refused": 1}, 5)
    {'upheld': 40, 'reduced': None, 'refused': None}
    >>> hide({"upheld": 40, "reduced": 7, "refused": 0}, 5)
    {'upheld': 40, 'reduced': 7, 'refused': 0}
    """
    hidden = {name for name, count in counts.items() if 0 < count < small}
    others = sorted((count, name) for name, count in counts.items() if name not in hidden)
    while hidden and others and not _enough(counts, hidden, small):
        # A count above zero adds to what is hidden; zeros only when nothing else is left.
        following = next((each for each in others if each[0]), others[0])
        others.remove(following)
        hidden.add(following[1])
    return {name: None if name in hidden else count for name, count in counts.items()}


def _enough(counts: Mapping[str, int], hidden: set[str], small: int) -> bool:
    return len(hidden) > 1 and sum(counts[name] for name in hidden) >= small
