"""Reads the input of a case key by key and remembers what nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import TypeVar

from nintei.rules.edition import Edition

T = TypeVar("T")
Data = dict[str, object]

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)


class Malformed(Exception):
    """A case or a file of cases that says something senseless; the message is a sentence."""


class Given:
    """An object of a case's input. Every key must be asked for by somebody: see `end`."""

    def __init__(self, data: object, where: str = "input") -> None:
        if not isinstance(data, dict):
            raise Malformed(f"{where} is no object")
        self._data = data
        self._where = where
        self._left = set(data)

    def has(self, key: str) -> bool:
        """Whether `key` is there and not null; a null is taken as said."""
        if self._data.get(key) is None:
            self._left.discard(key)
            return False
        return True

    def keys(self) -> list[str]:
        """All keys, for objects whose keys are data."""
        return list(self._data)

    def _take(self, key: str, kind: type[T]) -> T:
        if key not in self._data:
            raise Malformed(f"{self._where} has no {key!r}")
        self._left.discard(key)
        value = self._data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise Malformed(f"{key!r} of {self._where} is not a {kind.__name__}: {value!r}")
        return value

    def text(self, key: str) -> str:
        """A text."""
        return self._take(key, str)

    def count(self, key: str) -> int:
        """A whole number; `60.0` is one."""
        value = self._data.get(key)
        if isinstance(value, Fraction) and value.denominator == 1:
            return self._take(key, Fraction).numerator
        return self._take(key, int)

    def number(self, key: str) -> Fraction:
        """An exact number, or its decimal text."""
        value = self._data.get(key)
        if isinstance(value, str):
            return self._decimal(key)
        return self._take(key, Fraction) if isinstance(value, Fraction) else Fraction(self.count(key))

    def _decimal(self, key: str) -> Fraction:
        text = self.text(key)
        if not _DECIMAL.fullmatch(text):
            raise Malformed(f"{key!r} is no number: {text!r}")
        return Fraction(text)

    def code(self, key: str) -> str:
        """A code that may be written as a number: the field 4, or "4"."""
        return self.text(key) if isinstance(self._data.get(key), str) else str(self.count(key))

    def flag(self, key: str) -> bool:
        """True or false."""
        return self._take(key, bool)

    def day(self, key: str) -> date:
        """A day as `2026-11-24`."""
        text = self.text(key)
        try:
            if _ISO.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise Malformed(f"{key!r} of {self._where} is no day: {text!r}")

    def day_or_none(self, key: str) -> date | None:
        """A day, or None where it is absent or null."""
        return self.day(key) if self.has(key) else None

    def listed(self, key: str) -> list[object]:
        """A list."""
        return self._take(key, list)

    def objects(self, key: str) -> list[Given]:
        """A list of objects."""
        return [Given(each, f"{key}[{number}]") for number, each in enumerate(self.listed(key))]

    def object(self, key: str) -> Given:
        """An object."""
        return Given(self._take(key, dict), key)

    def ignore(self, *keys: str) -> None:
        """Take note of keys that describe and never decide (CPD-A.2: the format of a course)."""
        self._left -= set(keys)

    def end(self) -> None:
        """Refuse a key nobody asked for: it would have been meant to matter. Words and nulls only describe."""
        meant = [key for key in self._left if not self._describes(key)]
        if meant:
            raise Malformed(f"{self._where} has the unknown key {min(meant)!r}")

    def _describes(self, key: str) -> bool:
        value = self._data[key]
        return value is None or (isinstance(value, str) and not _ISO.fullmatch(value))


Answer = Callable[[Edition, Given], Mapping[str, object]]
"""What answers an area: the edition and the input in, plain data out."""
