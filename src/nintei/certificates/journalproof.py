"""That something was recorded before it was signed: a leaf opened, and its place in a signed checkpoint. Pure.

The proof is a C2SP tlog-proof; its `extra` line holds the leaf's salt and body, so that one can see what was recorded.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any, NamedTuple

import rfc8785

from nintei.journal import notes, prooffile
from nintei.journal.prooffile import Proof
from nintei.journal.proofs import ProofError

VERB = "certificates.intend"
PASSPORT = "certificates.intend_passport"


class Recorded(NamedTuple):
    """What a proof shows: the leaf's number, its instant, what it says, and the checkpoint's size."""

    seq: int
    at: str
    data: dict[str, Any]
    size: int


def extra(salt: bytes, at: str, by: str, verb: str, subject: str, data: dict[str, object]) -> bytes:
    """What opens a leaf, for the proof's `extra` line."""
    body = {"at": at, "by": by, "data": data, "subject": subject, "verb": verb}
    return rfc8785.dumps({"salt": base64.b64encode(salt).decode(), **body})  # type: ignore[dict-item]


def check(text: str, origin: str, *keys: bytes, verb: str = VERB) -> Recorded:
    """What the journal recorded. Raises `ProofError` for a leaf, verb, place, tree or key that does not fit."""
    proof = prooffile.read(text)
    opened = _opened(proof)
    salt = base64.b64decode(str(opened.pop("salt", "")))
    leaf = hashlib.sha256(salt + rfc8785.dumps(opened)).digest()
    try:
        statement = prooffile.check(proof, leaf, origin, *keys)
    except notes.NoteError as error:
        raise ProofError(str(error)) from error
    if opened.get("verb") != verb or not isinstance(opened.get("data"), dict):
        raise ProofError("the leaf is about something else")
    return Recorded(proof.seq, str(opened.get("at")), opened["data"], statement.size)


def _opened(proof: Proof) -> dict[str, Any]:
    try:
        opened = json.loads(proof.extra)
    except (ValueError, RecursionError) as error:
        raise ProofError("the leaf is not opened") from error
    if not isinstance(opened, dict) or set(opened) != {"salt", "at", "by", "data", "subject", "verb"}:
        raise ProofError("the leaf is not opened")
    return opened
