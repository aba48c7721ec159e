"""The register of a rulebook: open readings, settings, what is unset, misprints, headings."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from nintei.rules.edition import Heading, Misprint, Option, Reading, Unset
from nintei.rules.load.table import Table

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
    settled = {}
    for name, reading in readings.items():
        if reading.decides:
            chosen = _chosen(root, reading)
            reading = Reading(
                reading.id,
                reading.title,
                reading.weight,
                reading.clauses,
                reading.options,
                chosen,
                reading.reading,
                reading.decides,
            )
        settled[name] = reading
    return settled


def _chosen(root: Table, reading: Reading) -> str:
    path = tuple(reading.decides.split("."))
    node: Any = root.data
    for part in path:
        node = node.get(part) if isinstance(node, dict) else None
    if not isinstance(node, dict) or "value" not in node:
        raise root.book.refusal(
            ("readings", reading.id, "decides"), f"{reading.decides} is no rule here"
        )
    if isinstance(node["value"], list):
        return _chosen_together(root, reading, path, node["value"])
    value = _as_text(node["value"])
    for option in reading.options:
        if option.value == value:
            return option.code
    if any(option.value == "*" for option in reading.options):
        return next(option.code for option in reading.options if option.value == "*")
    known = ", ".join(option.value for option in reading.options)
    raise root.book.refusal(
        (*path, "value"), f"{value!r} is no option of {reading.id}; known: {known}"
    )


def _chosen_together(
    root: Table, reading: Reading, path: tuple[str, ...], values: list[Any]
) -> str:
    codes = {option.value: option.code for option in reading.options}
    for each in values:
        if each not in codes:
            raise root.book.refusal(
                (*path, "value"), f"{each!r} is no option of {reading.id}"
            )
    return ", ".join(codes[each] for each in values)


def read_settings(root: Table) -> dict[str, object]:
    """Named choices that no section of the kernel's dataclasses holds, each beside its words."""
    if not root.has("settings"):
        root.taken.add("settings")
        return {}
    table = root.table("settings")
    settings = {name: table.rule(name, _setting) for name in table.data}
    table.end()
    return settings


def _setting(rule: Table) -> object:
    value = rule.take("value")
    if isinstance(value, list):
        return rule.names("value")
    if isinstance(value, bool):
        return value
    if rule.has("unit"):
        return _quantity(rule)
    return rule.text("value")


def _quantity(rule: Table) -> Fraction:
    return rule.number("value", rule.text("unit"))


def read_unset(root: Table) -> dict[str, Unset]:
    """What no document says, and who has to say it."""
    unset = {}
    for name, table in root.tables("unset"):
        ambiguity = table.text("ambiguity", "")
        if ambiguity and ambiguity not in root.book.readings:
            raise table.refuse(
                "ambiguity", f"{ambiguity!r} is not in the readings of this rulebook"
            )
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
    return tuple(_heading(name, table) for name, table in root.tables("headings"))


def _heading(name: str, table: Table) -> Heading:
    why = table.both("why")
    cite = table.cite()
    table.end()
    return Heading(cite.clause, why, cite)
