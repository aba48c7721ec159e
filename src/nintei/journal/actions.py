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


def record(*, by: str, verb: str, subject: str, at: datetime, data: dict[str, object]) -> Leaf:
    """Append a leaf for a change, in the caller's transaction (promise P4).

    `by` and `subject` are plain text (`person:<uuid>`, `application:<uuid>`, `system`), `verb` is the
    action's name (`applications.submit`), `data` is JSON without floats: what changed, not files.
    Raises `RuntimeError` outside a transaction: a leaf without its change would be a lie.
    """
    return record_all(by=by, at=at, told=[Told(verb, subject, data)])[0]


class Told(NamedTuple):
    """What a leaf tells of: the action, what it is about, and what changed."""

    verb: str
    subject: str
    data: dict[str, object]


def record_all(*, by: str, at: datetime, told: Sequence[Told]) -> list[Leaf]:
    """Append a leaf for each, in order, as `record` does: four statements for any number of leaves."""
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record needs the transaction of the change it records")
    edge = Edge.objects.select_for_update().get_or_create(pk=1)[0]
    day, leaves, bodies = at.astimezone(JST).date(), [], []
    for verb, subject, data in told:
        salt = secrets.token_bytes(32)
        commitment = commit_to(salt, by=by, verb=verb, subject=subject, at=at, data=data)
        hashed = tree.leaf_hash(commitment)
        leaf = Leaf(seq=edge.size, at=at, commitment=commitment, hash=hashed)
        leaves.append(leaf)
        bodies.append(Body(leaf=leaf, salt=salt, actor=by, verb=verb, subject=subject, day=day, data=data))
        edge.subtrees = b"".join(tree.append(edge.size, split(edge.subtrees), hashed))
        edge.size += 1
    Leaf.objects.bulk_create(leaves)
    Body.objects.bulk_create(bodies)
    edge.save()
    return leaves


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
