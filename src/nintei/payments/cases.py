"""What matching answers to conformance cases. Pure, like `matching`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nintei.payments.matching import BulkAgreement, Deposit, OpenApplication, match, normalise
from nintei.rules.conformance import Answer, Given, Malformed
from nintei.rules.edition import Edition
from nintei.rules.fees import fee


def _open_application(edition: Edition, given: Given) -> OpenApplication:
    if given.text("programme") not in edition.qualifications:
        raise Malformed(f"unknown programme {given.text('programme')!r}")
    application = OpenApplication(
        given.text("id"), given.text("person"), given.text("pass_number"), given.text("name_kana")
    )
    given.end()
    return application


def _agreement(given: Given) -> BulkAgreement:
    total = given.count("total") if given.has("total") else None
    agreement = BulkAgreement(
        given.text("payer_name"), tuple(str(each) for each in given.listed("applications")), total
    )
    given.end()
    return agreement


def _payment(edition: Edition, given: Given) -> Mapping[str, object]:
    line = given.object("deposit")
    deposit = Deposit(line.text("payer_name"), line.count("amount"))
    line.end()
    waiting = [_open_application(edition, each) for each in given.objects("open_applications")]
    agreements = (
        [_agreement(each) for each in given.objects("bulk_agreements")]
        if given.has("bulk_agreements")
        else []
    )
    found = match(deposit, waiting, agreements, fee(edition, "first", date.max).total)
    answer = {
        "status": found.status.value,
        "applications": list(found.applications),
        "reason": found.reason.value,
    }
    return answer if found.difference is None else {**answer, "difference": found.difference}


def _payer_name(edition: Edition, given: Given) -> Mapping[str, object]:
    payer = normalise(given.text("payer_name"))
    return {"number": payer.number, "name": payer.name}


AREAS: dict[str, Answer] = {"payment": _payment, "payer_name": _payer_name}
