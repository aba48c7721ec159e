"""The audit cases of the conformance set, through the room: logged, filed, drawn, answered, struck, ruled."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nintei.applications import actions as applications
from nintei.audits import actions, queries
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
    filed,
    propose,
    rule,
    take,
)
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.people.models import Person

HOURS = {"A": 20, "B": 5, "C": 3, "D": 5}
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


def _shown(evidence: dict[str, Any]) -> tuple[set[str], bool]:
    """What the documents of a case show, as an auditor ticks it, and whether the detail is clear."""
    ticked = {name for name, value in evidence.items() if value and name != "datetime"}
    return ticked | ({"date", "time"} if evidence.get("datetime") else set()), evidence.get(
        "detail"
    ) != "unclear"


@pytest.mark.django_db
@pytest.mark.skipif(not CASES.exists(), reason="no ../shared beside the repository")
def test_the_documents_of_the_cases_are_worth_what_they_say_where_an_auditor_marks_them(
    suzuki: Person, terms: Terms, ito: Person, kato: Person
) -> None:
    """One audit with a line of each category; for each case its documents are ticked and the line accepted."""
    lines = tuple((code, hours, date(2025, 9, day)) for day, (code, hours) in enumerate(HOURS.items(), 1))
    filed(suzuki, lines=lines)
    audit = take(answer_all(drawn(announce(ito), ito, kato)[0]), ito)
    by_category = {each.told["category"]: each for each in queries.lines(audit)}
    judged: dict[str, tuple[str, str | None]] = {}
    for param in cases("audit_evidence"):
        (case,) = param.values
        line = by_category[case["input"]["category"]]
        shows, clear = _shown(case["input"]["evidence"])
        said = MarkSaid("accepted", shows=sorted(shows), clear=clear, words="書類のとおり")
        mark = actions.mark_line(actor=ito, line=line, said=said, on=DRAWN_ON, at=at(DRAWN_ON, 21))
        other = queries.offer(audit, line) if mark.found == "INSUFFICIENT" else None
        judged[case["id"]] = (mark.found, other[0] if other else None)
    told = {
        case["id"]: (case["expected"]["outcome"], case["expected"].get("may_claim_as"))
        for (case,) in (param.values for param in cases("audit_evidence"))
    }
    assert judged == told
