"""Ways to read a table that people have taught, and a table that nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from nintei.payments import statements
from nintei.payments.models import TaughtTable
from nintei.payments.statements.table import Row
from nintei.rules.edition import Text
from nintei.shared.rulebook import edition

SHOWN_ROWS = 12
SHOWN_CELLS = 24


def own_account(on: date) -> str:
    """The association's account number by the rulebook; where a file names none, this is meant."""
    return edition(on).fees.bank.get("number", "")


def taught_tables() -> QuerySet[TaughtTable]:
    """The ways to read that count, by name."""
    return TaughtTable.objects.filter(forgotten_at=None).order_by("name")


def taught_table(pk: UUID) -> TaughtTable | None:
    """One way to read, forgotten or not."""
    return TaughtTable.objects.filter(pk=pk).first()


def as_profile(name: str, columns: dict[str, str], key: str = "new") -> statements.Profile:
    """A taught way to read as the reader wants it."""
    lists = {part: (cell,) for part, cell in columns.items()}
    return statements.Profile(f"own-{key[:8]}", Text(name, name), confirmed=True, prefix=("振込",), **lists)


def read_statement(content: bytes, on: date, *, partial: bool = False) -> statements.Statement:
    """The statement in these bytes, with every way to read that was taught. Raises `BrokenStatement`.

    `partial`: somebody has said that the rows of a table that can be read are enough.
    """
    own = [as_profile(each.name, each.columns, each.pk.hex) for each in taught_tables()]
    try:
        return statements.read(content, on=on, account=own_account(on), own=own)
    except statements.BrokenStatement as broken:
        if partial and broken.rest is not None:
            return broken.rest
        raise


@dataclass(frozen=True, slots=True)
class StrangeTable:
    """The first rows of a table that nobody knows, with the row in which its columns are probably named."""

    rows: tuple[Row, ...]
    header: int

    @property
    def shown(self) -> list[Row]:
        """The first rows, cut to what fits on a page."""
        return [(row, cells[:SHOWN_CELLS]) for row, cells in self.rows[:SHOWN_ROWS]]

    @property
    def names(self) -> list[str]:
        """The columns of the header row that have a name of their own, in order."""
        cells = next((cells for row, cells in self.rows if row == self.header), [])
        return list(dict.fromkeys(name for cell in cells if (name := statements.even(cell))))


def strange_table(content: bytes, on: date, header: int | None = None) -> StrangeTable | None:
    """The table in these bytes, if nobody knows it; `header` is the row that a person has pointed at."""
    try:
        read_statement(content, on)
    except statements.UnknownTable as unknown:
        rows = unknown.rows
    except statements.BrokenStatement:
        return None
    else:
        return None
    if header not in {row for row, _ in rows}:
        header = _probable_header(rows)
    return StrangeTable(rows, header or 0)


def _probable_header(rows: Sequence[Row]) -> int:
    """The first row with at least three words in it, or the first."""
    for row, cells in rows:
        words = [cell for cell in cells if cell.strip() and not any(c.isdigit() for c in cell)]
        if len(words) >= 3:
            return row
    return rows[0][0] if rows else 0
