"""Validity, experience, fees, procedure and qualifications of a rulebook."""

from __future__ import annotations

from fractions import Fraction

from nintei.rules.edition import (
    Criterion,
    ExperienceRules,
    FeeRules,
    Form,
    Notice,
    OtherOrganisation,
    Price,
    ProcedureRules,
    Qualification,
    RefundKind,
    RequiredFieldRule,
    Start,
    TaxRate,
    ValidityRules,
    WindowReckoning,
)
from nintei.rules.load.table import Table


def read_validity(root: Table) -> ValidityRules:
    """Validity, the exam report's life, the renewal window and grace."""
    table = root.table("validity")
    fiscal_year = table.rule("fiscal_year", lambda rule: _month_and_day(rule.text("starts"), rule))
    rules = ValidityRules(
        start=table.rule("start", lambda rule: rule.choice("value", Start)),
        same_day_counts=table.rule("same_day_counts", _flag),
        years=table.rule("years", lambda rule: _at_least_one(rule, "year")),
        fiscal_year_month=fiscal_year[0],
        fiscal_year_day=fiscal_year[1],
        report_years=table.rule("report_years", _whole_months),
        first_day_counts=table.rule("first_day_counts", _flag),
        window_reckoning=table.rule("window_reckoning", lambda rule: rule.choice("value", WindowReckoning)),
        window_opens_months=table.rule("window_opens_months", lambda rule: rule.count("value", "month")),
        window_closes_months=table.rule("window_closes_months", lambda rule: rule.count("value", "month")),
        align_renewal_to_fiscal_year=table.rule("align_renewal_to_fiscal_year", _flag),
        grace_days=table.rule("grace_days", lambda rule: rule.count("value", "day")),
        stays_valid_while_pending=table.rule("stays_valid_while_pending", _flag),
        legacy_applied_until=(
            table.rule("legacy_applied_until", lambda rule: rule.day("value"))
            if table.has("legacy_applied_until")
            else None
        ),
        cites=table.cites,
    )
    if rules.window_opens_months <= rules.window_closes_months:
        raise table.refuse("window_opens_months", "the window must open before it closes")
    table.end()
    return rules


def _flag(rule: Table) -> bool:
    return rule.flag("value")


def _at_least_one(rule: Table, unit: str) -> int:
    count = rule.count("value", unit)
    if count < 1:
        raise rule.refuse("value", "must be at least 1")
    return count


def _whole_months(rule: Table) -> Fraction:
    """Years that may be written in months: a report that can be used for 18 months."""
    years = rule.number("value", "year")
    if years == 0 or (years * 12).denominator != 1:
        raise rule.refuse("value", "must be a whole number of months, at least one")
    return years


def _month_and_day(text: str, rule: Table) -> tuple[int, int]:
    """`04-01` as (4, 1). A year that begins on 29 February would not exist in most years.

    >>> _month_and_day("04-01", None)
    (4, 1)
    """
    month, _, day = text.partition("-")
    days = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if (
        month.isdecimal()
        and day.isdecimal()
        and 1 <= int(month) <= 12
        and 1 <= int(day) <= days[int(month) - 1]
    ):
        return int(month), int(day)
    raise rule.refuse("starts", f"must be a day of every year such as 04-01, not {text!r}")


def read_experience(root: Table, topics: frozenset[str]) -> ExperienceRules:
    """Work experience in months."""
    table = root.table("experience")
    rules = ExperienceRules(
        total_months=table.rule("total_months", lambda rule: rule.count("value", "month")),
        min_fields=table.rule("min_fields", lambda rule: rule.count("value", "field")),
        required_months=table.rule("required_months", lambda rule: rule.count("value", "month")),
        required_rule=table.rule("required_rule", lambda rule: rule.choice("value", RequiredFieldRule)),
        substitution_cap_months=table.rule(
            "substitution_cap_months", lambda rule: rule.count("value", "month")
        ),
        other_org=table.rule("other_org", lambda rule: rule.choice("value", OtherOrganisation)),
        cites=table.cites,
    )
    if rules.min_fields > len(topics):
        raise table.refuse(
            "min_fields",
            f"asks {rules.min_fields} fields where there are only {len(topics)}",
        )
    if rules.required_months > rules.total_months:
        raise table.refuse("required_months", "asks more months in a required field than in all")
    for name, note in table.tables("notes"):
        table.cites[name] = note.cite()
        note.end()
    table.end()
    return rules


def read_fees(root: Table) -> FeeRules:
    """The dated price list, the tax, refunds and the account."""
    table = root.table("fees")
    rules = FeeRules(
        prices=tuple(
            sorted(
                map(_price, _each(table, "prices")),
                key=lambda row: (row.kind, row.from_day),
            )
        ),
        taxes=tuple(sorted(map(_tax, _each(table, "taxes")), key=lambda row: row.from_day)),
        refundable_after_acceptance=table.rule("refundable_after_acceptance", _flag),
        refund=table.rule("refund", lambda rule: rule.choice("value", RefundKind)),
        payer_bears_charge=table.rule("payer_bears_charge", _flag),
        bank=table.rule("bank", _words),
        cites=table.cites,
    )
    _refuse_equal_days(table, [(row.kind, row.from_day) for row in rules.prices], "prices")
    _refuse_equal_days(table, [row.from_day for row in rules.taxes], "taxes")
    table.end()
    return rules


def _each(table: Table, name: str) -> list[Table]:
    return [sub for _, sub in table.tables(name)]


def _price(table: Table) -> Price:
    row = Price(table.text("kind"), table.day("from"), table.count("base", "yen"), table.cite())
    table.end()
    return row


def _tax(table: Table) -> TaxRate:
    row = TaxRate(table.day("from"), table.number("rate", "share"), table.cite())
    if row.rate >= Fraction(1):
        raise table.refuse("rate", f"is a share of the price and must be less than 1, not {row.rate}")
    table.end()
    return row


def _refuse_equal_days(table: Table, days: list[object], name: str) -> None:
    if len(set(days)) != len(days):
        raise table.refuse(name, "two rows begin on the same day")


def _words(rule: Table) -> dict[str, str]:
    words = rule.table("words")
    return {name: words.text(name) for name in words.data}


def read_procedure(root: Table) -> ProcedureRules:
    """Criteria, forms, addresses and notices."""
    table = root.table("procedure")
    rules = ProcedureRules(
        criteria=tuple(_criterion(code, sub) for code, sub in table.tables("criteria")),
        forms=tuple(_form(code, sub) for code, sub in table.tables("forms")),
        contact=table.rule("contact", _words),
        notices=tuple(_notice(name, sub) for name, sub in table.tables("notices")),
    )
    table.end()
    return rules


def _criterion(code: str, table: Table) -> Criterion:
    criterion = Criterion(table.text("mark"), code, table.both("name"), table.cite())
    table.end()
    return criterion


def _form(code: str, table: Table) -> Form:
    form = Form(code, table.both("name"), table.cite())
    table.end()
    return form


def _notice(name: str, table: Table) -> Notice:
    notice = Notice(name, table.both("name"), table.cite())
    table.end()
    return notice


def read_qualifications(root: Table, topics: frozenset[str]) -> dict[str, Qualification]:
    """The qualifications by code; required fields must be fields of the rulebook."""
    return {code: _qualification(code, table, topics) for code, table in root.tables("qualifications")}


def _qualification(code: str, table: Table, topics: frozenset[str]) -> Qualification:
    qualification = Qualification(
        code=code,
        name=table.both("name"),
        group=table.both("group"),
        certified=table.rule("certified", _flag),
        required_fields=(
            table.rule("required_fields", lambda rule: _fields(rule, topics))
            if table.has("required_fields")
            else ()
        ),
        cite=table.cite(),
    )
    table.end()
    return qualification


def _fields(rule: Table, topics: frozenset[str]) -> tuple[str, ...]:
    written = rule.names("value")
    for each in written:
        if each not in topics:
            raise rule.refuse("value", f"{each!r} is no field of this rulebook")
    return written
