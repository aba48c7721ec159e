"""Data Integrity proofs, cryptosuite eddsa-rdfc-2022 (W3C VC Data Integrity EdDSA §3.2). Pure."""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nintei.certificates.credentials.jsonld import Unreadable, quads, refuse_undefined
from nintei.certificates.credentials.multikey import NoKey, base58, from_base58

SUITE = "eddsa-rdfc-2022"


class NotSigned(ValueError):
    """No proof of this suite, or one that does not fit."""


def sign(document: dict[str, Any], key: Ed25519PrivateKey, method: str, created: str) -> dict[str, Any]:
    """The document with its proof. The same document, key and instant give the same bytes.

    Raises `Unreadable("terms")` where a term is undefined: it would stand outside the signature.
    """
    refuse_undefined(document)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(_to_sign(document, options))
    return {**document, "proof": [{**options, "proofValue": "z" + base58(signature)}]}


def proof_of(credential: dict[str, Any]) -> dict[str, Any]:
    """The one proof of this suite. Raises `NotSigned`."""
    proofs = credential.get("proof")
    found = proofs if isinstance(proofs, list) else [proofs]
    if len(found) != 1 or not isinstance(found[0], dict):
        raise NotSigned("one proof is wanted")
    proof = found[0]
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != SUITE:
        raise NotSigned("a proof of another kind")
    if proof.get("proofPurpose") != "assertionMethod":
        raise NotSigned("a proof for another purpose")
    return proof


def check(credential: dict[str, Any], public: bytes) -> None:
    """Raises `NotSigned` unless this key signed this document, and `Unreadable` for what we do not read."""
    proof = proof_of(credential)
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise NotSigned("no signature")
    document = {key: value for key, value in credential.items() if key != "proof"}
    try:
        signature = from_base58(value[1:])
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _to_sign(document, options))
    except (InvalidSignature, NoKey) as error:
        raise NotSigned("the signature does not fit") from error


def _to_sign(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    if "@context" in options:
        raise Unreadable("context", "a context inside the proof")
    config = {"@context": document.get("@context"), **options}
    return hashlib.sha256(quads(config)).digest() + hashlib.sha256(quads(document)).digest()
