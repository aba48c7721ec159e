"""The time stamp on a PDF's signature (RFC 3161): that it is of this signature, and of which instant. Pure.

Whose clock it is stands in the answer; whom to trust with the time is the reader's to say.
"""

from __future__ import annotations

import hashlib
from typing import Any

from nintei.certificates.verifying.sentences import reason
from nintei.certificates.verifying.verdict import Reason
from nintei.shared.japan import JST

DIGESTS = {"sha256", "sha384", "sha512"}


def stamps_of(container: bytes) -> list[Reason]:
    """Of a CMS signature that fits already: what its time stamp shows; nothing where it has none."""
    from asn1crypto import cms, tsp  # noqa: F401  (tsp adds to the table of cms)

    (info,) = cms.ContentInfo.load(container)["content"]["signer_infos"]
    said = {each["type"].native: each["values"] for each in info["unsigned_attrs"]}
    if "signature_time_stamp_token" not in said:
        return []
    try:
        by, at = _checked(said["signature_time_stamp_token"][0]["content"], info["signature"].native)
    except (ValueError, TypeError, KeyError, IndexError):
        return [reason("stamp", False)]
    return [reason("stamp", True, by=by, at=at)]


def _checked(token: Any, signature: bytes) -> tuple[str, str]:
    """Who stamped it when. Raises `ValueError` for a stamp of something else, or one that its own key did not sign."""
    content = token["encap_content_info"]["content"]
    told, (info,) = content.parsed, token["signer_infos"]
    imprint, wanted = told["message_imprint"], info["signed_attrs"]
    name = imprint["hash_algorithm"]["algorithm"].native
    if name not in DIGESTS or imprint["hashed_message"].native != hashlib.new(name, signature).digest():
        raise ValueError("a stamp of something else")
    attributes = {each["type"].native: each["values"][0].native for each in wanted}
    digest = info["digest_algorithm"]["algorithm"].native
    if digest not in DIGESTS or attributes["message_digest"] != hashlib.new(digest, bytes(content)).digest():
        raise ValueError("another content")
    serial = info["sid"].chosen["serial_number"].native
    (holder,) = (each.chosen for each in token["certificates"] if each.chosen.serial_number == serial)
    _verify(holder.public_key.dump(), info["signature"].native, wanted.untag().dump(), digest)
    at = told["gen_time"].native.astimezone(JST)
    return str(holder.subject.human_friendly), f"{at:%Y-%m-%d %H:%M:%S}"


def _verify(public: bytes, signature: bytes, said: bytes, digest: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    key, algorithm = serialization.load_der_public_key(public), getattr(hashes, digest.upper())()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, said, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, said, ec.ECDSA(algorithm))
        else:
            raise ValueError("a key of another kind")  # noqa: TRY004  (one error for whatever does not fit)
    except InvalidSignature as error:
        raise ValueError("its own key did not sign it") from error
