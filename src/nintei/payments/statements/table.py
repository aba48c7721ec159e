"""CSV as the banks export it: the header row is found by its column names (`profiles.toml`)."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from nintei.payments.statements import days
from nintei.payments.statements.lines import (
    BrokenStatement,
    LeftOut,
    Line,
    Problem,
    Reading,
    Statement,
    account_number,
    broken,
    number_identical,
)
from nintei.rules.edition import Text

HEADER_WITHIN = 20
MAX_ROWS = 200_000
LONGEST_NAME = 200

Row = tuple[int, list[str]]

_AMOUNT = re.compile(r"[¥\\]?([+-]?)([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3})+)円?")
_SAVE_AS = (
    "CSV（UTF-8）として保存し直すか、銀行のサイトからもう一度ダウンロードしてください。",
    "Save it as CSV (UTF-8), or download it from the bank again.",
)
_MEND = (
    "銀行のサイトからもう一度ダウンロードし、手を加えずに読み込んでください。",
    "Download it from the bank again and import it unedited.",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of table is read: a bank's column names; each field lists names that mean the same.

    `date_parts` are the columns of year, month and day where there is no single one. `confirmed`: whether
    a specification of the bank was read, and not only files of it.
    """

    id: str
    name: Text
    date: tuple[str, ...] = ()
    payer: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    debit: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    date_parts: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a profile's columns stand in a header row."""

    profile: Profile
    header: tuple[str, ...]
    days: tuple[int, ...]
    payer: int
    money: int
    debit: int | None
    account: int | None

    @property
    def last(self) -> int:
        """The last column without which a row says nothing."""
        return max(*self.days, self.payer, self.money)

    @property
    def reading(self) -> Reading:
        """What was read as what, for the people who look before they import."""
        read = [("day", self.days), ("payer", (self.payer,)), ("money", (self.money,))]
        read += [("out", (self.debit,))] if self.debit is not None else []
        names = tuple((part, "・".join(self.header[at] for at in columns)) for part, columns in read)
        return Reading(self.profile.name, names, self.profile.confirmed)


class UnknownTable(BrokenStatement):
    """A table in which no header row is known; `rows` are the first ones, so that a person can point."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows[:HEADER_WITHIN])
        super().__init__([_NO_HEADER])


@cache
def profiles() -> tuple[Profile, ...]:
    """The banks we know, in the order in which they are tried."""
    text = resources.files("nintei.payments.statements").joinpath("profiles.toml").read_text("utf-8")
    return tuple(_profile(entry) for entry in tomllib.loads(text)["profile"])


def _profile(entry: dict[str, object]) -> Profile:
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    name = entry["name"]
    assert isinstance(name, dict)
    return Profile(id=str(entry["id"]), name=Text(**name), confirmed=entry.get("confirmed") is True, **lists)


def read(content: bytes, on: date, account: str, own: Sequence[Profile] = ()) -> Statement:
    """The statement of a CSV file; `account` is used where the file names none. Raises `BrokenStatement`.

    `own` are ways to read that people have taught; they come before the banks we know.
    """
    return read_rows("csv", _rows(decode(content)), on, account, own)


def read_rows(kind: str, rows: Sequence[Row], on: date, account: str, own: Sequence[Profile]) -> Statement:
    """The statement in rows of cells, wherever they came from."""
    place, columns = _find_header(rows, (*own, *profiles()))
    lines: list[Line] = []
    out: list[LeftOut] = []
    problems: list[Problem] = []
    for row, cells in rows[place:]:
        found = _line(row, cells, columns, on, account)
        if isinstance(found, Line):
            lines.append(found)
        elif isinstance(found, LeftOut):
            out.append(found)
        else:
            problems.append(found)
    form = f"{kind}-{columns.profile.id}"[:40]
    seen = Statement(form, number_identical(lines), tuple(out), columns.reading)
    if problems:
        raise BrokenStatement(problems, seen)
    return seen


def decode(content: bytes) -> str:
    """UTF-8 (with or without a mark) or CP932; anything else is named."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _encoding("UTF-16")
    if b"\x00" in content:
        raise broken(None, "文字のファイルではありません。", "This is not a text file.", *_SAVE_AS)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _encoding("UTF-8 / Shift_JIS")


def _encoding(name: str) -> BrokenStatement:
    if name == "UTF-16":
        return broken(None, "文字コードがUTF-16です。", "The file is in UTF-16.", *_SAVE_AS)
    return broken(
        None,
        "文字コードがUTF-8でもShift_JISでもありません。",
        "The file is neither in UTF-8 nor in Shift_JIS.",
        *_SAVE_AS,
    )


def _rows(text: str) -> list[Row]:
    """Rows that hold something, each with its number in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
            if len(rows) > MAX_ROWS:
                raise broken(None, *TOO_MANY)
    except csv.Error:
        raise broken(
            reader.line_num, "CSVの引用符が閉じていません。", "A quotation mark is not closed.", *_MEND
        ) from None
    return rows


TOO_MANY = (
    f"{MAX_ROWS:,}行を超えています。",
    f"There are more than {MAX_ROWS:,} rows.",
    "期間を分けてダウンロードし、順に読み込んでください。",
    "Download it in shorter periods and import them one after another.",
)


def _find_header(rows: Sequence[Row], known: Sequence[Profile]) -> tuple[int, _Columns]:
    """Where the data begins, and which columns mean what."""
    for place, (_, cells) in enumerate(rows[:HEADER_WITHIN], start=1):
        header = tuple(even(cell) for cell in cells)
        for profile in known:
            if columns := _columns(profile, header):
                return place, columns
    raise UnknownTable(rows)


_NO_HEADER = Problem(
    None,
    Text(
        "日付・入金額・振込依頼人名の見出しの行が見つかりません。",
        "No header row with day, amount and payer was found.",
    ),
    Text(
        "入出金明細か振込入金明細のCSVを、見出しの行も含めて読み込んでください。",
        "Import the bank's statement as CSV with its header row.",
    ),
)


def _columns(profile: Profile, header: tuple[str, ...]) -> _Columns | None:
    days = _day_columns(profile, header)
    payer, money = _where(profile.payer, header), _where(profile.signed or profile.credit, header)
    if days is None or payer is None or money is None:
        return None
    debit, account = _where(profile.debit, header), _where(profile.account, header)
    return _Columns(profile, header, days, payer, money, debit, account)


def _day_columns(profile: Profile, header: tuple[str, ...]) -> tuple[int, ...] | None:
    if profile.date_parts:
        parts = [_where((name,), header) for name in profile.date_parts]
        return None if None in parts else tuple(part for part in parts if part is not None)
    day = _where(profile.date, header)
    return None if day is None else (day,)


def _where(names: tuple[str, ...], header: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def even(cell: str) -> str:
    """A header cell with widths, spaces and case evened out."""
    return unicodedata.normalize("NFKC", cell).replace(" ", "").strip().lower()


def _line(row: int, cells: list[str], columns: _Columns, on: date, account: str) -> Line | LeftOut | Problem:
    """One row: money in, something left out, or a problem."""
    if len(cells) <= columns.last:
        return _problem(row, "列が足りません。", "Columns are missing.")
    day = "/".join(cells[at].strip() for at in columns.days)
    value_on = days.written(day, on)
    if value_on is None or not days.plausible(value_on, on):
        return replace(_wrong_day(row, day, on), column=columns.header[columns.days[0]])
    amount = _yen(cells[columns.money])
    out = 0 if columns.debit is None or len(cells) <= columns.debit else _yen(cells[columns.debit])
    if amount is None or out is None:
        at = columns.money if amount is None else columns.debit or 0
        return _not_yen(row, cells[at], columns.header[at])
    if amount < 0 and not columns.profile.signed:
        ja, en = f"入金額が負です（{amount:,}円）。", f"The amount is negative ({amount:,} yen)."
        return _problem(row, ja, en, columns.header[columns.money])
    if amount <= 0:
        return _left_out(row, max(out, -amount))
    return _credit(row, cells, columns, value_on, amount, account)


def _credit(
    row: int, cells: list[str], columns: _Columns, on: date, amount: int, account: str
) -> Line | Problem:
    payer = _payer(cells[columns.payer], columns.profile.prefix)
    if len(payer) > LONGEST_NAME:
        name = columns.header[columns.payer]
        return _problem(row, "振込依頼人名が長すぎます。", "The payer's name is too long.", name)
    own = cells[columns.account] if columns.account is not None and columns.account < len(cells) else ""
    raw = dict(zip(columns.header, cells, strict=False))
    return Line(row, account_number(own or account), on, amount, payer, raw)


def _left_out(row: int, amount: int) -> LeftOut:
    why = Text("出金", "money out") if amount else Text("0円", "0 yen")
    return LeftOut(row, amount, why)


def _payer(cell: str, prefixes: tuple[str, ...]) -> str:
    text = cell.strip()
    for prefix in prefixes:
        if unicodedata.normalize("NFKC", text).startswith(prefix):
            return text[len(prefix) :].strip()
    return text


def _yen(cell: str) -> int | None:
    text = unicodedata.normalize("NFKC", cell).replace(" ", "").replace("−", "-")
    if text in ("", "-"):
        return 0
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    return int(found[2].replace(",", "")) * (-1 if found[1] == "-" else 1)


def _wrong_day(row: int, text: str, on: date) -> Problem:
    return _problem(
        row,
        f"日付「{text}」を、{on:%Y年%m月%d日}から2年前までの日として読めません。",
        f"The day “{text}” cannot be read as one of the two years before {on.isoformat()}.",
    )


def _not_yen(row: int, cell: str, column: str) -> Problem:
    shown = cell[:40]
    return _problem(row, f"金額「{shown}」を読めません。", f"The amount “{shown}” cannot be read.", column)


def _problem(row: int, ja: str, en: str, column: str = "") -> Problem:
    return Problem(row, Text(ja, en), Text(*_MEND), column)
