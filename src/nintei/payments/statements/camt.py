"""ISO 20022: camt.053 (statement) and camt.054 (notice of credits), versions 02 to 12.

What a message may hold is `pyiso20022`'s, made from the schemas that ISO publishes; `xsdata` binds a file to it.
Ours is what an entry means for us: money in, booked, not taken back, and by whom (decision 0035).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import ParseError

from xsdata.exceptions import ConverterError, ParserError
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.parsers.handlers import XmlEventHandler
from xsdata.models.datatype import XmlDateTime

from nintei.payments.statements import days, envelope
from nintei.payments.statements.envelope import AGAIN, Message
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
from nintei.shared.japan import JST

LONGEST_NAME = 200
_YEN = re.compile(r"(\d{1,13})(?:\.0{1,5})?")
# Where the payer's name may be: under its party (from version 07), before that directly, or only in words.
_PAYER = ("rltd_pties.dbtr.pty.nm", "rltd_pties.dbtr.nm")
_AMOUNT = ("amt", "amt_dtls.tx_amt.amt")
_DAY = ("bookg_dt.dt", "bookg_dt.dt_tm", "val_dt.dt", "val_dt.dt_tm")


def read(content: bytes, on: date) -> Statement:
    """The statement of a camt file. Raises `BrokenStatement` and nothing else."""
    message = envelope.message(content)
    body = next(iter(_values(_bound(content, message))))[1]
    entries = _Entries(on)
    for part in _reach(body, "stmt" if message.kind == "053" else "ntfctn", whole=True) or []:
        entries.take(part)
    if entries.problems:
        raise BrokenStatement(entries.problems)
    return Statement(f"camt-{message.kind}", number_identical(entries.lines), tuple(entries.out))


def _bound(content: bytes, message: Message) -> Any:
    """The file as the dataclasses of its version; what they leave no room for is refused with its words."""
    name = f"camt_{message.kind}_001_{message.version}"
    document = import_module(f"pyiso20022.camt.{name}.{name}").Document
    try:
        return XmlParser(config=_LOOSE, handler=XmlEventHandler).from_bytes(content, document)
    except ParseError as error:
        raise envelope.unreadable(error.position[0]) from None
    except (ParserError, ConverterError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        said = str(error)[:200]
        ja, en = f"camtの形式に合わない値があります（{said}）。", f"A value does not fit the format ({said})."
        raise broken(None, ja, en, *AGAIN) from None


def _made(kind: type, given: dict[str, Any]) -> Any:
    """A part of the message. What a bank has left out is None, for most of it is nothing to us."""
    return kind(**{**dict.fromkeys(_required(kind)), **given})


@cache
def _required(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.init and f.default is f.default_factory is MISSING)


_LOOSE = ParserConfig(fail_on_unknown_properties=False, fail_on_converter_warnings=True, class_factory=_made)


class _Entries:
    """The entries of a file's statements, one after the other: lines, what is left out, and what is wrong."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.row = 0
        self.account = ""
        self.credits: list[int] = []
        self.lines: list[Line] = []
        self.out: list[LeftOut] = []
        self.problems: list[Problem] = []

    def take(self, part: Any) -> None:
        """One statement: its account, its entries, and its own count and sum of them."""
        number = _reach(part, "acct.id.othr.id")
        self.account = account_number(number) if number else ""
        self.credits = []
        for entry in part.ntry:
            self.row += 1
            self._sort_in(entry)
        self._balance(_reach(part, "txs_summry.ttl_cdt_ntries"))

    def _sort_in(self, entry: Any) -> None:
        """Booked money in is a line; the rest is left out, and said so."""
        amount, on = self._yen(entry.amt), self._day(entry)
        if amount is None or on is None:
            return
        credit, reversal = _code(entry.cdt_dbt_ind) == "CRDT", bool(entry.rvsl_ind)
        if (_code(entry.sts) or "BOOK") != "BOOK":
            self._leave_out(amount, "まだ確定していない", "not booked yet")
            return
        if credit:
            self.credits.append(amount)
        if credit and not reversal and amount:
            self._lines(entry, on, amount)
        elif reversal and not credit:
            self._cancel(on, amount, _payer(entry, _details(entry)[0]))
        elif reversal:
            self._leave_out(amount, "出金の取消", "a payment cancelled")
        else:
            self._leave_out(amount, *(("出金", "money out") if amount else ("0円", "0 yen")))

    def _leave_out(self, amount: int, ja: str, en: str) -> None:
        self.out.append(LeftOut(self.row, amount, Text(ja, en)))

    def _lines(self, entry: Any, on: date, amount: int) -> None:
        """A line for the entry, or one for each of its transfers where those add up to it."""
        details = _details(entry)
        parts = [(detail, self._part(entry, detail)) for detail in details]
        if len(parts) > 1 and all(yen for _, yen in parts) and sum(yen or 0 for _, yen in parts) == amount:
            for detail, yen in parts:
                self._line(entry, detail, on, yen or 0)
        else:
            self._line(entry, details[0], on, amount)

    def _part(self, entry: Any, detail: Any) -> int | None:
        own = next(filter(None, (_reach(detail, path) for path in _AMOUNT)), entry.amt)
        return self._yen(own)

    def _line(self, entry: Any, detail: Any, on: date, amount: int) -> None:
        payer = _payer(entry, detail)
        if len(payer) > LONGEST_NAME:
            self._problem("振込依頼人名が長すぎます。", "The payer's name is too long.")
            return
        raw = dict(_written(entry, skip="NtryDtls")) | {
            f"TxDtls/{path}": text for path, text in _written(detail)
        }
        self.lines.append(Line(self.row, self.account, on, amount, payer, raw))

    def _cancel(self, on: date, amount: int, payer: str) -> None:
        """A credit taken back: both are left out, or, if the first is not here, nobody may guess."""
        for line in reversed(self.lines):
            if (line.amount, line.payer_name) == (amount, payer) and line.value_on <= on:
                self.lines.remove(line)
                self.out.append(
                    LeftOut(line.row, amount, Text("あとで取り消された振込", "a transfer cancelled later"))
                )
                self._leave_out(amount, "取消", "cancellation")
                return
        ja, en = (
            "取消の記録ですが、元の振込がこのファイルにありません。",
            "It cancels a transfer that is not in this file.",
        )
        self._problem(ja, en)

    def _yen(self, amount: Any) -> int | None:
        text, currency = str(_reach(amount, "value")), _reach(amount, "ccy")
        found = _YEN.fullmatch(text)
        if found and currency == "JPY":
            return int(found[1])
        shown = f"{text[:40]} {currency or ''}".strip()
        self._problem(f"金額「{shown}」を円として読めません。", f"“{shown}” cannot be read as yen.")
        return None

    def _day(self, entry: Any) -> date | None:
        """The JST day on which the bank booked it, or else from which it counts."""
        found = next(filter(None, (_reach(entry, path) for path in _DAY)), None)
        day = _in_japan(found) if found else None
        if day is not None and days.plausible(day, self.on):
            return day
        self._problem(
            f"日付「{found or ''}」を、{self.on:%Y年%m月%d日}から2年前までの日として読めません。",
            f"The day “{found or ''}” cannot be read as one of the two years before {self.on.isoformat()}.",
        )
        return None

    def _balance(self, said: Any) -> None:
        """The statement's own count and sum of credits, where it gives them."""
        ours = {"NbOfNtries": ("nb_of_ntries", len(self.credits)), "Sum": ("sum", sum(self.credits))}
        for name, (path, counted) in ours.items():
            theirs = _reach(said, path)
            if self.problems or theirs is None:
                continue
            found = _YEN.fullmatch(str(theirs))
            if found is None or int(found[1]) != counted:
                self._problem(
                    f"明細の{name}は{str(theirs)[:40]}ですが、数えると{counted:,}です。",
                    f"The statement says {str(theirs)[:40]} for {name}, but its entries make {counted:,}.",
                )

    def _problem(self, ja: str, en: str) -> None:
        self.problems.append(Problem(self.row, Text(ja, en), Text(*AGAIN)))


def _reach(part: Any, path: str, *, whole: bool = False) -> Any:
    """What a path of fields leads to: of what repeats the first, at its end `whole`; None where it ends early."""
    for name in path.split("."):
        part = getattr(part, name, None)
        if isinstance(part, list) and not whole:
            part = part[0] if part else None
    return part


def _details(entry: Any) -> list[Any]:
    """The transfers of an entry; where the bank names none, one that is empty."""
    return [detail for group in entry.ntry_dtls for detail in group.tx_dtls] or [None]


def _payer(entry: Any, detail: Any) -> str:
    named = next(filter(None, (_reach(detail, path) for path in _PAYER)), "")
    words = " ".join(_reach(detail, "rmt_inf.ustrd", whole=True) or [])
    return str(named or words or entry.addtl_ntry_inf or "").strip()


def _code(value: Any) -> str:
    """A code as it is written, before version 07 by itself and from then on as one of a choice."""
    return str(getattr(value, "value", None) or _reach(value, "cd") or "")


def _in_japan(value: Any) -> date | None:
    """A day as it is, and an instant as the day that it is in Japan; without an offset it is Japan's already."""
    if isinstance(value, XmlDateTime):
        instant: datetime = value.to_datetime()
        return instant.astimezone(JST).date() if instant.tzinfo else instant.date()
    return date(value.year, value.month, value.day)


def _written(part: Any, path: str = "", skip: str | None = None) -> Iterator[tuple[str, str]]:
    """Everything that a part of the message says, each by its path of element names."""
    for name, value in _values(part):
        if value is None or name == skip:
            continue
        for place, one in enumerate(value if isinstance(value, list) else [value]):
            here = f"{path}{name}" + (f"[{place + 1}]" if place else "")
            if is_dataclass(one):
                yield from _written(one, f"{here}/")
            else:
                yield here.rstrip("/"), _text(one)


def _values(part: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a part by the names of their elements, `@` before an attribute, none for its text."""
    for field in fields(part) if is_dataclass(part) else ():
        name = field.metadata.get("name", "")
        mark = "@" if field.metadata.get("type") == "Attribute" else ""
        yield f"{mark}{name}", getattr(part, field.name)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value if isinstance(value, Enum) else value)
