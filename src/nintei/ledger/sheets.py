"""From the bytes of a CSV or Excel file to numbered rows of cells. Pure; nothing is guessed silently.

CSV is read in UTF-8 (with or without a mark) or CP932, which Japanese spreadsheets write. Some other
encodings decode as CP932 into nonsense, so the caller says how a table is recognised: the first encoding
under which it is, is the right one; if that is one we do not take, it is named.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

from nintei.ledger.faults import Fault, Unusable

Row = tuple[int, Sequence[object]]
MOST_ROWS = 10_000
# A small file can be written to unpack to gigabytes; the largest log we take unpacks to some 6 MB.
MOST_CONTENT = 20 * 1024 * 1024
_TAKEN = ("utf-8-sig", "cp932")
_NAMED = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "iso2022_jp": "ISO-2022-JP (JIS)",
    "euc_jp": "EUC-JP",
    "gb18030": "GB18030",
}


def read_csv(data: bytes, is_table: Callable[[Sequence[Row]], bool]) -> list[Row]:
    """The rows of a CSV, TSV or semicolon file that are not blank. `Unusable` names the encoding it is not in."""
    broken: list[Unusable] = []
    readable = []
    for encoding in (*_TAKEN, *_NAMED):
        try:
            rows = _rows_of(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        except Unusable as fault:
            broken.append(fault)
            continue
        if is_table(rows) and encoding in _NAMED:
            raise Unusable(Fault("log.encoding", data={"encoding": _NAMED[encoding]}))
        if is_table(rows):
            return rows
        readable += [rows] if encoding in _TAKEN else []
    if readable:
        return readable[0]
    raise broken[0] if broken else Unusable(Fault("log.unknown_encoding"))


def _rows_of(text: str) -> list[Row]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _not_blank(enumerate(reader, 1))  # a row, even where a cell has several lines
    except csv.Error:
        raise Unusable(Fault("log.broken_csv", reader.line_num)) from None


def read_xlsx(data: bytes, is_table: Callable[[Sequence[Row]], bool]) -> list[Row]:
    """The rows of the first sheet that is a table, or of the first sheet; formulas as last reckoned."""
    from openpyxl import load_workbook  # a third of a second that only Excel files need

    if _content(data) > MOST_CONTENT:
        raise Unusable(Fault("log.too_large", data={"limit": MOST_CONTENT // 1024 // 1024}))
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [_not_blank(enumerate(sheet.iter_rows(values_only=True), 1)) for sheet in book.worksheets]
    except Unusable:
        raise
    except Exception:  # noqa: BLE001  the library raises whatever the archive and XML readers below it raise
        raise Unusable(Fault("log.broken_xlsx")) from None
    return next((rows for rows in sheets if is_table(rows)), sheets[0] if sheets else [])


def _content(data: bytes) -> int:
    """How many bytes an Excel file unpacks to, as its directory says; no reader takes more of a member than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0  # no archive at all: the reader says so


def _not_blank(rows: Iterable[Row]) -> list[Row]:
    kept: list[Row] = []
    for number, cells in rows:
        if any(cell is not None and str(cell).strip() for cell in cells):
            kept.append((number, cells))
        if len(kept) > MOST_ROWS:
            raise Unusable(Fault("log.too_many_rows", number, data={"limit": MOST_ROWS}))
    return kept
