"""What pages look like, compared: a hint that two files show the same paper. A hint, never a verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ALIKE = 0.978
"""From which likeness two pages are shown as the same paper. Of 57 copies that were saved anew or rescaled nineteen
in twenty were above it; of 112 papers of one of six layouts none, but with more papers of a layout some will be:
`bench/evidence.py` with `NINTEI_FILES=2000` says how many."""
FAR = 16
"""Pages whose coarse prints differ in more bits are not compared."""
GRID, ROWS, COLUMNS = 96, 12, 4
"""The fine print is a grid; it is compared field by field."""
PLAIN = 144.0
"""A field with less on it (mean square, in the steps of the print) is plain paper on both, and says nothing."""
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
    """How alike two fine prints are where they are least alike: the mean of the worst tenth of their fields (to 1).

    Papers of one layout agree nearly everywhere; where a name or a day differs, only a few fields do not.
    """
    import numpy as np  # only who compares waits for it

    mine, theirs = (
        np.frombuffer(each, dtype=np.int8)
        .astype(np.float32)
        .reshape(ROWS, GRID // ROWS, COLUMNS, GRID // COLUMNS)
        for each in (one, other)
    )
    own, foreign, common = (
        product.sum(axis=(1, 3)) for product in (mine * mine, theirs * theirs, mine * theirs)
    )
    telling = np.maximum(own, foreign) > PLAIN * GRID * GRID / ROWS / COLUMNS
    agreement = common[telling] / np.sqrt(np.maximum(own[telling] * foreign[telling], 1.0))
    worst = np.sort(agreement)[: max(1, agreement.size // 10)]
    return float(worst.mean()) if worst.size else 0.0


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
