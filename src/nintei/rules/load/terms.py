"""The reference tables of a rulebook: fields of practice with their examples, competencies."""

from __future__ import annotations

from nintei.rules.edition import (
    Citation,
    Competency,
    CompetencyArea,
    Example,
    FieldOfPractice,
    Text,
)
from nintei.rules.load.table import Table


def read_fields(root: Table) -> dict[str, FieldOfPractice]:
    """The fields of practice by key, in the order written."""
    return {key: _field(key, table) for key, table in root.tables("fields")}


def _field(key: str, table: Table) -> FieldOfPractice:
    names: dict[str, str] = {}
    codes: dict[str, tuple[str, ...]] = {}
    cites = []
    for document, printed in table.tables("printed"):
        names[document] = printed.text("name")
        codes[document] = printed.names("codes")
        cites.append(printed.cite())
        printed.end()
    field = FieldOfPractice(
        key=key,
        name=table.both("name"),
        description=_described(table),
        names_printed=names,
        codes_printed=codes,
        areas=table.names("areas"),
        aliases=table.names("aliases"),
        examples=tuple(_example(each, sub) for each, sub in table.tables("examples")),
        cite=_first(table, cites),
    )
    table.end()
    return field


def _described(table: Table) -> Text:
    described = table.table("description")
    text = described.both("text")
    _printed(described)
    described.end()
    return text


def _printed(table: Table) -> Citation:
    cites = []
    for _, printed in table.tables("printed"):
        cites.append(printed.cite())
        printed.end()
    return _first(table, cites)


def _first(table: Table, cites: list[Citation]) -> Citation:
    if not cites:
        raise table.refuse("printed", "needs the words it comes from: no document prints it")
    return cites[0]


def _example(code: str, table: Table) -> Example:
    example = Example(code, table.both("name"), _printed(table))
    table.end()
    return example


def read_areas(root: Table, topics: frozenset[str]) -> dict[str, CompetencyArea]:
    """The competency areas by code, in the order written."""
    return {code: _area(code, table, topics) for code, table in root.tables("areas")}


def _area(code: str, table: Table, topics: frozenset[str]) -> CompetencyArea:
    topic = table.text("topic", "")
    if topic and topic not in topics:
        raise table.refuse("topic", f"{topic!r} is no field of this rulebook")
    area = CompetencyArea(
        code=code,
        name=table.both("name"),
        heading=table.text("heading"),
        topic=topic or None,
        items=tuple(_competency(each, sub) for each, sub in table.tables("items")),
        cite=table.cite(),
    )
    table.end()
    return area


def _competency(code: str, table: Table) -> Competency:
    name = table.both("name")
    competency = Competency(code, name, table.text("printed", name.ja), table.cite())
    table.end()
    return competency
