"""The conformance cases of payments, through the room: a fee opened, a file imported, a page asked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nintei.payments import actions, matching, queries
from nintei.payments.models import Fee
from nintei.payments.queries import Lanes
from nintei.payments.tests.conftest import AT, ON, ask_fee, reference_of, somebody
from nintei.people.models import Person, Role
from nintei.rules.load import SHELF
from nintei.shared.refusals import Refused
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


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases("fee"))
def test_a_fee_asked_for_costs_what_the_case_says(
    case: dict[str, Any], tmp_path: Path, settings: Any
) -> None:
    given, expected = case["input"], case["expected"]
    on, qualification = date.fromisoformat(given["tax_date"]), given.get("programme", "OMP")
    if "rate" in given:
        settings.RULEBOOK = str(_with_rate(tmp_path, on, given["rate"]))
    if expected.get("reason"):
        with pytest.raises(Refused) as refusal:
            _ask(0, qualification, on)
        assert refusal.value.code == "payments.no_fee_needed"
        return
    fees = [_ask(n, qualification, on) for n in range(given.get("applications", 1))]
    asked = {key: sum(getattr(fee, key) for fee in fees) for key in ("base", "tax", "total")}
    assert asked == expected


def _ask(n: int, qualification: str, on: date) -> Fee:
    return actions.open_fee(
        by="system",
        person=somebody(f"p{n}", "コンケン タロウ"),
        kind="first",
        reference=reference_of(f"fee{n}"),
        qualification=qualification,
        pass_number=f"202500012{n}",
        kana="コンケン タロウ",
        on=on,
        at=AT,
    )


def _with_rate(folder: Path, on: date, rate: str) -> Path:
    """The association's rulebook with another rate of tax from a day on."""
    book = shutil.copytree(SHELF / "conken", folder / "conken")
    file = book / "manual-2019-10.toml"
    said = file.read_text("utf-8")
    start = said.index("[fees.taxes.")
    row = said[start : said.index("\n[", start)].splitlines()[1:]
    changed = [f'rate = "{rate}"' if each.startswith("rate") else each for each in row]
    changed = [f"from = {on}" if each.startswith("from") else each for each in changed]
    file.write_text(said + "\n[fees.taxes.of-the-case]\n" + "\n".join(changed) + "\n", "utf-8")
    return book


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases("refund"))
def test_money_goes_back_as_the_case_says(case: dict[str, Any], mori: Person) -> None:
    given, expected = case["input"], case["expected"]
    fee = _ask(0, "OMP", ON)
    line = Transfer("0120コンケン タロウ", given["paid"])
    done = actions.import_file(by="system", content=bank.statement([line]), name="x", on=ON, at=AT)
    assert [match.fee for match in done.settled] == [fee]
    if given["accepted"]:
        actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
        with pytest.raises(Refused) as refusal:
            actions.refund_due(by="system", fee=fee, reason=given["event"], at=AT)
        assert (refusal.value.code, expected["refund"]) == ("payments.kept_after_acceptance", 0)
        return
    due = actions.refund_due(by="system", fee=fee, reason=given["event"], at=AT)
    assert due is not None
    how: dict[str, Any] = {"charge": given.get("bank_charge", 0), "send_to": "口座", "reason": "", "at": AT}
    actions.ask_refund(by=mori.by, actor=mori, refund=due, **how)
    due.refresh_from_db()
    assert {"refund": due.net, "rule": due.rule} == expected
