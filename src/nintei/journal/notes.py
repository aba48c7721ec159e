"""Checkpoints as C2SP signed notes: text, Ed25519 signature, verifier key. Pure.

A checkpoint's text is three lines (origin, size, base64 root); a signature line is
`— <name> <base64(4-byte key id ‖ signature)>`. Go's `x/mod/sumdb/note` reads the same.
"""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"


class NoteError(ValueError):
    """A note that is malformed, or that our key did not sign."""


class Statement(NamedTuple):
    """What a checkpoint says: whose tree, how many leaves, which root."""

    origin: str
    size: int
    root: bytes


def key_id(name: str, public: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ key), as the note format has it."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """The key as others write it down: `name+hex id+base64(0x01 ‖ key)`."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def text_of(statement: Statement) -> str:
    """The signed text of a checkpoint."""
    return f"{statement.origin}\n{statement.size}\n{base64.b64encode(statement.root).decode()}\n"


def sign(statement: Statement, name: str, key: Ed25519PrivateKey) -> str:
    """The checkpoint as a signed note."""
    text = text_of(statement)
    identity = key_id(name, key.public_key().public_bytes_raw())
    signature = base64.b64encode(identity + key.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def read(note: str, name: str, public: bytes) -> Statement:
    """What a note says, if `name`'s key signed it. Raises `NoteError` for anything else."""
    text, separator, signatures = note.partition("\n\n")
    if not separator:
        raise NoteError("no signature: a note is a text, an empty line, then signature lines")
    statement = _statement(text)
    for line in signatures.splitlines():
        if _signed(line, text + "\n", name, public):
            return statement
    raise NoteError(f"no signature of {name} fits this text")


def _statement(text: str) -> Statement:
    lines = text.split("\n")
    if len(lines) < 3 or not lines[1].isascii() or not lines[1].isdigit():
        raise NoteError("a checkpoint has three lines: origin, size, root")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError as error:
        raise NoteError("the root is not base64") from error
    if len(root) != 32:
        raise NoteError("the root is not 32 bytes")
    return Statement(lines[0], int(lines[1]), root)


def _signed(line: str, text: str, name: str, public: bytes) -> bool:
    dash, _, rest = line.partition(" ")
    who, _, encoded = rest.partition(" ")
    if dash != "—" or who != name:
        return False
    try:
        raw = base64.b64decode(encoded, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    return raw[:4] == key_id(name, public)
