"""Puts an edition together from its files, section by section, and checks what spans sections."""

from __future__ import annotations

from pathlib import Path

from nintei.rules.edition import Category, Document, Edition
from nintei.rules.load.bounds import check_bounds
from nintei.rules.load.files import library, merge
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
from nintei.rules.load.table import Table
from nintei.rules.load.terms import read_areas, read_fields


def build(folder: Path, documents: tuple[Document, ...]) -> Edition:
    """The edition that the files make for a choice of documents; `RulebookError` for a fault."""
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
