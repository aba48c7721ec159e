"""The conformance cases of acceptance through the room: papers handed in, a bank file read, 受理 or what is missing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nintei.applications import actions
from nintei.applications.gaps import missing_parts
from nintei.applications.models import Application
from nintei.applications.tests.conftest import add_post, at, attest, pay, pledge_text, report_for
from nintei.people.models import Person
from nintei.shared.refusals import Refused

CASES = Path(__file__).parents[5] / "shared" / "conformance" / "cases.json"


def cases() -> list[Any]:
    if not CASES.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{CASES.name} is not beside the repository"))]
    known = json.loads(CASES.read_text("utf-8"))
    all_ = known["cases"] if isinstance(known, dict) else known
    return [pytest.param(c, id=c["id"]) for c in all_ if c["area"] == "application" and "policy" not in c]


def draft(person: Person, programme: str, received: dict[str, bool], on: date) -> Application:
    """A draft with exactly the papers that a case says were received."""
    if received.get("form_A"):
        Person.objects.filter(pk=person.pk).update(name="佐藤 健太", kana="サトウ ケンタ")
        person.refresh_from_db()
    if received.get("report_copy"):
        report_for(person, exam=programme, issued_on=date(2025, 6, 10))
    made = actions.start(person=person, qualification=programme, on=on, at=at(on))
    if received.get("form_B"):
        post = add_post(person, date(2015, 4, 1), date(2021, 3, 31), "4567", "さくらコンタクト")
        if received.get("form_C"):
            attest(post, on)
    if received.get("form_D_signed"):
        pledge_text()
        actions.sign_pledge(
            person=person, application=made, text_version="見本-1", signed_name=person.name,
            language="ja", on=on, at=at(on),
        )  # fmt: skip
    made.refresh_from_db()
    return made


# In the room a part that rests on another waits for it: one signs with one's registered name, an attestor
# signs for a post. Where a case has the second without the first, both are missing.
RESTS_ON = {"form_D_signed": "form_A", "form_C": "form_B"}


@pytest.mark.parametrize("case", cases())
def test_it_is_accepted_when_and_only_when_the_case_says_so(
    db: None, mori: Person, case: dict[str, Any]
) -> None:
    given, wanted = case["input"], case["expected"]
    on = date.fromisoformat(given["documents_received_date"])
    paid_on = given["payment_confirmed_date"] and date.fromisoformat(given["payment_confirmed_date"])
    person = Person.objects.create_user("case@example.jp", born_on=date(1989, 5, 17))
    if wanted["state"] == "NOT_APPLICABLE":
        with pytest.raises(Refused, match=r"applications\.unknown_qualification"):
            actions.start(person=person, qualification=given["programme"], on=on, at=at(on))
        return
    received = {
        part: there and given["received"].get(RESTS_ON.get(part, part), False)
        for part, there in given["received"].items()
    }
    row = draft(person, given["programme"], received, on)
    missing = [*missing_parts(row, on)]
    if not missing:
        row = actions.submit(person=person, application=row, version=None, understood=True, on=on, at=at(on))
        row = _paid(row, mori, max(paid_on, on) if paid_on else None)
    left_out = {part for part, rest in RESTS_ON.items() if rest in wanted["missing"]}
    assert {*missing, *([] if paid_on else ["fee"])} == {*wanted["missing"], *left_out}
    accepted_on = wanted.get("accepted_on")
    assert row.accepted_on == (date.fromisoformat(accepted_on) if accepted_on else None)


def _paid(row: Application, mori: Person, on: date | None) -> Application:
    """The fee is asked for when the papers come: a transfer that was there before is confirmed on that day."""
    if on:
        pay(row, mori, on)
        row.refresh_from_db()
    return row
