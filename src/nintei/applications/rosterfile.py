"""Reading an organisation's roster: CSV (UTF-8 or CP932) or XLSX. Pure: bytes in, rows or faults out.

A file is read whole before anything is kept; every fault says row, column, what is wrong, what to do.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nintei.rules.edition import Text

MOST_ROWS = 500
COLUMNS = {
    "name": ("氏名", "name"),
    "kana": ("フリガナ", "カナ", "kana"),
    "email": ("メール", "メールアドレス", "email", "e-mail"),
    "qualification": ("資格", "qualification"),
    "number": ("合格者番号", "pass number"),
}
OPTIONAL = {"number"}
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


class Row(NamedTuple):
    """One person of the roster, as the organisation wrote them. `line` counts as a spreadsheet does."""

    line: int
    name: str
    kana: str
    email: str
    qualification: str
    number: str


class Fault(NamedTuple):
    """What is wrong, in which line and column, and what to do."""

    line: int
    column: str
    text: Text


class Reading(NamedTuple):
    """The rows that can be used, and everything that is wrong with the others."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, qualifications: frozenset[str]) -> Reading:
    """The roster in `data`; `qualifications` are the codes that can be applied for."""
    table = _xlsx(data) if zipfile.is_zipfile(io.BytesIO(data)) else _csv(data)
    if isinstance(table, Fault):
        return Reading((), (table,))
    lines = [(n, [_text(cell) for cell in cells]) for n, cells in table]
    lines = [(n, cells) for n, cells in lines if any(cells)]
    if not lines:
        return Reading((), (_fault(1, "", "ファイルに何も書かれていません。", "The file is empty."),))
    places, missing = _places(lines[0][1])
    if missing:
        return Reading((), tuple(_missing(lines[0][0], heading) for heading in missing))
    if len(lines) > MOST_ROWS + 1:
        ja, en = (
            f"一度に{MOST_ROWS}人までです。ファイルを分けてください。",
            f"At most {MOST_ROWS} people at once.",
        )
        return Reading((), (_fault(lines[MOST_ROWS + 1][0], "", ja, en),))
    return _rows(lines[1:], places, qualifications)


def _rows(
    lines: Sequence[tuple[int, list[str]]], places: dict[str, int], qualifications: frozenset[str]
) -> Reading:
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in lines:
        told = {key: cells[at] if at < len(cells) else "" for key, at in places.items()}
        row = Row(
            line,
            told["name"],
            told["kana"],
            told["email"].lower(),
            told["qualification"].upper(),
            told.get("number", ""),
        )
        wrong = list(_wrong(row, qualifications))
        if (first := seen.setdefault((row.email, row.qualification), line)) != line and not wrong:
            ja, en = (
                f"{first}行目と同じ人、同じ資格です。",
                f"The same person and qualification as line {first}.",
            )
            wrong.append(_fault(line, "メール", ja, en))
        faults += wrong
        rows += [] if wrong else [row]
    return Reading(tuple(rows), tuple(faults))


def _wrong(row: Row, qualifications: frozenset[str]) -> Iterable[Fault]:
    if not row.name or len(row.name) > 100:
        yield _fault(
            row.line,
            "氏名",
            "氏名を100字までで書いてください。",
            "Write the name, in at most 100 characters.",
        )
    if len(row.kana) > 100:
        yield _fault(row.line, "フリガナ", "フリガナは100字までです。", "At most 100 characters.")
    if not EMAIL.fullmatch(row.email):
        ja = "メールアドレスの形が違います。例：sato@example.jp"
        yield _fault(row.line, "メール", ja, "Not an e-mail address. Example: sato@example.jp")
    if row.qualification not in qualifications:
        codes = "、".join(sorted(qualifications))
        ja, en = f"資格は {codes} のどれかです。", f"One of {codes.replace('、', ', ')}."
        yield _fault(row.line, "資格", ja, en)
    if len(row.number) > 40:
        yield _fault(row.line, "合格者番号", "合格者番号は40字までです。", "At most 40 characters.")


def _places(headings: list[str]) -> tuple[dict[str, int], list[str]]:
    found = {}
    for key, names in COLUMNS.items():
        at = next((n for n, heading in enumerate(headings) if heading.lower() in names), None)
        if at is not None:
            found[key] = at
    return found, [names[0] for key, names in COLUMNS.items() if key not in found and key not in OPTIONAL]


def _missing(line: int, heading: str) -> Fault:
    ja, en = f"「{heading}」の列がありません。", f"There is no column “{heading}”."
    return _fault(line, heading, ja, en)


def _fault(line: int, column: str, ja: str, en: str) -> Fault:
    return Fault(line, column, Text(ja, en))


def _text(cell: object) -> str:
    """A cell as text; a spreadsheet's number without its `.0`."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).replace("\x00", "").split())


def _csv(data: bytes) -> list[tuple[int, Sequence[object]]] | Fault:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            return [(reader.line_num, cells) for cells in reader]
        except csv.Error:
            ja, en = "引用符の対応が崩れています。", "The quotation marks do not match."
            return _fault(reader.line_num, "", ja, en)
    ja = "文字コードがUTF-8でもCP932でもありません。"
    return _fault(1, "", ja, "The file is neither in UTF-8 nor in CP932.")


def _xlsx(data: bytes) -> list[tuple[int, Sequence[object]]] | Fault:
    from openpyxl import load_workbook  # a third of a second that only Excel files need

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows: list[tuple[int, Sequence[object]]] = []
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            rows.append((number, cells))
            if number > MOST_ROWS + 10:
                break
    except Exception:  # noqa: BLE001  the library raises whatever the archive and XML readers below it raise
        return _fault(1, "", "Excelのファイルとして読めません。", "This cannot be read as an Excel file.")
    return rows
