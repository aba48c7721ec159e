"""Numbers as people type them: a phone writes them wide, a word processor with a longer dash. Pure."""

from __future__ import annotations

import unicodedata

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


def as_printed(number: str) -> str:
    """A number as it stands on papers: one width, capital letters, plain hyphens.

    >>> as_printed(" ｏｍｐ－２０２４ー000123 ")
    'OMP-2024-000123'
    """
    return unicodedata.normalize("NFKC", number).translate(_DASHES).strip().upper()


def spellings(number: str) -> tuple[str, str]:
    """The number as typed and as printed: the exam's own numbers are kept as its file has them."""
    return number.strip().upper(), as_printed(number)
