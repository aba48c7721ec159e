"""The price list by date, and what is given back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nintei.rules.edition import Edition, Price, RefundKind, TaxRate
from nintei.rules.fees import (
    NO_CERTIFICATION_FEE,
    Fee,
    NotSet,
    Refund,
    RefundRule,
    fee,
    keeps_after_acceptance,
    refund,
    tolerance,
)
from nintei.rules.findings import BadInput
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))
ON = date(2026, 1, 15)
CITE = CONKEN.fees.prices[0].cite


def priced(**values: object) -> Edition:
    return CONKEN._replace(fees=CONKEN.fees._replace(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("applications", "base", "tax"), [(1, 10_000, 1_000), (2, 20_000, 2_000), (5, 50_000, 5_000)]
)
def test_each_application_costs_one_fee_with_tax(applications: int, base: int, tax: int) -> None:
    due = fee(CONKEN, "first", ON, applications)
    assert (due.base, due.tax, due.total, due.rate) == (base, tax, base + tax, Fraction(1, 10))
    assert (due.kind, due.on, due.applications, due.reason) == ("first", ON, applications, "")
    assert [cite.clause for cite in due.cites] == ["MAN-ウ④.1", "MAN-ウ④.1"]


def test_the_row_in_force_on_the_day_decides_from_its_first_day() -> None:
    later = priced(
        prices=(Price("first", date(2027, 4, 1), 12_000, CITE), *CONKEN.fees.prices),
        taxes=(TaxRate(date(2030, 4, 1), Fraction(12, 100), CITE), *CONKEN.fees.taxes),
    )
    assert fee(later, "first", date(2027, 3, 31)).base == 10_000
    assert fee(later, "first", date(2027, 4, 1)).base == 12_000
    assert fee(later, "first", date(2030, 3, 31)).tax == 1_200
    assert fee(later, "first", date(2030, 4, 1)).tax == 1_440
    assert fee(later, "first", date(2030, 3, 31), taxed_on=date(2030, 4, 1)).tax == 1_440


def test_a_fraction_of_a_yen_is_dropped() -> None:
    odd = priced(prices=(Price("first", date(2019, 10, 1), 9_999, CITE),))
    assert (fee(odd, "first", ON).tax, fee(odd, "first", ON, 2).tax) == (999, 1_999)


def test_what_the_association_has_not_priced_is_refused_by_name() -> None:
    with pytest.raises(NotSet) as renewal:
        fee(CONKEN, "renewal", ON)
    assert renewal.value.key == "renewal_fee"
    assert renewal.value.unset == CONKEN.unset["renewal_fee"]
    with pytest.raises(NotSet) as too_early:
        fee(CONKEN, "first", date(2019, 9, 30))
    assert (too_early.value.key, too_early.value.unset) == ("first_fee", None)
    with pytest.raises(NotSet, match="tax_rate"):
        fee(priced(taxes=()), "first", ON)


def test_a_qualification_without_certification_costs_nothing() -> None:
    cites = (CONKEN.qualifications["SV"].cite,)
    assert fee(CONKEN, "first", ON, 2, "SV") == Fee(
        "first", ON, 2, 0, 0, 0, Fraction(0), cites, NO_CERTIFICATION_FEE
    )
    assert cites[0].clause == "MAN-表.5"
    assert fee(CONKEN, "first", ON, qualification="OMP").total == 11_000


def test_no_applications_or_an_unknown_qualification_is_bad_input() -> None:
    with pytest.raises(BadInput, match=r"fees\.applications"):
        fee(CONKEN, "first", ON, 0)
    with pytest.raises(BadInput, match=r"qualification\.unknown"):
        fee(CONKEN, "first", ON, qualification="XYZ")


NOT_REFUNDABLE = CONKEN.fees.cites["refundable_after_acceptance"]
LESS_CHARGE = CONKEN.fees.cites["refund"]


@pytest.mark.parametrize(
    ("paid", "accepted", "charge", "due", "given_back"),
    [
        (11_000, True, 0, None, Refund(0, RefundRule.NO_REFUND, NOT_REFUNDABLE)),
        (11_000, True, 440, 11_000, Refund(0, RefundRule.NO_REFUND, NOT_REFUNDABLE)),
        (11_440, True, 100, 11_000, Refund(340, RefundRule.READING, LESS_CHARGE)),
        (11_000, False, 440, None, Refund(10_560, RefundRule.READING, LESS_CHARGE)),
        (11_000, False, 0, None, Refund(11_000, RefundRule.READING, LESS_CHARGE)),
        (400, False, 440, None, Refund(0, RefundRule.READING, LESS_CHARGE)),
        (0, True, 0, None, Refund(0, RefundRule.READING, LESS_CHARGE)),
    ],
)
def test_the_fee_stays_after_acceptance_and_what_is_beyond_it_goes_back(
    paid: int, accepted: bool, charge: int, due: int | None, given_back: Refund
) -> None:
    assert refund(CONKEN, paid, accepted, charge, due) == given_back


def test_a_rulebook_may_refund_always_in_full_or_never() -> None:
    assert refund(priced(refund=RefundKind.IN_FULL), 11_000, False, 440).amount == 11_000
    assert refund(priced(refund=RefundKind.IN_FULL), 11_440, True, 440, 11_000).amount == 440
    assert refund(priced(refundable_after_acceptance=True), 11_000, True, 440).amount == 10_560
    assert refund(priced(refund=RefundKind.NOTHING), 11_000, False) == Refund(
        0, RefundRule.READING, LESS_CHARGE
    )


def test_a_fee_is_kept_after_acceptance_unless_the_rulebook_gives_something_back() -> None:
    kept = [
        keeps_after_acceptance(priced(refundable_after_acceptance=back, refund=kind))
        for back in (False, True)
        for kind in RefundKind
    ]
    assert kept == [True, True, True, False, False, True]
    assert [keeps_after_acceptance(book) for book in (CONKEN, load("example", date(2026, 4, 1)))] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("paid", "charge", "due"), [(-1, 0, None), (0, -1, None), (0, 0, -1)])
def test_negative_yen_are_bad_input(paid: int, charge: int, due: int | None) -> None:
    with pytest.raises(BadInput, match=r"fees\.negative_amount"):
        refund(CONKEN, paid, False, charge, due)


def test_a_fee_is_paid_in_full_unless_the_rulebook_waives_some_yen() -> None:
    assert tolerance(CONKEN) == 0
    assert tolerance(CONKEN._replace(settings={**CONKEN.settings, "underpayment_tolerance": 440})) == 440
    assert tolerance(CONKEN._replace(settings={})) == 0
