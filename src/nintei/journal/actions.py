"""Writing a leaf. Called inside the transaction of the change it records, or not at all."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import rfc8785
from django.conf import settings
from django.db import connection, transaction

from nintei.journal import notes, tree
from nintei.journal.keys import journal_key
from nintei.journal.models import Body, Checkpoint, Edge, Leaf
from nintei.shared.clock import JST


class Entry(NamedTuple):
    """What a leaf will say; see `record`."""

    by: str
    verb: str
    subject: str
    at: datetime
    data: dict[str, object]


def record(*, by: str, verb: str, subject: str, at: datetime, data: dict[str, object]) -> Leaf:
    """Append a leaf for a change, in the caller's transaction (promise P4).

    `by` and `subject` are plain text (`person:<uuid>`, `application:<uuid>`, `system`), `verb` is the
    action's name (`applications.submit`), `data` is JSON without floats: what changed, not files.
    Raises `RuntimeError` outside a transaction: a leaf without its change would be a lie.
    """
    return record_all(entries=[Entry(by, verb, subject, at, data)])[0]


def record_all(*, entries: Sequence[Entry]) -> list[Leaf]:
    """Append a leaf for each of many changes, in their order, as `record` does one: three rows of statements."""
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record needs the transaction of the change it records")
    if not entries:
        return []
    edge = Edge.objects.select_for_update().get_or_create(pk=1)[0]
    subtrees, leaves, bodies = split(edge.subtrees), [], []
    for seq, entry in enumerate(entries, edge.size):
        salt = secrets.token_bytes(32)
        commitment = commit_to(salt, **entry._asdict())
        leaf = Leaf(seq=seq, at=entry.at, commitment=commitment, hash=tree.leaf_hash(commitment))
        subtrees = tree.append(seq, subtrees, leaf.hash)
        leaves.append(leaf)
        bodies.append(_body(leaf, salt, entry))
    Leaf.objects.bulk_create(leaves, batch_size=1000)
    Body.objects.bulk_create(bodies, batch_size=1000)
    edge.subtrees, edge.size = b"".join(subtrees), edge.size + len(leaves)
    edge.save()
    return leaves


def _body(leaf: Leaf, salt: bytes, entry: Entry) -> Body:
    day = entry.at.astimezone(JST).date()
    told = {"verb": entry.verb, "subject": entry.subject, "data": entry.data}
    return Body(leaf=leaf, salt=salt, actor=entry.by, day=day, **told)


@transaction.atomic
def checkpoint(*, at: datetime) -> Checkpoint:
    """Sign the tree as it stands; a size already signed gives its checkpoint again.

    Raises `KeyMissing` where something was signed before and the key is gone.
    """
    edge = Edge.objects.select_for_update().get_or_create(pk=1)[0]
    if known := Checkpoint.objects.filter(size=edge.size).first():
        return known
    origin = settings.JOURNAL_ORIGIN
    root = tree.root(split(edge.subtrees))
    key = journal_key(make=not Checkpoint.objects.exists())
    note = notes.sign(notes.Statement(origin, edge.size, root), origin, key)
    return Checkpoint.objects.create(size=edge.size, root=root, note=note, at=at)


def commit_to(
    salt: bytes, *, by: str, verb: str, subject: str, at: datetime, data: dict[str, object]
) -> bytes:
    """SHA-256(salt ‖ canonical JSON of the body), so that a body can be erased (promise P5)."""
    body = {"at": at.astimezone(JST).isoformat(), "by": by, "data": data, "subject": subject, "verb": verb}
    return hashlib.sha256(salt + rfc8785.dumps(body)).digest()  # type: ignore[arg-type]


def split(subtrees: bytes | memoryview) -> tuple[bytes, ...]:
    """The stored edge as 32-byte hashes, largest subtree first."""
    return tuple(bytes(subtrees[i : i + 32]) for i in range(0, len(subtrees), 32))
