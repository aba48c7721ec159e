"""Checkpoints as C2SP signed notes: text, Ed25519 signature, verifier key; cosignatures of witnesses. Pure.

A checkpoint's text is three lines (origin, size, base64 root); a signature line is
`— <name> <base64(4-byte key id ‖ signature)>`. Go's `x/mod/sumdb/note` reads the same. Lines of a name or key
that nobody asked about are passed over, as the format says.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
DASH = "\N{EM DASH}"


class NoteError(ValueError):
    """A note that is malformed, or that our key did not sign."""


class Statement(NamedTuple):
    """What a checkpoint says: whose tree, how many leaves, which root."""

    origin: str
    size: int
    root: bytes


class Key(NamedTuple):
    """A key as others write it down (C2SP vkey): whose, which kind, the 32 bytes."""

    name: str
    public: bytes
    kind: bytes = ED25519

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ LF ‖ kind ‖ key), as the note format has it."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.kind + self.public).decode()}"


def read_key(text: str) -> Key:
    """A key from `name+hex id+base64(kind ‖ key)`. Raises `NoteError`."""
    name, _, rest = text.strip().partition("+")
    digits, _, encoded = rest.partition("+")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise NoteError("the key is not base64") from error
    key = Key(name, raw[1:], raw[:1])
    if len(raw) != 33 or key.kind not in (ED25519, COSIGNATURE) or key.id.hex() != digits:
        raise NoteError("not an Ed25519 key as a note has it: name+id+key")
    return key


def text_of(statement: Statement) -> str:
    """The signed text of a checkpoint."""
    return f"{statement.origin}\n{statement.size}\n{base64.b64encode(statement.root).decode()}\n"


def sign(statement: Statement, name: str, *keys: Ed25519PrivateKey) -> str:
    """The checkpoint as a signed note; by two keys while one follows the other."""
    text = text_of(statement)
    lines = [_line(Key(name, key.public_key().public_bytes_raw()), key.sign(text.encode())) for key in keys]
    return f"{text}\n{''.join(lines)}"


def read(note: str, name: str, *publics: bytes) -> Statement:
    """What a note says, if one of `name`'s keys signed it. Raises `NoteError` for anything else."""
    text, signatures = _parts(note)
    statement = _statement(text)
    for public in publics:
        if any(_verifies(Key(name, public), raw, text) for raw in _raw(signatures, Key(name, public))):
            return statement
    raise NoteError(f"no signature of {name} fits this text")


def cosign(note: str, name: str, key: Ed25519PrivateKey, at: int) -> str:
    """A witness's signature line (cosignature/v1): at this second it knew no larger tree of this journal."""
    text, _ = _parts(note)
    signature = key.sign(_cosigned(text, at))
    return _line(
        Key(name, key.public_key().public_bytes_raw(), COSIGNATURE), at.to_bytes(8, "big") + signature
    )


def cosignature(note: str, witness: Key) -> tuple[int, str] | None:
    """The second (POSIX) at which a witness signed a note, and its line alone; None if it did not."""
    text, signatures = _parts(note)
    for raw in _raw(signatures, witness):
        at = int.from_bytes(raw[:8], "big")
        if _fits(witness.public, raw[8:], _cosigned(text, at)):
            return at, _line(witness, raw)
    return None


def cosigned_at(note: str, witness: Key) -> int | None:
    """The second (POSIX) at which a witness signed a note; None if it did not."""
    found = cosignature(note, witness)
    return found[0] if found else None


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _line(key: Key, signature: bytes) -> str:
    return f"{DASH} {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def _parts(note: str) -> tuple[str, list[str]]:
    """The signed text with its last line break, and the signature lines."""
    text, separator, signatures = note.partition("\n\n")
    if not separator:
        raise NoteError("no signature: a note is a text, an empty line, then signature lines")
    return text + "\n", signatures.splitlines()


def _raw(lines: list[str], key: Key) -> list[bytes]:
    """The signatures that say they are of a key."""
    found = []
    for line in lines:
        dash, _, rest = line.partition(" ")
        who, _, encoded = rest.partition(" ")
        if dash != DASH or who != key.name:
            continue
        with suppress(ValueError):
            raw = base64.b64decode(encoded, validate=True)
            found += [raw[4:]] if raw[:4] == key.id else []
    return found


def _verifies(key: Key, signature: bytes, text: str) -> bool:
    return _fits(key.public, signature, text.encode())


def _fits(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (ValueError, InvalidSignature):
        return False
    return True


def _statement(text: str) -> Statement:
    lines = text.split("\n")
    if len(lines) < 4 or not lines[1].isascii() or not lines[1].isdigit():
        raise NoteError("a checkpoint has three lines: origin, size, root")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError as error:
        raise NoteError("the root is not base64") from error
    if len(root) != 32:
        raise NoteError("the root is not 32 bytes")
    return Statement(lines[0], int(lines[1]), root)
