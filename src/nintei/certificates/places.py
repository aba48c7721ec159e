"""Where keys and public files of this room lie, and who issues: from the settings, in one place."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from nintei.certificates import keyring
from nintei.certificates.credentials import multikey
from nintei.certificates.keyring import Pair


def keys_folder() -> Path:
    """The issuing keys: `NINTEI_ISSUING_KEYS`, else under `var/keys/`, part of every backup."""
    return Path(settings.ISSUING_KEYS or Path(settings.VAR) / "keys" / "issuing")


def lists_folder() -> Path:
    """The lists and keys for anybody, rebuilt from the registry."""
    return Path(settings.CREDENTIALS_FOLDER or Path(settings.VAR) / "credentials")


def known_folder() -> Path:
    """Keys of other associations: a `trust.json` of each, put there by whoever runs this installation."""
    return Path(settings.KNOWN_ISSUERS or Path(settings.VAR) / "known")


def did(pair: Pair) -> str:
    """Who issues: `NINTEI_ISSUER`, else did:web of an https address, else the key itself (for trials)."""
    if settings.ISSUER:
        return str(settings.ISSUER)
    if settings.BASE_URL.startswith("https://"):
        return multikey.did_web(settings.BASE_URL)
    return multikey.did_key(pair.public)


def method(pair: Pair) -> str:
    """The name of a pair's Ed25519 key under its DID."""
    return multikey.method(did(pair), pair.number, pair.public)


def dids() -> list[str]:
    """Every name we have issued under."""
    return sorted({did(pair) for pair in keyring.ring(keys_folder())})
