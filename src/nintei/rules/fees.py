"""What an application costs, and what is given back: the dated price list with its tax (MAN-ウ④).

Amounts are whole yen. What the association has not priced is refused with `NotSet`, never guessed
(AMB-F2: no document names a renewal fee).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeVar

from nintei.rules.edition import Citation, Edition, Price, RefundKind, TaxRate, Unset
from nintei.rules.findings import BadInput

NO_CERTIFICATION_FEE = "NO_CERTIFICATION_FEE"


class NotSet(Exception):
    """A value the association has not set; `key` names it, `unset` says what it is and who owns it."""

    def __init__(self, key: str, unset: Unset | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.unset = unset


class RefundRule(StrEnum):
    """The rule a refund rests on: the clause, or our reading where the text is silent."""

    NO_REFUND = "MAN-ウ④.※2"
    READING = "AMB-F3"


class Fee(NamedTuple):
    """Yen for `applications` of one kind: `total` = `base` + `tax`. `reason` says why nothing is due."""

    kind: str
    on: date
    applications: int
    base: int
    tax: int
    total: int
    rate: Fraction
    cites: tuple[Citation, ...]
    reason: str = ""


class Refund(NamedTuple):
    """Yen given back, the rule, and its citation in the edition."""

    amount: int
    rule: RefundRule
    cite: Citation | None


def fee(
    edition: Edition,
    kind: str,
    on: date,
    applications: int = 1,
    qualification: str | None = None,
    taxed_on: date | None = None,
) -> Fee:
    """The fee of `kind` (`first`, `renewal` …) by the price list of `on`, the day of payment (AMB-F1).

    Each application costs one fee, whoever pays (AMB-F5, F7). `taxed_on` is for an association whose
    accountant dates the tax otherwise. A fraction of a yen of tax is dropped. A qualification that needs
    no certification costs nothing (MAN-表.6). `NotSet` where no row covers the day; `BadInput` for fewer
    than one application or an unknown qualification.
    """
    if applications < 1:
        raise BadInput("fees.applications", applications=applications)
    if qualification is not None and qualification not in edition.qualifications:
        raise BadInput("qualification.unknown", qualification=qualification)
    if qualification is not None and not edition.qualifications[qualification].certified:
        cites = (edition.qualifications[qualification].cite,)
        return Fee(kind, on, applications, 0, 0, 0, Fraction(0), cites, NO_CERTIFICATION_FEE)
    price = _row([row for row in edition.fees.prices if row.kind == kind], on)
    if price is None:
        raise NotSet(f"{kind}_fee", edition.unset.get(f"{kind}_fee"))
    rate = _row(edition.fees.taxes, taxed_on or on)
    if rate is None:
        raise NotSet("tax_rate")
    base = price.base * applications
    tax = int(base * rate.rate)
    return Fee(kind, on, applications, base, tax, base + tax, rate.rate, (price.cite, rate.cite))


def tolerance(edition: Edition) -> int:
    """Yen by which a fee may be short and still be taken as paid: the bank's charge, if at all (AMB-F6).

    The manual has the payer bear the charge (MAN-ウ④.3), so this is 0 unless the rulebook says otherwise.
    """
    found = edition.settings.get("underpayment_tolerance", 0)
    assert isinstance(found, int)  # the loader reads nothing else
    return found


_Row = TypeVar("_Row", Price, TaxRate)


def _row(rows: Sequence[_Row], on: date) -> _Row | None:
    """The row in force on a day: the newest that has begun."""
    begun = [row for row in rows if row.from_day <= on]
    return max(begun, key=lambda row: row.from_day, default=None)


def keeps_after_acceptance(edition: Edition) -> bool:
    """Whether nothing of a fee goes back once the application is accepted (MAN-ウ④.※2), withdrawn or refused."""
    return not edition.fees.refundable_after_acceptance or edition.fees.refund is RefundKind.NOTHING


def refund(
    edition: Edition, paid: int, accepted: bool, bank_charge: int = 0, due: int | None = None
) -> Refund:
    """Yen to give back of `paid`: nothing of the fee once the application is accepted (MAN-ウ④.※2).

    Before acceptance the text is silent; the edition says whether it goes back in full, less the
    bank's charge for returning it, or not at all (AMB-F3). What was paid beyond `due` was never the fee
    and goes back likewise.
    `BadInput` for a negative amount or charge.
    """
    if paid < 0 or bank_charge < 0 or (due is not None and due < 0):
        raise BadInput("fees.negative_amount", paid=paid, bank_charge=bank_charge, due=due)
    rules = edition.fees
    kept = paid if due is None else min(paid, due)
    if not accepted or rules.refundable_after_acceptance:
        kept = 0
    if kept == paid and paid:
        return Refund(0, RefundRule.NO_REFUND, rules.cites.get("refundable_after_acceptance"))
    given_back = {
        RefundKind.LESS_BANK_CHARGE: max(paid - kept - bank_charge, 0),
        RefundKind.IN_FULL: paid - kept,
        RefundKind.NOTHING: 0,
    }
    return Refund(given_back[rules.refund], RefundRule.READING, rules.cites.get("refund"))
