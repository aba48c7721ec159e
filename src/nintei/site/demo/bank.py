"""Bank files as banks make them, for the demo and for tests: 全銀 records and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import jaconv

from nintei.payments import queries

NUMBER = "3176131"


@dataclass(frozen=True)
class Transfer:
    """A line of a statement; `out` is money that left."""

    payer: str
    amount: int = 11_000
    on: date = date(2026, 1, 15)
    out: bool = False
    cancelled: bool = False


def half(text: str) -> str:
    """Half-width kana as 全銀 files carry them."""
    return jaconv.z2h(text, kana=True, digit=True, ascii=True).replace("　", " ").replace("ー", "-")


def reiwa(on: date) -> str:
    """YYMMDD with the year of Reiwa."""
    return f"{on.year - 2018:02}{on:%m%d}"


def _text(text: str, width: int) -> bytes:
    return half(text).encode("cp932")[:width].ljust(width)


def statement(lines: Sequence[Transfer], *, ends: bytes = b"\r\n", number: str = NUMBER) -> bytes:
    """入出金取引明細 (03)."""
    days = sorted(line.on for line in lines) or [date(2026, 1, 15)]
    head = f"1030{reiwa(days[-1])}{reiwa(days[0])}{reiwa(days[-1])}0005".encode() + _text("ミツビシUFJ", 15)
    head += b"160" + _text("シンジユクチユウオウ", 15) + b"000" + b"1" + number.rjust(10, "0").encode()
    head += _text("ニホンコンタクトセンター", 40) + b"1" + b"1" + b"0" * 14
    records = [head.ljust(200), *(_entry(n, line) for n, line in enumerate(lines, 1)), _trailer(lines)]
    records.append(f"9{len(records) + 1:010}00001".encode().ljust(200))
    return ends.join(records) + ends


def _entry(n: int, line: Transfer) -> bytes:
    day = reiwa(line.on)
    way = "2" if line.out else "1"
    fixed = f"2{n:08}{day}{day}{way}11{line.amount:012}{0:012}{'0' * 6}{'0' * 6}0{'0' * 7}000{'0' * 10}"
    record = fixed.encode() + _text(line.payer, 48) + _text("ミズホ", 15) + _text("シブヤ", 15)
    return (record + _text("フリコミ", 20)).ljust(200)


def _trailer(lines: Sequence[Transfer]) -> bytes:
    into = [line.amount for line in lines if not line.out]
    out = [line.amount for line in lines if line.out]
    text = f"8{len(into):06}{sum(into):013}{len(out):06}{sum(out):013}1{0:014}{len(lines):07}"
    return text.encode().ljust(200)


def notice(lines: Sequence[Transfer], *, ends: bytes = b"") -> bytes:
    """振込入金通知 (01)."""
    day = reiwa(lines[0].on)
    head = f"1010{day}{day}{day}0005".encode() + _text("ミツビシUFJ", 15) + b"160" + _text("シンジユク", 15)
    head += b"1" + NUMBER.encode() + _text("ニホンコンタクトセンター", 40)
    records = [head.ljust(200)]
    for n, line in enumerate(lines, 1):
        day = reiwa(line.on)
        record = f"2{n:06}{day}{day}{line.amount:010}{0:010}{'0' * 10}".encode() + _text(line.payer, 48)
        record += _text("ミズホ", 15) + _text("シブヤ", 15) + (b"1" if line.cancelled else b" ")
        records.append(record.ljust(200))
    into = [line.amount for line in lines if not line.cancelled]
    back = [line.amount for line in lines if line.cancelled]
    records.append(f"8{len(into):06}{sum(into):012}{len(back):06}{sum(back):012}".encode().ljust(200))
    records.append(b"9".ljust(200))
    return ends.join(records) + ends


HEADERS = {
    "mufg": "日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分",
    "smbc": "年月日,お引出し,お預入れ,お取り扱い内容,残高,メモ,ラベル",
    "generic": "日付,振込依頼人名,入金額,出金額,残高",
}


def table(lines: Sequence[Transfer], *, bank: str = "generic", encoding: str = "utf-8") -> bytes:
    """A CSV as a bank exports it."""
    rows = [HEADERS[bank], *(_row(line, bank) for line in lines)]
    return "\r\n".join([*rows, ""]).encode(encoding)


def _row(line: Transfer, bank: str) -> str:
    into, out = ("", f'"{line.amount:,}"') if line.out else (f'"{line.amount:,}"', "")
    day = f"{line.on.year}/{line.on.month}/{line.on.day}"
    if bank == "mufg":
        return f"{day},振込1,{line.payer},{out},{into},,,,{2 if line.out else 1}"
    if bank == "smbc":
        return f"{day},{out},{into},振込　{line.payer},,,"
    return f"{day},{line.payer},{into},{out},"


def statement_of_the_day(on: date) -> bytes:
    """What the association's bank would offer on a demo day: a transfer for each fee that waits, and others."""
    waiting = queries.open_fees()[:20]
    paid = [Transfer(queries.payer_name_to_write(fee), fee.total, on) for fee in waiting]
    others = [Transfer("カ)ミナトコンタクト", 33_000, on), Transfer("デンキリヨウキン", 8_200, on, out=True)]
    return statement([*paid, *others])
