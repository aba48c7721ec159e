"""Validity, windows and status, at their edges: April 1, leap days, ends of months."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.rules.civil import add_months, fiscal_year_from, last_day, months_between
from nintei.rules.dates import (
    CERTIFICATE_DATE_CONFLICT,
    LateFlag,
    ReportReason,
    WindowReason,
    late_application,
    legacy_validity,
    renewal_window,
    renewed_term,
    report_use,
    validity_of_report,
)
from nintei.rules.edition import Edition, Start, WindowReckoning
from nintei.rules.findings import BadInput
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))
DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def read_as(**values: object) -> Edition:
    """The rulebook under other readings of validity."""
    return CONKEN._replace(validity=CONKEN.validity._replace(**values))  # type: ignore[arg-type]


ISSUE_DATES = [
    date(2019, 1, 1) + timedelta(days=n) for n in range((date(2040, 1, 1) - date(2019, 1, 1)).days)
]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2026, 1, 28), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 7, 31), 1, date(2026, 8, 31)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),
        (date(1996, 2, 29), 48, date(2000, 2, 29)),
    ],
)
def test_months_are_added_by_the_calendar_and_clamped(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@given(days, st.integers(1, 120))
def test_a_period_ends_as_the_civil_code_says(first: date, months: int) -> None:
    end = last_day(first, months)
    answering = add_months(first, months)
    assert end == (answering if answering.day < first.day else answering - DAY)
    assert add_months(first, months - 1) <= end


@given(days, st.integers(0, 4000))
def test_one_more_day_is_one_more_part_of_a_month(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    gained = months_between(first, last + DAY) - months_between(first, last)
    assert 0 < gained <= 1
    assert gained.numerator == 1 or gained.denominator in range(28, 32 * 31)


@given(days, st.integers(1, 200))
def test_whole_months_are_whole(first: date, months: int) -> None:
    assert months_between(first, add_months(first, months) - DAY) == months


@given(days, st.integers(1, 12), st.integers(1, 28))
def test_a_fiscal_year_begins_within_a_year(day: date, month: int, first: int) -> None:
    begun = fiscal_year_from(day, month, first)
    assert (begun.month, begun.day) == (month, first)
    assert 0 <= (begun - day).days <= 365


def test_every_report_of_twenty_years_leads_to_the_next_first_of_april() -> None:
    for issued in ISSUE_DATES:
        found = validity_of_report(CONKEN, issued)
        assert (found.start.month, found.start.day) == (4, 1)
        assert 1 <= (found.start - issued).days <= 366
        assert found.end == date(found.start.year + 3, 3, 31)
        assert found.opens == date(found.end.year, 1, 1)
        assert found.closes + DAY == date(found.end.year, 3, 1)


def test_no_report_outlives_its_validity_and_only_one_of_march_31_ends_with_it() -> None:
    together = [i for i in ISSUE_DATES if (v := validity_of_report(CONKEN, i)).report_last_day == v.end]
    assert all(
        validity_of_report(CONKEN, i).report_last_day <= validity_of_report(CONKEN, i).end
        for i in ISSUE_DATES
    )
    assert together == [i for i in ISSUE_DATES if (i.month, i.day) == (3, 31)]


def test_a_report_issued_from_january_to_march_can_miss_its_own_window() -> None:
    for issued in ISSUE_DATES:
        found = late_application(CONKEN, issued, validity_of_report(CONKEN, issued).report_last_day)
        expected = LateFlag.VALIDITY_ALREADY_RUNNING
        if issued.month == 3:
            expected = LateFlag.RENEWAL_WINDOW_ALREADY_CLOSED
        elif issued.month < 3:
            expected = LateFlag.RENEWAL_WINDOW_OPEN
        assert (found.usable, found.flags) == (True, (expected,))


def test_last_days_of_reports_never_go_back() -> None:
    last = [validity_of_report(CONKEN, issued).report_last_day for issued in ISSUE_DATES]
    assert all(a <= b for a, b in pairwise(last))


def test_a_report_of_the_first_of_april_waits_a_year_unless_read_otherwise() -> None:
    issued = date(2025, 4, 1)
    assert validity_of_report(CONKEN, issued).start == date(2026, 4, 1)
    assert validity_of_report(read_as(same_day_counts=True), issued).start == issued


def test_a_rulebook_may_start_validity_with_the_report_or_the_certification() -> None:
    issued, certified = date(2024, 2, 29), date(2024, 8, 31)
    by_report = validity_of_report(read_as(start=Start.REPORT_ISSUE), issued)
    assert (by_report.start, by_report.end) == (issued, date(2027, 2, 28))
    by_certification = validity_of_report(read_as(start=Start.CERTIFICATION), issued, certified)
    assert (by_certification.start, by_certification.end) == (certified, date(2027, 8, 30))
    with pytest.raises(BadInput, match=r"validity\.certified_on_missing"):
        validity_of_report(read_as(start=Start.CERTIFICATION), issued)


def test_validity_names_the_clause_of_every_day_it_gives() -> None:
    found = validity_of_report(CONKEN, date(2025, 5, 10))
    assert [(each.key, each.shown, each.cite and each.cite.clause) for each in found.findings] == [
        ("validity.start", date(2026, 4, 1), "MAN-イ.C1"),
        ("validity.years", date(2029, 3, 31), "MAN-イ.C1"),
        ("validity.window_opens_months", date(2029, 1, 1), "MAN-イ.C3"),
        ("validity.window_closes_months", date(2029, 2, 28), "MAN-イ.C3"),
        ("validity.report_years", date(2028, 5, 10), "MAN-イ.A1"),
    ]
    assert all(each.met is True for each in found.findings)


@pytest.mark.parametrize(
    ("issued", "last", "counted"),
    [
        (date(2023, 5, 10), date(2026, 5, 10), date(2026, 5, 9)),
        (date(2024, 2, 29), date(2027, 2, 28), date(2027, 2, 28)),
        (date(2021, 2, 28), date(2024, 2, 29), date(2024, 2, 27)),
        (date(2020, 2, 28), date(2023, 2, 28), date(2023, 2, 27)),
        (date(2022, 12, 31), date(2025, 12, 31), date(2025, 12, 30)),
    ],
)
def test_a_report_lasts_three_years_from_the_day_after_its_issue(
    issued: date, last: date, counted: date
) -> None:
    assert report_use(CONKEN, issued, last, "OMP").usable
    late = report_use(CONKEN, issued, last + DAY, "OMP")
    assert (late.usable, late.reason, late.last_day) == (False, ReportReason.REPORT_EXPIRED, last)
    assert report_use(read_as(first_day_counts=True), issued, last, "OMP").last_day == counted


def test_a_report_can_be_used_on_the_day_of_issue_and_not_before() -> None:
    issued = date(2023, 5, 10)
    assert report_use(CONKEN, issued, issued, "OMP").reason is ReportReason.OK
    assert report_use(CONKEN, issued, issued - DAY, "OMP").reason is ReportReason.APPLICATION_BEFORE_ISSUE


def test_all_failings_of_a_report_are_found_and_the_first_is_the_reason() -> None:
    found = report_use(CONKEN, date(2020, 1, 1), date(2026, 1, 1), "OMP", exam="CAP", passed=False)
    assert found.reason is ReportReason.NOT_A_PASS
    assert [each.note for each in found.findings if not each.met] == [
        "NOT_A_PASS",
        "WRONG_EXAM",
        "REPORT_EXPIRED",
    ]
    wrong = report_use(CONKEN, date(2025, 5, 10), date(2025, 6, 1), "OMP", exam="CAP")
    assert (wrong.usable, wrong.reason) == (False, ReportReason.WRONG_EXAM)
    assert report_use(CONKEN, date(2025, 5, 10), date(2025, 6, 1), "OMP", exam="OMP").usable


def test_an_unknown_qualification_is_bad_input() -> None:
    with pytest.raises(BadInput, match=r"qualification\.unknown"):
        report_use(CONKEN, date(2025, 5, 10), date(2025, 6, 1), "XYZ")


def test_days_left_count_both_ends_and_never_go_below_zero() -> None:
    issued = date(2023, 3, 31)
    on_time = late_application(CONKEN, date(2023, 5, 10), date(2023, 6, 1))
    assert (on_time.days_left, on_time.flags, on_time.findings[1].met) == (1095, (), True)
    last = late_application(CONKEN, issued, date(2026, 3, 31))
    assert (last.days_left, last.findings[1].met) == (1, None)
    after = late_application(CONKEN, issued, date(2026, 4, 1))
    assert (after.days_left, after.usable, after.reason, after.flags) == (
        0,
        False,
        ReportReason.REPORT_EXPIRED,
        (),
    )
    before = late_application(CONKEN, issued, issued - DAY)
    assert (before.usable, before.reason) == (False, ReportReason.APPLICATION_BEFORE_ISSUE)


def test_the_first_day_of_validity_is_running_and_the_day_before_is_not() -> None:
    issued = date(2023, 5, 10)
    assert late_application(CONKEN, issued, date(2024, 3, 31)).flags == ()
    assert late_application(CONKEN, issued, date(2024, 4, 1)).flags == (LateFlag.VALIDITY_ALREADY_RUNNING,)
    closes = late_application(CONKEN, date(2023, 3, 1), date(2026, 2, 28))
    assert closes.flags == (LateFlag.RENEWAL_WINDOW_OPEN,)


def test_early_applicants_keep_the_printed_date() -> None:
    issued, printed = date(2018, 11, 20), date(2021, 12, 31)
    early = legacy_validity(CONKEN, date(2018, 12, 31), issued, printed)
    assert (early.legacy, early.expiry, early.opens, early.closes, early.flag) == (
        True, printed, date(2021, 10, 1), date(2021, 11, 30), None,
    )  # fmt: skip
    unknown = legacy_validity(CONKEN, date(2018, 12, 31), issued)
    assert (unknown.expiry, unknown.opens, unknown.closes, unknown.findings[0].met) == (
        None,
        None,
        None,
        None,
    )


def test_later_applicants_get_the_reckoned_date_and_a_flag_for_another() -> None:
    issued, applied = date(2018, 11, 20), date(2019, 1, 1)
    plain = legacy_validity(CONKEN, applied, issued)
    assert (plain.legacy, plain.expiry, plain.flag, plain.findings[0].met) == (
        False,
        date(2022, 3, 31),
        None,
        True,
    )
    assert legacy_validity(CONKEN, applied, issued, date(2022, 3, 31)).flag is None
    other = legacy_validity(CONKEN, applied, issued, date(2021, 12, 31))
    assert (other.expiry, other.flag) == (date(2022, 3, 31), CERTIFICATE_DATE_CONFLICT)
    assert (other.findings[0].met, other.findings[0].shown) == (None, date(2021, 12, 31))


def test_without_a_legacy_rule_nobody_is_legacy() -> None:
    assert not legacy_validity(read_as(legacy_applied_until=None), date(2010, 1, 1), date(2009, 1, 1)).legacy


@pytest.mark.parametrize(
    ("expiry", "opens", "closes"),
    [
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 2, 28)),
        (date(2028, 3, 31), date(2028, 1, 1), date(2028, 2, 29)),
        (date(2021, 10, 14), date(2021, 7, 15), date(2021, 9, 14)),
        (date(2020, 2, 29), date(2019, 12, 1), date(2020, 1, 31)),
        (date(2021, 2, 28), date(2020, 12, 1), date(2021, 1, 31)),
        (date(2020, 5, 30), date(2020, 2, 29), date(2020, 4, 29)),
    ],
)
def test_the_window_is_the_whole_months_before_the_last(expiry: date, opens: date, closes: date) -> None:
    def reason(on: date) -> WindowReason:
        return renewal_window(CONKEN, expiry, on).reason

    first = renewal_window(CONKEN, expiry, opens)
    assert (first.opens, first.closes, first.accepted, first.in_grace) == (opens, closes, True, False)
    assert [reason(on) for on in (opens - DAY, opens, closes, closes + DAY, expiry, expiry + DAY)] == [
        WindowReason.TOO_EARLY, WindowReason.OK, WindowReason.OK,
        WindowReason.TOO_LATE, WindowReason.TOO_LATE, WindowReason.EXPIRED,
    ]  # fmt: skip


def test_a_refusal_shows_the_day_that_was_missed_and_its_clause() -> None:
    early, late = renewal_window(CONKEN, date(2026, 3, 31), date(2025, 12, 31)).findings
    assert (early.met, early.shown, early.wanted, early.note) == (
        False,
        date(2025, 12, 31),
        date(2026, 1, 1),
        "TOO_EARLY",
    )
    assert (late.met, late.wanted, late.note, late.cite and late.cite.clause) == (
        True,
        date(2026, 2, 28),
        "",
        "MAN-イ.C3",
    )


def test_the_window_may_be_read_by_the_letter_or_as_january_and_february() -> None:
    literal = read_as(window_reckoning=WindowReckoning.LITERAL_DATES)
    found = renewal_window(literal, date(2026, 3, 31), date(2025, 12, 31))
    assert (found.opens, found.closes, found.accepted) == (date(2025, 12, 31), date(2026, 2, 28), True)
    always = read_as(window_reckoning=WindowReckoning.JAN_FEB_ALWAYS)
    for expiry, year in [
        (date(2026, 3, 31), 2026), (date(2021, 9, 30), 2021), (date(2021, 3, 15), 2021),
        (date(2021, 2, 27), 2020), (date(2021, 2, 28), 2021), (date(2022, 4, 1), 2022),
    ]:  # fmt: skip
        found = renewal_window(always, expiry, expiry)
        assert (found.opens, found.closes + DAY) == (date(year, 1, 1), date(year, 3, 1))


def test_grace_takes_a_late_renewal_until_its_last_day() -> None:
    grace = read_as(grace_days=90)
    expiry = date(2026, 3, 31)
    late = renewal_window(grace, expiry, date(2026, 3, 1))
    assert (late.accepted, late.reason, late.in_grace) == (True, WindowReason.OK, True)
    assert (late.findings[1].key, late.findings[1].wanted) == ("validity.grace_days", date(2026, 6, 29))
    assert renewal_window(grace, expiry, date(2026, 6, 29)).in_grace
    assert renewal_window(grace, expiry, date(2026, 6, 30)).reason is WindowReason.EXPIRED


@pytest.mark.parametrize(
    ("expiry", "start", "end"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), date(2029, 3, 31)),
        (date(2021, 10, 14), date(2021, 10, 15), date(2024, 10, 14)),
        (date(2021, 2, 28), date(2021, 3, 1), date(2024, 2, 29)),
        (date(2024, 2, 28), date(2024, 2, 29), date(2027, 2, 28)),
        (date(2020, 2, 29), date(2020, 3, 1), date(2023, 2, 28)),
    ],
)
def test_a_renewed_term_follows_at_once_and_lasts_three_years(expiry: date, start: date, end: date) -> None:
    term = renewed_term(CONKEN, expiry)
    assert (term.start, term.end) == (start, end)


def test_a_renewed_term_may_be_aligned_to_the_end_of_a_fiscal_year() -> None:
    aligned = read_as(align_renewal_to_fiscal_year=True)
    assert renewed_term(aligned, date(2021, 10, 14)).end == date(2025, 3, 31)
    assert renewed_term(aligned, date(2026, 3, 31)).end == date(2029, 3, 31)
