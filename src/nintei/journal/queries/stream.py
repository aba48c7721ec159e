"""Every leaf with its body out of the database in one stream, in order, with constant memory.

PostgreSQL writes the body as JSON and the instant as it was hashed; what is left for Python is to put the keys in
order. Python's own encoder writes what RFC 8785 wants for everything a leaf usually says, some ten times as fast as
the canonical one; where its bytes are not what was committed to, `rfc8785` has the last word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

from nintei.journal.commitments import commit_to

ROWS = """
COPY (
  SELECT leaf.seq, encode(leaf.commitment, 'hex'), encode(leaf.hash, 'hex'), encode(body.salt, 'hex'),
    json_build_object(
      'at', to_char(leaf.at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      'by', body.actor, 'data', body.data, 'subject', body.subject, 'verb', body.verb)
  FROM journal_leaf leaf LEFT JOIN journal_body body ON body.leaf_id = leaf.seq
  WHERE leaf.seq BETWEEN {first} AND {last} ORDER BY leaf.seq
) TO STDOUT
"""
LAST = 2**63 - 1
_parsed = json.JSONDecoder().raw_decode
_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


class Row(NamedTuple):
    """A leaf as the tables have it. `said`: whether the body is what was committed to; None: it was erased."""

    seq: int
    commitment: bytes
    hash: bytes
    said: bool | None


def rows(first: int = 0, last: int = LAST) -> Iterator[Row]:
    """The leaves from one number to another, both included."""
    connection.ensure_connection()
    asked = ROWS.format(first=int(first), last=int(last))
    with connection.connection.cursor() as cursor, cursor.copy(asked) as lines:
        for line in lines:
            yield _row(bytes(line))


def _row(line: bytes) -> Row:
    seq, commitment, hashed, salt, told = line[:-1].split(b"\t")
    committed = bytes.fromhex(commitment.decode())
    said = None if salt == rb"\N" else _fits(bytes.fromhex(salt.decode()), told, committed)
    return Row(int(seq), committed, bytes.fromhex(hashed.decode()), said)


def _fits(salt: bytes, told: bytes, commitment: bytes) -> bool:
    """Whether salt and body give the commitment."""
    body = _parsed((told.replace(rb"\\", b"\\") if b"\\" in told else told).decode())[0]
    body["at"] = body["at"].removesuffix(".000000") + "+09:00"
    if sha256(salt + _canonical(body).encode()).digest() == commitment:
        return True
    body["at"] = datetime.fromisoformat(body["at"])
    return commit_to(salt, **body) == commitment
