"""An edition laid flat: one row a key, with the value as text and its citation; `show` prints it.

`diff` compares the rows of two editions, so whatever an edition holds is shown and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from nintei.rules.edition import Bound, Citation, Edition, Text

# Printed apart: what was cited, and what the register of readings says.
_APART = frozenset({"citations", "cites", "cite", "conditions", "rulebook", "notes"})
_NAMED_BY = ("code", "id", "kind", "clause", "key")


@dataclass(frozen=True, slots=True)
class Row:
    """One key of an edition, its value as text, and the words it comes from (None: not of a document)."""

    key: str
    value: str
    cite: Citation | None


def rows(edition: Edition) -> tuple[Row, ...]:
    """Every key of an edition in the order of its sections.

    >>> from datetime import date
    >>> from nintei.rules.load import load
    >>> found = {row.key: row for row in rows(load("conken", date(2026, 4, 1)))}
    >>> found["points.required"].value, found["points.required"].cite.clause
    ('30', 'CPD-1.4')
    """
    found = [
        Row(row.key, row.value, edition.citations.get(row.key, row.cite)) for row in _walk("", edition, None)
    ]
    shown = {row.cite.key for row in found if row.cite}
    words = [cite for cite in edition.citations.values() if cite.key not in shown]
    return (*found, *(Row(f"words.{cite.key}", _folded(cite.quote), cite) for cite in words))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _walk(key: str, value: Any, cite: Citation | None) -> Iterator[Row]:
    if isinstance(value, Text):
        yield Row(key, f"{value.ja} / {value.en}", cite)
    elif isinstance(value, Bound):
        yield Row(value.key, _bound(value), value.cite)
    elif _is_record(value):
        yield from _members(key, value, cite)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _walk(_under(key, name), each, cite)
    elif isinstance(value, tuple) and value and _is_record(value[0]):
        for number, each in enumerate(value, 1):
            yield from _walk(_named(key, each, number), each, cite)
    else:
        yield Row(key, _as_text(value), cite)


def _is_record(value: Any) -> bool:
    """A record, and no plain tuple."""
    return hasattr(value, "_fields")


def _bound(bound: Bound) -> str:
    topics = "" if bound.topics is None else f" ({_as_text(bound.topics)})"
    return f"{bound.points} per {bound.per}: {_as_text(bound.categories)}{topics}"


def _members(key: str, value: Any, cite: Citation | None) -> Iterator[Row]:
    cites = getattr(value, "cites", None) or getattr(value, "conditions", None) or {}
    own = getattr(value, "cite", None) or cite
    name = key.rpartition(".")[2]
    for member, each in value._asdict().items():
        if member not in _APART and not (member in _NAMED_BY and each == name):
            yield from _walk(_under(key, member), each, cites.get(member, own))


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _named(key: str, value: Any, number: int) -> str:
    """The key of one of several: by its code, its kind and first day, or else its number."""
    names = [getattr(value, attribute, "") for attribute in _NAMED_BY]
    parts = [next(filter(None, names), ""), getattr(value, "from_day", "")]
    return ".".join([key, *(str(part) for part in parts if part)] if any(parts) else [key, str(number)])


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def show(edition: Edition, language: str = "ja") -> str:
    """The whole rulebook for people: section by section, each value above its clause and its words."""
    name = edition.name.ja if language == "ja" else edition.name.en
    lines = [f"{edition.id}  {name}", *(note.ja if language == "ja" else note.en for note in edition.notes)]
    for head, section in groupby(rows(edition), lambda row: row.key.partition(".")[0]):
        lines += ["", f"[{head}]"]
        for cite, cited in groupby(section, lambda row: row.cite):
            lines += [f"  {row.key} = {row.value}" for row in cited]
            if cite and head != "words":
                lines.append(f"      {cite.clause}: {_folded(cite.quote)}")
            elif cite:
                lines[-1] += f"  [{cite.clause}]"
    return "\n".join(lines) + "\n"
