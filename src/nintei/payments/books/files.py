"""Entries as files for a spreadsheet or another program: layouts are data, rows are pure.

A cell can never run in a spreadsheet (P11), and a character that the target's encoding lacks is written as
its code point, `[U+20BB7]`, and told on the page: nothing is dropped.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from nintei.payments.models import Account
from nintei.rules.edition import Text
from nintei.shared.cells import inert

HERE = Path(__file__).resolve().parent / "layouts"


@dataclass(frozen=True, slots=True)
class Layout:
    """How one program wants entries: its columns with what fills each (`=text`: always that text).

    `accounts` are the names that the program has for accounts of ours, where they differ.
    """

    code: str
    title: Text
    file_name: str
    encoding: str
    header: bool
    rows: str
    columns: tuple[tuple[str, str], ...]
    confirmed: str
    tax_apart: bool = True
    out_of_scope: str = ""
    tax_words: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_tried(self) -> bool:
        """Whether the layout is known to be right; where only its columns are, the page says so."""
        return self.confirmed == "ours"


class Told(NamedTuple):
    """An entry as a file tells it: days as `2026/01/20`, postings as (account, yen, line), words for people."""

    number: int
    date: str
    happened: str
    kind: str
    party: str
    by: str
    rate: str
    postings: tuple[tuple[Account, int, str], ...]


def read_layouts() -> dict[str, Layout]:
    """Every layout of the folder by its code, ours first."""
    found = [_layout(path) for path in sorted(HERE.glob("*.toml"))]
    return {layout.code: layout for layout in sorted(found, key=lambda layout: not layout.is_tried)}


def _layout(path: Path) -> Layout:
    told = tomllib.loads(path.read_text("utf-8"))
    title = Text(**told.pop("title"))
    columns = tuple((name, source) for name, source in told.pop("columns"))
    return Layout(code=path.stem, title=title, columns=columns, **told)


LAYOUTS = read_layouts()


def write(layout: Layout, entries: Iterable[Told], names: Mapping[Account, str]) -> bytes:
    """The file's bytes: CSV with CRLF, in the layout's encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    if layout.header:
        writer.writerow([name for name, _source in layout.columns])
    for entry in entries:
        for row in rows(layout, entry, names):
            writer.writerow([_cell(layout, row, source) for _name, source in layout.columns])
    return spelt(out.getvalue(), layout.encoding).encode(layout.encoding)


def rows(layout: Layout, entry: Told, names: Mapping[Account, str]) -> Iterator[dict[str, str]]:
    """An entry's rows: one a posting, or one a pair of a debit and a credit of the same yen."""
    common = {
        "entry": str(entry.number),
        "date": entry.date,
        "happened": entry.happened,
        "kind": entry.kind,
        "party": entry.party,
        "by": entry.by,
        "note": f"{entry.kind} {entry.party}".strip(),
    }
    if layout.rows == "postings":
        for account, yen, line in entry.postings:
            sides = {"debit": str(yen) if yen > 0 else "", "credit": str(-yen) if yen < 0 else ""}
            yield {**common, "account": names[account], "line": line, **sides}
        return
    for pair in pairs(_merged(layout, entry)):
        yield {**common, **_pair(layout, entry, pair, names)}


class Pair(NamedTuple):
    """So many yen from a debit to a credit; `tax` is the tax within them, on the side of the income."""

    debit: Account
    credit: Account
    amount: int
    tax: int = 0


def pairs(postings: Sequence[tuple[Account, int, int]]) -> list[Pair]:
    """Postings (account, yen, tax within) as pairs: the debits poured into the credits, in their order."""
    debit_side = deque((account, yen, tax) for account, yen, tax in postings if yen > 0)
    credit_side = deque((account, -yen, tax) for account, yen, tax in postings if yen < 0)
    found: list[Pair] = []
    while debit_side and credit_side:
        debit, credit = debit_side.popleft(), credit_side.popleft()
        amount = min(debit[1], credit[1])
        found.append(Pair(debit[0], credit[0], amount, max(debit[2], credit[2])))
        for side, (account, yen, _tax) in ((debit_side, debit), (credit_side, credit)):
            if yen > amount:
                side.appendleft((account, yen - amount, 0))
    return found


def _merged(layout: Layout, entry: Told) -> list[tuple[Account, int, int]]:
    """For a program that works tax out of the gross amount: income with its tax in one posting."""
    plain = [(account, yen, 0) for account, yen, _line in entry.postings]
    tax = sum(yen for account, yen, _line in entry.postings if account is Account.TAX)
    if layout.tax_apart or not tax or entry.rate not in layout.tax_words:
        return plain
    return [
        (account, yen + tax, abs(tax)) if account is Account.EARNED else (account, yen, 0)
        for account, yen, _none in plain
        if account is not Account.TAX
    ]


def _pair(layout: Layout, entry: Told, pair: Pair, names: Mapping[Account, str]) -> dict[str, str]:
    word = layout.tax_words.get(entry.rate, layout.out_of_scope) if pair.tax else layout.out_of_scope
    on_debit = pair.debit is Account.EARNED
    tax = str(pair.tax) if pair.tax else ""
    return {
        "debit_account": names[pair.debit],
        "credit_account": names[pair.credit],
        "amount": str(pair.amount),
        "debit_tax_word": word if on_debit else layout.out_of_scope,
        "credit_tax_word": layout.out_of_scope if on_debit else word,
        "debit_tax": tax if on_debit else "",
        "credit_tax": "" if on_debit else tax,
    }


def rate_of(base: int, tax: int, rates: Iterable[Fraction]) -> str:
    """The rate by which a tax was worked out of a base, `10%`; nothing where none of the law's rates fits."""
    for rate in rates:
        if base > 0 and int(base * rate) == tax:
            tenths = int(rate * 1000)
            return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
    return ""


def _cell(layout: Layout, row: Mapping[str, str], source: str) -> str:
    """No spreadsheet runs it (P11), and an accounting program reads one line."""
    if source.startswith("="):
        return source[1:]
    return inert(" ".join(row[source].replace("\x00", "").splitlines()))


def strangers(text: str, encoding: str) -> list[str]:
    """The characters of a text that an encoding lacks, each once, in order."""
    return [c for c in dict.fromkeys(text) if not _has(c, encoding)]


def spelt(text: str, encoding: str) -> str:
    """A text whose foreign characters stand as their code points.

    >>> spelt("𠮷野", "cp932")
    '[U+20BB7]野'
    """
    lacking = {ord(c): f"[U+{ord(c):04X}]" for c in strangers(text, encoding)}
    return text.translate(lacking)


def _has(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
