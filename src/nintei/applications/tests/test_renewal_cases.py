"""The conformance cases of window, renewal, renewed term and two qualifications through the room: lines logged,
a renewal filed or refused, a term renewed by two people."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nintei.applications import actions, queries
from nintei.applications.tests.conftest import _person, at, decide
from nintei.applications.tests.renewing import review
from nintei.courses.models import Course
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Proof
from nintei.people.models import Person, Role, RoleGrant
from nintei.registry.models import Certification, Term
from nintei.shared.refusals import Refused

CASES = Path(__file__).parents[5] / "shared" / "conformance" / "cases.json"
REFUSALS = {
    "TOO_EARLY": "applications.window_early",
    "TOO_LATE": "applications.window_late",
    "EXPIRED": "applications.window_lapsed",
}


def cases(*areas: str) -> list[Any]:
    if not CASES.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{CASES.name} is not beside the repository"))]
    known = json.loads(CASES.read_text("utf-8"))
    all_ = known["cases"] if isinstance(known, dict) else known
    return [pytest.param(c, id=c["id"]) for c in all_ if c["area"] in areas and "policy" not in c]


def held(person: Person, code: str, start: date, end: date) -> Certification:
    """A certification with a validity as a case gives it."""
    certification = Certification.objects.create(
        person=person, qualification=code, number=f"{code}-1", verify_id=code, certified_on=start
    )
    Term.objects.create(
        certification=certification, starts_on=start, ends_on=end, decided_on=start, edition="x",
        cause=f"case:{code}", recorded_at=at(start),
    )  # fmt: skip
    return certification


def three_years(expiry: date) -> date:
    """The first day of the three years that end with this one."""
    after = expiry + timedelta(days=1)
    return after.replace(year=after.year - 3, day=min(after.day, 28))


@pytest.fixture
def course(db: None) -> Course:
    return Course.objects.create(
        title="要員計画の基礎", provider="みらいアカデミー", form="in_person", minutes=480,
        accredited_from=date(2016, 4, 1),
    )  # fmt: skip


def write(person: Person, line: dict[str, Any], course: Course) -> None:
    """Log a line of a case through the room."""
    sessions = tuple((date.fromisoformat(each["date"]), each["minutes"]) for each in line["sessions"])
    listed = line["category"] == "A"
    draft = Draft(
        category=line["category"], title=line["id"], sessions=sessions, topic="" if listed else "4",
        proof=line.get("proof", Proof.CERTIFICATE), course=course.pk if listed else None,
    )  # fmt: skip
    ledger.log_activity(
        by=person.by, person=person, draft=draft, at=at(max(on for on, _ in sessions), 23)
    )  # fmt: skip


def of_a(points: Fraction, last: date) -> dict[str, Any]:
    """A line of category A that gives so many points, eight hours a day until a day."""
    minutes = int(points * 60)
    sessions: list[dict[str, Any]] = []
    while minutes:
        today = min(minutes, 480)
        sessions.append({"date": (last - timedelta(days=len(sessions))).isoformat(), "minutes": today})
        minutes -= today
    return {"id": "a1", "category": "A", "sessions": sessions}


@pytest.mark.parametrize("case", cases("renewal_window", "renewal"))
def test_a_renewal_is_taken_in_its_window_and_judged_by_its_points(
    case: dict[str, Any], course: Course, ito: Person, kato: Person
) -> None:
    given, wanted = case["input"], case["expected"]
    expiry, on = date.fromisoformat(given["expiry_date"]), date.fromisoformat(given["application_date"])
    person = _person("case@example.jp", "佐藤 健太", "サトウ")
    certification = held(person, "OMP", three_years(expiry), expiry)
    if points := Fraction(str(given.get("credited_points", 0))):
        write(person, of_a(points, expiry - timedelta(days=200)), course)
    reasons = wanted.get("reasons", [] if wanted.get("accepted") else [wanted.get("reason")])
    if code := next((REFUSALS[each] for each in reasons if each in REFUSALS), None):
        with pytest.raises(Refused, match=code.replace(".", r"\.")):
            actions.file_renewal(person=person, certification=certification, on=on, at=at(on))
        return
    row = actions.file_renewal(person=person, certification=certification, on=on, at=at(on))
    verdict = queries.verdict(row, on)
    if "result" in wanted:
        assert (verdict.outcome, [p.met for p in verdict.parts]) == (
            wanted["result"],
            [wanted["result"] == "MEETS", True],
        )
    if "next_start" in wanted:
        decide(review(row, ito, on), kato, on=on)
        term = Term.objects.get(cause=row.reference)
        assert [term.starts_on.isoformat(), term.ends_on.isoformat()] == [
            wanted["next_start"],
            wanted["next_end"],
        ]


@pytest.mark.parametrize("case", cases("renewed_term"))
def test_a_renewed_term_begins_the_day_after(
    case: dict[str, Any], db: None, ito: Person, kato: Person
) -> None:
    for person, role in ((ito, Role.REVIEWER), (kato, Role.DECIDER)):
        RoleGrant.objects.filter(person=person, role=role).update(from_on=date(2015, 4, 1))
    expiry = date.fromisoformat(case["input"]["expiry_date"])
    person = _person("case@example.jp", "佐藤 健太", "サトウ")
    certification = held(person, "OMP", three_years(expiry), expiry)
    on = expiry - timedelta(days=45)
    row = actions.file_renewal(person=person, certification=certification, on=on, at=at(on))
    row = review(row, ito, on, points=("override", "書類で確かめました。"))
    decide(row, kato, on=on)
    term = Term.objects.get(cause=row.reference)
    wanted = case["expected"]
    assert [str(term.starts_on), str(term.ends_on)] == [wanted["next_start"], wanted["next_end"]]
    assert certification.number == Certification.objects.get(pk=certification.pk).number


@pytest.mark.parametrize("case", cases("dual"))
def test_one_log_makes_two_renewals(case: dict[str, Any], course: Course) -> None:
    person = _person("case@example.jp", "佐藤 健太", "サトウ")
    both, days = {}, {}
    for code, cycle in case["input"]["cycles"].items():
        both[code] = held(
            person, code, date.fromisoformat(cycle["start"]), date.fromisoformat(cycle["end"])
        )  # fmt: skip
        days[code] = date.fromisoformat(cycle["submission_date"])
    for line in case["input"]["activities"]:
        write(person, line, course)
    if len(set(days.values())) == 1:
        (on,) = set(days.values())
        rows = actions.file_renewals(person=person, certifications=list(both.values()), on=on, at=at(on))
    else:
        rows = [
            actions.file_renewal(person=person, certification=both[code], on=on, at=at(on))
            for code, on in days.items()
        ]
    for row in rows:
        wanted = case["expected"][row.qualification]
        verdict = queries.verdict(row, days[row.qualification])
        assert Fraction(row.claim["balance"]["total"]) == Fraction(str(wanted["total"]))
        assert (verdict.outcome == "MEETS") is wanted["renewal_ok"]


def test_of_two_renewals_in_one_go_both_are_filed_or_none(course: Course) -> None:
    person = _person("case@example.jp", "佐藤 健太", "サトウ")
    due = held(person, "OMP", date(2024, 4, 1), date(2027, 3, 31))
    later = held(person, "CAP", date(2025, 4, 1), date(2028, 3, 31))
    on = date(2027, 2, 10)
    with pytest.raises(Refused, match=r"applications\.window_early"):
        actions.file_renewals(person=person, certifications=[due, later], on=on, at=at(on))
    assert list(queries.of_person(person)) == []
    assert len(actions.file_renewals(person=person, certifications=[due], on=on, at=at(on))) == 1
