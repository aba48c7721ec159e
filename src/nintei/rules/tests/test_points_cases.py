"""The conformance cases of points, cpd, dual and audit_result, each policy as a change of the edition."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nintei.rules.edition import Edition, Per, Rounding, Window, YearKind
from nintei.rules.points import Activity, Balance, Cycle, Session, evaluate, points_for
from nintei.rules.tests.builder import CONKEN, bound, edition

CASES = Path(__file__).resolve().parents[5] / "shared" / "conformance" / "cases.json"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="../shared/conformance/cases.json is not here")


def cases(area: str) -> list[Any]:
    """The cases of an area; none where the file is missing."""
    every = json.loads(CASES.read_text(encoding="utf-8"), parse_float=Fraction) if CASES.exists() else []
    return [pytest.param(case, id=case["id"]) for case in every if case["area"] == area]


def under(policy: dict[str, str]) -> Edition:
    """The edition in which the readings of a policy are chosen."""
    rules = CONKEN.points
    if policy.get("C2") == "joint":
        rules = rules._replace(caps=(bound("BCD", 5), bound("BCD", 15, Per.CYCLE)))
    return edition(
        caps=rules.caps,
        year_kind=YearKind(policy.get("C1", rules.year_kind)),
        window=Window(policy.get("C3", rules.window)),
        rounding=Rounding(policy.get("C5", rules.rounding)),
    )


def activity(given: dict[str, Any]) -> Activity:
    """A case's activity as a line."""
    topic = given.get("field")
    return Activity(
        given["id"],
        given["category"],
        tuple(Session(day(each["date"]), each["minutes"]) for each in given.get("sessions", [given])),
        topic=None if topic is None else str(topic),
        registered_course=given.get("registry_course", False),
        proof=given["proof"],
        detail_clear=given.get("detail", "clear") == "clear",
        same_activity=given.get("same_activity"),
        serves=given.get("for"),
    )


def day(text: str | None) -> Any:
    """A day of a case, or None."""
    return None if text is None else date.fromisoformat(text)


def answer(case: dict[str, Any], cycle: dict[str, str], struck: tuple[str, ...] = ()) -> Balance:
    """The balance of a case's activities without those struck out."""
    given = case["input"]
    filed = cycle.get("submission_date", given.get("submission_date"))
    span = Cycle(day(cycle["start"]), day(cycle["end"]), day(filed), day(given.get("certified_date")))
    kept = [activity(each) for each in given["activities"] if each["id"] not in struck]
    return evaluate(under(case.get("policy", {})), span, kept)


@pytest.mark.parametrize("case", cases("points"))
def test_time_becomes_the_points_of_the_case(case: dict[str, Any]) -> None:
    found, reason = points_for(under(case.get("policy", {})), case["input"]["minutes"])
    assert {"points": found, "reason": reason} == case["expected"]


@pytest.mark.parametrize("case", cases("cpd"))
def test_every_line_is_credited_as_in_the_case(case: dict[str, Any]) -> None:
    found = answer(case, case["input"]["cycle"])
    lines = [
        {name: getattr(line, name) for name in ("id", "category", "credited", "reason")}
        for line in found.lines
    ]
    assert {
        "lines": lines,
        "by_category": found.by_category,
        "total": found.total,
        "renewal_ok": found.met,
        "shortfall": found.shortfall,
    } == case["expected"]


@pytest.mark.parametrize("case", cases("dual"))
def test_one_ledger_counts_for_each_qualification_as_in_the_case(case: dict[str, Any]) -> None:
    found = {name: answer(case, cycle) for name, cycle in case["input"]["cycles"].items()}
    assert {name: {"total": each.total, "renewal_ok": each.met} for name, each in found.items()} == case[
        "expected"
    ]


@pytest.mark.parametrize("case", cases("audit_result"))
def test_striking_lines_recomputes_as_in_the_case(case: dict[str, Any]) -> None:
    cycle = case["input"]["cycle"]
    before, after = answer(case, cycle), answer(case, cycle, tuple(case["input"]["disallowed"]))
    assert {
        "total_before": before.total,
        "total_after": after.total,
        "renewal_ok_after": after.met,
        "credited_after": {line.id: line.credited for line in after.lines},
    } == case["expected"]
