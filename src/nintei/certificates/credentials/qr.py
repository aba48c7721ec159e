"""What the QR of a certificate carries: a signed line in the fragment of an address, which no browser sends. Pure.

`1.<payload>.<signature>`, both base64url; the payload is a JSON array, the signature Ed25519 over `nintei-qr-1`, a line
break and the payload's text.
"""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nintei.certificates.credentials.dataintegrity import NotSigned
from nintei.certificates.credentials.jsonld import Unreadable

FIRST = b"nintei-qr-1\n"
LONGEST = 2000


class Said(NamedTuple):
    """The payload; `leaf` is the place in the journal, `list_number` and `bit` the place in the lists."""

    key: int
    number: str
    qualification: str
    name: str
    certified_on: date
    starts_on: date
    ends_on: date
    leaf: int
    list_number: int
    bit: int
    verify_id: str


def fragment(said: Said, key: Ed25519PrivateKey) -> str:
    """The signed line; the same payload and key give the same text."""
    row = [each.isoformat() if isinstance(each, date) else each for each in said]
    payload = _encoded(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode())
    return f"1.{payload}.{_encoded(key.sign(FIRST + payload.encode()))}"


def read(text: str) -> Said:
    """What a fragment (or a whole address) says, nothing checked. Raises `Unreadable`."""
    version, payload, _ = _parts(text)
    if version != "1":
        raise Unreadable("qr", "another version")
    try:
        key, number, code, name, *days, leaf, list_number, bit, verify_id = json.loads(_decoded(payload))
        certified, start, end = map(date.fromisoformat, days)
        return Said(
            int(key), str(number), str(code), str(name), certified, start, end,
            int(leaf), int(list_number), int(bit), str(verify_id),
        )  # fmt: skip
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable("qr", "not the payload of a certificate") from error


def check(text: str, public: bytes) -> None:
    """Raises `NotSigned` unless this key signed this line."""
    _, payload, signature = _parts(text)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(_decoded(signature), FIRST + payload.encode())
    except InvalidSignature as error:
        raise NotSigned("the signature does not fit") from error


def _parts(text: str) -> list[str]:
    parts = text.strip().rpartition("#")[2].split(".")
    if len(text) > LONGEST or len(parts) != 3:
        raise Unreadable("qr", "not the QR of a certificate")
    return parts


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Unreadable("qr", "not base64url") from error
