"""Another association's passport, read within bounds: whose signature it bears, and which activities it tells of. Pure.

Nothing is fetched. A key is known where the association's keys lie with us; a did:key says of itself only that the
file is as it was signed; any other name of a key cannot be looked up, so nothing is known. What was changed is refused.
Whatever the answer, the activities only become drafts: what counts is what the holder logs and our rules say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from nintei.certificates.credentials import dataintegrity, jose, multikey, openbadge
from nintei.certificates.credentials.dataintegrity import NotSigned
from nintei.certificates.credentials.jsonld import Unreadable, members, parsed
from nintei.certificates.credentials.multikey import NoKey
from nintei.certificates.verifying.judging import judge
from nintei.certificates.verifying.passports import is_passport
from nintei.certificates.verifying.trust import Trust
from nintei.certificates.verifying.verdict import Answer

MOST_ACTIVITIES, MOST_VALUES = 50, 12_000
ITEMS = re.compile(r"[1-9]\d{0,2}", re.ASCII)
MINUTES = re.compile(r"minutes (\d{4}-\d{2}-\d{2})", re.ASCII)
LONGEST = 200


class Signature(StrEnum):
    """What the signature says."""

    KNOWN = "known"
    SELF = "self"
    UNKNOWN = "unknown"


class Told(NamedTuple):
    """An activity as the other association tells it; minutes by day where it says them, else its first and last day."""

    id: str
    title: str
    organiser: str
    days: tuple[tuple[date, int], ...]
    from_on: date | None
    until_on: date | None
    points: str
    items: str = ""


class Incoming(NamedTuple):
    """A passport that may be looked at: who issued it to whom, whose signature, what it tells of."""

    id: str
    issuer: str
    name: str
    made_on: str
    signature: Signature
    activities: tuple[Told, ...]


class BadPassport(ValueError):
    """A file that is not taken in; `code` says why (`changed`, `no passport`, `empty`, `many`, or as `Unreadable`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(data: bytes, known: Sequence[Trust], on: date) -> Incoming:
    """A passport (JSON or token) and whose it is. Raises `BadPassport`."""
    try:
        credential, token = _credential(data)
        if not is_passport(credential):
            raise BadPassport("no passport")
        signature = _signature(credential, token, data, known, on)
        return _incoming(credential, signature)
    except Unreadable as fault:
        raise BadPassport(fault.code) from fault
    except NotSigned as fault:
        raise BadPassport(_why(str(fault))) from fault
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        if isinstance(fault, BadPassport):
            raise
        raise BadPassport("credential") from fault


def _credential(data: bytes) -> tuple[dict[str, Any], str]:
    """The document, and the token it came in, if it did."""
    if data.lstrip().startswith(b"{"):
        return _bounded(parsed(data)), ""
    try:
        token = data.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise Unreadable("kind") from error
    if token.count(".") != 2:
        raise Unreadable("kind")
    _, claims = jose.read(token)
    return _bounded(openbadge.without_claims(claims)), token


def _bounded(document: dict[str, Any]) -> dict[str, Any]:
    """Fewer values than ours may have: a stranger's graph is canonicalised without a journal that knows it."""
    todo, count = [document], 0
    while todo:
        value: Any = todo.pop()
        count += 1
        todo += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if count > MOST_VALUES:
        raise Unreadable("shape")
    return document


def _signature(
    credential: dict[str, Any], token: str, data: bytes, known: Sequence[Trust], on: date
) -> Signature:
    """Whose signature it is. Raises `NotSigned`, or `BadPassport("changed")`."""
    method = (
        jose.read(token)[0].get("kid") if token else dataintegrity.proof_of(credential)["verificationMethod"]
    )
    issuer = credential["issuer"]
    issuer = issuer["id"] if isinstance(issuer, dict) else issuer
    for trust in known:
        if trust.pair_of(method) is not None:
            found = judge(data, trust, on).answer
            if found is not Answer.VALID:
                raise BadPassport("changed" if found is Answer.NOT_VALID else "foreign key")
            return Signature.KNOWN
    if not isinstance(method, str) or method.partition("#")[0] != issuer:
        raise BadPassport("foreign key")
    if not issuer.startswith("did:key:"):
        return Signature.UNKNOWN
    try:
        public = multikey.from_multikey(issuer.removeprefix("did:key:"))
    except NoKey as fault:
        raise BadPassport("foreign key") from fault
    jose.check(token, public) if token else dataintegrity.check(credential, public)
    return Signature.SELF


def _why(fault: str) -> str:
    if "purpose" in fault:
        return "purpose"
    return (
        "changed"
        if "fit" in fault
        else "algorithm"
        if "signed with" in fault or "kind" in fault
        else "not signed"
    )


def _incoming(credential: dict[str, Any], signature: Signature) -> Incoming:
    issuer = credential["issuer"]
    names = [
        str(each["identityHash"])
        for each in credential["credentialSubject"].get("identifier", [])
        if each.get("identityType") == "name" and each.get("hashed") is False
    ]
    told = tuple(filter(None, (_told(each, issuer) for each in members(credential))))
    if not told:
        raise BadPassport("empty")
    if len(told) > MOST_ACTIVITIES:
        raise BadPassport("many")
    called = issuer.get("name") if isinstance(issuer, dict) else ""
    return Incoming(
        str(credential["id"])[:LONGEST],
        str(called or (issuer["id"] if isinstance(issuer, dict) else issuer))[:LONGEST],
        names[0][:LONGEST] if names else "",
        str(credential["validFrom"])[:10],
        signature,
        told,
    )


def _told(member: dict[str, Any], issuer: Any) -> Told | None:
    """An activity; None for a certification, a cycle's sums or a member without days."""
    subject = member.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    if not isinstance(achievement, dict) or not isinstance(subject, dict):
        return None
    if achievement.get("achievementType") in ("Certification", "ext:CpdCycle"):
        return None
    days = _days(subject, achievement)
    first, last = (_day(subject.get(name)) for name in ("activityStartDate", "activityEndDate"))
    if not days and not (first or last):
        return None
    return Told(
        str(member.get("id", ""))[:LONGEST],
        str(achievement["name"])[:LONGEST],
        _organiser(subject, achievement)[:LONGEST],
        days,
        first or last,
        last or first,
        str(subject.get("creditsEarned", ""))[:12],
        _items(subject, achievement),
    )


def _days(subject: dict[str, Any], achievement: dict[str, Any]) -> tuple[tuple[date, int], ...]:
    """Minutes by day, where the results are named so (as Nintei does)."""
    found = []
    for name, minutes in _results(subject, achievement):
        named = MINUTES.fullmatch(name)
        if named and minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= 1440:
            found.append((date.fromisoformat(named[1]), int(minutes)))
    return tuple(sorted(found)[:30])


def _items(subject: dict[str, Any], achievement: dict[str, Any]) -> str:
    """How many items it is, where a result is named so (as Nintei does)."""
    told = (value for name, value in _results(subject, achievement) if name == "items")
    return next((value for value in told if ITEMS.fullmatch(value)), "")


def _results(subject: dict[str, Any], achievement: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, value) of every result."""
    called = {
        str(each.get("id")): str(each.get("name"))
        for each in achievement.get("resultDescription", [])
        if isinstance(each, dict)
    }
    return [
        (called.get(str(each.get("resultDescription")), ""), str(each.get("value", "")))
        for each in subject.get("result", [])
    ]


def _organiser(subject: dict[str, Any], achievement: dict[str, Any]) -> str:
    for profile in (achievement.get("creator"), subject.get("source")):
        if isinstance(profile, dict) and profile.get("name"):
            return str(profile["name"])
    return ""


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def first_values(told: Told, passport: Incoming) -> dict[str, str]:
    """An activity as first values of the log's form; category and proof are the holder's to choose."""
    days = told.days or ((told.from_on, 0),)
    said = {
        "title": told.title,
        "organiser": told.organiser,
        "detail": f"{passport.issuer} {passport.made_on} / {told.points} / {told.id}",
        "s-TOTAL_FORMS": str(len(days)),
        "items": told.items,
    }
    for n, (on, minutes) in enumerate(days):
        said |= {f"s-{n}-on_{part}": str(getattr(on, part)) for part in ("year", "month", "day")}
        if minutes:
            said |= {f"s-{n}-hours": str(minutes // 60), f"s-{n}-minutes": str(minutes % 60)}
    return {name: value for name, value in said.items() if value}
