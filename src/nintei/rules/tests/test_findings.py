"""Every finding about days and decisions in full: rule, answer, what was shown and wanted, clause, note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest

from nintei.rules.dates import (
    Holding,
    RenewalCase,
    late_application,
    legacy_validity,
    renewal_window,
    renewed_term,
    report_use,
    status_on,
    validity_of_report,
)
from nintei.rules.decisions import acceptance, decision, evidence_for_audit, renewal
from nintei.rules.edition import Start
from nintei.rules.experience import Result
from nintei.rules.findings import BadInput, Finding
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))
ISSUED, EXPIRY = date(2025, 9, 10), date(2027, 3, 31)
HELD = Holding(date(2026, 4, 1), date(2029, 3, 31), certified_on=date(2025, 9, 1))


def told(findings: Iterable[Finding]) -> list[tuple[object, ...]]:
    """Findings as a test writes them: the clause for the citation, days and codes as text."""
    return [
        (
            each.key,
            each.met,
            _plain(each.shown),
            _plain(each.wanted),
            each.cite and each.cite.clause,
            each.note,
        )
        for each in findings
    ]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def test_a_report_leads_to_five_days_each_with_its_clause() -> None:
    assert told(validity_of_report(CONKEN, ISSUED).findings) == [
        ("validity.start", True, "2026-04-01", None, "MAN-イ.C1", ""),
        ("validity.years", True, "2029-03-31", None, "MAN-イ.C1", ""),
        ("validity.window_opens_months", True, "2029-01-01", None, "MAN-イ.C3", ""),
        ("validity.window_closes_months", True, "2029-02-28", None, "MAN-イ.C3", ""),
        ("validity.report_years", True, "2028-09-10", None, "MAN-イ.A1", ""),
    ]


@pytest.mark.parametrize(
    ("on", "exam", "passed", "met"),
    [
        ("2026-09-10", None, True, (True, True, True, True)),
        ("2028-09-10", "OMP", True, (True, True, True, True)),
        ("2028-09-11", "CAP", False, (False, False, True, False)),
        ("2025-09-09", "OMP", True, (True, True, False, True)),
    ],
)
def test_a_report_is_looked_at_four_times(
    on: str, exam: str | None, passed: bool, met: tuple[bool, ...]
) -> None:
    found = report_use(CONKEN, ISSUED, date.fromisoformat(on), "OMP", exam, passed)
    assert (found.usable, found.last_day) == (all(met), date(2028, 9, 10))
    assert told(found.findings) == [
        ("validity.report_pass", met[0], passed, True, None, "NOT_A_PASS"),
        ("validity.report_exam", met[1], exam or "OMP", "OMP", None, "WRONG_EXAM"),
        ("validity.report_issue", met[2], on, "2025-09-10", None, "APPLICATION_BEFORE_ISSUE"),
        ("validity.report_years", met[3], on, "2028-09-10", "MAN-イ.A1", "REPORT_EXPIRED"),
    ]


def test_a_report_is_for_a_pass_unless_it_is_said_otherwise() -> None:
    assert report_use(CONKEN, ISSUED, ISSUED, "OMP").reason == "OK"


@pytest.mark.parametrize(
    ("on", "usable", "reason", "running", "flag"),
    [
        ("2025-09-09", False, "APPLICATION_BEFORE_ISSUE", True, ""),
        ("2026-03-31", True, "OK", True, ""),
        ("2026-04-01", True, "OK", None, "VALIDITY_ALREADY_RUNNING"),
        ("2028-09-10", True, "OK", None, "VALIDITY_ALREADY_RUNNING"),
        ("2028-09-11", False, "REPORT_EXPIRED", True, ""),
    ],
)
def test_a_late_application_shows_the_report_and_the_start(
    on: str, usable: bool, reason: str, running: bool | None, flag: str
) -> None:
    found = late_application(CONKEN, ISSUED, date.fromisoformat(on))
    assert (found.usable, found.reason) == (usable, reason)
    assert told(found.findings) == [
        ("validity.report_years", usable, on, "2028-09-10", "MAN-イ.A1", reason),
        ("validity.start", running, on, "2026-04-01", "MAN-イ.C1", flag),
    ]


@pytest.mark.parametrize(
    ("applied", "printed", "met", "shown", "wanted", "note"),
    [
        ("2018-12-31", None, None, None, "2018-12-31", ""),
        ("2018-12-31", "2021-12-31", True, "2021-12-31", "2018-12-31", ""),
    ],
)
def test_a_legacy_expiry_is_the_printed_one(
    applied: str, printed: str | None, met: bool | None, shown: str | None, wanted: str, note: str
) -> None:
    day = None if printed is None else date.fromisoformat(printed)
    found = legacy_validity(CONKEN, date.fromisoformat(applied), date(2018, 9, 10), day)
    assert (found.legacy, found.expiry, found.flag) == (True, day, None)
    assert (found.opens, found.closes) == (
        (None, None) if day is None else (date(2021, 10, 1), date(2021, 11, 30))
    )
    assert told(found.findings) == [
        ("validity.legacy_applied_until", met, shown, wanted, "MAN-イ.※1", note)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "met", "shown", "note"),
    [
        (None, True, "2022-03-31", ""),
        ("2022-03-31", True, "2022-03-31", ""),
        ("2021-12-31", None, "2021-12-31", "CERTIFICATE_DATE_CONFLICT"),
    ],
)
def test_from_2019_on_the_reckoned_expiry_stands(
    printed: str | None, met: bool | None, shown: str, note: str
) -> None:
    day = None if printed is None else date.fromisoformat(printed)
    found = legacy_validity(CONKEN, date(2019, 1, 1), date(2018, 9, 10), day)
    assert (found.legacy, found.expiry, found.flag) == (False, date(2022, 3, 31), note or None)
    assert (found.opens, found.closes) == (date(2022, 1, 1), date(2022, 2, 28))
    assert told(found.findings) == [("validity.years", met, shown, "2022-03-31", "MAN-イ.C1", note)]


def test_where_validity_follows_the_certification_the_application_begins_it() -> None:
    rules = CONKEN._replace(validity=CONKEN.validity._replace(start=Start.CERTIFICATION))
    found = late_application(rules, ISSUED, date(2026, 5, 7))
    assert (found.validity.start, found.validity.end, found.days_left) == (
        date(2026, 5, 7), date(2029, 5, 6), 1096,
    )  # fmt: skip
    assert (found.flags, found.findings[1].met) == ((), True)
    assert legacy_validity(rules, date(2026, 5, 7), ISSUED).expiry == date(2029, 5, 6)
    with pytest.raises(BadInput) as caught:
        validity_of_report(rules, ISSUED)
    assert (caught.value.code, caught.value.data) == ("validity.certified_on_missing", {"issued_on": ISSUED})


OPEN, CLOSED = "validity.window_opens_months", "validity.window_closes_months"


@pytest.mark.parametrize(
    ("on", "early", "late"),
    [
        ("2026-12-31", "TOO_EARLY", ""),
        ("2027-01-01", "", ""),
        ("2027-02-28", "", ""),
        ("2027-03-01", "", "TOO_LATE"),
        ("2027-03-31", "", "TOO_LATE"),
        ("2027-04-01", "", "EXPIRED"),
    ],
)
def test_a_window_shows_both_its_ends(on: str, early: str, late: str) -> None:
    found = renewal_window(CONKEN, EXPIRY, date.fromisoformat(on))
    assert (found.accepted, found.reason, found.in_grace) == (not early + late, early + late or "OK", False)
    assert told(found.findings) == [
        (OPEN, not early, on, "2027-01-01", "MAN-イ.C3", early),
        (CLOSED, not late, on, "2027-02-28", "MAN-イ.C3", late),
    ]


@pytest.mark.parametrize(
    ("on", "in_grace"), [("2027-03-01", True), ("2027-06-29", True), ("2027-02-28", False)]
)
def test_grace_is_shown_in_place_of_the_end(on: str, in_grace: bool) -> None:
    rules = CONKEN._replace(validity=CONKEN.validity._replace(grace_days=90))
    found = renewal_window(rules, EXPIRY, date.fromisoformat(on))
    assert (found.accepted, found.in_grace) == (True, in_grace)
    assert told(found.findings) == [
        (OPEN, True, on, "2027-01-01", "MAN-イ.C3", ""),
        ("validity.grace_days", True, on, "2027-06-29", "MAN-イ.C4", "IN_GRACE")
        if in_grace
        else (CLOSED, True, on, "2027-02-28", "MAN-イ.C3", ""),
    ]
    assert renewal_window(rules, EXPIRY, date(2027, 6, 30)).reason == "EXPIRED"


def test_a_renewed_term_shows_its_first_and_its_last_day() -> None:
    assert told(renewed_term(CONKEN, EXPIRY).findings) == [
        ("validity.years", True, "2027-04-01", None, "MAN-イ.C1", ""),
        ("validity.align_renewal_to_fiscal_year", True, "2030-03-31", None, "MAN-表.3", ""),
    ]


@pytest.mark.parametrize(
    ("renewal", "on", "found"),
    [
        (None, "2029-03-31", ("validity.start", True, "2029-03-31", "MAN-イ.C1", "VALID")),
        (None, "2029-04-01", ("validity.start", False, "2029-03-31", "MAN-イ.C1", "EXPIRED")),
        (
            RenewalCase(date(2029, 2, 20)), "2029-04-01",
            ("validity.stays_valid_while_pending", True, "2029-03-31", "MAN-イ.C4", "VALID_PENDING_RENEWAL"),
        ),
        (
            RenewalCase(date(2029, 2, 20), date(2029, 4, 20), True), "2029-04-19",
            ("validity.stays_valid_while_pending", True, "2029-03-31", "MAN-イ.C4", "VALID_PENDING_RENEWAL"),
        ),
        (
            RenewalCase(date(2029, 2, 20), date(2029, 4, 20), True), "2029-04-20",
            ("validity.start", True, "2032-03-31", "MAN-イ.C1", "VALID"),
        ),
        (
            RenewalCase(date(2029, 2, 20), date(2029, 4, 20), False), "2029-04-20",
            ("validity.start", False, "2029-03-31", "MAN-イ.C1", "EXPIRED"),
        ),
    ],
)  # fmt: skip
def test_a_status_shows_the_day_and_the_last_day_of_validity(
    renewal: RenewalCase | None, on: str, found: tuple[str, bool, str, str, str]
) -> None:
    key, met, until, clause, note = found
    status = status_on(CONKEN, HELD._replace(renewal=renewal), date.fromisoformat(on))
    assert (status.on.isoformat(), status.valid_until.isoformat(), status.code) == (on, until, note)
    assert told(status.findings) == [(key, met, on, until, clause, note)]


def test_a_decision_shows_each_criterion() -> None:
    found = decision(CONKEN, False, Result.REVIEW, True, False)
    assert (found.outcome, found.failed) == ("NOT_EXAMINED", ("①", "④"))
    assert told(found.findings) == [
        ("procedure.criteria.exam_pass", False, False, True, "MAN-ウ.1", "①"),
        ("procedure.criteria.experience", None, None, True, "MAN-ウ.2", "②"),
        ("procedure.criteria.pledge", True, True, True, "MAN-ウ.3", "③"),
        ("procedure.criteria.fee", False, False, True, "MAN-ウ.4", "④"),
    ]


def test_an_acceptance_shows_each_paper_and_the_fee() -> None:
    found = acceptance(CONKEN, "OMP", ["form_A"], ISSUED, ISSUED)
    forms = [each.cite.clause for each in CONKEN.procedure.forms]
    assert told(found.findings) == [
        ("procedure.forms.report_copy", False, False, True, forms[0], ""),
        ("procedure.forms.form_A", True, True, True, forms[1], ""),
        ("procedure.forms.form_B", False, False, True, forms[2], ""),
        ("procedure.forms.form_C", False, False, True, forms[3], ""),
        ("procedure.forms.form_D_signed", False, False, True, forms[4], ""),
        ("procedure.criteria.fee", True, "2025-09-10", None, "MAN-ウ.4", ""),
    ]
    free = acceptance(CONKEN, "SV", [], None, None)
    clause = CONKEN.qualifications["SV"].cite.clause
    assert told(free.findings) == [("procedure.forms", None, None, None, clause, "NOT_APPLICABLE")]


@pytest.mark.parametrize(
    ("points", "met", "note"), [(30, True, ""), (Fraction(59, 2), False, "POINTS_LT_30")]
)
def test_a_renewal_shows_its_points_before_its_window(points: Fraction, met: bool, note: str) -> None:
    found = renewal(CONKEN, EXPIRY, date(2027, 2, 28), Fraction(points))
    clause = CONKEN.points.cites["required"].clause
    assert told(found.findings[:1]) == [("points.required", met, points, 30, clause, note)]
    assert (found.findings[1:], found.reasons) == (found.window.findings, (note,) if note else ())


def test_evidence_shows_what_is_there_what_lacks_and_a_way_out() -> None:
    nothing = evidence_for_audit(CONKEN, "B", {})
    lone = [option.shows for option in CONKEN.categories["B"].evidence]
    least = min(lone, key=len)
    assert (nothing.outcome, nothing.lacks, nothing.may_claim_as) == ("INSUFFICIENT", least, "C")
    conditions = CONKEN.categories["B"].conditions
    assert told(nothing.findings) == [
        ("categories.B.evidence", False, (), least, conditions["evidence"].clause, ""),
        ("categories.B.without_proof", None, "C", None, conditions["without_proof"].clause, ""),
    ]


def test_senseless_dates_say_what_was_given() -> None:
    with pytest.raises(BadInput) as unknown:
        report_use(CONKEN, ISSUED, ISSUED, "XYZ")
    assert (unknown.value.code, unknown.value.data) == ("qualification.unknown", {"qualification": "XYZ"})
    start, end = date(2026, 4, 1), date(2026, 3, 31)
    with pytest.raises(BadInput) as backwards:
        status_on(CONKEN, Holding(start, end), start)
    assert (backwards.value.code, backwards.value.data) == (
        "validity.ends_before_it_starts", {"start": start, "end": end},
    )  # fmt: skip
    assert status_on(CONKEN, Holding(start, start), start).code == "NOT_CERTIFIED"
