"""The cases of the conformance set through the room: logged by the action, read back, counted, asked at the window.

The kernel runs them all as they are (`rules/tests`); here only those whose lines a holder can log.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nintei.courses import actions as courses
from nintei.courses.models import Form
from nintei.ledger import actions, queries
from nintei.ledger.drafts import Draft
from nintei.ledger.queries.claims import cycle_of_term
from nintei.ledger.queries.lines import rules_id
from nintei.ledger.queries.worth import as_filed
from nintei.people.models import Person
from nintei.registry.models import Certification, Term
from nintei.rules import dates, points
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

FILE = Path(__file__).resolve().parents[4].parent / "shared" / "conformance" / "cases.json"
CASES = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
NOON = datetime(2029, 12, 31, 12, tzinfo=JST)
pytestmark = pytest.mark.skipif(not CASES, reason="no ../shared/conformance/cases.json beside the repository")


def of_area(*areas: str) -> list[Any]:
    """The cases under the readings of the rulebook; another reading is another edition, the kernel's business."""
    return [
        pytest.param(each, id=each["id"])
        for each in CASES
        if each["area"] in areas and not each.get("policy")
    ]


@pytest.fixture
def holder(db: None) -> Person:
    return Person.objects.create_user("suzuki@example.jp", name="鈴木 美咲", kana="スズキ ミサキ")


@pytest.fixture
def course(db: None) -> object:
    return courses.accredit_course(
        by="system", title="認定コース", provider="みらいアカデミー", minutes=60, form=Form.ONLINE, hosted=False,
        from_on=date(2020, 1, 1), until_on=None, at=NOON - timedelta(days=3000),
    )  # fmt: skip


def draft_of(told: dict[str, Any], course: Any) -> Draft:
    sessions = told.get("sessions") or [{"date": told["date"], "minutes": told["minutes"]}]
    return Draft(
        category=told["category"],
        title=told["id"],
        sessions=tuple((date.fromisoformat(each["date"]), each["minutes"]) for each in sessions),
        topic=str(told["field"]) if told.get("field") else "",
        proof=told.get("proof", "record"),
        course=course.pk if told.get("registry_course") else None,
        same_activity=told.get("same_activity", ""),
    )


def can_be_logged(told: dict[str, Any]) -> bool:
    """What the form refuses, or only a reviewer says, no holder logs: no field, no course, nothing done, unclear."""
    course_known = told["category"] != "A" or told.get("registry_course")
    field_known = told["category"] == "A" or told.get("field") in range(1, 8)
    some = all(0 < each.get("minutes", 0) <= 1440 for each in (told.get("sessions") or [told]))
    return bool(course_known and field_known and some and told.get("detail", "clear") == "clear")


def logged(holder: Person, told: list[dict[str, Any]], course: Any) -> dict[str, str]:
    """Log every line in the order of the ids, which decides between lines of one day; the kernel's id of each."""
    known = {}
    for place, each in enumerate(sorted(told, key=lambda line: line["id"])):
        at = NOON + timedelta(seconds=place)
        line = actions.log_activity(by=holder.by, person=holder, draft=draft_of(each, course), at=at)
        known[rules_id(line)] = each["id"]
    return known


@pytest.mark.parametrize("case", of_area("cpd"))
def test_a_log_counts_what_the_case_says(case: dict[str, Any], holder: Person, course: Any) -> None:
    told = case["input"]
    if not all(map(can_be_logged, told["activities"])):
        with_refusal = [each for each in told["activities"] if not can_be_logged(each)]
        assert with_refusal
        return
    known = logged(holder, told["activities"], course)
    cycle = points.Cycle(
        date.fromisoformat(told["cycle"]["start"]),
        date.fromisoformat(told["cycle"]["end"]),
        certified_on=date.fromisoformat(told["certified_date"]) if told.get("certified_date") else None,
    )
    filed = date.fromisoformat(told["submission_date"]) if told.get("submission_date") else cycle.end
    balance = points.evaluate(edition(filed), as_filed(cycle, filed), queries.activities_for_rules(holder))
    lines = {known[line.id]: line for line in balance.lines}
    said = [
        {"id": key, "category": line.category, "credited": line.credited, "reason": line.reason}
        for key, line in ((each["id"], lines[each["id"]]) for each in case["expected"].get("lines", []))
    ]
    wanted = [
        {**each, "credited": Fraction(str(each["credited"]))} for each in case["expected"].get("lines", [])
    ]
    assert said == [
        {name: each[name] for name in ("id", "category", "credited", "reason")} for each in wanted
    ]
    if "total" in case["expected"]:
        assert (balance.total, balance.met) == (
            Fraction(str(case["expected"]["total"])),
            case["expected"]["renewal_ok"],
        )


@pytest.mark.parametrize("case", of_area("points"))
def test_minutes_become_points_in_a_preview(case: dict[str, Any], holder: Person, course: Any) -> None:
    minutes = case["input"]["minutes"]
    if minutes < 1 or minutes > 1440:
        return
    on = date(2026, 6, 1)
    held = Certification(person=holder, qualification="OMP", certified_on=date(2024, 3, 1))
    draft = Draft("A", "研修", ((on, minutes),), proof="certificate", course=course.pk)
    line = points.evaluate(
        edition(on),
        points.Cycle(date(2024, 4, 1), date(2027, 3, 31), qualification=held.qualification),
        [queries.drafted(draft)],
    ).lines[0]
    assert line.credited == Fraction(str(case["expected"]["points"]))


@pytest.mark.parametrize("case", of_area("dual"))
def test_one_log_counts_for_each_certification(case: dict[str, Any], holder: Person, course: Any) -> None:
    logged(holder, case["input"]["activities"], course)
    for name, told in case["input"]["cycles"].items():
        filed = date.fromisoformat(told["submission_date"])
        cycle = points.Cycle(
            date.fromisoformat(told["start"]), date.fromisoformat(told["end"]), qualification=name
        )
        found = points.evaluate(edition(filed), as_filed(cycle, filed), queries.activities_for_rules(holder))
        wanted = case["expected"][name]
        assert (found.total, found.met) == (Fraction(str(wanted["total"])), wanted["renewal_ok"])


@pytest.mark.parametrize("case", of_area("renewal_window"))
def test_the_standing_opens_and_closes_as_the_case_says(case: dict[str, Any], holder: Person) -> None:
    ends, on = (date.fromisoformat(case["input"][name]) for name in ("expiry_date", "application_date"))
    term = Term(starts_on=ends - timedelta(days=1094), ends_on=ends)
    cycle = cycle_of_term(
        Certification(person=holder, qualification="OMP", certified_on=term.starts_on), term, None
    )
    window = dates.renewal_window(edition(on), cycle.end, on)
    wanted = case["expected"]
    assert (window.opens.isoformat(), window.closes.isoformat(), window.accepted) == (
        wanted["opens"], wanted["closes"], wanted["accepted"]
    )  # fmt: skip
