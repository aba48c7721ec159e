"""What a leaf commits to, and the tree's edge as it is stored. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime

import rfc8785

from nintei.shared.clock import JST


def commit_to(
    salt: bytes, *, by: str, verb: str, subject: str, at: datetime, data: dict[str, object]
) -> bytes:
    """SHA-256(salt ‖ canonical JSON of the body), so that a body can be erased (promise P5)."""
    said = statement(by=by, verb=verb, subject=subject, at=at, data=data)
    return hashlib.sha256(salt + said).digest()


def statement(*, by: str, verb: str, subject: str, at: datetime, data: dict[str, object]) -> bytes:
    """What a leaf says, as canonical JSON (RFC 8785)."""
    body = {"at": at.astimezone(JST).isoformat(), "by": by, "data": data, "subject": subject, "verb": verb}
    return rfc8785.dumps(body)  # type: ignore[arg-type]


def split(subtrees: bytes | memoryview) -> tuple[bytes, ...]:
    """The stored edge as 32-byte hashes, largest subtree first."""
    return tuple(bytes(subtrees[i : i + 32]) for i in range(0, len(subtrees), 32))
