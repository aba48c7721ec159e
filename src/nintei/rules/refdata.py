"""Look-ups in the reference data: fields, competency areas and items, qualifications, by code and name.

The same code can mean three things (OP is a qualification, a field and an area), so every look-up says
which it means (AMB-R2). What the documents leave open stays open: a code printed for two fields resolves
to neither (AMB-R1), a name two items share gives both (AMB-R3). Field numbers decide, names are aliases
(AMB-E11).
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from nintei.rules.edition import Competency, CompetencyArea, Edition, FieldOfPractice, Qualification


class FieldFound(NamedTuple):
    """The field a code names, or the fields it may name where it names none for certain."""

    field: FieldOfPractice | None
    candidates: tuple[FieldOfPractice, ...] = ()


class Meanings(NamedTuple):
    """Everything a code means, each in its own namespace."""

    qualification: Qualification | None
    field: FieldOfPractice | None
    area: CompetencyArea | None


class Counts(NamedTuple):
    """How much reference data the edition holds."""

    fields: int
    examples: int
    areas: int
    items: int


def _folded(name: str) -> str:
    """A name as compared: width, case and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def field_by_name(edition: Edition, name: str, document: str | None = None) -> FieldOfPractice | None:
    """The field called `name` in the text in use, in print (in `document`, or in any) or as an alias."""
    wanted = _folded(name)
    for field in edition.fields.values():
        printed = [text for key, text in field.names_printed.items() if document in (None, key)]
        if wanted in {_folded(text) for text in (field.name.ja, field.name.en, *printed, *field.aliases)}:
            return field
    return None


def field_by_code(edition: Edition, code: str, document: str | None = None) -> FieldFound:
    """The field that `document` (or any) prints `code` for; never one of several (AMB-R1).

    A code that is not printed for a field but is that of a competency area stands for the area's field.
    """
    printed = tuple(
        field
        for field in edition.fields.values()
        if any(code in codes for key, codes in field.codes_printed.items() if document in (None, key))
    )
    if len(printed) == 1:
        return FieldFound(printed[0])
    if printed:
        return FieldFound(None, printed)
    area = edition.areas.get(code)
    if area is not None and area.topic is not None and document in (None, area.cite.source):
        return FieldFound(edition.fields[area.topic])
    return FieldFound(None)


def field_of_competency(edition: Edition, code: str) -> FieldOfPractice | None:
    """The field of a competency item (`AR-3`) or area (`AR`); None for PE, PC and PA, which have none (AMB-C18)."""
    area = next((area for area in edition.areas.values() if _in_area(area, code)), None)
    return None if area is None or area.topic is None else edition.fields[area.topic]


def _in_area(area: CompetencyArea, code: str) -> bool:
    return area.code == code or any(item.code == code for item in area.items)


def competency(edition: Edition, code: str) -> Competency | None:
    """The competency item with this code."""
    return next((item for area in edition.areas.values() for item in area.items if item.code == code), None)


def competencies_by_name(edition: Edition, name: str) -> tuple[Competency, ...]:
    """Every competency item of this name, in the order of the document."""
    wanted = _folded(name)
    return tuple(
        item
        for area in edition.areas.values()
        for item in area.items
        if wanted in {_folded(text) for text in (item.name.ja, item.name.en, item.printed)}
    )


def qualification_by_name(edition: Edition, name: str) -> Qualification | None:
    """The qualification with this code or name."""
    wanted = _folded(name)
    for each in edition.qualifications.values():
        if wanted in {_folded(text) for text in (each.code, each.name.ja, each.name.en)}:
            return each
    return None


def meanings(edition: Edition, code: str) -> Meanings:
    """What `code` means as a qualification, as a field and as a competency area (AMB-R2)."""
    return Meanings(
        edition.qualifications.get(code), field_by_code(edition, code).field, edition.areas.get(code)
    )


def counts(edition: Edition) -> Counts:
    """How many fields, examples, areas and items there are."""
    return Counts(
        fields=len(edition.fields),
        examples=sum(len(field.examples) for field in edition.fields.values()),
        areas=len(edition.areas),
        items=sum(len(area.items) for area in edition.areas.values()),
    )
