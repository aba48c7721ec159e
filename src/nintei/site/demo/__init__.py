"""The demo: a small association, written through the rooms' own actions, one module a chapter.

Each chapter is a module with `tell(at: datetime) -> None` that may be told again without harm, listed in
`CHAPTERS` in the order of the story. `nintei demo` tells them all.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

CHAPTERS = ("people", "courses", "suzuki", "sato", "audits", "figures")


def tell(at: datetime) -> None:
    """Write every chapter, in order."""
    for chapter in CHAPTERS:
        import_module(f"nintei.site.demo.{chapter}").tell(at)
