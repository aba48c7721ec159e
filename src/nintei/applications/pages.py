"""What the applicant's page shows, put together from queries and the kernel: validity, fee, other ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from nintei.applications import queries
from nintei.applications.models import Application, Kind
from nintei.applications.whenever import Whenever, whenever
from nintei.experience.queries import Case
from nintei.experience.queries.verdict import Standing, standing
from nintei.payments import queries as fees
from nintei.payments.models import Fee
from nintei.registry import queries as registry
from nintei.registry.models import ExamPass
from nintei.rules import fees as prices
from nintei.rules.edition import Citation, Edition, Qualification
from nintei.shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class Other:
    """Another certification that the same experience may serve (AMB-E10), with its own verdict and fee."""

    qualification: Qualification
    standing: Standing
    application: Application | None


def others(application: Application, case: Case, edition: Edition, on: date) -> list[Other]:
    """The certifications that the applicant neither holds nor applies for here."""
    person = application.person
    held = {each.qualification for each in registry.certifications(person)}
    mine = {row.qualification: row for row in queries.of_person(person) if row.kind == Kind.FIRST}
    return [
        Other(each, standing(edition, each.code, case, on), mine.get(each.code))
        for each in edition.qualifications.values()
        if each.certified and each.code != application.qualification and each.code not in held
    ]


@dataclass(frozen=True, slots=True)
class BeforeFee:
    """What somebody should know before paying: what applying today leads to, and the price."""

    when: Whenever
    price: prices.Fee | None
    price_refused: str
    payer_name: str
    keeps: bool
    cite_refund: Citation | None


def before_fee(edition: Edition, application: Application, report: ExamPass, on: date) -> BeforeFee:
    """The box before the fee, every day and yen by the kernel (MAN-イ.C1, AMB-V3, V11)."""
    price, refused = price_if_set(application.kind, application.qualification, on)
    payer = fees.payer_name_to_write(Fee(pass_number=report.number, kana=application.person.kana))
    when, cite = (
        whenever(edition, report.issued_on, on),
        edition.fees.cites.get("refundable_after_acceptance"),
    )
    return BeforeFee(when, price, refused, payer, prices.keeps_after_acceptance(edition), cite)


def if_withdrawn(application: Application, edition: Edition) -> dict[str, Any]:
    """What becomes of the fee of somebody who withdraws: kept after 受理 where the edition says so, else what its
    reading gives back (AMB-F3).

    `owed`: 受理 stands and its payment was undone, so that a fee that is kept is still to be paid (decision 0021).
    """
    fee = fees.fee_for(application.reference)
    match = fees.standing_match(fee) if fee else None
    paid = match.received if match else 0
    accepted = application.accepted_on is not None
    kept = accepted and prices.keeps_after_acceptance(edition)
    return {
        "accepted": accepted,
        "kept": kept,
        "fee": fee,
        "owed": fee.total if fee and accepted and not paid else 0,
        "paid": paid,
        "back": prices.refund(edition, paid, accepted),
        "refund_kind": str(edition.fees.refund),
        "cite_refund": edition.fees.cites.get("refundable_after_acceptance"),
    }


def price_if_set(kind: str, qualification: str, on: date) -> tuple[prices.Fee | None, str]:
    """The price in yen on a day, or None with the sentence that says why there is none."""
    try:
        return fees.price_of(kind=kind, qualification=qualification, on=on), ""
    except Refused as why:
        return None, why.sentence()


def own_pledge(application: Application) -> object:
    """The pledge of a first application; a renewal has none (AMB-A9)."""
    return queries.pledge_of(application) if application.kind == Kind.FIRST else None
