"""Reads an application in JSON or TOML: qualification, report, posts, and what has been handed in."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from nintei.ledger.cells import BadCell, day
from nintei.rules.edition import Edition
from nintei.rules.experience import AttestedBy, Post
from nintei.rules.refdata import field_by_code, field_by_name

_OTHER_NAMES = {
    "programme": "qualification",
    "reference_date": "applied_on",
    "application_date": "applied_on",
    "periods": "posts",
    "report_issue_date": "report_issued_on",
    "start": "from",
    "end": "to",
}
_KEYS = {
    "qualification", "applied_on", "substitution_months", "posts", "report", "report_issued_on",
    "received", "received_on", "fee_confirmed_on", "name",
}  # fmt: skip
_POST_KEYS = {"from", "to", "fields", "attested_by", "name", "organisation", "title"}
_REPORT_KEYS = {"issued_on", "exam", "passed"}


class Misfilled(Exception):
    """Something on the paper cannot be used. `fault` is worded by `words`, `data` fills the sentence."""

    def __init__(self, fault: str, **data: object) -> None:
        super().__init__(fault, data)
        self.fault = fault
        self.data = data


class Report(NamedTuple):
    """The exam result report as the applicant states it."""

    issued_on: date
    exam: str | None
    passed: bool


class Paper(NamedTuple):
    """An application as written. What is None was not said, and is not held against anybody."""

    qualification: str
    applied_on: date | None
    posts: tuple[Post, ...] | None
    substitution_months: int
    report: Report | None
    received: tuple[str, ...] | None
    received_on: date | None
    fee_confirmed_on: date | None


def read_paper(data: bytes, is_toml: bool, edition: Edition, qualification: str | None) -> Paper:
    """The application in the bytes of a file. `Misfilled` names the key; ValueError for a broken file."""
    text = data.decode("utf-8-sig")
    document = tomllib.loads(text) if is_toml else json.loads(text)
    keys = _known(document, _KEYS, "")
    return Paper(
        qualification=_qualification(keys, edition, qualification),
        applied_on=_day(keys, "applied_on", ""),
        posts=_posts(keys, edition),
        substitution_months=_months(keys),
        report=_report(keys, edition),
        received=_received(keys, edition),
        received_on=_day(keys, "received_on", ""),
        fee_confirmed_on=_day(keys, "fee_confirmed_on", ""),
    )


def _known(document: object, known: set[str], where: str) -> dict[str, object]:
    """An object's keys under their first names; a key nobody reads is a mistake."""
    if not isinstance(document, dict):
        raise Misfilled("wrong_value", key=where or "{ }", value=document, known="")
    keys: dict[str, object] = {_OTHER_NAMES.get(str(key), str(key)): value for key, value in document.items()}
    for key in keys:
        if key not in known:
            raise Misfilled("unknown_key", key=f"{where}{key}")
    return keys


def _qualification(keys: Mapping[str, object], edition: Edition, asked: str | None) -> str:
    value = asked or keys.get("qualification")
    if value is None:
        raise Misfilled("no_key", key="qualification")
    if value not in edition.qualifications:
        raise Misfilled(
            "wrong_value", key="qualification", value=value, known=", ".join(edition.qualifications)
        )
    return str(value)


def _day(keys: Mapping[str, object], key: str, where: str) -> date | None:
    value = keys.get(key)
    if value is None:
        return None
    try:
        return day(value)
    except BadCell:
        raise Misfilled("no_day", key=f"{where}{key}", value=value) from None


def _needed_day(keys: Mapping[str, object], key: str, where: str) -> date:
    found = _day(keys, key, where)
    if found is None:
        raise Misfilled("no_key", key=f"{where}{key}")
    return found


def _posts(keys: Mapping[str, object], edition: Edition) -> tuple[Post, ...] | None:
    value = keys.get("posts")
    if value is None:
        return None
    if not isinstance(value, list):
        raise Misfilled("wrong_value", key="posts", value=value, known="[[posts]]")
    return tuple(_post(number, each, edition) for number, each in enumerate(value, 1))


def _post(number: int, document: object, edition: Edition) -> Post:
    where = f"posts.{number}."
    keys = _known(document, _POST_KEYS, where)
    start, end = _needed_day(keys, "from", where), _day(keys, "to", where)
    if end is not None and end < start:
        raise Misfilled("ends_before_it_starts", key=where.rstrip("."))
    fields = keys.get("fields", [])
    if not isinstance(fields, list):
        raise Misfilled("wrong_value", key=f"{where}fields", value=fields, known="[4, 5]")
    attested_by = keys.get("attested_by", AttestedBy.SUPERVISOR_THERE)
    if attested_by not in list(AttestedBy):
        known = ", ".join(AttestedBy)
        raise Misfilled("wrong_value", key=f"{where}attested_by", value=attested_by, known=known)
    found = frozenset(_field(each, edition, f"{where}fields") for each in fields)
    return Post(str(number), start, end, found, AttestedBy(str(attested_by)))


def _field(value: object, edition: Edition, key: str) -> str:
    text = str(value).strip()
    if text in edition.fields:
        return text
    found = field_by_name(edition, text) or field_by_code(edition, text).field
    if found is None:
        known = ", ".join(f"{number} {each.name.ja}" for number, each in edition.fields.items())
        raise Misfilled("wrong_value", key=key, value=value, known=known)
    return found.key


def _months(keys: Mapping[str, object]) -> int:
    value = keys.get("substitution_months", 0)
    if type(value) is not int or value < 0:
        raise Misfilled("wrong_value", key="substitution_months", value=value, known="0, 1, 2 …")
    return value


def _report(keys: Mapping[str, object], edition: Edition) -> Report | None:
    document = keys.get("report")
    if document is None and keys.get("report_issued_on") is not None:
        return Report(_needed_day(keys, "report_issued_on", ""), None, True)
    if document is None:
        return None
    report = _known(document, _REPORT_KEYS, "report.")
    exam, passed = report.get("exam"), report.get("passed", True)
    if exam is not None and exam not in edition.qualifications:
        raise Misfilled("wrong_value", key="report.exam", value=exam, known=", ".join(edition.qualifications))
    if not isinstance(passed, bool):
        raise Misfilled("wrong_value", key="report.passed", value=passed, known="true, false")
    return Report(_needed_day(report, "issued_on", "report."), None if exam is None else str(exam), passed)


def _received(keys: Mapping[str, object], edition: Edition) -> tuple[str, ...] | None:
    value = keys.get("received")
    if value is None:
        return None
    known = [form.code for form in edition.procedure.forms]
    if not isinstance(value, list) or not all(each in known for each in value):
        raise Misfilled("wrong_value", key="received", value=value, known=", ".join(known))
    return tuple(value)
