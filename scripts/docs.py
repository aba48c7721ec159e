"""The documents that are made from the rulebook: `make docs` writes them, a test finds them fresh."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stdout
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = {"readings.md": ["rulebook", "readings"], "clauses.md": ["rulebook", "clauses"]}


def made(name: str) -> str:
    """The text of a made document, as the command line prints it."""
    from nintei.site.cli import main

    said = io.StringIO()
    with redirect_stdout(said):
        main(MADE[name])
    return said.getvalue()


if __name__ == "__main__":
    for name in MADE:
        (DOCS / name).write_text(made(name), "utf-8")
    sys.exit(0)
