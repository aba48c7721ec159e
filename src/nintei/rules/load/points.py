"""The points section of a rulebook: categories, how time becomes points, caps and minimums."""

from __future__ import annotations

from nintei.rules.edition import (
    ActivityKind,
    Bound,
    Category,
    EvidenceOption,
    Hardship,
    Per,
    PointsRules,
    ReliefRule,
    Rounding,
    Unit,
    Window,
    YearKind,
)
from nintei.rules.load.table import Table


def read_categories(root: Table) -> dict[str, Category]:
    """The categories by code, in the order written."""
    return {code: _category(code, table) for code, table in root.tables("categories")}


def _category(code: str, table: Table) -> Category:
    unit = table.table("rate").choice("unit", Unit)
    category = Category(
        code=code,
        name=table.both("name"),
        short=table.both("short"),
        group=table.both("group"),
        rate=table.rule("rate", lambda rule: rule.number("value", unit.value)),
        unit=unit,
        cite=table.cite(),
        needs_topic=_flag(table, "needs_topic"),
        needs_registered_course=_flag(table, "needs_registered_course"),
        without_proof=_without_proof(table),
        detail_must_be_clear=_flag(table, "detail_must_be_clear"),
        evidence=table.rule("evidence", _evidence) if table.has("evidence") else (),
        kinds=tuple(_kind(each, sub) for each, sub in table.tables("kinds")),
        conditions=table.cites,
    )
    for name, note in table.tables("notes"):
        table.cites[name] = note.cite()
        note.end()
    table.end()
    return category


def _flag(table: Table, name: str) -> bool:
    return table.has(name) and table.rule(name, lambda rule: rule.flag("value"))


def _without_proof(table: Table) -> str | None:
    if not table.has("without_proof"):
        return None
    return table.rule("without_proof", lambda rule: rule.text("value"))


def _evidence(rule: Table) -> tuple[EvidenceOption, ...]:
    options = []
    for _, option in rule.tables("options"):
        options.append(EvidenceOption(option.names("shows"), option.both("name")))
        option.end()
    return tuple(options)


def _kind(code: str, table: Table) -> ActivityKind:
    kind = ActivityKind(code, table.both("name"), table.cite())
    table.end()
    return kind


def read_points(root: Table, categories: dict[str, Category], topics: frozenset[str]) -> PointsRules:
    """The points rules. Bounds are read here; whether they fit together is asked in `bounds`."""
    table = root.table("points")
    rules = PointsRules(
        step=table.rule("step", lambda rule: rule.number("value", "point")),
        rounding=table.rule("rounding", lambda rule: rule.choice("value", Rounding)),
        year_kind=table.rule("year_kind", lambda rule: rule.choice("value", YearKind)),
        window=table.rule("window", lambda rule: rule.choice("value", Window)),
        required=table.rule("required", lambda rule: rule.number("value", "point")),
        caps=_bounds(table, "caps", categories, topics),
        minimums=_bounds(table, "minimums", categories, topics),
        min_topics=table.rule("min_topics", lambda rule: rule.count("value", "topic")),
        carry_over=table.rule("carry_over", lambda rule: rule.number("value", "point")),
        shared_ledger=table.rule("shared_ledger", lambda rule: rule.flag("value")),
        warn_hours_a_day=table.rule("warn_hours_a_day", lambda rule: rule.count("value", "hour")),
        refuse_hours_a_day=table.rule("refuse_hours_a_day", lambda rule: rule.count("value", "hour")),
        relief=_relief(table.table("relief")) if table.has("relief") else None,
        cites=table.cites,
    )
    if not rules.step:
        raise table.refuse("step", "must be more than 0")
    if rules.min_topics > len(topics):
        raise table.refuse(
            "min_topics",
            f"asks {rules.min_topics} topics where there are only {len(topics)}",
        )
    table.end()
    return rules


def _relief(table: Table) -> ReliefRule:
    known = {each.value: each for each in Hardship}
    written = _known(table, "kinds", frozenset(known))
    rule = ReliefRule(
        kinds=tuple(each for name, each in known.items() if name in written),
        points=table.number("points", "point"),
        cite=table.cite(),
    )
    table.end()
    return rule


def _bounds(
    points: Table, kind: str, categories: dict[str, Category], topics: frozenset[str]
) -> tuple[Bound, ...]:
    found: list[Bound] = []
    for _, group in points.tables(kind):
        spans = [span for span in Per if group.has(f"per_{span}")]
        found += [_bound(group.table(f"per_{span}"), span, categories, topics) for span in spans]
        group.end()
    return tuple(found)


def _bound(table: Table, per: Per, categories: dict[str, Category], topics: frozenset[str]) -> Bound:
    bound = Bound(
        key=table.key,
        categories=_known(table, "categories", frozenset(categories)),
        topics=_known(table, "topics", topics) if table.has("topics") else None,
        per=per,
        points=table.number("points", "point"),
        cite=table.cite(),
    )
    table.end()
    return bound


def _known(table: Table, name: str, known: frozenset[str]) -> frozenset[str]:
    written = table.names(name)
    if not written:
        raise table.refuse(name, "must name at least one")
    for each in written:
        if each not in known:
            raise table.refuse(name, f"{each!r} is unknown; known: {', '.join(sorted(known))}")
    return frozenset(written)
