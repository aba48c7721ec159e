"""Receipts: what is printed on them, whose they are, and the paper itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from nintei.payments.models import Fee, Match, Receipt, ReceiptCopy
from nintei.payments.queries.fees import price_of, standing
from nintei.people.models import Person
from nintei.shared import paper
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "receipt-1.typ"
SHOWN = 100

# What a fee is for, as it is printed: a receipt is in Japanese, whatever language its owner reads.
KINDS = {"first": "初回認定", "renewal": "更新審査", "reissue": "認定証の再発行"}


@dataclass(frozen=True, slots=True)
class Paid:
    """A fee that was settled, with the receipt that stands for it, if it was issued."""

    fee: Fee
    match: Match
    receipt: Receipt | None


def paid_by(person: Person) -> list[Paid]:
    """A person's settled fees, newest first, each with its receipt: two queries."""
    live = Prefetch("receipts", Receipt.objects.filter(voided_at=None), "standing_receipts")
    found = standing().filter(fee__person=person).select_related("fee__person").prefetch_related(live)
    return [
        Paid(match.fee, match, next(iter(match.standing_receipts), None)) for match in found.order_by("-at")
    ]


def receipts() -> QuerySet[Receipt]:
    """Every receipt, newest first, with its fee, person and copies: two queries."""
    found = Receipt.objects.select_related("match__fee__person").prefetch_related("copies")
    return found.order_by("-year", "-place")


def search_receipts(words: str) -> list[Receipt]:
    """Receipts by number, addressee or person; at most 100."""
    found = receipts()
    for word in words.split():
        named = Q(content__addressee__icontains=word) | Q(match__fee__person__name__icontains=word)
        found = found.filter(named | Q(content__number__icontains=word))
    return list(found[:SHOWN])


def receipt(pk: UUID) -> Receipt | None:
    """One receipt with its fee."""
    return Receipt.objects.select_related("match__fee__person").filter(pk=pk).first()


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
    fee, rulebook = match.fee, edition(match.confirmed_on)
    value_on = max(part.line.value_on for part in match.parts.select_related("line"))
    return {
        "number": number,
        "issued_on": on.isoformat(),
        "addressee": addressee,
        "issuer": rulebook.fees.bank.get("holder", rulebook.name.ja),
        "registration": registration_number(),
        "what": f"認定審査手数料（{fee.qualification} {KINDS.get(fee.kind, fee.kind)}）",
        "paid_on": value_on.isoformat(),
        "base": match.base,
        "tax": match.tax,
        "total": match.base + match.tax,
        "rate": _percent(_rate(match, value_on)),
    }


def receipt_pdf(receipt: Receipt, copy: ReceiptCopy | None = None) -> bytes:
    """The paper, PDF/A and PDF/UA; a copy is marked as such. The same receipt gives the same bytes.

    Raises `paper.CannotPrint` where a character of the addressee has no glyph.
    """
    mark = {"nth": copy.nth, "on": copy.at.astimezone(JST).date().isoformat()} if copy else None
    return paper.pdf(TEMPLATE, {**receipt.content, "copy": mark}, copy.at if copy else receipt.at)


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
