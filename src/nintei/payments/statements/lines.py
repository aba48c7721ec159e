"""What every format comes down to: lines of money in, what was left out, and what is wrong with a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from nintei.payments.matching import plain
from nintei.rules.edition import Text

SHOWN_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the row (from 1, None for the whole file), what, what to do, in which column."""

    row: int | None
    what: Text
    todo: Text
    column: str = ""


class BrokenStatement(Exception):
    """The file cannot be read, and nothing of it was taken. `problems` are in the order of the file.

    `rest` is what a table holds besides the rows that are wrong, for who says that it is enough; a file with
    sums of its own has none.
    """

    def __init__(self, problems: Iterable[Problem], rest: Statement | None = None) -> None:
        self.problems = tuple(problems)[:SHOWN_PROBLEMS]
        self.rest = rest
        super().__init__("; ".join(f"{p.row}: {p.what.en}" for p in self.problems))


def broken(row: int | None, ja: str, en: str, todo_ja: str, todo_en: str) -> BrokenStatement:
    """A statement broken by one problem."""
    return BrokenStatement([Problem(row, Text(ja, en), Text(todo_ja, todo_en))])


@dataclass(frozen=True, slots=True)
class Line:
    """Money that came in. `value_on` is the day the bank entered it (勘定日), which every format names.

    `payer_key` is the payer's name as `matching.plain` sees it, so that the same line is recognised in
    half-width records and in a full-width CSV; `ordinal` counts identical lines of a day from 0.
    """

    row: int
    account: str
    value_on: date
    amount: int
    payer_name: str
    raw: dict[str, str] = field(hash=False)
    ordinal: int = 0

    @property
    def payer_key(self) -> str:
        """The payer's name with spaces, widths and dashes evened out."""
        return plain(self.payer_name)

    @property
    def identity(self) -> tuple[str, date, int, str, int]:
        """What makes a line this line and no other."""
        return (self.account, self.value_on, self.amount, self.payer_key, self.ordinal)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not money in: its row, its yen, and why it was left out."""

    row: int
    amount: int
    why: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table was read: by whose profile, and which column (`day`, `payer`, `money`, `out`) was which."""

    name: Text
    columns: tuple[tuple[str, str], ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole file, read: its format, its lines in order, what was left out, and how a table was read."""

    format: str
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    reading: Reading | None = None

    @property
    def total(self) -> int:
        """Yen of all lines together."""
        return sum(line.amount for line in self.lines)


def number_identical(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines, each with its ordinal among the identical lines of its day."""
    seen: Counter[tuple[str, date, int, str]] = Counter()
    numbered = []
    for line in lines:
        key = (line.account, line.value_on, line.amount, line.payer_key)
        numbered.append(replace(line, ordinal=seen[key]))
        seen[key] += 1
    return tuple(numbered)


def account_number(text: str) -> str:
    """An account number in seven digits, as every format can write it: `0003176131` → `3176131`."""
    digits = "".join(c for c in text if "0" <= c <= "9").lstrip("0")
    return digits.rjust(7, "0")
