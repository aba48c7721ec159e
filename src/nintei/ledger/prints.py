"""What pages look like, compared: a hint that two files show the same paper. A hint, never a verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ALIKE = 0.80
"""The share of common bits (of those that either has) from which two pages are shown as alike."""
FAR = 16
"""Pages whose coarse prints differ in more bits are not compared."""
_WORD = (1 << 64) - 1


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


def likeness(one: bytes, other: bytes) -> float:
    """How alike two fine prints are: the bits both have, of those that either has (0–1).

    >>> likeness(b"\\xf0", b"\\x70"), likeness(b"", b"")
    (0.75, 0.0)
    """
    first, second = int.from_bytes(one), int.from_bytes(other)
    either = (first | second).bit_count()
    return (first & second).bit_count() / either if either else 0.0


def is_near(one: int, other: int) -> bool:
    """Whether two coarse prints are near enough to compare the fine ones."""
    return ((one ^ other) & _WORD).bit_count() <= FAR


def pairs(files: Mapping[str, Sequence[Print]]) -> Iterable[tuple[str, str, float]]:
    """Every two files of which a page looks alike, with the best likeness."""
    rows = [(key, each) for key, found in files.items() for each in found]
    best: dict[tuple[str, str], float] = {}
    for place, (key, mine) in enumerate(rows):
        for other, theirs in rows[place + 1 :]:
            if other != key and is_near(mine.coarse, theirs.coarse):
                alike = likeness(mine.fine, theirs.fine)
                pair = min(key, other), max(key, other)
                if alike >= ALIKE and alike > best.get(pair, 0.0):
                    best[pair] = alike
    return [(one, other, alike) for (one, other), alike in best.items()]
