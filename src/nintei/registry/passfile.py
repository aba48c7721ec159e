"""Reading the office's file of exam results: CSV in UTF-8 or CP932. Pure: bytes in, rows or faults out.

A file is read whole before anything is kept; every fault says row, column, what is wrong, what to do.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date
from typing import NamedTuple

from nintei.rules.edition import Text

MOST_ROWS = 50_000
PASS_WORDS = {"合格": True, "pass": True, "passed": True, "不合格": False, "fail": False, "failed": False}
COLUMNS = {
    "exam": ("試験", "試験種別", "exam"),
    "number": ("合格者番号", "受験番号", "number", "pass number"),
    "name": ("氏名", "name"),
    "kana": ("カナ", "フリガナ", "氏名カナ", "kana"),
    "born_on": ("生年月日", "birth date", "born on"),
    "email": ("メール", "メールアドレス", "email", "e-mail"),
    "result": ("合否", "結果", "result"),
    "issued_on": ("発行日", "issued on", "issue date"),
}
OPTIONAL = {"born_on", "email"}


class Row(NamedTuple):
    """One report as the file has it. Names are kept as typed."""

    line: int
    exam: str
    number: str
    name: str
    kana: str
    born_on: date | None
    email: str
    passed: bool
    issued_on: date


class Fault(NamedTuple):
    """What is wrong, and where. `line` counts as a spreadsheet does: the headings are line 1."""

    line: int
    column: str
    text: Text


class Reading(NamedTuple):
    """Everything the file says; nothing may be imported while there are faults."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, exams: frozenset[str], on: date) -> Reading:
    """The rows of a file, or its faults. `exams` are the codes that exist; `on` is the office's day."""
    if not data.strip():
        return _refuse(
            Text("ファイルが空です。書き出し直してください。", "The file is empty. Please export it again.")
        )
    text = _decode(data)
    if text is None:
        return _refuse(
            Text(
                "文字コードがUTF-8でもCP932（Shift_JIS）でもありません。どちらかで保存し直してください。",
                "The file is neither UTF-8 nor CP932 (Shift_JIS). Please save it in one of them.",
            )
        )
    table = list(csv.reader(io.StringIO(text)))
    places, faults = _places(table[0])
    if faults:
        return Reading((), faults)
    if len(table) > MOST_ROWS + 1:
        return _refuse(
            Text(
                f"{MOST_ROWS}行を超えています。分けてください。",
                f"More than {MOST_ROWS} rows. Please split it.",
            )
        )
    return _rows(table, places, exams, on)


def _refuse(text: Text) -> Reading:
    return Reading((), (Fault(1, "", text),))


def _decode(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _places(headings: list[str]) -> tuple[dict[str, int], tuple[Fault, ...]]:
    folded = [_fold(heading) for heading in headings]
    places: dict[str, int] = {}
    for key, names in COLUMNS.items():
        found = [i for i, heading in enumerate(folded) if heading in map(_fold, names)]
        if found:
            places[key] = found[0]
    missing = [COLUMNS[key][0] for key in COLUMNS if key not in places and key not in OPTIONAL]
    return places, tuple(
        Fault(
            1,
            name,
            Text(
                f"見出し「{name}」がありません。1行目に加えてください。",
                f"The heading “{name}” is missing from line 1.",
            ),
        )
        for name in missing
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _rows(table: list[list[str]], places: dict[str, int], exams: frozenset[str], on: date) -> Reading:
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row, wrong = _row(
            line, {k: cells[i].strip() if i < len(cells) else "" for k, i in places.items()}, exams, on
        )
        faults += wrong
        if row and (first := seen.setdefault((row.exam, row.number), line)) != line:
            faults.append(
                Fault(
                    line,
                    "合格者番号",
                    Text(f"{first}行目と同じ番号です。", f"The same number stands in line {first}."),
                )
            )
        if row:
            rows.append(row)
    if not rows and not faults:
        return _refuse(Text("見出しの下に行がありません。", "There are no rows below the headings."))
    return Reading(tuple(rows), tuple(faults))


def _row(line: int, said: dict[str, str], exams: frozenset[str], on: date) -> tuple[Row | None, list[Fault]]:
    faults: list[Fault] = []

    def wrong(key: str, ja: str, en: str) -> None:
        faults.append(Fault(line, COLUMNS[key][0], Text(ja, en)))

    exam = said["exam"].upper()
    if exam not in exams:
        known = "、".join(sorted(exams))
        wrong(
            "exam",
            f"「{said['exam']}」という試験はありません。{known}のどれかにしてください。",
            f"No such exam; use one of {known}.",
        )
    for key in ("number", "name", "kana"):
        if not said[key] or len(said[key]) > 100:
            wrong(key, "1文字以上100文字以内で書いてください。", "Write between 1 and 100 characters.")
    issued_on = day(said["issued_on"])
    if issued_on is None:
        wrong(
            "issued_on",
            f"「{said['issued_on']}」は日付として読めません。例：2026-11-24",
            "Not a date. Example: 2026-11-24",
        )
    elif issued_on > on:
        wrong(
            "issued_on",
            "発行日が今日より後です。日付を確かめてください。",
            "The issue date lies in the future.",
        )
    born_on = day(said.get("born_on", ""))
    if said.get("born_on") and (born_on is None or born_on > on):
        wrong(
            "born_on", "日付として読めないか、今日より後です。例：1990-04-02", "Not a date, or in the future."
        )
    passed = PASS_WORDS.get(_fold(said["result"]))
    if passed is None:
        wrong(
            "result",
            f"「{said['result']}」は「合格」か「不合格」にしてください。",
            "Write 合格 (pass) or 不合格 (fail).",
        )
    if faults or issued_on is None or passed is None:
        return None, faults
    email = said.get("email", "").lower()
    return Row(line, exam, said["number"], said["name"], said["kana"], born_on, email, passed, issued_on), []


def day(text: str) -> date | None:
    """A date as offices write it, or None.

    >>> day("2026年11月24日"), day("2026/1/5"), day("2026-02-30")
    (datetime.date(2026, 11, 24), datetime.date(2026, 1, 5), None)
    """
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", _fold(text))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
