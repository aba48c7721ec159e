"""The arithmetic under `dates`: from the rules of validity and a day to the days that follow from them."""

from __future__ import annotations

from datetime import date, timedelta

from nintei.rules.civil import DAY, add_months, fiscal_year_from, last_day
from nintei.rules.edition import Start, ValidityRules, WindowReckoning
from nintei.rules.findings import BadInput


def first_day_of_validity(rules: ValidityRules, issued_on: date, certified_on: date | None) -> date:
    """The day a first validity begins (MAN-イ.C1); `BadInput` without the certification's where it counts."""
    if rules.start is Start.REPORT_ISSUE:
        return issued_on
    if rules.start is Start.CERTIFICATION:
        if certified_on is None:
            raise BadInput("validity.certified_on_missing", issued_on=issued_on)
        return certified_on
    earliest = issued_on if rules.same_day_counts else issued_on + DAY
    return fiscal_year_from(earliest, rules.fiscal_year_month, rules.fiscal_year_day)


def last_day_of_report(rules: ValidityRules, issued_on: date) -> date:
    """The last day a report can be used: its years begin the day after its issue (MAN-イ.A1, AMB-V4)."""
    return last_day(
        issued_on if rules.first_day_counts else issued_on + DAY,
        int(rules.report_years * 12),
    )


def window_before(rules: ValidityRules, expiry: date) -> tuple[date, date]:
    """The first and last day of the window before `expiry` (AMB-V6)."""
    if rules.window_reckoning is WindowReckoning.LITERAL_DATES:
        return (
            add_months(expiry, -rules.window_opens_months),
            add_months(expiry, -rules.window_closes_months),
        )
    if rules.window_reckoning is WindowReckoning.JAN_FEB_ALWAYS:
        return _window_of_fiscal_year(rules, expiry)
    return _whole_months_back(rules, expiry)


def _whole_months_back(rules: ValidityRules, expiry: date) -> tuple[date, date]:
    after = expiry + DAY
    return add_months(after, -rules.window_opens_months), add_months(after, -rules.window_closes_months) - DAY


def _window_of_fiscal_year(rules: ValidityRules, expiry: date) -> tuple[date, date]:
    """The last window, of those before the end of a fiscal year, that closes by `expiry`."""
    end = fiscal_year_from(expiry + DAY, rules.fiscal_year_month, rules.fiscal_year_day) - DAY
    opens, closes = _whole_months_back(rules, end)
    if closes > expiry:
        return _whole_months_back(rules, add_months(end + DAY, -12) - DAY)
    return opens, closes


def last_chance(rules: ValidityRules, expiry: date) -> date:
    """The last day a renewal is taken: the window's, or the last of the grace days (AMB-V9)."""
    return expiry + timedelta(days=rules.grace_days) if rules.grace_days else window_before(rules, expiry)[1]
