"""The invented piano tuners' days, experience, fees and decisions: all they say otherwise than conken works.

Every figure here is reckoned by hand from the words in `rulebooks/example/source.txt`.
"""

from __future__ import annotations

from datetime import date

import pytest

from nintei.rules import dates, decisions, fees
from nintei.rules.experience import AttestedBy, Experience, Post, Reason, Result, weigh
from nintei.rules.findings import BadInput
from nintei.rules.load import load

EXAMPLE = load("example", date(2026, 6, 1))


@pytest.mark.parametrize(
    ("certified", "end", "opens"),
    [
        (date(2026, 6, 1), date(2028, 5, 31), date(2028, 3, 31)),
        (date(2026, 3, 1), date(2028, 2, 29), date(2027, 12, 29)),
        (date(2026, 7, 1), date(2028, 6, 30), date(2028, 4, 30)),
        (date(2026, 5, 1), date(2028, 4, 30), date(2028, 2, 29)),
    ],
)
def test_validity_runs_two_years_from_the_certification(certified: date, end: date, opens: date) -> None:
    found = dates.validity_of_report(EXAMPLE, date(2026, 2, 15), certified)
    assert (found.start, found.end, found.opens, found.closes) == (certified, end, opens, end)
    assert found.report_last_day == date(2027, 2, 14)


def test_a_report_lasts_a_year_with_its_first_day() -> None:
    last = dates.report_use(EXAMPLE, date(2026, 2, 15), date(2027, 2, 14), "CPT")
    over = dates.report_use(EXAMPLE, date(2026, 2, 15), date(2027, 2, 15), "CPT")
    assert (last.usable, over.usable, over.reason) == (True, False, "REPORT_EXPIRED")


def test_one_who_applies_late_loses_nothing_where_validity_follows_the_certification() -> None:
    found = dates.late_application(EXAMPLE, date(2026, 2, 15), date(2027, 2, 14))
    assert (found.usable, found.flags, found.days_left) == (True, (), 731)  # with 29 February 2028
    assert (found.validity.start, found.validity.end) == (date(2027, 2, 14), date(2029, 2, 13))


@pytest.mark.parametrize(
    ("on", "reason", "in_grace"),
    [
        (date(2028, 3, 30), "TOO_EARLY", False),
        (date(2028, 3, 31), "OK", False),
        (date(2028, 5, 31), "OK", False),
        (date(2028, 6, 1), "OK", True),
        (date(2028, 8, 29), "OK", True),
        (date(2028, 8, 30), "EXPIRED", False),
    ],
)
def test_a_renewal_is_taken_until_ninety_days_after_expiry(on: date, reason: str, in_grace: bool) -> None:
    found = dates.renewal_window(EXAMPLE, date(2028, 5, 31), on)
    assert (found.reason, found.accepted, found.in_grace) == (reason, reason == "OK", in_grace)


def test_in_grace_nobody_is_called_certified_until_renewed() -> None:
    filed = dates.RenewalCase(date(2028, 4, 1), date(2028, 6, 10), True)
    held = dates.Holding(date(2026, 6, 1), date(2028, 5, 31), date(2026, 6, 1), filed)
    told = [dates.status_on(EXAMPLE, held, day) for day in
            (date(2028, 5, 31), date(2028, 6, 1), date(2028, 6, 9), date(2028, 6, 10))]  # fmt: skip
    assert [each.code for each in told] == ["VALID", "EXPIRED", "EXPIRED", "VALID"]
    assert [each.renewable_until for each in told[:2]] == [date(2028, 8, 29)] * 2
    assert told[3].valid_until == date(2030, 5, 31)
    term = dates.renewed_term(EXAMPLE, date(2028, 5, 31))
    assert (term.start, term.end) == (date(2028, 6, 1), date(2030, 5, 31))


VOICING = Post("voicing", date(2024, 1, 1), date(2025, 12, 31), frozenset("3"))
TUNING = Post("tuning", date(2025, 7, 1), date(2025, 9, 30), frozenset("1"))
REGULATION = Post("regulation", date(2025, 10, 1), date(2025, 12, 31), frozenset("2"))
TUNER = (VOICING, TUNING, REGULATION)


def weighed(*posts: Post, substitution: int = 0) -> Experience:
    return weigh(EXAMPLE, "CPT", posts, date(2026, 6, 1), substitution)


def test_two_years_with_half_a_year_of_tuning_and_regulation_together_are_enough() -> None:
    found = weighed(*TUNER)
    assert (found.actual, found.required, found.by_field["1"], found.by_field["2"]) == (24, 6, 3, 3)
    assert (found.result, found.flags, found.required_fields) == (Result.ELIGIBLE, (), ("1", "2"))
    assert [(each.shown, each.wanted, each.cite.clause) for each in found.findings] == [
        (24, 24, "第21条"), (3, 1, "第22条"), (6, 6, "第21条"),
    ]  # fmt: skip


def test_a_day_less_is_not_enough_and_no_training_makes_up_for_it() -> None:
    later = VOICING._replace(start=date(2024, 1, 2))
    found = weighed(later, TUNING, REGULATION, substitution=12)
    assert (found.result, found.reasons, found.substitution) == (
        Result.NOT_ELIGIBLE, (Reason.TOTAL_LT_5Y,), 0,
    )  # fmt: skip
    shorter = weighed(VOICING, TUNING, REGULATION._replace(start=date(2025, 10, 2)))
    assert (shorter.actual, shorter.reasons) == (24, (Reason.REQUIRED_LT_2Y,))


@pytest.mark.parametrize(
    ("by", "result"),
    [
        (AttestedBy.PRESENT_EMPLOYER, Result.ELIGIBLE),
        (AttestedBy.SUPERVISOR_THERE, Result.ELIGIBLE),
        (AttestedBy.SELF, Result.NOT_ELIGIBLE),
        (AttestedBy.NONE, Result.NOT_ELIGIBLE),
    ],
)
def test_the_present_employer_may_attest_every_post(by: AttestedBy, result: Result) -> None:
    found = weighed(*(post._replace(attested_by=by) for post in TUNER))
    assert (found.result, found.flags == ()) == (result, result is Result.ELIGIBLE)


def test_what_is_passed_by_exam_alone_weighs_no_experience() -> None:
    with pytest.raises(BadInput, match=r"qualification\.not_certified"):
        weigh(EXAMPLE, "APT", TUNER, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("kind", "on", "count", "total"),
    [
        ("first", date(2025, 12, 31), 1, 8_800),
        ("first", date(2026, 1, 1), 1, 9_900),
        ("first", date(2026, 1, 1), 3, 29_700),
        ("renewal", date(2025, 1, 1), 1, 5_500),
        ("renewal", date(2026, 1, 1), 1, 5_500),
    ],
)
def test_the_price_changes_with_the_year_and_a_renewal_has_its_own(
    kind: str, on: date, count: int, total: int
) -> None:
    due = fees.fee(EXAMPLE, kind, on, count, "CPT")
    assert (due.total, [each.clause for each in due.cites]) == (total, ["第24条", "第25条"])


def test_nothing_is_priced_before_the_handbook_and_an_exam_alone_costs_nothing() -> None:
    with pytest.raises(fees.NotSet, match="first_fee"):
        fees.fee(EXAMPLE, "first", date(2024, 12, 31))
    free = fees.fee(EXAMPLE, "first", date(2026, 1, 1), qualification="APT")
    assert (free.total, free.reason) == (0, fees.NO_CERTIFICATION_FEE)


@pytest.mark.parametrize("accepted", [True, False])
def test_who_does_not_pass_gets_the_whole_fee_back_and_pays_no_charge(accepted: bool) -> None:
    found = fees.refund(EXAMPLE, 9_900, accepted, bank_charge=330, due=9_900)
    assert (found.amount, found.cite.clause) == (9_900, "第26条")


def test_an_application_has_two_papers_and_the_fee() -> None:
    came, paid = date(2026, 5, 1), date(2026, 5, 7)
    found = decisions.acceptance(EXAMPLE, "CPT", ["report_copy", "form_B"], came, paid)
    assert (found.state, found.accepted_on) == ("ACCEPTED", paid)
    lacking = decisions.acceptance(EXAMPLE, "CPT", ["form_B"], came, None)
    assert (lacking.state, lacking.missing) == ("NOT_ACCEPTED", ("report_copy", "fee"))
    assert [each.cite.clause for each in lacking.findings] == ["第29条", "第29条", "第28条"]
    assert decisions.acceptance(EXAMPLE, "APT", [], came, paid).state == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("passed", "experience", "paid", "outcome", "failed"),
    [
        (True, Result.ELIGIBLE, True, "CERTIFY", ()),
        (False, Result.ELIGIBLE, True, "REFUSE", ("1",)),
        (True, Result.NOT_ELIGIBLE, True, "REFUSE", ("2",)),
        (True, Result.ELIGIBLE, False, "NOT_EXAMINED", ("3",)),
        (True, Result.REVIEW, True, "PENDING", ()),
    ],
)
def test_three_criteria_decide_and_no_pledge_is_asked_for(
    passed: bool, experience: Result, paid: bool, outcome: str, failed: tuple[str, ...]
) -> None:
    found = decisions.decision(EXAMPLE, passed, experience, pledge_signed=False, fee_confirmed=paid)
    assert (found.outcome, found.failed) == (outcome, failed)
    assert [each.note for each in found.findings] == ["1", "2", "3"]


def test_evidence_is_a_certificate_or_a_record() -> None:
    course = decisions.evidence_for_audit(EXAMPLE, "L", {"certificate": True})
    assert (course.outcome, course.findings[0].cite.clause) == ("SUFFICIENT", "第32条")
    record = decisions.evidence_for_audit(EXAMPLE, "W", {"subject": True, "time": True})
    assert (record.outcome, record.lacks, record.may_claim_as) == ("INSUFFICIENT", ("date",), None)
