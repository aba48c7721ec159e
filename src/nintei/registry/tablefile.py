"""Reading an office's table: CSV in UTF-8 or CP932 with headings. Pure: bytes in, lines or faults out.

A file is read whole before anything is kept; every fault says row, column, what is wrong, what to do.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from nintei.rules.edition import Text


class Fault(NamedTuple):
    """What is wrong, and where. `line` counts as a spreadsheet does: the headings are line 1."""

    line: int
    column: str
    text: Text


class Table(NamedTuple):
    """The lines of a file by the keys of its columns, with the number a spreadsheet gives them; or its faults."""

    lines: tuple[tuple[int, dict[str, str]], ...]
    faults: tuple[Fault, ...]


def read(data: bytes, columns: Mapping[str, tuple[str, ...]], optional: set[str], most: int) -> Table:
    """A file with these columns (key → its headings, the first of them ours); at most `most` lines."""
    table = _cells(data)
    if isinstance(table, Text):
        return _refuse(table)
    places, faults = _places(table[0], columns, optional)
    if faults:
        return Table((), faults)
    if len(table) > most + 1:
        return _refuse(
            Text(f"{most}行を超えています。分けてください。", f"More than {most} rows. Please split it.")
        )
    lines = tuple(_lines(table, places))
    if not lines:
        return _refuse(Text("見出しの下に行がありません。", "There are no rows below the headings."))
    return Table(lines, ())


def _lines(table: list[list[str]], places: dict[str, int]) -> list[tuple[int, dict[str, str]]]:
    return [
        (line, {key: cells[i].strip() if i < len(cells) else "" for key, i in places.items()})
        for line, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _cells(data: bytes) -> list[list[str]] | Text:
    """The cells of a file, or why there are none."""
    if not data.strip():
        return Text(
            "ファイルが空です。書き出し直してください。", "The file is empty. Please export it again."
        )
    text = _decode(data)
    if text is None:
        return Text(
            "文字コードがUTF-8でもCP932（Shift_JIS）でもありません。どちらかで保存し直してください。",
            "The file is neither UTF-8 nor CP932 (Shift_JIS). Please save it in one of them.",
        )
    try:
        return list(csv.reader(io.StringIO(text)))
    except csv.Error:
        return Text(
            "CSVとして読めません。書き出し直してください。", "This is no CSV. Please export it again."
        )


def _refuse(text: Text) -> Table:
    return Table((), (Fault(1, "", text),))


def _decode(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _places(
    headings: list[str], columns: Mapping[str, tuple[str, ...]], optional: set[str]
) -> tuple[dict[str, int], tuple[Fault, ...]]:
    folded = [fold(heading) for heading in headings]
    places: dict[str, int] = {}
    for key, names in columns.items():
        found = [i for i, heading in enumerate(folded) if heading in map(fold, names)]
        if found:
            places[key] = found[0]
    missing = [columns[key][0] for key in columns if key not in places and key not in optional]
    return places, tuple(Fault(1, name, _no_heading(name)) for name in missing)


def _no_heading(name: str) -> Text:
    return Text(
        f"見出し「{name}」がありません。1行目に加えてください。",
        f"The heading “{name}” is missing from line 1.",
    )


def fold(text: str) -> str:
    """A heading or a word for comparing: one width, one case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def day(text: str) -> date | None:
    """A date as offices write it, or None.

    >>> day("2026年11月24日"), day("2026/1/5"), day("2026-02-30")
    (datetime.date(2026, 11, 24), datetime.date(2026, 1, 5), None)
    """
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", fold(text))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
