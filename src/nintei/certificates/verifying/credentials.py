"""A credential (JSON or token) and a QR, judged. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from nintei.certificates import journalproof
from nintei.certificates.credentials import dataintegrity, jose, openbadge, qr
from nintei.certificates.credentials.dataintegrity import NotSigned
from nintei.certificates.credentials.jsonld import Unreadable
from nintei.certificates.journalproof import Recorded
from nintei.certificates.keyring import Pair
from nintei.certificates.verifying import passports
from nintei.certificates.verifying.sentences import reason
from nintei.certificates.verifying.standing import Place, standing
from nintei.certificates.verifying.trust import Trust
from nintei.certificates.verifying.verdict import Facts, Reason, Verdict, verdict
from nintei.journal.proofs import ProofError
from nintei.shared.japan import JST


def judge_credential(credential: dict[str, Any], trust: Trust, on: date) -> Verdict:
    """A credential with its Data Integrity proof."""
    try:
        proof = dataintegrity.proof_of(credential)
    except NotSigned as fault:
        detail = (
            "purpose" if "purpose" in str(fault) else "algorithm" if credential.get("proof") else "not signed"
        )
        return _nothing(on, reason("signature", None, detail=detail))
    pair = trust.pair_of(proof.get("verificationMethod"))
    if pair is None:
        return _nothing(on, reason("signature", None, detail="foreign key"))
    if passports.is_passport(credential):
        return passports.judge_passport(credential, pair, trust, on)
    try:
        dataintegrity.check(credential, pair.public)
    except NotSigned:
        return _nothing(on, reason("signature", False))
    unsigned = {key: value for key, value in credential.items() if key != "proof"}
    return _signed(unsigned, pair, trust, on)


def judge_token(token: str, trust: Trust, on: date) -> Verdict:
    """The same credential as a VC-JWT."""
    try:
        head, claims = jose.read(token)
    except NotSigned:
        return _nothing(on, reason("signature", None, detail="algorithm"))
    pair = trust.pair_of(head.get("kid"))
    if pair is None or head.get("typ") not in ("vc+jwt", "JWT"):
        return _nothing(on, reason("signature", None, detail="foreign key" if pair is None else "purpose"))
    try:
        jose.check(token, pair.public)
    except NotSigned:
        return _nothing(on, reason("signature", False))
    return _signed(openbadge.without_claims(claims), pair, trust, on)


def judge_qr(text: str, trust: Trust, on: date) -> Verdict:
    """The signed line of a QR. It carries no proof of the record, so the list of what was issued has to have it."""
    said = qr.read(text)
    facts = Facts(said.number, said.name, said.qualification, "", *said[4:7])
    pair = next((pair for pair in trust.pairs if pair.number == said.key), None)
    if pair is None:
        return _nothing(on, reason("signature", None, detail="foreign key"))
    try:
        qr.check(text, pair.public)
    except NotSigned:
        return _nothing(on, reason("signature", False))
    place = Place(said.list_number, said.bit, None)
    reasons = [reason("signature", True, issuer=_name(trust)), _listed(said, trust)]
    more, as_of = standing(place, facts, trust, on)
    return verdict(on, [*reasons, *more], facts, as_of)


def _signed(credential: dict[str, Any], pair: Pair, trust: Trust, on: date) -> Verdict:
    try:
        facts, place = _facts(credential), Place.of(credential)
        issuer = credential["issuer"]["id"]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Unreadable("credential") from error
    if issuer not in trust.issuers:
        return _nothing(on, reason("signature", None, detail="foreign key"))
    reasons = [reason("signature", True, issuer=_name(trust)), *recorded(credential, pair, trust)]
    more, as_of = standing(place, facts, trust, on)
    return verdict(on, [*reasons, *more], facts, as_of)


def recorded(
    credential: dict[str, Any], pair: Pair, trust: Trust, verb: str = journalproof.VERB
) -> list[Reason]:
    """Whether the journal has it (P6), and whether the key was in use then: a stolen key signs in vain."""
    text = openbadge.evidence_of(credential)
    if not text:
        return [reason("journal", False, detail="missing")]
    try:
        found = journalproof.check(text, trust.origin, *trust.journal, verb=verb)
    except (ProofError, ValueError):
        return [reason("journal", False, detail="proof")]
    statement = {key: value for key, value in credential.items() if key != "evidence"}
    if found.data.get("statement") != openbadge.digest(statement):
        return [reason("journal", False, detail="other")]
    at = datetime.fromisoformat(found.at)
    return [reason("journal", True, seq=found.seq, at=f"{at:%Y-%m-%d}"), _in_use(pair, found)]


def _in_use(pair: Pair, recorded: Recorded) -> Reason:
    """A key that was replaced signs nothing that was recorded later."""
    ended = bool(pair.until) and datetime.fromisoformat(recorded.at) > datetime.fromisoformat(pair.until)
    return reason("key", not ended)


def _listed(said: qr.Said, trust: Trust) -> Reason:
    if trust.days is None:
        return reason("journal", None, as_of="-")
    row = trust.days.row(said.list_number, said.bit)
    if row is not None and said.leaf in row.get("leaves", []):
        return reason("listed", True, seq=said.leaf)
    newest = max((leaf for each in trust.days.leaves() for leaf in each), default=-1)
    if said.leaf > newest:
        return reason("journal", None, as_of=f"{trust.days.made_at:%Y-%m-%d %H:%M}")
    return reason("listed", False)


def _facts(credential: dict[str, Any]) -> Facts:
    subject = credential["credentialSubject"]
    achievement = subject["achievement"]
    names = [each["identityHash"] for each in subject["identifier"] if each.get("identityType") == "name"]
    return Facts(
        number=str(subject["licenseNumber"]),
        name=str(names[0]) if names else "",
        qualification=str(achievement["humanCode"]),
        title=str(achievement["name"]),
        certified_on=_day(credential["awardedDate"]),
        starts_on=_day(credential["validFrom"]),
        ends_on=_day(credential["validUntil"]),
    )


def _day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(JST).date()


def _name(trust: Trust) -> str:
    return str(trust.name.get("ja", ""))


def _nothing(on: date, why: Reason) -> Verdict:
    return verdict(on, [why], Facts())
