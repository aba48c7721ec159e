"""Reading the office's file of early holders (MAN-イ.※1): who applied by the end of 2018, with the printed expiry.

A number may stand in several lines: the first certification and, below it, each renewed validity. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from nintei.people.queries import katakana
from nintei.registry import tablefile
from nintei.registry.numbers import as_printed
from nintei.registry.tablefile import Fault, day
from nintei.rules.dates import legacy_validity
from nintei.rules.edition import Edition, Text

MOST_ROWS = 20_000
Wrong = Callable[[str, str, str], None]
COLUMNS = {
    "number": ("認定番号", "number", "certification number"),
    "qualification": ("資格", "資格コード", "qualification"),
    "name": ("氏名", "name"),
    "kana": ("カナ", "フリガナ", "氏名カナ", "kana"),
    "latin": ("ローマ字", "latin"),
    "born_on": ("生年月日", "birth date", "born on"),
    "email": ("メール", "メールアドレス", "email", "e-mail"),
    "address": ("住所", "address"),
    "applied_on": ("申請日", "applied on"),
    "certified_on": ("認定日", "certified on"),
    "starts_on": ("有効期間開始日", "開始日", "starts on"),
    "ends_on": ("資格有効期日", "有効期限", "有効期日", "expiry", "ends on"),
}
OPTIONAL = {"latin", "born_on", "email", "address", "starts_on"}
DAYS = ("applied_on", "certified_on", "ends_on")


class Validity(NamedTuple):
    """One validity as printed, and its line in the file."""

    line: int
    starts_on: date
    ends_on: date


class Holder(NamedTuple):
    """An early certification with its validities, in order."""

    number: str
    qualification: str
    name: str
    kana: str
    latin: str
    born_on: date | None
    email: str
    address: str
    certified_on: date
    validities: tuple[Validity, ...]


class Holders(NamedTuple):
    """Everything the file says: who can be entered, and what is wrong with the others."""

    rows: tuple[Holder, ...]
    faults: tuple[Fault, ...]
    lines: int


class _Line(NamedTuple):
    line: int
    holder: Holder


def read(data: bytes, edition: Edition, on: date) -> Holders:
    """The holders of a file, and its faults. A number with a fault in any line is no holder."""
    table = tablefile.read(data, COLUMNS, OPTIONAL, MOST_ROWS)
    if table.faults:
        return Holders((), table.faults, 0)
    faults: list[Fault] = []
    lines: list[_Line] = []
    spoiled: set[str] = set()
    for line, said in table.lines:
        holder, wrong = _holder(line, said, edition, on)
        faults += wrong
        if holder is None:
            spoiled.add(as_printed(said["number"]))
        else:
            lines.append(_Line(line, holder))
    joined, apart = _join([each for each in lines if each.holder.number not in spoiled])
    return Holders(joined, tuple(sorted((*faults, *apart))), len(table.lines))


def _join(lines: list[_Line]) -> tuple[tuple[Holder, ...], list[Fault]]:
    """One holder a number, with the validities following each other without a gap."""
    whole: list[Holder] = []
    faults: list[Fault] = []
    ordered = sorted(lines, key=lambda each: (each.holder.number, each.holder.validities[0].starts_on))
    for _number, group in groupby(ordered, key=lambda each: each.holder.number):
        parts = list(group)
        wrong = [fault for one, other in pairwise(parts) for fault in _apart(one, other)]
        faults += wrong
        if not wrong:
            spans = tuple(part.holder.validities[0] for part in parts)
            whole.append(parts[0].holder._replace(validities=spans))
    return tuple(whole), faults


def _apart(one: _Line, other: _Line) -> list[Fault]:
    """What keeps two lines of one number from being one certification."""
    ended, begins = one.holder.validities[0].ends_on, other.holder.validities[0].starts_on
    first, second = ((x.qualification, x.kana, x.certified_on) for x in (one.holder, other.holder))
    if first != second:
        words = Text(
            f"{one.line}行目と同じ番号ですが、資格、カナ、認定日のどれかが違います。",
            f"Line {one.line} has the same number with another qualification, reading or day of certification.",
        )
        return [Fault(other.line, COLUMNS["number"][0], words)]
    if begins != ended + timedelta(days=1):
        words = Text(
            f"{one.line}行目の有効期間（{ended}まで）の翌日から始まっていません。",
            f"This does not begin on the day after the validity of line {one.line} (until {ended}).",
        )
        return [Fault(other.line, COLUMNS["starts_on"][0], words)]
    return []


def _holder(line: int, said: dict[str, str], edition: Edition, on: date) -> tuple[Holder | None, list[Fault]]:
    faults: list[Fault] = []

    def wrong(key: str, ja: str, en: str) -> None:
        faults.append(Fault(line, COLUMNS[key][0], Text(ja, en)))

    code = said["qualification"].upper()
    certified = [each.code for each in edition.qualifications.values() if each.certified]
    if code not in certified:
        known = "、".join(certified)
        ja = f"「{said['qualification']}」は認定のある資格ではありません。{known}のどれかにしてください。"
        wrong("qualification", ja, f"Not a certified qualification; use one of {known}.")
    for key, most in (("number", 40), ("name", 100)):
        if not 0 < len(said[key]) <= most:
            wrong(
                key, f"1文字以上{most}文字以内で書いてください。", f"Write between 1 and {most} characters."
            )
    kana = katakana(said["kana"]) or ""
    if not 0 < len(kana) <= 100:
        wrong(
            "kana", "カタカナで、100文字以内で書いてください。", "Write it in kana, at most 100 characters."
        )
    if not said.get("email") and not said.get("address"):
        ja = "メールか住所のどちらかを書いてください。手紙が届きません。"
        wrong("address", ja, "Write an address or an e-mail address, or no letter can reach them.")
    days = _days(said, on, wrong)
    if not faults:
        _judge(days, edition, wrong)
    if faults:
        return None, faults
    starts_on = days["starts_on"] or days["certified_on"]
    span = Validity(line, starts_on, days["ends_on"])
    return Holder(
        as_printed(said["number"]), code, said["name"], kana, said.get("latin", ""), days["born_on"],
        said.get("email", "").lower(), said.get("address", ""), days["certified_on"], (span,),
    ), []  # fmt: skip


def _days(said: dict[str, str], on: date, wrong: Wrong) -> dict[str, date]:
    """Every day of a line; a fault for what is missing, cannot be read, or lies in the future and may not."""
    days: dict[str, date] = {}
    for key in ("applied_on", "certified_on", "starts_on", "ends_on", "born_on"):
        text = said.get(key, "")
        read = day(text)
        days[key] = read  # type: ignore[assignment]  # None only where a fault is told, or nothing is wanted
        if read is None and (text or key in DAYS):
            wrong(key, f"「{text}」は日付として読めません。例：2018-11-24", "Not a date. Example: 2018-11-24")
        elif read and key != "ends_on" and read > on:
            wrong(key, "今日より後の日です。日付を確かめてください。", "This day lies in the future.")
    return days


def _judge(days: dict[str, date], edition: Edition, wrong: Wrong) -> None:
    """Only who applied by the edition's day keeps the printed date; everybody else's is reckoned (AMB-V12)."""
    until = edition.validity.legacy_applied_until
    if not legacy_validity(edition, days["applied_on"], days["certified_on"], days["ends_on"]).legacy:
        ja = f"{until}より後の申請です。有効期間は合格の記録から計算するので、ここでは登録できません。"
        wrong("applied_on", ja, f"Applied after {until}: validity is reckoned from the report, not entered.")
    if days["certified_on"] < days["applied_on"]:
        wrong("certified_on", "認定日が申請日より前です。", "Certified before it was applied for.")
    if days["ends_on"] <= (days["starts_on"] or days["certified_on"]):
        wrong("ends_on", "有効期間が、始まる前に終わっています。", "The validity ends before it begins.")
