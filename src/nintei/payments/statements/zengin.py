"""全銀 records of 200 bytes: 入出金取引明細 (03) and 振込入金通知 (01), laid out by the banks' association.

JIS X 0201 (half-width kana) in one byte a character, with or without line ends; header, data, trailer for
each account, then an end record. Count and sum of the trailer must agree with the records before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from nintei.payments.statements import days
from nintei.payments.statements.lines import (
    BrokenStatement,
    LeftOut,
    Line,
    Problem,
    Statement,
    account_number,
    broken,
    number_identical,
)
from nintei.rules.edition import Text

SIZE = 200
FORMATS = {"03": "zengin-03", "01": "zengin-01"}

# Name and width of every field after the record's kind, in the order of the record.
_HEAD = (("種別コード", 2), ("コード区分", 1), ("作成日", 6), ("勘定日自", 6), ("勘定日至", 6))
_BANK = (("銀行コード", 4), ("銀行名", 15), ("支店コード", 3), ("支店名", 15))
HEADER = {
    "03": (*_HEAD, *_BANK, ("ダミー", 3), ("預金種目", 1), ("口座番号", 10), ("口座名", 40)),
    "01": (*_HEAD, *_BANK, ("預金種目", 1), ("口座番号", 7), ("口座名", 40)),
}
DATA = {
    "03": (
        *(("照会番号", 8), ("勘定日", 6), ("起算日", 6), ("入払区分", 1), ("取引区分", 2), ("金額", 12)),
        *(("うち他店券金額", 12), ("交換呈示日", 6), ("不渡返還日", 6), ("手形小切手区分", 1)),
        *(("手形小切手番号", 7), ("僚店番号", 3), ("振込依頼人コード", 10), ("振込依頼人名", 48)),
        *(("仕向銀行名", 15), ("仕向店名", 15), ("摘要内容", 20), ("EDI情報", 20)),
    ),
    "01": (
        *(("照会番号", 6), ("勘定日", 6), ("起算日", 6), ("金額", 10), ("うち他店券金額", 10)),
        *(("振込依頼人コード", 10), ("振込依頼人名", 48), ("仕向銀行名", 15), ("仕向店名", 15)),
        *(("取消区分", 1), ("EDI情報", 20)),
    ),
}
TRAILER = {
    "03": (("入金件数", 6), ("入金額合計", 13), ("出金件数", 6), ("出金額合計", 13)),
    "01": (("入金件数", 6), ("入金額合計", 12), ("取消件数", 6), ("取消額合計", 12)),
}

_ASK_AGAIN = ("銀行のサイトからもう一度ダウンロードしてください。", "Please download it from the bank again.")
_WHOLE = (
    "途中で切れていないか確かめ、もう一度ダウンロードしてください。",
    "It may be cut short: download it again.",
)


@dataclass(slots=True)
class _Account:
    """One account's records while they are read."""

    kind: str
    number: str
    lines: list[Line] = field(default_factory=list)
    out: list[LeftOut] = field(default_factory=list)


def looks_like(content: bytes) -> bool:
    """Does it begin like a 全銀 header (a 1, a two-digit kind, a code), with no comma in sight?"""
    head = content[:SIZE]
    return len(head) >= 4 and head[:1] == b"1" and head[1:4].isdigit() and b"," not in head


def read(content: bytes, on: date) -> Statement:
    """The statement of a 全銀 file. Raises `BrokenStatement`."""
    records = split(content)
    reader = _Reader(on)
    for row, record in enumerate(records, start=1):
        reader.take(row, record)
    return reader.finish(len(records))


def split(content: bytes) -> list[bytes]:
    """Records of 200 bytes, whether or not they stand on lines of their own."""
    content = content.rstrip(b"\x1a\r\n")
    if b"\n" in content or b"\r" in content:
        records = [r for r in content.replace(b"\r", b"\n").split(b"\n") if r]
    else:
        records = [content[i : i + SIZE] for i in range(0, len(content), SIZE)]
    wrong = [(row, r) for row, r in enumerate(records, start=1) if len(r) != SIZE]
    if not wrong:
        return records
    row, record = wrong[0]
    if narrow := _from_utf8(content):
        return split(narrow)
    raise broken(
        row,
        f"{row}件目のレコードが200バイトではなく{len(record)}バイトです。",
        f"Record {row} has {len(record)} bytes instead of 200.",
        *_WHOLE,
    )


def _from_utf8(content: bytes) -> bytes | None:
    """The same records in one byte a character, where an editor has saved them as UTF-8."""
    try:
        return content.decode("utf-8").encode("cp932") if not content.isascii() else None
    except UnicodeError:
        return None


def _decoded(field: bytes) -> str:
    """A field's text; what is not JIS becomes a character that cannot be printed."""
    try:
        return field.decode("cp932").rstrip(" ")
    except UnicodeDecodeError:
        return "\x00"


class _Reader:
    """Takes records in order and knows which may come next."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.kind = ""
        self.open: _Account | None = None
        self.lines: list[Line] = []
        self.out: list[LeftOut] = []
        self.problems: list[Problem] = []
        self.ended = False

    def take(self, row: int, record: bytes) -> None:
        take = {b"1": self._header, b"2": self._data, b"8": self._trailer, b"9": self._end}.get(record[:1])
        if take is None or self.ended:
            shown = chr(record[0]) if 0x20 <= record[0] < 0x7F else f"0x{record[0]:02X}"
            raise broken(
                row,
                f"データ区分「{shown}」のレコードがここにあります。1・2・8・9の順でなければなりません。",
                f"A record of kind “{shown}” stands here; they must come in the order 1, 2, 8, 9.",
                *_ASK_AGAIN,
            )
        take(row, record)

    def _header(self, row: int, record: bytes) -> None:
        kind = record[1:3].decode("ascii", "replace")
        if kind not in FORMATS or (self.kind and kind != self.kind):
            raise broken(
                row,
                f"種別コード「{kind}」のファイルです。読めるのは入出金取引明細（03）と振込入金通知（01）です。",
                f"The file is of kind “{kind}”; statements (03) and transfer notices (01) can be read.",
                "入出金明細か振込入金明細を全銀形式でダウンロードしてください。",
                "Download the account statement or the transfer notice in Zengin format.",
            )
        if self.open is not None:
            raise self._no_trailer(row)
        self.kind = kind
        fields = self._fields(row, record, HEADER[kind])
        self.open = _Account(kind, account_number(fields["口座番号"]))

    def _data(self, row: int, record: bytes) -> None:
        if self.open is None:
            raise broken(
                row, "見出しのレコードの前に明細があります。", "Data before any header.", *_ASK_AGAIN
            )
        fields = self._fields(row, record, DATA[self.kind])
        amount = self._number(row, fields, "金額")
        value_on = days.six_digits(fields["勘定日"], self.on)
        if value_on is None:
            self._wrong_day(row, fields["勘定日"])
        elif amount is not None:
            self._sort_in(self.open, row, value_on, amount, fields)

    def _sort_in(self, account: _Account, row: int, on: date, amount: int, fields: dict[str, str]) -> None:
        """Money in is a line; money out, a cancelled notice and 0 yen are left out, and said so."""
        if fields.get("入払区分") == "2":
            account.out.append(LeftOut(row, amount, Text("出金", "money out")))
        elif fields.get("取消区分", "").strip() not in ("", "0"):
            self._cancel(account, row, on, amount, fields)
        elif amount == 0:
            account.out.append(LeftOut(row, 0, Text("0円", "0 yen")))
        else:
            line = Line(row, account.number, on, amount, fields["振込依頼人名"], fields)
            account.lines.append(line)

    def _cancel(self, account: _Account, row: int, on: date, amount: int, fields: dict[str, str]) -> None:
        """A notice that takes back another: both are left out, or, if it is not here, nobody may guess."""
        wanted = (on, amount, fields["振込依頼人名"])
        for line in reversed(account.lines):
            if (line.value_on, line.amount, line.payer_name) == wanted:
                account.lines.remove(line)
                why = Text("あとで取り消された振込", "a transfer cancelled later")
                account.out += [
                    LeftOut(line.row, amount, why),
                    LeftOut(row, amount, Text("取消", "cancellation")),
                ]
                return
        what = Text(
            "取消の通知ですが、元の振込がこのファイルにありません。",
            "It cancels a transfer that is not in this file.",
        )
        todo = Text(
            "銀行に確かめ、入出金取引明細（03）を読み込んでください。",
            "Ask the bank, and import the account statement (03) instead.",
        )
        self.problems.append(Problem(row, what, todo))

    def _trailer(self, row: int, record: bytes) -> None:
        if self.open is None:
            raise broken(row, "見出しのないトレーラです。", "A trailer without a header.", *_ASK_AGAIN)
        fields = self._fields(row, record, TRAILER[self.kind])
        if not self.problems:
            self._balance(row, self.open, fields)
        self.lines += self.open.lines
        self.out += self.open.out
        self.open = None

    def _balance(self, row: int, account: _Account, fields: dict[str, str]) -> None:
        """The trailer's counts and sums against the records (a cancelled notice counts on both sides)."""
        cancelled = Text("取消", "cancellation")
        second = [x for x in account.out if x.why in (cancelled, Text("出金", "money out"))]
        others = [x.amount for x in account.out if x not in second]
        first = [*(line.amount for line in account.lines), *others]
        names = [name for name, _ in TRAILER[self.kind]]
        ours = (len(first), sum(first), len(second), sum(x.amount for x in second))
        for name, counted in zip(names, ours, strict=True):
            theirs = self._number(row, fields, name)
            if theirs is not None and theirs != counted:
                self._unbalanced(row, name, theirs, counted)

    def _end(self, row: int, _record: bytes) -> None:
        if self.open is not None:
            raise self._no_trailer(row)
        self.ended = True

    def finish(self, rows: int) -> Statement:
        if self.open is not None:
            raise self._no_trailer(rows)
        if self.problems:
            raise BrokenStatement(self.problems)
        return Statement(FORMATS[self.kind], number_identical(self.lines), tuple(self.out))

    def _fields(self, row: int, record: bytes, layout: tuple[tuple[str, int], ...]) -> dict[str, str]:
        fields, at = {}, 1
        for name, width in layout:
            fields[name] = _decoded(record[at : at + width])
            if not fields[name].isprintable():
                fields[name] = ""
                self._unreadable(row, name)
            at += width
        return fields

    def _number(self, row: int, fields: dict[str, str], name: str) -> int | None:
        text = fields[name].strip()
        if text.isascii() and text.isdigit():
            return int(text)
        what = Text(f"{name}「{text}」が数字ではありません。", f"{name} “{text}” is not a number.")
        self.problems.append(Problem(row, what, Text(*_ASK_AGAIN), name))
        return None

    def _wrong_day(self, row: int, text: str) -> None:
        what = Text(
            f"勘定日「{text}」を日付として読めません。{self.on:%Y年%m月%d日}から2年前までの日でなければなりません。",
            f"The day “{text}” cannot be read as one of the two years before {self.on.isoformat()}.",
        )
        self.problems.append(Problem(row, what, Text(*_ASK_AGAIN), "勘定日"))

    def _unreadable(self, row: int, name: str) -> None:
        what = Text(f"{name}に読めない文字があります。", f"{name} holds characters that cannot be read.")
        todo = Text(
            "文字コードをJIS（Shift_JIS）にして保存し直してください。", "Save it again in JIS (Shift_JIS)."
        )
        self.problems.append(Problem(row, what, todo, name))

    def _unbalanced(self, row: int, name: str, theirs: int, counted: int) -> None:
        what = Text(
            f"トレーラの{name}は{theirs:,}ですが、明細を数えると{counted:,}です。",
            f"The trailer says {theirs:,} for {name}, but the records make {counted:,}.",
        )
        self.problems.append(Problem(row, what, Text(*_WHOLE)))

    def _no_trailer(self, row: int) -> BrokenStatement:
        return broken(
            row,
            "口座の終わりのトレーラ・レコードがありません。",
            "The trailer of an account is missing.",
            *_WHOLE,
        )
