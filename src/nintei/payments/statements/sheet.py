"""Excel workbooks: the first sheet that is a table, as the rows of cells that a CSV would have."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from nintei.payments.statements import table
from nintei.payments.statements.lines import BrokenStatement, Statement, broken

MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 2_000
_SAVE_AS = (
    "表計算ソフトで開き、CSV（UTF-8）として保存し直して読み込んでください。",
    "Open it in a spreadsheet, save it as CSV (UTF-8) and import that.",
)


def read(content: bytes, on: date, account: str, own: Sequence[table.Profile] = ()) -> Statement:
    """The statement in a workbook; formulas as last reckoned. Raises `BrokenStatement` and nothing else."""
    _refuse_bombs(content)
    unknown: table.UnknownTable | None = None
    for rows in _sheets(content):
        try:
            return table.read_rows("xlsx", rows, on, account, own)
        except table.UnknownTable as error:
            unknown = unknown or error
    raise unknown or table.UnknownTable([])


def _refuse_bombs(content: bytes) -> None:
    """Nothing is unpacked before its size is known and its parts are found to declare nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise broken(
                    None,
                    "展開すると大きすぎるExcelのファイルです。",
                    "The Excel file unpacks to far too much.",
                    *_SAVE_AS,
                )
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise broken(None, "ZIPのファイルです。", "This is a ZIP file.", *_SAVE_AS)
            if any(_declares(book, part) for part in parts):
                raise _unreadable()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError, zlib.error):
        raise _unreadable() from None


def _declares(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """An XML part that declares entities can only be an attack: Excel writes none."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with book.open(part) as opened:
        return b"<!" in opened.read(4096).partition(b"<!--")[0]


def _sheets(content: bytes) -> Iterator[list[table.Row]]:
    from openpyxl import load_workbook  # a third of a second that only Excel files need

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield _rows(sheet.iter_rows(values_only=True))
    except BrokenStatement:
        raise
    except Exception:  # noqa: BLE001  the library raises whatever the archive and XML readers below it raise
        raise _unreadable() from None


def _rows(cells: Iterable[Sequence[object]]) -> list[table.Row]:
    kept: list[table.Row] = []
    for number, row in enumerate(cells, start=1):
        texts = [_text(cell) for cell in row]
        if any(text.strip() for text in texts):
            kept.append((number, texts))
        if number > table.MAX_ROWS:
            raise broken(None, *table.TOO_MANY)
    return kept


def _text(cell: object) -> str:
    """A cell as a CSV would have it: days in ISO, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _unreadable() -> BrokenStatement:
    return broken(None, "Excelのファイルとして読めません。", "It cannot be read as an Excel file.", *_SAVE_AS)
