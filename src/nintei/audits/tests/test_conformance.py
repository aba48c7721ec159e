"""The audit cases of the conformance set, through the room: logged, filed, drawn, answered, struck, ruled."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nintei.applications import actions as applications
from nintei.audits import actions, queries, weighing
from nintei.audits.actions import MarkSaid
from nintei.audits.models import Proposal, Terms
from nintei.audits.tests.conftest import (
    DRAWN_ON,
    FULL,
    announce,
    answer_all,
    at,
    certified,
    course,
    drawn,
    propose,
    rule,
    take,
)
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.people.models import Person
from nintei.shared.rulebook import edition

CASES = Path(__file__).resolve().parents[4].parent / "shared" / "conformance" / "cases.json"


def cases(area: str) -> list[Any]:
    if not CASES.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason="no ../shared beside the repository"))]
    told = json.loads(CASES.read_text("utf-8"))
    return [pytest.param(case, id=case["id"]) for case in told if case["area"] == area]


def _sessions(line: dict[str, Any]) -> tuple[tuple[date, int], ...]:
    told = line.get("sessions") or [{"date": line["date"], "minutes": line["minutes"]}]
    return tuple((date.fromisoformat(each["date"]), each["minutes"]) for each in told)


def _log(person: Person, lines: list[dict[str, Any]]) -> dict[str, str]:
    """The lines of a case in the log; their ids there by the ids of the case."""
    ids = {}
    for place, line in enumerate(lines):
        draft = Draft(
            category=line["category"], title=line["id"], sessions=_sessions(line), topic=str(line.get("field", "")),
            proof=line["proof"], detail="内容", course=course().pk if line.get("registry_course") else None,
        )  # fmt: skip
        when = at(date(2026, 11, 1)).replace(minute=place)
        ids[line["id"]] = str(ledger.log_activity(by=person.by, person=person, draft=draft, at=when).pk)
    return ids


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases("audit_result"))
def test_a_struck_line_is_reckoned_as_the_case_says(
    case: dict[str, Any], suzuki: Person, terms: Terms, ito: Person, kato: Person
) -> None:
    given, wanted = case["input"], case["expected"]
    filed_on = date.fromisoformat(given["submission_date"])
    certification = certified(suzuki)
    ids = _log(suzuki, given["activities"])
    applications.file_renewal(person=suzuki, certification=certification, on=filed_on, at=at(filed_on))
    audit = take(answer_all(drawn(announce(ito), ito, kato)[0]), ito)
    struck = {ids[each] for each in given["disallowed"]}
    for line in queries.lines(audit):
        said = (
            MarkSaid("struck", reason="no_proof", words="書類なし")
            if line.line in struck
            else MarkSaid("accepted", shows=FULL[line.told["category"]])
        )
        actions.mark_line(actor=ito, line=line, said=said, on=DRAWN_ON, at=at(DRAWN_ON, 21))
    propose(audit, ito)
    rule(audit, kato)
    found = Proposal.objects.get()
    assert Fraction(found.total_before) == Fraction(str(wanted["total_before"]))
    assert Fraction(found.total_after) == Fraction(str(wanted["total_after"]))
    assert found.meets == wanted["renewal_ok_after"]
    credited = {name: Fraction(found.balance["credited"][ids[name]]) for name in wanted["credited_after"]}
    assert credited == {name: Fraction(str(each)) for name, each in wanted["credited_after"].items()}


@pytest.mark.parametrize("case", cases("audit_evidence"))
def test_a_document_is_worth_what_the_case_says(case: dict[str, Any]) -> None:
    given = case["input"]
    shows, clear = set(), True
    for name, value in given["evidence"].items():
        if name == "detail":
            shows.add("detail")
            clear = value != "unclear"
        elif value:
            shows |= {"date", "time"} if name == "datetime" else {name}
    found = weighing.found(edition(date(2026, 4, 1)), {"category": given["category"]}, shows, clear)
    assert str(found.outcome) == case["expected"]["outcome"]
    assert found.may_claim_as == case["expected"].get("may_claim_as")
