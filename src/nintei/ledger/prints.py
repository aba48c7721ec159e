"""What pages look like, compared: a hint that two files show the same paper. A hint, never a verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

ALIKE = 0.86
"""From which likeness two pages are shown as the same paper. Of 2,000 generated files it found 98 in 100 copies that
were saved anew or rescaled, and took 7 in 1,000 papers of one layout for a copy (`bench/evidence.py`)."""
CLEAR = 0.95
"""Wanted instead where three quarters of the fields agree but for `EXACT`: what differs is a digit, not noise."""
EXACT, HALF_EXACT = 0.001, 0.0003
FAR = 8
"""Pages whose coarse prints differ in more bits are not compared: copies differed in 6 at most."""
GRID, ROWS, COLUMNS = 192, 24, 12
"""The fine print is a grid; it is compared field by field, each as high as a line and three characters wide."""
SIZE = GRID * GRID
TELLING = 144.0 * SIZE / ROWS / COLUMNS
"""A field with less on it (sum of squares, in the steps of the print) is plain paper on both, and says nothing."""
DIGIT = 3.5 * TELLING
"""Where half of them agree but for `HALF_EXACT`, no field of a copy differs by as much as this (sum of squares)."""
TOGETHER = 64
_WORD = (1 << 64) - 1
Key = TypeVar("Key")


class Print(NamedTuple):
    """How a page looks: `coarse` to search by, `fine` to compare."""

    page: int
    coarse: int
    fine: bytes


def prints_of(kind: str, path: Path) -> list[Print]:
    """The prints of the pages of a file, by a limited process; blank pages have none, nor has what cannot be drawn."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("pageprint.py")), kind, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return []
    told = json.loads(done.stdout) if done.returncode == 0 else []
    return [
        Print(number, page["coarse"], bytes.fromhex(page["fine"]))
        for number, page in enumerate(told, 1)
        if page is not None
    ]


def likeness(one: bytes, others: Sequence[bytes]) -> list[float]:
    """How alike a fine print is to each of others where they are least alike: the worst of their fields (to 1).

    Papers of one layout agree nearly everywhere: where one name, day or number differs, a single field does not.
    """
    import numpy as np  # only who compares waits for it

    if not others:
        return []
    mine, theirs = _fields([one]), _fields(others)
    own, foreign = (mine * mine).sum(2), (theirs * theirs).sum(2)
    common = np.einsum("pfc,fc->pf", theirs, mine[0])
    agreement, telling = common / np.sqrt(np.maximum(own * foreign, 1.0)), np.maximum(own, foreign) > TELLING
    difference = own + foreign - 2 * common
    rows = zip(agreement, difference, telling, strict=True)
    return [_least(agrees[says], differs[says]) for agrees, differs, says in rows]


def _least(agreement: Any, difference: Any) -> float:
    """How the field agrees that agrees least; nothing where a digit differs among fields that agree exactly.

    A copy that was rescaled or saved anew is a little unlike everywhere; another paper of the layout is the same
    everywhere but in a few fields.
    """
    import numpy as np

    if not agreement.size:
        return 1.0
    least, (most, half) = float(agreement.min()), np.quantile(agreement, (0.25, 0.5))
    is_another = most > 1 - EXACT and least < CLEAR
    has_a_digit = half > 1 - HALF_EXACT and difference.max() > DIGIT
    return 0.0 if is_another or has_a_digit else least


def _fields(prints: Sequence[bytes]) -> Any:
    """Fine prints as numbers: print, field, place in the field."""
    import numpy as np

    flat = np.frombuffer(b"".join(prints), dtype=np.int8).astype(np.float32)
    parts = flat.reshape(len(prints), ROWS, GRID // ROWS, COLUMNS, GRID // COLUMNS)
    return parts.swapaxes(2, 3).reshape(len(prints), ROWS * COLUMNS, -1)


def is_near(one: int, other: int) -> bool:
    """Whether two coarse prints are near enough to compare the fine ones."""
    return ((one ^ other) & _WORD).bit_count() <= FAR


def pairs(files: Mapping[str, Sequence[Print]]) -> Iterable[tuple[str, str, float]]:
    """Every two files of which a page looks alike, with the best likeness: all at once, a field after the other."""
    import numpy as np

    rows = [(key, each) for key, found in files.items() for each in found]
    fields, best = _fields([each.fine for _, each in rows]), dict[tuple[str, str], float]()
    worst = np.ones((len(rows), len(rows)), dtype=np.float32)
    for place in range(ROWS * COLUMNS):
        one = np.ascontiguousarray(fields[:, place])
        size = (one * one).sum(1)
        agreement = one @ one.T / np.sqrt(np.maximum(np.outer(size, size), 1.0))
        np.minimum(worst, agreement, out=worst, where=np.maximum.outer(size, size) > TELLING)
    for mine, other in np.argwhere(np.triu(worst, 1) >= ALIKE):
        (key, one_print), (name, other_print) = rows[mine], rows[other]
        if key != name and is_near(one_print.coarse, other_print.coarse):
            [alike] = likeness(one_print.fine, [other_print.fine])
            pair = (min(key, name), max(key, name))
            best[pair] = max(alike, best.get(pair, 0.0))
    return [(one, other, alike) for (one, other), alike in best.items() if alike >= ALIKE]


def alikes(fine: bytes, others: Iterable[tuple[Key, bytes]]) -> Iterator[tuple[Key, float]]:
    """Whichever of others is alike, and how much; some at a time, so that memory stays small."""
    rows = iter(others)
    while some := list(islice(rows, TOGETHER)):
        for (key, _fine), alike in zip(some, likeness(fine, [each for _, each in some]), strict=True):
            if alike >= ALIKE:
                yield key, alike
