"""A certificate made: the credential signed, the paper set with its QR and attachments, the paper signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from nintei.certificates import keyring, places
from nintei.certificates.credentials import dataintegrity, jose, openbadge, qr
from nintei.certificates.keyring import Keys
from nintei.certificates.models import Certificate
from nintei.shared import paper

TYPST = Path(__file__).resolve().parent / "typst"


class Made(NamedTuple):
    """What an intent comes out as: the signed PDF, the signed credential, the same as a token, the QR's address."""

    pdf: bytes
    credential: dict[str, object]
    token: str
    address: str


def made(intent: Certificate) -> Made:
    """Sign and print. The same intent with its proof gives the same bytes (without a time-stamp server)."""
    keys = keyring.keys_of(places.keys_folder(), intent.key)
    method = places.method(keys.pair)
    document = openbadge.with_evidence(intent.statement, intent.proof)
    credential = dataintegrity.sign(document, keys.ed25519, method, intent.intended_at.isoformat())
    token = jose.sign(openbadge.claims(document), keys.ed25519, method, "vc+jwt")
    address = address_of(intent, keys)
    return Made(_paper(intent, credential, address, keys), credential, token, address)


def _paper(intent: Certificate, credential: dict[str, object], address: str, keys: Keys) -> bytes:
    from nintei.certificates.pades import signed

    data = {
        **intent.content,
        "qr": paper.qr(address),
        "credential": json.dumps(credential, ensure_ascii=False, indent=1),
        "proof": intent.proof,
    }
    pdf = paper.pdf(template_of(intent.template), data, intent.intended_at, paper.WITH_ATTACHMENTS)
    return signed(pdf, keys, intent.intended_at, settings.TIME_STAMPS)


def address_of(intent: Certificate, keys: Keys) -> str:
    """What the QR holds: our page, and behind the `#` what no browser sends."""
    certification, term = intent.term.certification, intent.term
    place = certification.status_place
    said = qr.Said(
        intent.key, certification.number, certification.qualification, str(intent.content["name"]),
        certification.certified_on, term.starts_on, term.ends_on,
        intent.leaf, place.number, place.index, certification.verify_id,
    )  # fmt: skip
    return f"{settings.BASE_URL}/verify/qr#{qr.fragment(said, keys.ed25519)}"


def template_of(name: str) -> Path:
    """The association's own template of this name (`NINTEI_TEMPLATES`), else ours."""
    own = Path(settings.TEMPLATES_FOLDER) / f"{name}.typ" if settings.TEMPLATES_FOLDER else None
    return own if own and own.exists() else TYPST / f"{name}.typ"
