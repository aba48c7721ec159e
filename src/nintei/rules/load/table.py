"""A strict reader of one TOML table: every key is taken once, checked, or refused by name.

A table knows its file and its dotted key, so that each refusal says where, what and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from nintei.rules.edition import Citation, Reading, Text

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_EXACT = re.compile(r"\d+(\.\d+)?(/[1-9]\d*)?")
# What one of the written unit is in the unit that the key counts in.
_CONVERSIONS = {("year", "month"): Fraction(12), ("month", "year"): Fraction(1, 12)}


class RulebookError(Exception):
    """A rulebook that may not be used: which file and key, and the reason.

    >>> str(RulebookError("cpd.toml", "points.step", "a number needs its quote", 7))
    'cpd.toml:7: points.step: a number needs its quote'
    """

    def __init__(self, file: str, key: str, reason: str, line: int | None = None) -> None:
        """`line` is the line of the file, where it is known."""
        super().__init__(file, key, reason, line)
        self.file, self.key, self.reason, self.line = file, key, reason, line

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.reason}"


class Inexact(str):
    """A TOML float, kept as the text that was written so that it can be refused by name."""

    __slots__ = ()


class Book:
    """What the tables of one edition share: the files' texts, the known sources, and what was cited."""

    def __init__(self, texts: dict[str, str], sources: tuple[str, ...]) -> None:
        """`texts` by file name, in the order in which files are asked for a key."""
        self.texts, self.sources = texts, sources
        self.citations: dict[str, Citation] = {}
        self.readings: dict[str, Reading] = {}

    def refusal(self, path: tuple[str, ...], reason: str) -> RulebookError:
        """The error for a key, with the file and the line where it, or the nearest table above it, is."""
        found = [
            (rank, file, line) for file, text in self.texts.items() for line, rank in [place_of(text, path)]
        ]
        _, file, line = max(found, key=lambda place: place[0])
        return RulebookError(file, ".".join(path), reason, line)


def place_of(text: str, path: tuple[str, ...]) -> tuple[int | None, int]:
    """The line of a dotted key, or of the nearest table around it, and how many parts of the key it names.

    >>> place_of('[points.step]\\nvalue = 1\\n', ("points", "step", "value"))
    (2, 3)
    >>> place_of('[points.step]\\n', ("points", "step", "quote"))
    (1, 2)
    """
    best: tuple[int | None, int] = (None, 0)
    header: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[([^\[\]]+)\]\s*(#|$)", line):
            written = header = _split(found[1])
        elif found := re.match(r"""\s*((?:[^\s=.'"]+|"[^"]*")(?:\.(?:[^\s=.'"]+|"[^"]*"))*)\s*=""", line):
            written = header + _split(found[1])
        else:
            continue
        shared = min(len(written), len(path))
        if written[:shared] == path[:shared] and shared > best[1]:
            best = number, shared
    return best


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip('"') for part in re.findall(r'"[^"]*"|[^\s."]+', dotted))


class Table:
    """One table of a rulebook, read key by key; `end` refuses what nobody took."""

    def __init__(self, book: Book, path: tuple[str, ...], data: dict[str, Any]) -> None:
        """`path` is the dotted key in its parts."""
        self.book, self.path, self.data = book, path, data
        self.taken: set[str] = set()
        self.cites: dict[str, Citation] = {}

    @property
    def key(self) -> str:
        """The dotted key of this table."""
        return ".".join(self.path)

    def refuse(self, name: str, reason: str) -> RulebookError:
        """The error for a key of this table (or for the table itself when `name` is empty)."""
        return self.book.refusal((*self.path, name) if name else self.path, reason)

    def has(self, name: str) -> bool:
        """Whether the key is written here."""
        return name in self.data

    def take(self, name: str) -> Any:
        """The raw value of a required key."""
        self.taken.add(name)
        if name not in self.data:
            raise self.refuse(name, "is missing")
        value = self.data[name]
        if isinstance(value, Inexact):
            raise self.refuse(
                name,
                f'is the float {value}; write the exact decimal as text, "{value}"',
            )
        return value

    def end(self) -> None:
        """Refuse the first key that nobody took."""
        for name in self.data:
            if name not in self.taken:
                raise self.refuse(
                    name,
                    f"is an unknown key; known here: {', '.join(sorted(self.taken))}",
                )

    def _typed(self, name: str, kind: type[T], wanted: str) -> T:
        value = self.take(name)
        if type(value) is not kind:
            raise self.refuse(name, f"must be {wanted}, not {value!r}")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty; `default` where the key may be left out."""
        if default is not None and not self.has(name):
            self.taken.add(name)
            return default
        value = self._typed(name, str, "a text")
        if not value.strip():
            raise self.refuse(name, "must not be empty")
        return value

    def flag(self, name: str) -> bool:
        """true or false."""
        return self._typed(name, bool, "true or false")

    def day(self, name: str) -> date:
        """A TOML date such as 2019-10-01."""
        value = self.take(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(name, f"must be a date such as 2019-10-01, not {value!r}")
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """A list of different texts; an absent key is the empty list."""
        if not self.has(name):
            self.taken.add(name)
            return ()
        value = self._typed(name, list, "a list of texts")
        if any(type(each) is not str for each in value):
            raise self.refuse(name, f"must be a list of texts, not {value!r}")
        if len(set(value)) != len(value):
            raise self.refuse(name, "names the same thing twice")
        return tuple(value)

    def choice(self, name: str, kind: type[E]) -> E:
        """One of the options that the kernel can carry out."""
        value = self.text(name)
        if value not in [each.value for each in kind]:
            known = ", ".join(each.value for each in kind)
            raise self.refuse(
                name,
                f"{value!r} is not an option that the kernel carries out; known: {known}",
            )
        return kind(value)

    def number(self, name: str, unit: str) -> Fraction:
        """An exact number of at least zero, with its unit written beside it (`unit`)."""
        value = self.take(name)
        if (type(value) is int and value >= 0) or (type(value) is str and _EXACT.fullmatch(value)):
            exact = Fraction(value)
        else:
            wanted = 'a whole number or an exact decimal as text ("0.5"), not negative'
            raise self.refuse(name, f"must be {wanted}, not {value!r}")
        return exact * self._factor(unit)

    def count(self, name: str, unit: str) -> int:
        """A whole number of at least zero, with its unit written beside it."""
        value = self.take(name)
        if type(value) is not int or value < 0:
            raise self.refuse(name, f"must be a whole number of at least 0, not {value!r}")
        exact = value * self._factor(unit)
        if exact.denominator != 1:
            raise self.refuse(name, f"must be a whole number of {unit}s, not {exact}")
        return exact.numerator

    def _factor(self, unit: str) -> Fraction:
        written = self.text("unit")
        if written == unit:
            return Fraction(1)
        if (written, unit) not in _CONVERSIONS:
            raise self.refuse("unit", f"must be {unit!r}, not {written!r}")
        return _CONVERSIONS[written, unit]

    def both(self, name: str) -> Text:
        """A text in Japanese and English."""
        table = self.table(name)
        text = Text(table.text("ja"), table.text("en"))
        table.end()
        return text

    def table(self, name: str) -> Table:
        """A table under this one."""
        return Table(self.book, (*self.path, name), self._typed(name, dict, "a table"))

    def tables(self, name: str) -> Iterator[tuple[str, Table]]:
        """The tables under `name`, in the order written; an absent key holds none."""
        if not self.has(name):
            self.taken.add(name)
            return
        group = self.table(name)
        for each in group.data:
            yield each, group.table(each)

    def rule(self, name: str, read: Callable[[Table], T]) -> T:
        """A value that stands beside its words: read it, keep its citation, refuse the rest."""
        table = self.table(name)
        value = read(table)
        self.cites[name] = table.cite()
        table.end()
        return value

    def cite(self) -> Citation:
        """The citation of this table; it is also entered in the book, under this table's key."""
        citation = self._citation(self.key)
        for number, more in enumerate(self._also(), 1):
            more._citation(f"{self.key}.also.{number}")
            more.end()
        return citation

    def _also(self) -> list[Table]:
        self.taken.add("also")
        rows = self.data.get("also", [])
        if type(rows) is not list or any(type(row) is not dict for row in rows):
            raise self.refuse("also", "must be a list of tables with source, clause and quote")
        return [Table(self.book, (*self.path, "also"), row) for row in rows]

    def _citation(self, key: str) -> Citation:
        for word in ("source", "clause", "quote"):
            if not self.has(word):
                raise self.refuse("", f"needs the words it comes from: {word} is missing")
        source = self.text("source")
        if source not in self.book.sources:
            raise self.refuse("source", f"{source!r} is no document of this edition")
        ambiguities = self.names("ambiguities")
        citation = Citation(
            key,
            source,
            self.text("clause"),
            self.text("quote"),
            self._reading(ambiguities),
            ambiguities,
            self.text("correction", ""),
        )
        self.book.citations[key] = citation
        return citation

    def _reading(self, ambiguities: tuple[str, ...]) -> Text | None:
        for each in ambiguities:
            if each not in self.book.readings:
                raise self.refuse("ambiguities", f"{each!r} is not in the readings of this rulebook")
        if self.has("reading"):
            return self.both("reading")
        self.taken.add("reading")
        readings = [self.book.readings[each].reading for each in ambiguities]
        if not readings:
            return None
        return Text(
            "".join(each.ja for each in readings),
            " ".join(each.en for each in readings),
        )
