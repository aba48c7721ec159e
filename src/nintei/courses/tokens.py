"""Tokens of providers' programs in writing: made up of chance, signed so that a form can carry them, kept as a hash.

Shown once, by the page that makes them; nothing here or in the database gives one back.
"""

from __future__ import annotations

import hashlib
import secrets

from django.core import signing

_SALT = "nintei.courses.token"
_BEGINS = "nintei_"


def fresh() -> str:
    """A new token: 256 random bits behind a word by which a scanner of leaks knows it."""
    return f"{_BEGINS}{secrets.token_urlsafe(32)}"


def digest(token: str) -> str:
    """What is kept of a token: with so much chance in it a plain hash cannot be searched back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def sealed(token: str, whose: str) -> str:
    """A token as the form carries it back: only one that was made here for this person will do."""
    return signing.Signer(salt=_SALT, sep=":").sign_object({"token": token, "whose": whose})


def opened(words: str, whose: str) -> str | None:
    """The token behind a form's field, or None where it was made up or is somebody else's."""
    try:
        told = signing.Signer(salt=_SALT, sep=":").unsign_object(words)
    except (signing.BadSignature, ValueError):
        return None
    return str(told["token"]) if told["whose"] == whose else None
