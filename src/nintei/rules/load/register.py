"""The register of a rulebook: open readings, settings, what is unset, misprints, headings."""

from __future__ import annotations

from typing import Any

from nintei.rules.edition import Heading, Misprint, Option, Reading, Unset
from nintei.rules.load.table import Table

# The settings that the kernel reads, and the options it carries out. `None` is any amount. A setting
# that nothing reads, or an option that nothing carries out, is refused: it would promise what is not done.
CARRIED_OUT: dict[str, tuple[str, ...] | None] = {
    "edition_for": ("at_application",),
    "beyond_cap": ("clip",),
    "activity_over_two_years": ("by_session",),
    "same_activity_twice": ("once",),
    "work_experience_counts": ("literal",),
    "fallback_without_proof": ("fallback_automatic",),
    "evidence_due": ("evidence_at_audit",),
    "after_disallowance": ("recompute",),
    "unclear_detail": ("hold_for_review",),
    "short_cycle": ("no_proration",),
    "topic_from": ("field_must_be_chosen",),
    "holder_from": ("certified_at_decision",),
    "late_certification": ("end_date_fixed",),
    "report_use_tested_on": ("submission_date",),
    "window_end_on_holiday": ("no_extension",),
    "window_missed_by_late_application": ("warn_and_flag",),
    "legacy_scope": ("application_date",),
    "overlapping_periods": ("union",),
    "several_fields_at_once": ("full_each",),
    "second_field_length": ("any_length",),
    "substitution_reaches": ("total_only",),
    "experience_counted_to": ("application_date",),
    "adding_periods": ("civil_months",),
    "self_attestation": ("self_refused",),
    "tax_date": ("rate_on_payment_date",),
    "acceptance_needs": ("both_needed",),
    "fee_per": ("per_application",),
    "bulk_payment": ("agreement_first",),
    "payer_matching": ("normalise_then_number_and_name",),
    "channels": ("online", "post"),
    "renewal_asks": ("pledge",),
    "signature": ("either",),
    "underpayment_tolerance": None,
}
# The kinds of error that a source can hold; `Misprint` says what they mean.
_KINDS = ("misprint", "outdated", "differs", "duplicate", "undefined", "lost")


def read_readings(root: Table) -> dict[str, Reading]:
    """The open readings by ambiguity id; they enter the book, so that rules can name them."""
    readings = {name: _reading(name, table) for name, table in root.tables("readings")}
    root.book.readings.update(readings)
    return readings


def _reading(name: str, table: Table) -> Reading:
    reading = Reading(
        id=name,
        title=table.both("title"),
        weight=table.text("weight"),
        clauses=table.names("clauses"),
        options=tuple(_option(code, sub) for code, sub in table.tables("options")),
        chosen=table.text("chosen", ""),
        reading=table.both("reading"),
        decides=table.text("decides", ""),
    )
    if reading.weight not in ("H", "M", "L"):
        raise table.refuse("weight", f"must be H, M or L, not {reading.weight!r}")
    if reading.chosen and reading.chosen not in [each.code for each in reading.options]:
        raise table.refuse("chosen", f"{reading.chosen!r} is no option of this reading")
    if reading.options and bool(reading.chosen) == bool(reading.decides):
        raise table.refuse("", "options need either `chosen` or the key that `decides`")
    table.end()
    return reading


def _option(code: str, table: Table) -> Option:
    name = table.both("name")
    value = _as_text(table.take("value")) if table.has("value") else code
    table.taken.add("value")
    table.end()
    return Option(code, name, value)


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def settle(root: Table, readings: dict[str, Reading]) -> dict[str, Reading]:
    """The readings with the option that the deciding key holds; an unknown option is refused."""
    return {
        name: reading._replace(chosen=_chosen(root, reading)) if reading.decides else reading
        for name, reading in readings.items()
    }


def _chosen(root: Table, reading: Reading) -> str:
    path = tuple(reading.decides.split("."))
    node: Any = root.data
    for part in path:
        node = node.get(part) if isinstance(node, dict) else None
    if not isinstance(node, dict) or "value" not in node:
        raise root.book.refusal(("readings", reading.id, "decides"), f"{reading.decides} is no rule here")
    if isinstance(node["value"], list):
        return _chosen_together(root, reading, path, node["value"])
    value = _as_text(node["value"])
    for option in reading.options:
        if option.value == value:
            return option.code
    if any(option.value == "*" for option in reading.options):
        return next(option.code for option in reading.options if option.value == "*")
    known = ", ".join(option.value for option in reading.options)
    raise root.book.refusal((*path, "value"), f"{value!r} is no option of {reading.id}; known: {known}")


def _chosen_together(root: Table, reading: Reading, path: tuple[str, ...], values: list[Any]) -> str:
    codes = {option.value: option.code for option in reading.options}
    for each in values:
        if each not in codes:
            raise root.book.refusal((*path, "value"), f"{each!r} is no option of {reading.id}")
    return ", ".join(codes[each] for each in values)


def read_settings(root: Table) -> dict[str, object]:
    """Named choices that no section of the kernel's dataclasses holds, each beside its words."""
    if not root.has("settings"):
        root.taken.add("settings")
        return {}
    table = root.table("settings")
    table.taken.update(CARRIED_OUT)
    table.end()
    return {name: table.rule(name, _setting) for name in table.data}


def _setting(rule: Table) -> object:
    carried_out = CARRIED_OUT[rule.path[-1]]
    if carried_out is None:
        return rule.count("value", rule.text("unit"))
    several = isinstance(rule.data.get("value"), list)
    values = rule.names("value") if several else (rule.text("value"),)
    for each in values:
        if each not in carried_out:
            known = ", ".join(carried_out)
            raise rule.refuse("value", f"the kernel does not carry out {each!r}; it carries out: {known}")
    return values if several else values[0]


def read_unset(root: Table) -> dict[str, Unset]:
    """What no document says, and who has to say it."""
    unset = {}
    for name, table in root.tables("unset"):
        ambiguity = table.text("ambiguity", "")
        if ambiguity and ambiguity not in root.book.readings:
            raise table.refuse("ambiguity", f"{ambiguity!r} is not in the readings of this rulebook")
        unset[name] = Unset(name, table.both("what"), table.both("owner"), ambiguity)
        table.end()
    return unset


def read_misprints(root: Table) -> tuple[Misprint, ...]:
    """The errors of the sources, each beside what is kept in its place."""
    return tuple(_misprint(name, table) for name, table in root.tables("misprints"))


def _misprint(name: str, table: Table) -> Misprint:
    misprint = Misprint(
        id=name,
        source=table.text("source"),
        printed=table.text("printed"),
        kept_as=table.text("kept_as"),
        why=table.text("why"),
        kind=table.text("kind"),
        key=table.text("key", ""),
    )
    if misprint.kind not in _KINDS:
        raise table.refuse("kind", f"must be one of {', '.join(_KINDS)}")
    table.end()
    return misprint


def read_headings(root: Table) -> tuple[Heading, ...]:
    """The sentences that ask nothing of software."""
    return tuple(_heading(table) for _, table in root.tables("headings"))


def _heading(table: Table) -> Heading:
    why = table.both("why")
    cite = table.cite()
    table.end()
    return Heading(cite.clause, why, cite)
