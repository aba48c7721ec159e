"""A certification as an Open Badges 3.0 / VC 2.0 credential, before it is signed. Pure.

The credential's id belongs to the certification: a renewal moves its validity and changes nothing else.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import rfc8785

from nintei.certificates.credentials.jsonld import EXTENSIONS, OPEN_BADGES, VC
from nintei.certificates.credentials.statuslist import entries

SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
PROOF_GENRE = "c2sp.org/tlog-proof@v1"


class Certified(NamedTuple):
    """What a credential says; days are JST days, both included."""

    certification: UUID
    name: str
    qualification: str
    title: str
    criteria: str
    number: str
    certified_on: date
    starts_on: date
    ends_on: date
    list_number: int
    bit: int


class Issuer(NamedTuple):
    """Who issues: DID, name, web address."""

    did: str
    name: str
    base: str


def statement(said: Certified, issuer: Issuer) -> dict[str, Any]:
    """The credential without evidence and proof: what the journal commits to before anything is signed."""
    return {
        "@context": [VC, OPEN_BADGES, EXTENSIONS],
        "id": f"urn:uuid:{said.certification}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{said.title}（{said.qualification}）",
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.base},
        "validFrom": f"{said.starts_on.isoformat()}T00:00:00+09:00",
        "validUntil": f"{said.ends_on.isoformat()}T23:59:59+09:00",
        "awardedDate": f"{said.certified_on.isoformat()}T00:00:00+09:00",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "licenseNumber": said.number,
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": said.name,
                    "identityType": "name",
                }
            ],
            "achievement": {
                "id": f"{issuer.base}/credentials/achievements/{said.qualification}",
                "type": ["Achievement"],
                "achievementType": "Certification",
                "humanCode": said.qualification,
                "name": said.title,
                "description": f"{issuer.name}：{said.title}（{said.qualification}）",
                "criteria": {"narrative": said.criteria},
            },
        },
        "credentialStatus": entries(issuer.base, said.list_number, said.bit),
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON (RFC 8785) of a statement, in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def with_evidence(document: dict[str, Any], proof: str) -> dict[str, Any]:
    """The statement with the journal's proof that it was recorded before it was signed (C2SP tlog-proof)."""
    evidence = {
        "id": f"{document['id']}#journal",
        "type": ["Evidence"],
        "name": "Journal proof",
        "genre": PROOF_GENRE,
        "narrative": proof,
    }
    return {**document, "evidence": [evidence]}


def evidence_of(credential: dict[str, Any]) -> str:
    """The journal's proof in a credential; empty where there is none."""
    found = credential.get("evidence")
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict) and each.get("genre") == PROOF_GENRE:
            return str(each.get("narrative", ""))
    return ""


def claims(document: dict[str, Any]) -> dict[str, Any]:
    """The same credential as the claims of a VC-JWT (Open Badges 3.0 §8.2.1), unsigned; its subject has no id."""
    issuer = document["issuer"]
    return {
        **document,
        "iss": issuer["id"],
        "jti": document["id"],
        "nbf": int(datetime.fromisoformat(document["validFrom"]).timestamp()),
        "exp": int(datetime.fromisoformat(document["validUntil"]).timestamp()),
    }


def without_claims(token: dict[str, Any]) -> dict[str, Any]:
    """The credential in a token's claims."""
    return {key: value for key, value in token.items() if key not in {"iss", "jti", "nbf", "exp"}}
