"""What a check found, to print or to hand on: sentences with their clause, and the same as plain data."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction

from nintei.rules.edition import Citation, Text


class Report:
    """The findings about one file in one language. `answer` is False when something is not enough."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.answer = True
        self.lines: list[str] = []
        self.data: dict[str, object] = {}

    def word(self, text: Text, **data: object) -> str:
        """`text` in the report's language, its gaps filled."""
        return (text.ja if self.lang == "ja" else text.en).format(**data)

    def say(self, text: Text, cite: Citation | None = None, **data: object) -> None:
        """Add a sentence; behind it stands the clause it rests on."""
        self.lines.append(with_clause(self.word(text, **data), cite))

    def judge(self, met: bool | None, text: Text, cite: Citation | None = None, **data: object) -> None:
        """Add a sentence marked ○ (met), × (not met) or ? (a person must look)."""
        mark = {True: "○", False: "×", None: "?"}[met]
        self.lines.append(f"{mark} {with_clause(self.word(text, **data), cite)}")

    def head(self, text: Text, **data: object) -> None:
        """Add a heading with a blank line before it."""
        self.lines += ["", self.word(text, **data)] if self.lines else [self.word(text, **data)]


def with_clause(sentence: str, cite: Citation | None) -> str:
    """A sentence with its clause."""
    return sentence if cite is None else f"{sentence} [{cite.clause}]"


def shown(number: Fraction | int) -> str:
    """An exact number as people write it.

    >>> shown(Fraction(9, 2)), shown(Fraction(30)), shown(Fraction(1, 3))
    ('4.5', '30', '1/3')
    """
    exact = Fraction(number)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == exact else str(exact)


def clock(minutes: int) -> str:
    """Minutes as hours and minutes.

    >>> clock(90), clock(1440)
    ('1:30', '24:00')
    """
    return f"{minutes // 60}:{minutes % 60:02}"


def wide(text: str) -> int:
    """The columns a terminal gives to `text`; kanji and kana take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)


def padded(text: str, width: int, right: bool = False) -> str:
    """`text` padded to so many columns."""
    gap = " " * max(width - wide(text), 0)
    return gap + text if right else text + gap


def plain(value: object) -> object:
    """Days and numbers as JSON has them; numbers that are not whole as text, so that they stay exact."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else shown(value)
    return value.isoformat() if isinstance(value, date) else str(value)
