"""Reads a rulebook and refuses one that cannot be trusted: `load`, `rulebooks`, `RulebookError`.

A rulebook is a folder of TOML files. `rulebook.toml` and `readings.toml` belong to all of it; every
other file belongs to the edition of a document that its name begins with (`cpd-2026-01.toml`,
`cpd-2026-01.fields.toml`). Checked here: no key is unknown or written twice, no number is without
unit, source, clause and quote, every option is one the kernel carries out, and the caps form a tree
under which every minimum can be reached.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from nintei.rules.edition import Category, Document, Edition
from nintei.rules.load.bounds import check_bounds
from nintei.rules.load.files import in_force, library, merge, too_early
from nintei.rules.load.points import read_categories, read_points
from nintei.rules.load.register import (
    read_headings,
    read_misprints,
    read_readings,
    read_settings,
    read_unset,
    settle,
)
from nintei.rules.load.scheme import (
    read_experience,
    read_fees,
    read_procedure,
    read_qualifications,
    read_validity,
)
from nintei.rules.load.table import RulebookError, Table
from nintei.rules.load.terms import read_areas, read_fields

__all__ = ["SHELF", "RulebookError", "load", "rulebooks"]

# The rulebooks that come with the package.
SHELF = Path(__file__).resolve().parent.parent / "rulebooks"


def rulebooks(shelf: Path = SHELF) -> tuple[str, ...]:
    """The ids of the rulebooks on a shelf, in alphabetical order.

    >>> "conken" in rulebooks()
    True
    """
    return tuple(sorted(folder.parent.name for folder in shelf.glob("*/rulebook.toml")))


def load(rulebook: str, on: date, shelf: Path = SHELF) -> Edition:
    """What is in force on a day: the newest edition of each document by then, else the earliest (AMB-C19).

    `RulebookError` names the file, the key and the reason where the rulebook may not be used.

    >>> load("conken", date(2026, 4, 1)).id
    'conken:cpd-2026-01+manual-2019-10'
    """
    folder = shelf / rulebook
    documents = in_force(library(folder).documents, on)
    return _edition(folder, documents, too_early(documents, on))


@cache
def _edition(folder: Path, documents: tuple[Document, ...], notes: tuple) -> Edition:  # type: ignore[type-arg]
    """One edition for each set of documents, however many days ask for it."""
    shelf = library(folder)
    book, tree = merge(shelf, documents)
    root = Table(book, (), tree)
    readings = settle(root, read_readings(root))
    book.readings.update(readings)
    book.citations.update({cite.key: cite for cite in shelf.citations if cite.source in book.sources})
    fields = read_fields(root)
    topics = frozenset(fields)
    categories = read_categories(root)
    _check_fallbacks(root, categories)
    validity = read_validity(root)
    points = read_points(root, categories, topics)
    check_bounds(book, categories, topics, points, validity)
    heading = root.table("rulebook")
    edition = Edition(
        id=f"{folder.name}:{'+'.join(each.id for each in documents)}",
        rulebook=heading.text("id"),
        name=heading.both("name"),
        documents=documents,
        points=points,
        categories=categories,
        validity=validity,
        experience=read_experience(root, topics),
        fees=read_fees(root),
        procedure=read_procedure(root),
        qualifications=read_qualifications(root, topics),
        fields=fields,
        areas=read_areas(root, topics),
        settings=read_settings(root),
        unset=read_unset(root),
        misprints=read_misprints(root),
        citations=book.citations,
        readings=readings,
        headings=read_headings(root),
        notes=notes,
    )
    if edition.rulebook != folder.name:
        raise heading.refuse("id", f"must be the folder's name, {folder.name!r}")
    heading.end()
    root.end()
    return edition


def _check_fallbacks(root: Table, categories: dict[str, Category]) -> None:
    for code, category in categories.items():
        if category.without_proof is not None and category.without_proof not in categories:
            path = ("categories", code, "without_proof", "value")
            raise root.book.refusal(path, f"{category.without_proof!r} is no category of this rulebook")
