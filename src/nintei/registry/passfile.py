"""Reading the office's file of exam results: CSV in UTF-8 or CP932. Pure: bytes in, rows or faults out.

A file is read whole before anything is kept; every fault says row, column, what is wrong, what to do.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nintei.registry import tablefile
from nintei.registry.tablefile import Fault, day, fold
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


class Reading(NamedTuple):
    """Everything the file says; nothing may be imported while there are faults."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, exams: frozenset[str], on: date) -> Reading:
    """The rows of a file, or its faults. `exams` are the codes that exist; `on` is the office's day."""
    table = tablefile.read(data, COLUMNS, OPTIONAL, MOST_ROWS)
    if table.faults:
        return Reading((), table.faults)
    return _rows(table.lines, exams, on)


def _rows(lines: tuple[tuple[int, dict[str, str]], ...], exams: frozenset[str], on: date) -> Reading:
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for line, said in lines:
        row, wrong = _row(line, said, exams, on)
        faults += wrong
        if row and (first := seen.setdefault((row.exam, row.number), line)) != line:
            same = Text(f"{first}行目と同じ番号です。", f"The same number stands in line {first}.")
            faults.append(Fault(line, "合格者番号", same))
        if row:
            rows.append(row)
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
    passed = PASS_WORDS.get(fold(said["result"]))
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
