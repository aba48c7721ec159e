"""A record as a ClrCredential (1EdTech CLR 2.0, W3C VC 2.0), before it is signed. Pure.

Its members: each certification's own signed credential as it is, so that its state can be looked up at any time; a
status history and each cycle's points; each activity. The last three are ours too and stand under the one signature
of the whole. Every node has a name, so that canonicalising stays cheap however long the record is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from nintei.certificates.credentials.jsonld import CLR, EXTENSIONS, OPEN_BADGES, VC
from nintei.certificates.credentials.openbadge import Issuer

NAME = "CPDパスポート"


class Holder(NamedTuple):
    """Whom the record is about, as the register calls them."""

    name: str
    latin: str


class _Frame(NamedTuple):
    """What every member has: the passport's own name, who issues, since when."""

    id: str
    issuer: dict[str, Any]
    since: str


def statement(
    passport: UUID,
    holder: Holder,
    record: dict[str, Any],
    certified: list[dict[str, Any]],
    issuer: Issuer,
    at: datetime,
) -> dict[str, Any]:
    """The passport without its journal proof and signature. `certified`: signed credentials, taken in unchanged."""
    profile = {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.base}
    frame = _Frame(f"urn:uuid:{passport}", profile, at.isoformat())
    members = [
        *certified,
        *(_history(frame, each) for each in record["certifications"] if "history" in each),
        *(
            _cycle(frame, each, cycle)
            for each in record["certifications"]
            for cycle in each.get("cycles", ())
        ),
        *(_activity(frame, each) for each in record["activities"]),
    ]
    return {
        "@context": [VC, OPEN_BADGES, CLR, EXTENSIONS],
        "id": frame.id,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": NAME,
        "description": f"{record['on']} / {record['edition']['id']}",
        "partial": len(record["parts"]) < 5,
        "issuer": profile,
        "validFrom": frame.since,
        "credentialSubject": {
            "id": f"{frame.id}#holder",
            "type": ["ClrSubject"],
            "identifier": _identifiers(frame, holder, record),
            "verifiableCredential": members,
        },
    }


def _identifiers(frame: _Frame, holder: Holder, record: dict[str, Any]) -> list[dict[str, Any]]:
    said = [("name", holder.name)] + ([("name", holder.latin)] if holder.latin else [])
    said += [("ext:certificationNumber", each["number"]) for each in record["certifications"]]
    return [
        {
            "id": f"{frame.id}#identity-{place}",
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": value,
            "identityType": kind,
        }
        for place, (kind, value) in enumerate(said, 1)
    ]


def _member(frame: _Frame, name: str, subject: dict[str, Any], achievement: dict[str, Any]) -> dict[str, Any]:
    """One AchievementCredential of ours about the holder."""
    place = f"{frame.id}#{name}"
    criteria = {"id": f"{place}-criteria", "type": ["Criteria"], "narrative": achievement.pop("criteria")}
    return {
        "id": place,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": achievement["name"],
        "issuer": frame.issuer,
        "validFrom": frame.since,
        "credentialSubject": {
            "id": f"{place}-subject",
            "type": ["AchievementSubject"],
            **subject,
            "achievement": {
                "id": f"{place}-achievement",
                "type": ["Achievement"],
                "criteria": criteria,
                **achievement,
            },
        },
    }


def _results(place: str, kind: str, said: list[tuple[str, str]]) -> tuple[list[Any], list[Any]]:
    """Named values: how each is called, and what it is."""
    described = [
        {"id": f"{place}-d{n}", "type": ["ResultDescription"], "name": name, "resultType": kind}
        for n, (name, _) in enumerate(said, 1)
    ]
    results = [
        {"id": f"{place}-r{n}", "type": ["Result"], "resultDescription": f"{place}-d{n}", "value": value}
        for n, (_, value) in enumerate(said, 1)
    ]
    return described, results


def _history(frame: _Frame, held: dict[str, Any]) -> dict[str, Any]:
    name = f"history-{held['number']}"
    described, results = _results(
        f"{frame.id}#{name}", "Status", [(day, code) for day, code in held["history"]]
    )
    subject = {"licenseNumber": held["number"], "result": results}
    return _member(
        frame, name, subject,
        {
            "achievementType": "Certification",
            "humanCode": held["qualification"],
            "name": f"{held['title_ja']}：認定の状態",
            "description": f"{held['title_en']}: status history ({held['certified_on']} –)",
            "criteria": "公開している状態だけです。理由は含みません。 Public states only, without reasons.",
            "resultDescription": described,
        },
    )  # fmt: skip


def _cycle(frame: _Frame, held: dict[str, Any], cycle: dict[str, Any]) -> dict[str, Any]:
    name = f"cycle-{held['number']}-{cycle['start']}"
    said = [("total", cycle["total"]), ("required", cycle["required"])]
    said += [(code, points) for code, points in cycle["by_category"].items()]
    for year in cycle["years"]:
        said += [
            (f"{code} {year['first']}/{year['last']}", points) for code, points in year["by_category"].items()
        ]
    described, results = _results(f"{frame.id}#{name}", "ext:CpdPoints", said)
    subject = {
        "licenseNumber": held["number"],
        "activityStartDate": _instant(cycle["start"]),
        "activityEndDate": _instant(cycle["end"]),
        "creditsEarned": number(cycle["total"]),
        "result": results,
    }
    basis = (
        f"renewal filed {cycle['claimed_on']}" if cycle["claimed_on"] else "as of the day of this document"
    )
    return _member(
        frame, name, subject,
        {
            "achievementType": "ext:CpdCycle",
            "humanCode": held["qualification"],
            "name": f"CPD {held['qualification']} {cycle['start']}/{cycle['end']}",
            "description": f"{held['title_ja']} / {held['title_en']}",
            "criteria": f"{cycle['edition']}; {basis}",
            "resultDescription": described,
        },
    )  # fmt: skip


def _activity(frame: _Frame, line: dict[str, Any]) -> dict[str, Any]:
    name = f"activity-{line['id']}"
    said = [(f"minutes {day}", str(minutes)) for day, minutes in line["days"] if minutes]
    said += [("items", str(line["items"]))] if "items" in line else []
    for each in line["counted"]:
        where = f"{each['number']} {each['cycle']}"
        said += [(f"claimed {where}", each["claimed"]), (f"counted {where}", each["credited"])]
    described, results = _results(f"{frame.id}#{name}", "ext:CpdPoints", said)
    subject: dict[str, Any] = {
        "activityStartDate": _instant(line["days"][0][0]),
        "activityEndDate": _instant(line["days"][-1][0]),
        "result": results,
    }
    if line["counted"]:
        subject["creditsEarned"] = number(line["counted"][0]["credited"])
    achievement = {
        "achievementType": "ext:CpdActivity",
        "humanCode": line["category"],
        "name": line.get("title") or f"{line['category_ja']} / {line['category_en']}",
        "description": " / ".join(filter(None, (line.get("organiser", ""), line["category_ja"]))),
        "criteria": "; ".join(sorted({f"{each['clause']} {each['reason']}" for each in line["counted"]}))
        or "-",
        "resultDescription": described,
    }
    if line["topic"]:
        achievement["fieldOfStudy"] = line["topic"]
    if provider := line.get("confirmed_by"):
        achievement["creator"] = {
            "id": f"{frame.id}#{name}-provider", "type": ["Profile"], "name": provider,
        }  # fmt: skip
        subject["role"] = "attendance confirmed by the provider"
    return _member(frame, name, subject, achievement)


def _instant(day: str) -> str:
    """A JST day as 1EdTech's schema wants one."""
    return f"{day}T00:00:00+09:00"


def number(points: str) -> float | int:
    """Points as a JSON number; a fraction that is no decimal is left to the result's text.

    >>> number("2.5"), number("30.0"), number("1/3")
    (2.5, 30, 0)
    """
    if "/" in points:
        return 0
    whole = float(points)
    return int(whole) if whole.is_integer() else whole
