"""The secret of an attestor's link: 256 random bits, of which only a hash is kept. Pure."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()
