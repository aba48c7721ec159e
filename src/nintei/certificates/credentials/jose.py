"""A credential, or another statement, as a JSON Web Token signed with EdDSA (RFC 7515, 8037). Pure."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nintei.certificates.credentials.dataintegrity import NotSigned
from nintei.certificates.credentials.jsonld import LARGEST, Unreadable, parsed


def sign(claims: dict[str, Any], key: Ed25519PrivateKey, kid: str, kind: str) -> str:
    """The token; the same claims and key give the same text."""
    head = _encoded(_json({"alg": "EdDSA", "typ": kind, "kid": kid}))
    text = f"{head}.{_encoded(_json(claims))}"
    return f"{text}.{_encoded(key.sign(text.encode()))}"


def read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Head and claims, nothing checked but their form. Raises `Unreadable`, and `NotSigned` for another algorithm."""
    parts = token.strip().split(".")
    if len(parts) != 3 or len(token) > LARGEST * 2:
        raise Unreadable("json", "not a token of three parts")
    head = parsed(_decoded(parts[0]))
    if head.get("alg") != "EdDSA" or "crit" in head:
        raise NotSigned(f"signed with {head.get('alg')!r}: only EdDSA counts")
    return head, parsed(_decoded(parts[1]))


def check(token: str, public: bytes) -> None:
    """Raises `NotSigned` unless this key signed this token."""
    text, _, signature = token.strip().rpartition(".")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(_decoded(signature), text.encode())
    except (InvalidSignature, ValueError) as error:
        raise NotSigned("the signature does not fit") from error


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    if not text.isascii() or "=" in text or "+" in text or "/" in text:
        raise Unreadable("json", "not base64url")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Unreadable("json", "not base64url") from error
