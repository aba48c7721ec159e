"""The journal's signing key: 32 bytes in a file only its owner can read; and the list of every key there was."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from nintei.journal.keyfile import key_in
from nintei.journal.notes import Key, NoteError, read_key
from nintei.journal.tiles import write


def key_file() -> Path:
    """Where the key lives: `NINTEI_JOURNAL_KEY`, else under `var/keys/`, part of every backup."""
    return Path(settings.JOURNAL_KEY or Path(settings.VAR) / "keys" / "journal.ed25519")


def keys_file() -> Path:
    """The public keys that have signed, the newest last, one a line; anybody may read it."""
    return key_file().with_suffix(".keys")


def published_keys() -> Path:
    """The same list where the signer publishes it, beside the tiles: for whoever may not look where the key lies."""
    return Path(settings.JOURNAL_FOLDER or Path(settings.VAR) / "journal") / "keys"


class KeyMissing(RuntimeError):
    """There is no signing key where one must be: a restore without its keys, or a wrong `NINTEI_VAR`."""


def journal_key(*, make: bool) -> Ed25519PrivateKey:
    """The key. Only who signs a journal for the first time may `make` it (two makers, one key).

    Raises `KeyMissing` otherwise: a new key would turn every checkpoint signed before into a fault.
    """
    path = key_file()
    if make:
        return key_in(path)
    if not path.exists():
        raise KeyMissing(f"{path.name} is not in {path.parent.name}/: bring it back from a backup")
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_keys() -> tuple[Key, ...]:
    """Every key that has signed this journal, the newest last; one without a list is the only one.

    Where the private key is not ours to read (the signer has an account of its own) what it published is taken.
    Raises `KeyMissing` where nothing is known.
    """
    try:
        if keys_file().exists():
            return _listed(keys_file())
        public = journal_key(make=False).public_key().public_bytes_raw()
    except (KeyMissing, PermissionError) as fault:
        if not published_keys().exists():
            raise KeyMissing(str(fault)) from fault
        return _listed(published_keys())
    return (Key(settings.JOURNAL_ORIGIN, public),)


def _listed(place: Path) -> tuple[Key, ...]:
    return tuple(map(read_key, place.read_text("utf-8").splitlines()))


def witnesses() -> list[tuple[Key, str]]:
    """Who is asked to cosign: key and address, from `NINTEI_JOURNAL_WITNESSES`. Raises `notes.NoteError`."""
    pairs = [pair.split() for pair in settings.JOURNAL_WITNESSES.split(",") if pair.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise NoteError("NINTEI_JOURNAL_WITNESSES: a verifier key, a blank, an address; comma between two")
    return [(read_key(key), address) for key, address in pairs]


def succeed() -> tuple[Ed25519PrivateKey, Ed25519PrivateKey]:
    """Put a new key in the place of the old one; both, the old one first, for a last checkpoint that both sign.

    The list of public keys is written first: a new key that nobody knows of signs nothing.
    """
    old, new = journal_key(make=False), Ed25519PrivateKey.generate()
    added = Key(settings.JOURNAL_ORIGIN, new.public_key().public_bytes_raw())
    write(keys_file(), "".join(f"{key}\n" for key in (*public_keys(), added)).encode())
    write(key_file(), new.private_bytes_raw(), mode=0o600)
    return old, new
