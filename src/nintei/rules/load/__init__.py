"""Reads a rulebook and refuses one that cannot be trusted: `load`, `rulebooks`, `RulebookError`.

A rulebook is a folder of TOML files. `rulebook.toml` and `readings.toml` belong to all of it; every
other file belongs to the edition of a document that its name begins with (`cpd-2026-01.toml`,
`cpd-2026-01.fields.toml`). Checked here: no key is unknown or written twice, no number is without
unit, source, clause and quote, every option is one the kernel carries out, and the caps form a tree
under which every minimum can be reached.
"""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path

from nintei.rules.edition import Document, Edition, Text
from nintei.rules.load.days import in_force, too_early
from nintei.rules.load.kept import Kept, keep, kept
from nintei.rules.load.table import RulebookError

__all__ = ["SHELF", "RulebookError", "load", "rulebooks"]

# The rulebooks that come with the package.
SHELF = Path(__file__).resolve().parent.parent / "rulebooks"


def rulebooks(shelf: Path | None = None) -> tuple[str, ...]:
    """The ids of the rulebooks on a shelf (without one: our own and the installation's), in order.

    >>> "conken" in rulebooks()
    True
    """
    shelves = (shelf,) if shelf else _shelves(os.environ.get("NINTEI_RULEBOOKS"))
    return tuple(sorted({found.parent.name for each in shelves for found in each.glob("*/rulebook.toml")}))


def _shelves(own: str | None) -> tuple[Path, ...]:
    """The installation's folder of rulebooks, if it has one, before ours."""
    return (Path(own), SHELF) if own else (SHELF,)


@cache
def _shelf_of(rulebook: str, own: str | None) -> Path:
    """The first shelf that has the rulebook; ours where none has, so that the refusal names it."""
    return next((each for each in _shelves(own) if (each / rulebook / "rulebook.toml").exists()), SHELF)


def load(rulebook: str, on: date, shelf: Path | None = None) -> Edition:
    """What is in force on a day: the newest edition of each document by then, else the earliest (AMB-C19).

    Looked for on a shelf, or else among the installation's (`NINTEI_RULEBOOKS`) and our own.
    `RulebookError` names the file, the key and the reason where the rulebook may not be used.

    >>> load("conken", date(2026, 4, 1)).id
    'conken:cpd-2026-01+manual-2019-10'
    """
    folder = (shelf or _shelf_of(rulebook, os.environ.get("NINTEI_RULEBOOKS"))) / rulebook
    documents = in_force(_opened(folder).documents, on)
    return _noted(folder, documents, too_early(documents, on))


@cache
def _noted(folder: Path, documents: tuple[Document, ...], notes: tuple[Text, ...]) -> Edition:
    """The edition with what is to be said of its use; one for all days of which the same is said."""
    edition = _edition(folder, documents)
    return edition._replace(notes=notes) if notes else edition


@cache
def _opened(folder: Path) -> Kept:
    """What a former run kept of a rulebook, or its documents read anew."""
    if found := kept(folder):
        return found
    # The reader of TOML and its checks are imported only when a rulebook has changed.
    from nintei.rules.load.files import library

    return Kept(library(folder).documents, {})


@cache
def _edition(folder: Path, documents: tuple[Document, ...]) -> Edition:
    """One edition for each choice of documents, however many days ask for it."""
    opened = _opened(folder)
    names = tuple(each.id for each in documents)
    if names not in opened.editions:
        from nintei.rules.load.build import build

        opened.editions[names] = build(folder, documents)
        keep(folder, opened)
    return opened.editions[names]
