"""Acceptance, the four criteria, renewal, evidence and strikes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nintei.rules.decisions import (
    Acceptance,
    Outcome,
    RenewalOutcome,
    Sufficiency,
    acceptance,
    decision,
    evidence_for_audit,
    renewal,
    renewal_asks,
    strike,
)
from nintei.rules.edition import Category
from nintei.rules.experience import Result
from nintei.rules.findings import BadInput, Finding
from nintei.rules.load import load
from nintei.rules.points import Activity, Cycle, Session

CONKEN = load("conken", date(2026, 11, 24))
FORMS = ("report_copy", "form_A", "form_B", "form_C", "form_D_signed")
CAME, PAID = date(2026, 1, 10), date(2026, 1, 20)


@pytest.mark.parametrize(("came", "paid", "on"), [(CAME, PAID, PAID), (PAID, CAME, PAID), (PAID, PAID, PAID)])
def test_an_application_is_accepted_on_the_later_of_papers_and_fee(came: date, paid: date, on: date) -> None:
    found = acceptance(CONKEN, "OMP", FORMS, came, paid)
    assert (found.state, found.missing, found.accepted_on) == (Acceptance.ACCEPTED, (), on)
    assert [each.met for each in found.findings] == [True] * 6


@pytest.mark.parametrize("lost", FORMS)
def test_each_form_is_needed(lost: str) -> None:
    found = acceptance(CONKEN, "CAP", [form for form in FORMS if form != lost], CAME, PAID)
    assert (found.state, found.missing, found.accepted_on) == (Acceptance.NOT_ACCEPTED, (lost,), None)
    assert [(each.key, each.cite is not None) for each in found.findings if not each.met] == [
        (f"procedure.forms.{lost}", True)
    ]


def test_what_is_missing_stands_in_the_order_of_the_document_with_the_fee_last() -> None:
    found = acceptance(CONKEN, "OMP", ["form_B"], CAME, None)
    assert found.missing == ("report_copy", "form_A", "form_C", "form_D_signed", "fee")
    assert (found.findings[-1].key, found.findings[-1].met, found.findings[-1].cite) == (
        "procedure.criteria.fee", False, CONKEN.procedure.criteria[-1].cite,
    )  # fmt: skip
    assert acceptance(CONKEN, "OMP", FORMS, CAME, None).missing == ("fee",)


@pytest.mark.parametrize("code", ["SV", "OP", "EN"])
def test_what_needs_no_certification_cannot_be_applied_for(code: str) -> None:
    found = acceptance(CONKEN, code, (), None, None)
    assert (found.state, found.missing, found.accepted_on) == (Acceptance.NOT_APPLICABLE, (), None)
    assert (found.findings[0].met, found.findings[0].cite) == (None, CONKEN.qualifications[code].cite)


def test_senseless_applications_are_bad_input() -> None:
    for arguments, code in [
        (("XYZ", FORMS, CAME, PAID), "qualification.unknown"),
        (("OMP", (*FORMS, "form_Z"), CAME, PAID), "procedure.unknown_form"),
        (("OMP", FORMS, None, PAID), "procedure.received_on_missing"),
    ]:
        with pytest.raises(BadInput) as caught:
            acceptance(CONKEN, *arguments)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("passed", "experience", "pledged", "paid", "outcome", "failed"),
    [
        (True, Result.ELIGIBLE, True, True, Outcome.CERTIFY, ()),
        (True, Result.NOT_ELIGIBLE, True, True, Outcome.REFUSE, ("②",)),
        (True, Result.REVIEW, True, True, Outcome.PENDING, ()),
        (False, Result.ELIGIBLE, True, True, Outcome.REFUSE, ("①",)),
        (False, Result.REVIEW, True, True, Outcome.REFUSE, ("①",)),
        (False, Result.NOT_ELIGIBLE, True, True, Outcome.REFUSE, ("①", "②")),
        (True, Result.ELIGIBLE, False, True, Outcome.NOT_EXAMINED, ("③",)),
        (True, Result.ELIGIBLE, True, False, Outcome.NOT_EXAMINED, ("④",)),
        (False, Result.NOT_ELIGIBLE, False, False, Outcome.NOT_EXAMINED, ("①", "②", "③", "④")),
    ],
)
def test_the_four_criteria_lead_to_one_outcome(
    passed: bool, experience: Result, pledged: bool, paid: bool, outcome: Outcome, failed: tuple[str, ...]
) -> None:
    found = decision(CONKEN, passed, experience, pledged, paid)
    assert (found.outcome, found.failed, found.send_certificate) == (
        outcome,
        failed,
        outcome is Outcome.CERTIFY,
    )
    assert [each.note for each in found.findings] == ["①", "②", "③", "④"]
    assert [each.met for each in found.findings][1] is {
        Result.ELIGIBLE: True, Result.NOT_ELIGIBLE: False, Result.REVIEW: None,
    }[experience]  # fmt: skip


EXPIRY = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("on", "points", "reasons"),
    [
        (date(2027, 2, 10), Fraction(30), ()),
        (date(2027, 2, 10), Fraction(59, 2), ("POINTS_LT_30",)),
        (date(2027, 3, 1), Fraction(45), ("TOO_LATE",)),
        (date(2026, 12, 31), Fraction(30), ("TOO_EARLY",)),
        (date(2027, 4, 1), Fraction(0), ("POINTS_LT_30", "EXPIRED")),
    ],
)
def test_a_renewal_needs_the_points_and_the_window(
    on: date, points: Fraction, reasons: tuple[str, ...]
) -> None:
    found = renewal(CONKEN, EXPIRY, on, points)
    assert (found.outcome, found.reasons) == (
        RenewalOutcome.FAILS if reasons else RenewalOutcome.MEETS, reasons,
    )  # fmt: skip
    assert (found.term and (found.term.start, found.term.end)) == (
        None if reasons else (date(2027, 4, 1), date(2030, 3, 31))
    )
    assert (found.findings[0].key, found.findings[0].met) == (
        "points.required",
        "POINTS_LT_30" not in reasons,
    )
    assert found.findings[1:] == found.window.findings


def test_negative_points_are_bad_input() -> None:
    with pytest.raises(BadInput, match=r"renewal\.negative_points"):
        renewal(CONKEN, EXPIRY, date(2027, 2, 10), Fraction(-1, 2))


COMPLETE = {"subject": True, "detail": True, "date": True, "time": True}


@pytest.mark.parametrize(
    ("category", "shows", "outcome", "lacks", "instead"),
    [
        ("A", {"certificate": True}, Sufficiency.SUFFICIENT, (), None),
        ("A", {"attendee": True, "course": True, "date": True}, Sufficiency.SUFFICIENT, (), None),
        ("A", {"attendee": True, "course": True}, Sufficiency.INSUFFICIENT, ("certificate",), "C"),
        (
            "B",
            {"attendee": True, "course": True, "date": True},
            Sufficiency.INSUFFICIENT,
            ("certificate",),
            "C",
        ),
        (
            "B",
            {"attendee": True, "course": True, "curriculum": True, "date": True},
            Sufficiency.SUFFICIENT,
            (),
            None,
        ),
        ("B", {"certificate": False}, Sufficiency.INSUFFICIENT, ("certificate",), "C"),
        ("C", COMPLETE, Sufficiency.SUFFICIENT, (), None),
        ("C", {**COMPLETE, "time": False}, Sufficiency.INSUFFICIENT, ("time",), None),
        ("D", {"subject": True}, Sufficiency.INSUFFICIENT, ("detail", "date", "time"), None),
    ],
)
def test_one_sufficient_set_of_evidence_is_enough(
    category: str, shows: dict[str, bool], outcome: Sufficiency, lacks: tuple[str, ...], instead: str | None
) -> None:
    found = evidence_for_audit(CONKEN, category, shows)
    assert (found.outcome, found.lacks, found.may_claim_as) == (outcome, lacks, instead)
    assert (found.findings[0].met, found.findings[0].cite) == (
        outcome is Sufficiency.SUFFICIENT, CONKEN.categories[category].conditions["evidence"],
    )  # fmt: skip
    assert len(found.findings) == (2 if instead else 1)


def test_unclear_detail_goes_to_a_person_and_no_other_paper_cures_it() -> None:
    unclear = evidence_for_audit(CONKEN, "D", {**COMPLETE, "third_party": True}, clear=False)
    clause = CONKEN.categories["D"].conditions["detail_must_be_clear"]
    assert (unclear.outcome, unclear.lacks, unclear.may_claim_as) == (Sufficiency.REVIEW, (), None)
    assert unclear.findings[1:] == (
        Finding("categories.D.detail_must_be_clear", None, False, True, clause, "DETAIL_UNCLEAR"),
    )
    assert clause.clause == "CPD-D.11b"
    assert evidence_for_audit(CONKEN, "D", {"subject": True}, clear=False).outcome is Sufficiency.INSUFFICIENT
    assert (
        evidence_for_audit(CONKEN, "A", {"certificate": True}, clear=False).outcome is Sufficiency.SUFFICIENT
    )


def test_a_category_that_names_no_evidence_asks_for_none() -> None:
    bare: Category = CONKEN.categories["A"]._replace(evidence=())
    edition = CONKEN._replace(categories={**CONKEN.categories, "A": bare})
    found = evidence_for_audit(edition, "A", {})
    assert (found.outcome, found.lacks, found.findings[0].wanted) == (Sufficiency.SUFFICIENT, (), ())


def test_an_unknown_category_is_bad_input() -> None:
    with pytest.raises(BadInput, match=r"activity\.unknown_category"):
        evidence_for_audit(CONKEN, "Z", {})


CYCLE = Cycle(date(2024, 4, 1), EXPIRY, submitted_on=date(2027, 2, 10))
LINES = (
    Activity("b1", "B", (Session(date(2024, 6, 1), 240),), topic="4", proof="certificate"),
    Activity("b2", "B", (Session(date(2024, 9, 1), 180),), topic="4", proof="certificate"),
)


def test_a_struck_line_gives_way_to_other_work_of_the_year() -> None:
    found = strike(CONKEN, CYCLE, LINES, ["b1"])
    assert (found.before.total, found.after.total, found.credited) == (5, 3, {"b2": 3})
    assert strike(CONKEN, CYCLE, LINES, []).credited == {"b1": 4, "b2": 1}


def test_a_line_that_is_not_there_cannot_be_struck() -> None:
    with pytest.raises(BadInput, match=r"audit\.unknown_line"):
        strike(CONKEN, CYCLE, LINES, ["b1", "b3"])


def test_a_rulebook_without_a_criterion_of_the_fee_has_no_clause_to_show_for_it() -> None:
    plain = CONKEN._replace(procedure=CONKEN.procedure._replace(criteria=()))
    assert acceptance(plain, "OMP", FORMS, CAME, PAID).findings[-1].cite is None


@pytest.mark.parametrize(
    ("said", "asked"), [((), ()), ("pledge", ("pledge",)), (("pledge", "photo"), ("pledge", "photo"))]
)
def test_a_renewal_asks_what_the_rulebook_names_and_ours_nothing(
    said: str | tuple[str, ...], asked: tuple[str, ...]
) -> None:
    assert renewal_asks(CONKEN) == ()
    assert renewal_asks(CONKEN._replace(settings={**CONKEN.settings, "renewal_asks": said})) == asked


def test_a_renewal_with_a_price_asks_its_fee() -> None:
    assert renewal_asks(load("example", date(2026, 6, 1))) == ("fee",)
