"""A CPD passport, judged: whether the association signed and recorded it, and as of which day it speaks. Pure.

First the record in the journal, which costs one hash: only what the journal has is canonicalised, so that nobody
can make a reader work for long with a graph of their own. The passport proves points as of its day, under its
edition; what it takes in (signed certifications) is judged on the day that is asked about, each on its own.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from nintei.certificates import journalproof
from nintei.certificates.credentials import dataintegrity
from nintei.certificates.credentials.dataintegrity import NotSigned
from nintei.certificates.credentials.jsonld import Unreadable, members
from nintei.certificates.keyring import Pair
from nintei.certificates.verifying import credentials
from nintei.certificates.verifying.sentences import reason
from nintei.certificates.verifying.trust import Trust
from nintei.certificates.verifying.verdict import Facts, Reason, Verdict, verdict
from nintei.shared.japan import JST

KIND = "ClrCredential"
BROKEN = {"signature", "journal", "key"}
"""What must not be false of a certification inside: then the whole was put together by somebody else."""


def is_passport(credential: dict[str, Any]) -> bool:
    """Whether a document says that it is a learner record."""
    kinds = credential.get("type")
    return KIND in (kinds if isinstance(kinds, list) else [kinds])


def judge_passport(credential: dict[str, Any], pair: Pair, trust: Trust, on: date) -> Verdict:
    """The passport that a pair of the association's is said to have signed."""
    return _judged(credential, pair, trust, on)._replace(kind="passport")


def _judged(credential: dict[str, Any], pair: Pair, trust: Trust, on: date) -> Verdict:
    unsigned = {key: value for key, value in credential.items() if key != "proof"}
    recorded = credentials.recorded(unsigned, pair, trust, journalproof.PASSPORT)
    if any(each.met is False for each in recorded):
        return verdict(on, [reason("contents", False)], Facts())
    try:
        dataintegrity.check(credential, pair.public)
    except NotSigned:
        return verdict(on, [reason("signature", False), *recorded], Facts())
    if credential["issuer"].get("id") not in trust.issuers:
        return verdict(on, [reason("signature", None, detail="foreign key")], Facts())
    return _signed(unsigned, recorded, trust, on)


def _signed(credential: dict[str, Any], recorded: list[Reason], trust: Trust, on: date) -> Verdict:
    try:
        facts, made_on = _facts(credential), _day(credential["validFrom"])
        edition = str(credential["description"]).partition(" / ")[2]
        said = tuple(_cycles(credential))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Unreadable("credential") from error
    inside = tuple(
        credentials.judge_credential(each, trust, on) for each in members(credential) if "proof" in each
    )
    reasons = [reason("signature", True, issuer=str(trust.name.get("ja", ""))), *recorded]
    if any(each.key in BROKEN and each.met is False for found in inside for each in found.reasons):
        reasons.append(reason("inside", False))
    reasons.append(reason("record", True if on >= made_on else None, at=made_on, on=on, edition=edition))
    found = verdict(on, reasons, facts, made_on.isoformat())
    return found._replace(inside=inside, said=said)


def _facts(credential: dict[str, Any]) -> Facts:
    names = [
        each["identityHash"]
        for each in credential["credentialSubject"]["identifier"]
        if each["identityType"] == "name"
    ]
    number = f"CPD-{_day(credential['validFrom'])}-{credential['id'].rpartition(':')[2].replace('-', '')[:8]}"
    return Facts(number=number, name=str(names[0]), title=str(credential["name"]))


def _cycles(credential: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What the record says of each cycle: the qualification; what counts and what is needed; its days."""
    found = []
    for each in members(credential):
        subject = each["credentialSubject"]
        achievement = subject["achievement"]
        if achievement.get("achievementType") != "ext:CpdCycle":
            continue
        total, required = (str(result["value"]) for result in subject["result"][:2])
        days = f"{_day(subject['activityStartDate'])} – {_day(subject['activityEndDate'])}"
        found.append((str(achievement["humanCode"]), f"{total} / {required}", days))
    return found


def _day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(JST).date()
