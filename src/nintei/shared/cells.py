"""Tables that leave the house: a cell cannot run in a spreadsheet (promise P11)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula, in either width.
RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def inert(cell: object) -> str:
    """A cell that a spreadsheet shows and does not run: what begins like a formula gets an apostrophe.

    >>> inert("=1+1"), inert(" @SUM"), inert("基礎"), inert(None)
    ("'=1+1", "' @SUM", '基礎', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(RUNS) else text


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file that Excel reads in Japanese too (UTF-8 with its mark)."""
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow(headings)
    out.writerows([inert(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")
