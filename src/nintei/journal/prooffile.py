"""A proof as a file that is checked without asking anybody (C2SP tlog-proof). Pure."""

from __future__ import annotations

import base64
from typing import NamedTuple

from nintei.journal import notes, tree
from nintei.journal.proofs import ProofError, climb

FIRST = "c2sp.org/tlog-proof@v1"


class Proof(NamedTuple):
    """That a leaf is in the tree of a signed checkpoint. `extra` is not vouched for by the proof itself."""

    seq: int
    way: tuple[bytes, ...]
    note: str
    extra: bytes = b""


def text_of(proof: Proof) -> str:
    """The file.

    >>> text_of(Proof(0, (), "example\\n1\\n…\\n\\n— example …\\n")).splitlines()[:3]
    ['c2sp.org/tlog-proof@v1', 'index 0', '']
    """
    lines = [FIRST]
    if proof.extra:
        lines.append(f"extra {base64.b64encode(proof.extra).decode()}")
    lines.append(f"index {proof.seq}")
    lines += [base64.b64encode(each).decode() for each in proof.way]
    return "\n".join([*lines, "", proof.note])


def read(text: str) -> Proof:
    """A file read back. Raises `ProofError` for anything that is not one."""
    head, separator, note = text.partition("\n\n")
    lines = head.split("\n")
    if lines[0] != FIRST or not separator:
        raise ProofError(f"a proof begins with {FIRST} and holds a checkpoint")
    extra = _decoded(lines.pop(1)[6:]) if lines[1:] and lines[1].startswith("extra ") else b""
    if not lines[1:] or not (index := _index(lines[1])).isdecimal():
        raise ProofError("the proof does not say whose it is (index)")
    way = tuple(_decoded(line) for line in lines[2:])
    if any(len(each) != 32 for each in way):
        raise ProofError("a hash is not 32 bytes")
    return Proof(int(index), way, note, extra)


def check(proof: Proof, leaf: bytes, name: str, *keys: bytes) -> notes.Statement:
    """The checkpoint that has a leaf (its bytes, not its hash) in it.

    Raises `ProofError` or `notes.NoteError`: another leaf, another place, another tree, another key.
    """
    statement = notes.read(proof.note, name, *keys)
    if climb(proof.seq, statement.size, tree.leaf_hash(leaf), proof.way) != statement.root:
        raise ProofError("the leaf is not in the tree of this checkpoint")
    return statement


def _index(line: str) -> str:
    word, _, number = line.partition(" ")
    well_formed = word == "index" and number.isascii() and (number == "0" or not number.startswith("0"))
    return number if well_formed else ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ProofError("a line is not base64") from error
