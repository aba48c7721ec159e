"""The journal's signing key: 32 bytes in a file only its owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def key_file() -> Path:
    """Where the key lives: under `var/keys/`, part of every backup."""
    return Path(settings.VAR) / "keys" / "journal.ed25519"


class KeyMissing(RuntimeError):
    """There is no signing key where one must be: a restore without its keys, or a wrong `NINTEI_VAR`."""


def journal_key(*, make: bool) -> Ed25519PrivateKey:
    """The key. Only who signs a journal for the first time may `make` it (two makers, one key).

    Raises `KeyMissing` otherwise: a new key would turn every checkpoint signed before into a fault.
    """
    path = key_file()
    if make and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(path)
    if not path.exists():
        raise KeyMissing(f"{path.name} is not in {path.parent.name}/: bring it back from a backup")
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def _make(path: Path) -> None:
    fresh = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
