"""The decision and late-application cases of the conformance set through the room: papers, fee, two people."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nintei.applications import actions, queries
from nintei.applications.gaps import missing_parts
from nintei.applications.models import Application, Decision
from nintei.applications.tests.conftest import add_post, at, attest, pay, pledge_text, report_for
from nintei.applications.whenever import whenever
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.registry import queries as registry
from nintei.registry.models import ReportState, Term
from nintei.rules import dates
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

CASES = Path(__file__).parents[5] / "shared" / "conformance" / "cases.json"
ON = date(2026, 11, 24)


def cases(area: str) -> list[Any]:
    if not CASES.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{CASES.name} is not beside the repository"))]
    known = json.loads(CASES.read_text("utf-8"))
    rows = known["cases"] if isinstance(known, dict) else known
    return [pytest.param(c, id=c["id"]) for c in rows if c["area"] == area and "policy" not in c]


def handed_in(person: Person, given: dict[str, Any]) -> Application:
    """A draft with what a case says is there; sent where nothing is missing."""
    report = report_for(person, exam=given["programme"], issued_on=date(2025, 6, 10))
    if not given["pass_confirmed"]:
        report.state = ReportState.UNSEEN
        report.save()
    row = actions.start(person=person, qualification=given["programme"], on=ON, at=at(ON))
    attest(add_post(person, date(2015, 4, 1), date(2021, 3, 31), "4567", "さくらコンタクト"), ON)
    pledge_text()
    if given["oath_signed"]:
        actions.sign_pledge(
            person=person, application=row, text_version="見本-1", signed_name=person.name, language="ja",
            on=ON, at=at(ON),
        )  # fmt: skip
    if not missing_parts(row, ON):
        row = actions.submit(person=person, application=row, version=None, understood=True, on=ON, at=at(ON))
    return row


# The part of a case that is missing, by the mark of the criterion that a case names as failed.
MARKS = {"③": "form_D_signed", "④": "fee"}


@pytest.mark.parametrize("case", cases("decision"))
def test_it_is_decided_as_the_case_says(
    sato: Person, ito: Person, kato: Person, mori: Person, case: dict[str, Any]
) -> None:
    given, wanted = case["input"], case["expected"]
    row = handed_in(sato, given)
    if given["fee_confirmed"] and row.state == "submitted":
        pay(row, mori, ON)
        row.refresh_from_db()
    if wanted["decision"] == "NOT_EXAMINED":
        missing = [*missing_parts(row, ON), *([] if given["fee_confirmed"] else ["fee"])]
        assert [MARKS[mark] for mark in wanted["failed"]] == missing
        assert row.accepted_on is None
        with pytest.raises(Refused, match=r"applications\.not_now"):
            actions.take_up(actor=ito, application=row, version=None, on=ON, at=at(ON))
        return
    decision = decided(row, ito, kato, wanted)
    codes = {part.code: part.mark for part in queries.verdict(row, ON).parts}
    assert [codes[code] for code in decision.reasons] == wanted["failed"]
    certified = registry.certification_of(sato, given["programme"]) is not None
    assert certified is wanted["send_certificate"]
    assert queries.is_whole(decision)


def decided(row: Application, ito: Person, kato: Person, wanted: dict[str, Any]) -> Decision:
    """Ito reviews and Kato decides, each as the machine's findings and the case say."""
    when: dict[str, Any] = {"version": None, "on": ON, "at": at(ON)}
    actions.take_up(actor=ito, application=row, **when)
    parts = queries.verdict(row, ON).parts
    failed = {part.code for part in parts if part.mark in wanted["failed"]}
    # A report whose copy nobody could confirm is left to a person by the machine, who finds it not met.
    assert {part.code for part in parts if part.met is not True} == failed
    marks = [
        actions.MarkSaid(p.code, *(("doubt", "確かめられません。") if p.code in failed else ("confirm", "")))
        for p in parts
    ]
    actions.recommend(actor=ito, application=row, marks=marks, notes="", **when)
    told: dict[str, Any] = {"reasons": dict.fromkeys(failed, "確かめられません。"), "words": "", **when}
    if failed:
        with pytest.raises(Refused, match=r"applications\.not_cleared"):
            actions.decide(actor=kato, application=row, outcome="certified", **told)
    outcome = "refused" if wanted["decision"] == "REFUSE" else "certified"
    made = actions.decide(actor=kato, application=row, outcome=outcome, **told)
    return Decision.objects.get(pk=made.pk)


@pytest.mark.parametrize("case", cases("late_application"))
def test_a_late_application_is_shown_and_certified_as_the_case_says(
    sato: Person, case: dict[str, Any]
) -> None:
    given, wanted = case["input"], case["expected"]
    on = date.fromisoformat(given["application_date"])
    issued_on = date.fromisoformat(given["report_issue_date"])
    shown = whenever(edition(on), issued_on, on).late
    # What the applicant is shown before paying.
    assert {
        "usable": shown.usable,
        "validity_start": shown.validity.start.isoformat(),
        "validity_end": shown.validity.end.isoformat(),
        "renewal_opens": shown.validity.opens.isoformat(),
        "renewal_closes": shown.validity.closes.isoformat(),
        "days_left_in_validity": shown.days_left,
        "flags": [str(flag) for flag in shown.flags],
    } == wanted
    # And what they are given.
    term = certified(sato, issued_on, on)
    assert (term.starts_on.isoformat(), term.ends_on.isoformat()) == (
        wanted["validity_start"], wanted["validity_end"],
    )  # fmt: skip
    window = dates.renewal_window(edition(on), term.ends_on, on)
    assert (window.opens.isoformat(), window.closes.isoformat()) == (
        wanted["renewal_opens"], wanted["renewal_closes"],
    )  # fmt: skip


def colleague(name: str, role: Role) -> Person:
    """Somebody of the office in the years of the cases."""
    person = Person.objects.create_user(f"{name}@example.jp", name=name)
    people.grant_role(by="system", person=person, role=role, from_on=date(2015, 4, 1), at=at(ON))
    return person


def certified(person: Person, issued_on: date, on: date) -> Term:
    """The validity of somebody who applies on a day, pays on it and is certified on it."""
    ito, kato = colleague("ito", Role.REVIEWER), colleague("kato", Role.DECIDER)
    when: dict[str, Any] = {"on": on, "at": at(on)}
    report_for(person, issued_on=issued_on)
    row = actions.start(person=person, qualification="OMP", **when)
    attest(add_post(person, date(2010, 4, 1), date(2019, 3, 31), "45", "さくらコンタクト"), on)
    actions.publish_pledge_text(
        by="system", version="1", ja="見本", en="Sample", is_sample=True, from_on=date(2015, 4, 1), at=at(on)
    )
    actions.sign_pledge(
        person=person, application=row, text_version="1", signed_name=person.name, language="ja", **when
    )
    row = actions.submit(person=person, application=row, version=None, understood=True, **when)
    pay(row, colleague("mori", Role.ACCOUNTANT), on)
    when |= {"application": row, "version": None}
    actions.take_up(actor=ito, **when)
    marks = [actions.MarkSaid(part.code, "confirm") for part in queries.verdict(row, on).parts]
    actions.recommend(actor=ito, marks=marks, notes="", **when)
    actions.decide(actor=kato, outcome="certified", reasons={}, words="", **when)
    held = registry.certification_of(person, "OMP")
    assert held is not None
    return held.terms.get()
