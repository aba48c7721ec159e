"""What the kernel answers to look-ups in the reference data."""

from __future__ import annotations

from collections.abc import Mapping

from nintei.rules import refdata
from nintei.rules.conformance.given import Answer, Data, Given, Malformed
from nintei.rules.edition import Edition, FieldOfPractice


def _document(edition: Edition, given: Given) -> str | None:
    """The document a case calls `MAN-2019-10`: its code and the edition's month."""
    if not given.has("edition"):
        return None
    name = given.text("edition")
    for each in edition.documents:
        if name == f"{each.code}-{each.id.partition('-')[2]}":
            return each.id
    raise Malformed(f"unknown edition {name!r}")


def _number(field: FieldOfPractice | None) -> int | None:
    return None if field is None else int(field.key)


def _field_by_code(edition: Edition, given: Given) -> Data:
    found = refdata.field_by_code(edition, given.text("code"), _document(edition, given))
    return {"field": _number(found.field), "candidates": [_number(each) for each in found.candidates]}


def _competency(edition: Edition, given: Given) -> Data:
    found = refdata.competency(edition, given.text("code"))
    return (
        {"ja": None, "ja_source": None}
        if found is None
        else {"ja": found.name.ja, "ja_source": found.printed}
    )


def _namespaces(edition: Edition, given: Given) -> Data:
    found = refdata.meanings(edition, given.text("code"))
    return {
        "qualification": found.qualification and found.qualification.name.ja,
        "field": _number(found.field),
        "area": found.area and found.area.name.ja,
    }


def _counts(edition: Edition, _: Given) -> Data:
    found = refdata.counts(edition)
    return {"fields": found.fields, "examples": found.examples, "areas": found.areas, "items": found.items}


def _required_fields(edition: Edition, given: Given) -> Data:
    code = given.text("programme")
    if code not in edition.qualifications:
        raise Malformed(f"unknown programme {code!r}")
    return {"fields": [int(field) for field in edition.qualifications[code].required_fields]}


_LOOKUPS: dict[str, Answer] = {
    "field_by_name": lambda edition, given: {
        "field": _number(refdata.field_by_name(edition, given.text("name"), _document(edition, given)))
    },
    "field_by_code": _field_by_code,
    "field_of_competency": lambda edition, given: {
        "field": _number(refdata.field_of_competency(edition, given.text("code")))
    },
    "competency": _competency,
    "competency_by_name": lambda edition, given: {
        "codes": [each.code for each in refdata.competencies_by_name(edition, given.text("name"))]
    },
    "counts": _counts,
    "namespaces": _namespaces,
    "required_fields": _required_fields,
}


def answer_lookup(edition: Edition, given: Given) -> Mapping[str, object]:
    """The answer of the area `refdata`: `lookup` names the question."""
    lookup = given.text("lookup")
    if lookup not in _LOOKUPS:
        raise Malformed(f"unknown look-up {lookup!r}")
    return _LOOKUPS[lookup](edition, given)
