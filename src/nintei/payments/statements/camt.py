"""ISO 20022: camt.053 (statement) and camt.054 (notice of credits), whatever their version.

Read by the standard library's parser, event by event, so that a large file costs little: the libraries that
exist bring a web framework or pandas with them for what are a dozen elements. A document type is refused
before anything in it is looked at (entities cannot be declared without one), and so is any great depth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import ParseError, XMLParser

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

DEEPEST = 40
LONGEST_TEXT = 10_000
LONGEST_NAME = 200
ROOTS = {"BkToCstmrStmt": "camt-053", "BkToCstmrDbtCdtNtfctn": "camt-054"}
_AGAIN = ("銀行のサイトからもう一度ダウンロードしてください。", "Please download it from the bank again.")
_STATEMENT = (
    "camt.053（入出金明細）をダウンロードしてください。",
    "Download the statement as camt.053.",
)
_YEN = re.compile(r"(\d{1,13})(?:\.0{1,5})?")

# What is kept of an entry, by the end of its path inside <Ntry>.
_ENTRY = {
    "Amt": "amount",
    "CdtDbtInd": "way",
    "RvslInd": "reversal",
    "Sts": "status",
    "Sts/Cd": "status",
    "BookgDt/Dt": "booked",
    "BookgDt/DtTm": "booked",
    "ValDt/Dt": "valued",
    "ValDt/DtTm": "valued",
    "AcctSvcrRef": "reference",
    "AddtlNtryInf": "more",
}
_DETAIL = {
    "Amt": "amount",
    "AmtDtls/TxAmt/Amt": "amount",
    "RltdPties/Dbtr/Nm": "payer",
    "RltdPties/Dbtr/Pty/Nm": "payer",
    "RmtInf/Ustrd": "words",
    "Refs/EndToEndId": "end to end",
    "Refs/AcctSvcrRef": "reference",
}


def looks_like(content: bytes) -> bool:
    """Does it begin like XML?"""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def read(content: bytes, on: date) -> Statement:
    """The statement of a camt file. Raises `BrokenStatement` and nothing else."""
    target = _Target(on)
    parser = XMLParser(target=target)  # noqa: S314  a DOCTYPE, and so every entity of its own, is refused
    try:
        parser.feed(content)
        parser.close()
    except (ParseError, ValueError, LookupError) as error:
        row = getattr(error, "position", (None,))[0]
        raise broken(row, "XMLとして読めません。", "It cannot be read as XML.", *_AGAIN) from None
    return target.finish()


@dataclass(slots=True)
class _Entry:
    """One <Ntry> while it is read: its own fields, and those of each <TxDtls>."""

    fields: dict[str, str] = field(default_factory=dict)
    details: list[dict[str, str]] = field(default_factory=list)


class _Target:
    """Hears the parser's events, keeps what it needs, forgets the rest."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.path: list[str] = []
        self.text: list[str] = []
        self.size = 0
        self.currency = ""
        self.format = ""
        self.account = ""
        self.entry: _Entry | None = None
        self.row = 0
        self.summary: dict[str, str] = {}
        self.credits: list[int] = []
        self.debits: list[int] = []
        self.lines: list[Line] = []
        self.out: list[LeftOut] = []
        self.problems: list[Problem] = []

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise broken(
            None,
            "文書型宣言（DOCTYPE）のあるXMLは読みません。",
            "XML with a document type declaration is not read.",
            *_AGAIN,
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self.path.append(name)
        self.text, self.size = [], 0
        if len(self.path) > DEEPEST:
            raise broken(None, "入れ子が深すぎるXMLです。", "The XML is nested too deeply.", *_AGAIN)
        if len(self.path) == 2:
            self._begin(name)
        elif name == "Ntry":
            self.row += 1
            self.entry = _Entry()
        elif name == "TxDtls" and self.entry:
            self.entry.details.append({})
        elif name == "Amt":
            self.currency = attributes.get("Ccy", "")

    def _begin(self, name: str) -> None:
        if name not in ROOTS:
            raise broken(
                None,
                f"明細ではないXMLです（{name[:40]}）。",
                f"This XML is no statement ({name[:40]}).",
                *_STATEMENT,
            )
        self.format = ROOTS[name]

    def data(self, text: str) -> None:
        self.size += len(text)
        if self.size <= LONGEST_TEXT:
            self.text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self.text).strip()
        self.text = []
        if self.entry is not None:
            self._keep(self.entry, text)
        elif self.path[2:] in (["Stmt", "Acct", "Id", "Othr", "Id"], ["Ntfctn", "Acct", "Id", "Othr", "Id"]):
            self.account = account_number(text)
        elif self.path[3:5] == ["TxsSummry", "TtlCdtNtries"] and len(self.path) == 6:
            self.summary[self.path[5]] = text
        name = self.path.pop()
        if name == "Ntry" and self.entry is not None:
            self._sort_in(self.entry)
            self.entry = None
        elif len(self.path) == 2 and name in ("Stmt", "Ntfctn"):
            self._balance()

    def _keep(self, entry: _Entry, text: str) -> None:
        inside = self.path[self.path.index("Ntry") + 1 :]
        if "TxDtls" in inside and entry.details:
            part = "/".join(inside[inside.index("TxDtls") + 1 :])
            kept, name = entry.details[-1], _DETAIL.get(part)
        else:
            kept, name = entry.fields, _ENTRY.get("/".join(inside))
        if name and text:
            kept[name] = f"{kept[name]} {text}" if name == "words" and name in kept else text
        if inside[-1:] == ["Amt"] and name:
            kept["currency"] = self.currency

    def _sort_in(self, entry: _Entry) -> None:
        """Booked money in is a line; the rest is left out, and said so."""
        amount = self._yen(entry.fields)
        on = self._day(entry.fields)
        if amount is None or on is None:
            return
        way, reversal = entry.fields.get("way"), entry.fields.get("reversal") in ("true", "1")
        if entry.fields.get("status", "BOOK") != "BOOK":
            why = Text("まだ確定していない", "not booked yet")
            self.out.append(LeftOut(self.row, amount, why))
            return
        (self.credits if way == "CRDT" else self.debits).append(amount)
        if way == "CRDT" and not reversal and amount:
            self._lines(entry, on, amount)
        elif way == "DBIT" and reversal:
            self._cancel(on, amount, _payer(entry.fields, entry.details[0] if entry.details else {}))
        else:
            why = Text("0円", "0 yen") if not amount else Text("出金", "money out")
            why = Text("出金の取消", "a payment cancelled") if way == "CRDT" and reversal else why
            self.out.append(LeftOut(self.row, amount, why))

    def _lines(self, entry: _Entry, on: date, amount: int) -> None:
        """A line for the entry, or one for each of its transfers where those add up to it."""
        parts = [(detail, self._yen({**entry.fields, **detail})) for detail in entry.details]
        if len(parts) > 1 and sum(yen or 0 for _, yen in parts) == amount and all(yen for _, yen in parts):
            for detail, yen in parts:
                self._line(entry, detail, on, yen or 0)
        else:
            self._line(entry, entry.details[0] if entry.details else {}, on, amount)

    def _line(self, entry: _Entry, detail: dict[str, str], on: date, amount: int) -> None:
        payer = _payer(entry.fields, detail)
        if len(payer) > LONGEST_NAME:
            self._problem("振込依頼人名が長すぎます。", "The payer's name is too long.")
            return
        raw = {**entry.fields, **{f"TxDtls {name}": text for name, text in detail.items()}}
        self.lines.append(Line(self.row, self.account, on, amount, payer, raw))

    def _cancel(self, on: date, amount: int, payer: str) -> None:
        """A credit taken back: both are left out, or, if the first is not here, nobody may guess."""
        for line in reversed(self.lines):
            if (line.amount, line.payer_name) == (amount, payer) and line.value_on <= on:
                self.lines.remove(line)
                why = Text("あとで取り消された振込", "a transfer cancelled later")
                cancelled = Text("取消", "cancellation")
                self.out += [LeftOut(line.row, amount, why), LeftOut(self.row, amount, cancelled)]
                return
        self._problem(
            "取消の記録ですが、元の振込がこのファイルにありません。",
            "It cancels a transfer that is not in this file.",
        )

    def _yen(self, fields: Mapping[str, str]) -> int | None:
        text, currency = fields.get("amount", ""), fields.get("currency", "")
        found = _YEN.fullmatch(text)
        if found and currency == "JPY":
            return int(found[1])
        shown = f"{text[:40]} {currency[:8]}".strip()
        self._problem(f"金額「{shown}」を円として読めません。", f"“{shown}” cannot be read as yen.")
        return None

    def _day(self, fields: Mapping[str, str]) -> date | None:
        text = fields.get("booked") or fields.get("valued") or ""
        day = days.written(text[:10], self.on)
        if day is not None and days.plausible(day, self.on):
            return day
        self._problem(
            f"日付「{text[:40]}」を、{self.on:%Y年%m月%d日}から2年前までの日として読めません。",
            f"The day “{text[:40]}” cannot be read as one of the two years before {self.on.isoformat()}.",
        )
        return None

    def _balance(self) -> None:
        """The statement's own count and sum of credits, where it gives them."""
        ours = {"NbOfNtries": len(self.credits), "Sum": sum(self.credits)}
        for name, counted in ours.items():
            said = _YEN.fullmatch(self.summary.get(name, str(counted)))
            if not self.problems and (said is None or int(said[1]) != counted):
                theirs = self.summary[name][:40]
                self._problem(
                    f"明細の{name}は{theirs}ですが、数えると{counted:,}です。",
                    f"The statement says {theirs} for {name}, but its entries make {counted:,}.",
                )
        self.summary, self.credits, self.debits = {}, [], []

    def _problem(self, ja: str, en: str) -> None:
        self.problems.append(Problem(self.row, Text(ja, en), Text(*_AGAIN)))

    def finish(self) -> Statement:
        if self.problems:
            raise BrokenStatement(self.problems)
        return Statement(self.format, number_identical(self.lines), tuple(self.out))

    def close(self) -> None:
        """The parser asks for this; the statement is made by `finish`."""


def _payer(fields: Mapping[str, str], detail: Mapping[str, str]) -> str:
    return detail.get("payer") or detail.get("words") or fields.get("more", "")
