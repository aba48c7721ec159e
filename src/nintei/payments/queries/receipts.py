"""Receipts: what is printed on them, whose they are, and the paper itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from nintei.payments.models import BankLine, Fee, Match, MatchPart, Receipt, ReceiptCopy, ReceiptShare
from nintei.payments.queries.fees import price_of, standing
from nintei.people.models import Person
from nintei.shared import paper
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

PAPERS = Path(__file__).resolve().parent.parent / "typst"
TEMPLATE, COMPANY = PAPERS / "receipt-1.typ", PAPERS / "receipt-company-1.typ"
SHOWN = 100

# What a fee is for, as it is printed: a receipt is in Japanese, whatever language its owner reads.
KINDS = {"first": "初回認定", "renewal": "更新審査", "reissue": "認定証の再発行"}


@dataclass(frozen=True, slots=True)
class Paid:
    """A fee that was settled, with the receipt that stands for it: the payer's own, or a company's for them all."""

    fee: Fee
    match: Match
    receipt: Receipt | None
    company: Receipt | None = None


def paid_by(person: Person) -> list[Paid]:
    """A person's settled fees, newest first, each with its receipt: three queries."""
    own = Prefetch("receipts", Receipt.objects.filter(voided_at=None), "standing_receipts")
    held = ReceiptShare.objects.filter(receipt__voided_at=None).select_related("receipt")
    found = standing().filter(fee__person=person).select_related("fee__person")
    found = found.prefetch_related(own, Prefetch("shares", held, "standing_shares")).order_by("-at")
    return [
        Paid(
            match.fee,
            match,
            next(iter(match.standing_receipts), None),
            next((share.receipt for share in match.standing_shares), None),
        )
        for match in found
    ]


def receipts() -> QuerySet[Receipt]:
    """Every receipt, newest first, with its fee or people and its copies: four queries."""
    found = Receipt.objects.select_related("match__fee__person", "line")
    return found.prefetch_related("copies", "shares__match__fee__person").order_by("-year", "-place")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A company's transfer as a receipt would say it: the fees it settled whole, and what stands against one paper."""

    line: BankLine
    matches: tuple[Match, ...]
    receipt: Receipt | None
    own: tuple[Receipt, ...]

    @property
    def total(self) -> int:
        """Yen that came in for these fees."""
        return sum(match.received for match in self.matches)


def transfer(line: BankLine) -> Transfer | None:
    """What a receipt for a whole transfer would list: None where it settled less than two fees by itself.

    `own` are receipts that people on it took for themselves: they have to be void first.
    """
    here = MatchPart.objects.filter(line=line).values("match")
    elsewhere = MatchPart.objects.filter(match=OuterRef("pk")).exclude(line=line)
    found = standing().filter(~Exists(elsewhere), pk__in=here).select_related("fee__person")
    matches = tuple(found.order_by("fee__kana", "pk"))
    if len(matches) < 2:
        return None
    live = Receipt.objects.filter(voided_at=None)
    whole = live.filter(line=line).prefetch_related("copies").first()
    return Transfer(
        line, matches, whole, tuple(live.filter(match__in=matches).select_related("match__fee__person"))
    )


def search_receipts(words: str) -> list[Receipt]:
    """Receipts by number, addressee or person; at most 100."""
    found = receipts()
    for word in words.split():
        person = Q(match__fee__person__name__icontains=word)
        listed = Q(
            pk__in=ReceiptShare.objects.filter(match__fee__person__name__icontains=word).values("receipt")
        )
        said = Q(content__addressee__icontains=word) | Q(content__number__icontains=word)
        found = found.filter(said | person | listed)
    return list(found[:SHOWN])


def receipt(pk: UUID) -> Receipt | None:
    """One receipt with its fee, or its transfer."""
    return Receipt.objects.select_related("match__fee__person", "line").filter(pk=pk).first()


def receipt_copy(pk: int) -> ReceiptCopy | None:
    """One copy with its receipt."""
    return ReceiptCopy.objects.select_related("receipt__match__fee__person").filter(pk=pk).first()


def registration_number() -> str:
    """The association's number as an issuer of qualified invoices, or nothing where none is set."""
    return str(settings.INVOICE_NUMBER)


def printed(match: Match, number: str, addressee: str, on: date) -> dict[str, object]:
    """What a receipt says: all that 適格請求書 wants (消費税法57条の4①), frozen when it is issued.

    Issuer and registration number, day, what for, yen and tax of the one rate, and to whom.
    """
    value_on = max(part.line.value_on for part in match.parts.select_related("line"))
    what = f"認定審査手数料（{_what(match.fee)}）"
    return _content([match], value_on, number, addressee, on) | {"what": what}


def printed_for_company(
    line: BankLine, matches: Sequence[Match], number: str, addressee: str, on: date
) -> dict[str, object]:
    """What a receipt for a company's whole transfer says: the sum, and each person's fee in it."""
    people = [
        {"name": match.fee.person.name or match.fee.kana, "what": _what(match.fee), "total": match.total}
        for match in matches
    ]
    what = f"認定審査手数料（{len(people)}件）"
    return _content(matches, line.value_on, number, addressee, on) | {"what": what, "people": people}


def _what(fee: Fee) -> str:
    return f"{fee.qualification} {KINDS.get(fee.kind, fee.kind)}"


def _content(
    matches: Sequence[Match], value_on: date, number: str, addressee: str, on: date
) -> dict[str, object]:
    rulebook = edition(matches[0].confirmed_on)
    (rate,) = {
        _rate(match, value_on) for match in matches
    }  # one day, one rate: the price list of the value date
    return {
        "number": number,
        "issued_on": on.isoformat(),
        "addressee": addressee,
        "issuer": rulebook.fees.bank.get("holder", rulebook.name.ja),
        "registration": registration_number(),
        "paid_on": value_on.isoformat(),
        "base": sum(match.base for match in matches),
        "tax": sum(match.tax for match in matches),
        "total": sum(match.total for match in matches),
        "waived": sum(match.waived for match in matches),
        "rate": _percent(rate),
    }


def receipt_pdf(receipt: Receipt, copy: ReceiptCopy | None = None) -> bytes:
    """The paper, PDF/A and PDF/UA; a copy is marked as such. The same receipt gives the same bytes.

    Raises `paper.CannotPrint` where a character of the addressee has no glyph.
    """
    template = COMPANY if receipt.line_id else TEMPLATE
    mark = {"nth": copy.nth, "on": copy.at.astimezone(JST).date().isoformat()} if copy else None
    content = {"waived": 0, **receipt.content, "copy": mark}
    return paper.pdf(template, content, copy.at if copy else receipt.at)


def _rate(match: Match, value_on: date) -> Fraction:
    """The rate by which base and tax were split: of the payment's day, else of the day it was asked for."""
    for day in (value_on, match.fee.priced_on):
        try:
            price = price_of(kind=match.fee.kind, qualification=match.fee.qualification, on=day)
        except Refused:
            continue
        if (price.base, price.tax) == (match.base, match.tax):
            return price.rate
    raise Refused("payments.rate_unknown")


def _percent(rate: Fraction) -> str:
    """`10%`; the law's rates are whole or tenths of a percent."""
    tenths = rate * 1000
    whole, rest = divmod(int(tenths), 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"
