"""What a look of the doctor finds."""

from __future__ import annotations

from typing import NamedTuple

from nintei.rules.edition import Text


class Finding(NamedTuple):
    """One look: `code` is stable; `mend` says what to do, and is None where all is well."""

    code: str
    seen: Text
    mend: Text | None = None


def good(code: str, ja: str, en: str) -> Finding:
    return Finding(code, Text(ja, en))


def bad(code: str, seen: tuple[str, str], mend: tuple[str, str]) -> Finding:
    return Finding(code, Text(*seen), Text(*mend))
