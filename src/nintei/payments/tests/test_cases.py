"""The conformance cases of payments, through the room: a fee opened, a file imported, a page asked."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nintei.payments import actions, matching, queries
from nintei.payments.queries import Lanes
from nintei.payments.tests.conftest import AT, ON, ask_fee, reference_of, somebody
from nintei.people.models import Role
from nintei.rules import fees as rules
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

CASES = Path(__file__).parents[5] / "shared" / "conformance" / "cases.json"


def cases(area: str) -> list[Any]:
    if not CASES.exists():
        return [
            pytest.param(None, marks=pytest.mark.skip(reason=f"{CASES.name} is not beside the repository"))
        ]
    return [pytest.param(c, id=c["id"]) for c in json.loads(CASES.read_text("utf-8")) if c["area"] == area]


def _import(case: dict[str, Any]) -> tuple[actions.Imported, Lanes]:
    people: dict[str, Any] = {}
    for app in case["input"]["open_applications"]:
        owner = people.setdefault(app["person"], None) or somebody(app["person"].lower(), app["name_kana"])
        people[app["person"]] = owner
        ask_fee(owner, app["pass_number"], app["name_kana"], app["id"], app["programme"])
    for agreed in case["input"].get("bulk_agreements", ()):
        _agree(agreed)
    deposit = case["input"]["deposit"]
    content = bank.table([Transfer(deposit["payer_name"], deposit["amount"])], encoding="cp932")
    done = actions.import_file(by="system", content=content, name="case.csv", on=ON, at=AT)
    return done, queries.lanes(done.file, on=ON)


def _agree(agreed: dict[str, Any]) -> None:
    mori = somebody("mori", "モリ ユミ", Role.ACCOUNTANT)
    listed = [queries.fee_for(reference_of(each)) for each in agreed["applications"]]
    actions.agree(
        by=mori.by,
        actor=mori,
        payer_name=agreed["payer_name"],
        fees=[fee for fee in listed if fee],
        note="メールで申し出",
        agreed_on=ON,
        at=AT,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases("payment"))
def test_a_transfer_is_matched_as_the_case_says(case: dict[str, Any]) -> None:
    done, lanes = _import(case)
    expected = case["expected"]
    if expected["status"] == "MATCHED":
        (view,) = lanes.settled.views
        assert [match.fee.reference for match in done.settled] == [
            reference_of(a) for a in expected["applications"]
        ]
        assert list(done.settled[0].reasons) == [expected["reason"]]
        return
    (view,) = (lanes.to_decide if expected["status"] == "REVIEW" else lanes.unknown).views
    assert sorted(fee.reference for fee in view.fees) == sorted(
        reference_of(a) for a in expected["applications"]
    )
    assert (view.reasons[0], done.settled) == (expected["reason"], ())
    assert view.difference == expected.get("difference")


@pytest.mark.parametrize("case", cases("payer_name"))
def test_a_payer_name_is_taken_apart_as_the_case_says(case: dict[str, Any]) -> None:
    payer = matching.normalise(case["input"]["payer_name"])
    assert {"number": payer.number, "name": payer.name} == case["expected"]


@pytest.mark.parametrize("case", cases("fee"))
def test_a_fee_costs_what_the_case_says(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    if "rate" in given:
        pytest.skip("another tax rate is a change of the edition; the kernel's own runner shows it")
    on, qualification = date.fromisoformat(given["tax_date"]), given.get("programme", "OMP")
    if expected.get("reason"):
        with pytest.raises(Refused) as refusal:
            queries.price_of(kind="first", qualification=qualification, on=on)
        assert refusal.value.code == "payments.no_fee_needed"
        return
    price, times = (
        queries.price_of(kind="first", qualification=qualification, on=on),
        given.get("applications", 1),
    )
    assert {"base": price.base * times, "tax": price.tax * times, "total": price.total * times} == expected


@pytest.mark.parametrize("case", cases("refund"))
def test_a_refund_is_what_the_case_says(case: dict[str, Any]) -> None:
    given = case["input"]
    refund = rules.refund(edition(ON), given["paid"], given["accepted"], given.get("bank_charge", 0))
    assert {"refund": refund.amount, "rule": refund.rule.value} == case["expected"]
