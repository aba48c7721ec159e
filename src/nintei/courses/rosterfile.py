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
from typing import NamedTuple

import jaconv

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
Table = list[tuple[int, Sequence[object]]]


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


class Reading(NamedTuple):
    """Everything the file says. `session` is what the column 開催番号 says, if there is one."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    session: str = ""


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
    rows: list[Row] = []
    faults: list[Fault] = []
    sessions: dict[str, int] = {}
    for line, cells in table[1:]:
        said = {key: cells[at] if at is not None and at < len(cells) else None for key, at in places.items()}
        row = _row(line, said, faults)
        rows += [row] if row else []
        sessions.setdefault(_plain(said["session"]), line)
    if len(sessions) > 1:
        faults.append(_two_sessions(list(sessions.values())[1]))
    if not rows and not faults:
        return _refuse("見出しの下に行がありません。", "There are no rows below the headings.")
    return Reading(tuple(rows), tuple(faults), next(iter(sessions), ""))


def _row(line: int, said: dict[str, object], faults: list[Fault]) -> Row | None:
    before = len(faults)

    def wrong(key: str, ja: str, en: str) -> None:
        faults.append(Fault(line, COLUMNS[key][0], Text(ja, en)))

    number, kana = _plain(said["number"]), _plain(said["kana"])
    for key, words in (("number", number), ("kana", kana)):
        if not words or len(words) > 100:
            wrong(key, "1文字以上100文字以内で書いてください。", "Write between 1 and 100 characters.")
    on, minutes = day(said["on"]), _minutes(said["minutes"])
    if on is None and _plain(said["on"]):
        wrong("on", "日付として読めません。例：2026-12-10", "Not a date. Example: 2026-12-10")
    if minutes is None and _plain(said["minutes"]):
        wrong("minutes", "0から1440までの分数を書いてください。", "Write minutes from 0 to 1440.")
    return None if len(faults) > before else Row(line, number, kana, on, minutes)


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
            "ちがう開催が混ざっています。開催ごとに分けてください。",
            "Two sessions are mixed. Split the file.",
        ),
    )


def _plain(cell: object) -> str:
    """A cell as text: a number of a spreadsheet without its .0, no spaces around."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _minutes(cell: object) -> int | None:
    found = re.fullmatch(r"(\d{1,4})(?:分|min)?", fold(cell), re.ASCII)
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
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", fold(cell))
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
    return "".join(re.sub(r"[‐‑‒–—―−]", "-", plain).split())


def fold_kana(kana: str) -> str:
    """A reading as compared: katakana of full width, without spaces and dots.

    >>> fold_kana("ｽｽﾞｷ ﾐｻｷ"), fold_kana("すずき・みさき")
    ('スズキミサキ', 'スズキミサキ')
    """
    wide = jaconv.hira2kata(unicodedata.normalize("NFKC", kana))
    return re.sub(r"[\s・･]", "", re.sub(r"[‐‑‒–—―−-]", "ー", wide))
