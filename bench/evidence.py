"""Planted copies among generated evidence: how many are found, how many strangers are taken for copies.

`NINTEI_FILES=2000 .venv/bin/python bench/evidence.py` measures the whole set (some minutes); without it a tenth.
The threshold was chosen on the set of seed 20261124, so the figure comes from another one (`NINTEI_SEED`).
Originals are certificates of a few layouts (the same layout with other people, courses and days, which is what
must not alarm) and photos of such papers. Copies are the same bytes; saved anew (JPEG's loss, through 8 by 8 fields
and a quantisation table; or set into a PDF); rescaled (60–150 %).
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nintei.ledger import prints
from nintei.ledger.tests import papers


def main() -> int:
    count, seed = int(os.environ.get("NINTEI_FILES", "200")), int(os.environ.get("NINTEI_SEED", "31415926"))
    with tempfile.TemporaryDirectory() as folder:
        made = papers.make(Path(folder), count, random.Random(seed))
        began = time.perf_counter()
        with ThreadPoolExecutor(2) as workers:
            seen = workers.map(lambda paper: prints.prints_of(paper.kind, paper.path), made)
            told = dict(zip(made, seen, strict=True))
        took = time.perf_counter() - began
        found = papers.measure(told)
    print(f"evidence: ours {took / len(made) * 1000:.0f} ms a file, {len(made)} files, seed {seed}")
    print(
        f"  byte-equal found {found.equal:.1%} (floor 100 %), saved anew or rescaled {found.near:.1%} (floor 95 %), "
    )
    print(f"  false alarms {found.false:.2%} of {found.strangers} files that nobody copied (ceiling 1 %)")
    return 0 if found.equal == 1 and found.near >= 0.95 and found.false <= 0.01 else 1


if __name__ == "__main__":
    sys.exit(main())
