"""Reading xAPI statements (1.0.3 and 2.0): who attended which course, on which day, for how long. Pure.

Only what confirms attendance is read: `completed` or `passed` with `result.duration`. The actor is an account:
its `homePage` this installation, its `name` the certification number; the actor's `name` is the kana.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

VERBS = {
    f"{scheme}://adlnet.gov/expapi/verbs/{verb}"
    for scheme in ("http", "https")
    for verb in ("completed", "passed")
}
VERSIONS = re.compile(r"(1\.0|2\.0)(\.\d{1,3})?")
# What a receiver adds to a statement does not make it another one (xAPI, “statement comparison”).
ADDED = {"stored", "authority", "version"}
_DURATION = re.compile(
    r"P(?:(\d{1,4})W|(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:[.,]\d{1,9})?S)?)?)",
    re.ASCII,
)


class Told(NamedTuple):
    """A statement, understood. `lasted` is in whole minutes, `on` the JST day; `sha256` is of what it says."""

    id: UUID
    number: str
    kana: str
    course: UUID
    on: date
    lasted: int
    registration: UUID | None
    body: dict[str, Any]
    sha256: str


def read(body: Mapping[str, Any], base_url: str, at: datetime) -> Told:
    """One statement as JSON; raises `Refused` with `courses.xapi_…` that names what to change."""
    if _text(body, "verb", "id") not in VERBS:
        raise Refused("courses.xapi_verb", verb=_text(body, "verb", "id")[:200])
    number, kana = _actor(body, base_url)
    result = body.get("result")
    said = result if isinstance(result, Mapping) else {}
    if said.get("completion") is False or said.get("success") is False:
        raise Refused("courses.xapi_not_completed")
    kept = {key: value for key, value in body.items() if key not in ADDED}
    return Told(
        id=_uuid(body.get("id"), "id") if "id" in body else uuid4(),
        number=number,
        kana=kana,
        course=_course(body, base_url),
        on=_on(body, at),
        lasted=minutes(_text(said, "duration")),
        registration=_registration(body),
        body=dict(body),
        sha256=hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
    )


def minutes(words: str) -> int:
    """The whole minutes of an ISO 8601 duration; months and years have no fixed length and are refused.

    >>> minutes("PT1H30M59.9S"), minutes("P1DT1M"), minutes("PT5400S")
    (90, 1441, 90)
    """
    found = _DURATION.fullmatch(words) if words != "P" else None
    weeks, days, hours, mins, seconds = (int(part or 0) for part in found.groups()) if found else (0,) * 5
    lasted = ((weeks * 7 + days) * 24 + hours) * 60 + mins + seconds // 60
    if not 0 < lasted <= 100_000:
        raise Refused("courses.xapi_duration", words=words[:100])
    return lasted


def _actor(body: Mapping[str, Any], base_url: str) -> tuple[str, str]:
    number, kana = _text(body, "actor", "account", "name"), _text(body, "actor", "name")
    home = _text(body, "actor", "account", "homePage")
    if home.rstrip("/") != base_url.rstrip("/") or not 0 < len(number) <= 100 or not 0 < len(kana) <= 100:
        raise Refused("courses.xapi_actor", home=base_url)
    return number, kana


def _course(body: Mapping[str, Any], base_url: str) -> UUID:
    """The course behind an activity: its page here, in either language."""
    name = _text(body, "object", "id").removeprefix(f"{base_url.rstrip('/')}/")
    found = re.fullmatch(r"(?:en/)?courses/([0-9a-fA-F-]{36})", name)
    if not found:
        raise Refused("courses.xapi_object", home=base_url)
    return _uuid(found[1], "object.id")


def _on(body: Mapping[str, Any], at: datetime) -> date:
    if "timestamp" not in body:
        return at.astimezone(JST).date()
    words = _text(body, "timestamp")
    try:
        said = datetime.fromisoformat(words)
        on = said.astimezone(JST).date()
    except (ValueError, OverflowError):
        raise Refused("courses.xapi_timestamp", words=words[:100]) from None
    if said.tzinfo is None:
        raise Refused("courses.xapi_timestamp", words=words[:100])
    return on


def _registration(body: Mapping[str, Any]) -> UUID | None:
    context = body.get("context")
    if not isinstance(context, Mapping) or "registration" not in context:
        return None
    return _uuid(context["registration"], "context.registration")


def _uuid(value: object, place: str) -> UUID:
    if isinstance(value, str) and re.fullmatch(
        r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value
    ):
        return UUID(value)
    raise Refused("courses.xapi_uuid", place=place)


def _text(body: object, *path: str) -> str:
    """The text at a place of a statement; empty where there is none."""
    for name in path:
        body = body.get(name) if isinstance(body, Mapping) else None
    return body if isinstance(body, str) else ""
