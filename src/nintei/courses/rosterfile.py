"""Reading a roster of attendees: CSV in UTF-8 or CP932, or XLSX. Pure: bytes in, rows and faults out.

A file is read whole before anything is kept; every fault says row, column, what is wrong and what to do.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from nintei.rules.edition import Text

MOST_ROWS = 10_000
MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
COLUMNS = {
    "number": ("認定番号", "番号", "certification number", "number"),
    "kana": ("カナ", "フリガナ", "氏名カナ", "kana"),
    "on": ("受講日", "日付", "date", "day attended"),
    "minutes": ("受講分数", "分数", "分", "minutes"),
    "session": ("開催番号", "session"),
}
NEEDED = ("number", "kana")
LONGEST = 100
Table = list[tuple[int, Sequence[object]]]
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
# Hiragana becomes katakana (they stand 96 places apart), a dash the long vowel, and a dot between names goes.
READINGS: dict[int, int | str | None] = {code: code + 96 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
READINGS |= dict.fromkeys(map(ord, "‐‑‒–—―−-"), "ー") | dict.fromkeys(map(ord, "・･"), None)


class Row(NamedTuple):
    """A person as the provider wrote them. `minutes` None: the whole day; `on` None: the only day, or every day."""

    line: int
    number: str
    kana: str
    on: date | None
    minutes: int | None


class Fault(NamedTuple):
    """What is wrong, and where. `line` counts as a spreadsheet does: the headings are line 1."""

    line: int
    column: str
    text: Text


class Unread(NamedTuple):
    """A row that cannot be read, in the words of its cells: nothing of what was sent is lost."""

    line: int
    number: str
    kana: str
    on: str
    minutes: str


class Reading(NamedTuple):
    """Everything the file says. `session` is what the column 開催番号 says, if there is one."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    session: str = ""
    unread: tuple[Unread, ...] = ()


def read(data: bytes) -> Reading:
    """The rows of a roster, and its faults; a file with a fault that concerns all of it has no rows."""
    if not data.strip():
        return _refuse(
            "ファイルが空です。書き出し直してください。", "The file is empty. Please export it again."
        )
    if len(data) > MOST_BYTES:
        return _refuse(
            "ファイルが5MBを超えています。分けてください。", "The file is over 5 MB. Please split it."
        )
    table = _workbook(data) if data.startswith(b"PK") else _csv(data)
    if isinstance(table, Reading):
        return table
    if not table:
        return _refuse("ファイルに行がありません。", "The file has no rows.")
    if len(table) > MOST_ROWS + 1:
        return _refuse(
            f"{MOST_ROWS}行を超えています。分けてください。", f"More than {MOST_ROWS} rows. Please split it."
        )
    return _rows(table)


def _refuse(ja: str, en: str) -> Reading:
    return Reading((), (Fault(1, "", Text(ja, en)),))


def _csv(data: bytes) -> Table | Reading:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
            try:
                return [(reader.line_num, cells) for cells in reader if any(map(_plain, cells))]
            except csv.Error:
                break
    return _refuse(
        "CSV（UTF-8かCP932）かExcelのファイルとして読めません。どれかで保存し直してください。",
        "The file reads neither as CSV (UTF-8 or CP932) nor as an Excel workbook. Please save it as one.",
    )


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",\t;", key=first.count)


def _workbook(data: bytes) -> Table | Reading:
    from openpyxl import load_workbook  # a third of a second that only Excel files need

    broken = _refuse(
        "Excelのファイルとして読めません。CSVで保存し直してください。",
        "The Excel workbook cannot be read. Please save it as CSV.",
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                return broken
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        return _filled(enumerate(sheet.iter_rows(values_only=True, max_col=30), 1))
    except Exception:  # noqa: BLE001  the library raises whatever the archive and XML readers below it raise
        return broken


def _filled(rows: Iterable[tuple[int, Sequence[object]]]) -> Table:
    kept: Table = []
    for line, cells in rows:
        if any(map(_plain, cells)):
            kept.append((line, cells))
        if len(kept) > MOST_ROWS + 1:
            break
    return kept


def _rows(table: Table) -> Reading:
    headings = [fold(cell) for cell in table[0][1]]
    places = {
        key: next((at for at, heading in enumerate(headings) if heading in map(fold, names)), None)
        for key, names in COLUMNS.items()
    }
    if missing := [_no_heading(COLUMNS[key][0], table[0][0]) for key in NEEDED if places[key] is None]:
        return Reading((), tuple(missing))
    read = _read_all(table[1:], places)
    if not read.rows and not read.faults:
        return _refuse("見出しの下に行がありません。", "There are no rows below the headings.")
    return read


def _read_all(table: Table, places: dict[str, int | None]) -> Reading:
    rows: list[Row] = []
    unread: list[Unread] = []
    faults: list[Fault] = []
    session: str | None = None
    for line, cells in table:
        number, kana, on, minutes, holding = [
            cells[at] if at is not None and at < len(cells) else None for at in places.values()
        ]
        sent = Unread(line, _plain(number), _plain(kana), _plain(on), _plain(minutes))
        held = _plain(holding)
        session = held if session is None else session
        row, wrong = _row(sent, day(on), _minutes(minutes))
        if held != session:
            wrong.append(_two_sessions(line))
        if row is None or wrong:
            unread.append(sent)
            faults += wrong
        else:
            rows.append(row)
    return Reading(tuple(rows), tuple(faults), session or "", tuple(unread))


def _row(sent: Unread, on: date | None, minutes: int | None) -> tuple[Row | None, list[Fault]]:
    """A row, and what in it cannot be read."""
    wrong = [
        _wrong(
            sent.line, key, "1文字以上100文字以内で書いてください。", "Write between 1 and 100 characters."
        )
        for key, words in (("number", sent.number), ("kana", sent.kana))
        if not 0 < len(words) <= LONGEST
    ]
    if on is None and sent.on:
        wrong.append(
            _wrong(sent.line, "on", "日付として読めません。例：2026-12-10", "Not a date. Example: 2026-12-10")
        )
    if minutes is None and sent.minutes:
        wrong.append(
            _wrong(
                sent.line, "minutes", "0から1440までの分数を書いてください。", "Write minutes from 0 to 1440."
            )
        )
    return (None if wrong else Row(sent.line, sent.number, sent.kana, on, minutes)), wrong


def _wrong(line: int, key: str, ja: str, en: str) -> Fault:
    return Fault(line, COLUMNS[key][0], Text(ja, en))


def _no_heading(name: str, line: int) -> Fault:
    ja, en = (
        f"見出し「{name}」がありません。1行目に加えてください。",
        f"The heading “{name}” is missing from line 1.",
    )
    return Fault(line, name, Text(ja, en))


def _two_sessions(line: int) -> Fault:
    return Fault(
        line,
        "開催番号",
        Text(
            "ファイルのはじめの行とちがう開催です。開催ごとに分けてください。",
            "Another session than the first row of the file. Split the file.",
        ),
    )


def _plain(cell: object) -> str:
    """A cell as text: a number of a spreadsheet without its .0, a date as we read it again, no spaces around."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _minutes(cell: object) -> int | None:
    found = re.fullmatch(r"(\d{1,4})(?:分|min)?", fold(cell), re.ASCII) if cell is not None else None
    return int(found[1]) if found and int(found[1]) <= 1440 else None


def day(cell: object) -> date | None:
    """A day as offices write it, or a spreadsheet's own; None for anything else.

    >>> day("２０２６年12月3日"), day("2026/12/3"), day("12/3")
    (datetime.date(2026, 12, 3), datetime.date(2026, 12, 3), None)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return _written_day(_plain(cell))


@lru_cache(maxsize=1024)
def _written_day(words: str) -> date | None:
    """A roster writes the same few days thousands of times."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", fold(words))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def fold(cell: object) -> str:
    """A cell as compared: full width as half width, capitals as small letters, no spaces.

    >>> fold(" 認定 番号 "), fold("Ｏｍｐ－２０２６")
    ('認定番号', 'omp-2026')
    """
    plain = unicodedata.normalize("NFKC", _plain(cell)).casefold()
    return "".join(plain.translate(DASHES).split())


def fold_kana(kana: str) -> str:
    """A reading as compared: katakana of full width, without spaces and dots.

    >>> fold_kana("ｽｽﾞｷ ﾐｻｷ"), fold_kana("すずき・みさき")
    ('スズキミサキ', 'スズキミサキ')
    """
    return "".join(unicodedata.normalize("NFKC", kana).translate(READINGS).split())
