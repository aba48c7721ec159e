"""The files of a rulebook: parsed, grouped into editions of documents, merged for one day."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from nintei.rules.edition import Citation, Document
from nintei.rules.load.table import Book, Inexact, RulebookError, Table

# These belong to the rulebook as a whole, not to an edition of a document.
_COMMON = ("rulebook.toml", "readings.toml")


class Part(NamedTuple):
    """One parsed file and its text."""

    file: str
    text: str
    data: dict[str, Any]


class Library(NamedTuple):
    """All files of a rulebook: what is common, and the parts of each edition of each document."""

    common: tuple[Part, ...]
    documents: tuple[Document, ...]
    citations: tuple[Citation, ...]
    parts: dict[str, tuple[Part, ...]]


@cache
def library(folder: Path) -> Library:
    """Every file of a rulebook's folder, parsed once.

    `RulebookError` where the folder has no `rulebook.toml` or no document, or a file is not TOML.
    """
    files = sorted(folder.glob("*.toml"))
    parts = {path.name: _parse(path) for path in files}
    if "rulebook.toml" not in parts:
        raise RulebookError("rulebook.toml", folder.name, "there is no such rulebook")
    common = tuple(parts.pop(name) for name in _COMMON if name in parts)
    read = [_document(part) for part in parts.values() if "document" in part.data]
    documents = tuple(document for document, _ in read)
    if not documents:
        raise RulebookError("rulebook.toml", folder.name, "the rulebook has no document")
    known = {document.id for document in documents}
    grouped: dict[str, tuple[Part, ...]] = {}
    for name, part in parts.items():
        owner = name.partition(".")[0]
        if owner not in known:
            raise RulebookError(name, owner, "the file's name begins with no document's id")
        grouped[owner] = (*grouped.get(owner, ()), part)
    return Library(common, documents, tuple(cite for _, cite in read), grouped)


def _parse(path: Path) -> Part:
    text = path.read_text(encoding="utf-8")
    try:
        return Part(path.name, text, tomllib.loads(text, parse_float=Inexact))
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(path.name, "(the whole file)", f"is not TOML: {error}") from error


def _document(part: Part) -> tuple[Document, Citation]:
    owner = part.file.partition(".")[0]
    book = Book({part.file: part.text}, (owner,))
    table = Table(book, (), part.data).table("document")
    document = Document(
        table.text("id"),
        table.text("code"),
        table.both("title"),
        table.both("edition"),
        table.rule("in_force_from", lambda rule: rule.day("value")),
    )
    table.end()
    if document.id != owner:
        raise table.refuse("id", f"must be the file's name, {owner!r}")
    cite = table.cites["in_force_from"]
    return document, cite._replace(key=f"documents.{owner}.in_force_from")


def merge(shelf: Library, documents: tuple[Document, ...]) -> tuple[Book, dict[str, Any]]:
    """One tree of keys from the common files and the chosen editions; a key written twice is refused."""
    parts = [
        *shelf.common,
        *(part for each in documents for part in shelf.parts[each.id]),
    ]
    book = Book({part.file: part.text for part in parts}, tuple(each.id for each in documents))
    tree: dict[str, Any] = {}
    for part in parts:
        data = {name: value for name, value in part.data.items() if name != "document"}
        _graft(book, part.file, (), tree, data)
    return book, tree


def _graft(book: Book, file: str, path: tuple[str, ...], tree: dict[str, Any], data: dict[str, Any]) -> None:
    """Hang the tables of a file into the tree. A table is copied, so that no file's own data changes."""
    for name, value in data.items():
        if name not in tree:
            tree[name] = _copied(value) if isinstance(value, dict) else value
        elif isinstance(value, dict) and isinstance(tree[name], dict):
            _graft(book, file, (*path, name), tree[name], value)
        else:
            here = book.refusal((*path, name), "")
            raise RulebookError(file, here.key, f"is already written in {here.file}:{here.line}")


def _copied(table: dict[str, Any]) -> dict[str, Any]:
    return {name: _copied(value) if isinstance(value, dict) else value for name, value in table.items()}
