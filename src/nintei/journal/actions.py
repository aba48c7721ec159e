"""Writing a leaf. Called inside the transaction of the change it records, or not at all."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection

from nintei.journal import tree
from nintei.journal.commitments import commit_to, split
from nintei.journal.models import Body, Checkpoint, Edge, Leaf
from nintei.journal.signer import sign
from nintei.shared.clock import JST


def record(*, by: str, verb: str, subject: str, at: datetime, data: dict[str, object]) -> Leaf:
    """Append a leaf for a change, in the caller's transaction (promise P4).

    `by` and `subject` are plain text (`person:<uuid>`, `application:<uuid>`, `system`), `verb` is the
    action's name (`applications.submit`), `data` is JSON without floats: what changed, not files.
    Raises `RuntimeError` outside a transaction: a leaf without its change would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record needs the transaction of the change it records")
    edge = Edge.objects.select_for_update().get_or_create(pk=1)[0]
    salt = secrets.token_bytes(32)
    day = at.astimezone(JST).date()
    commitment = commit_to(salt, by=by, verb=verb, subject=subject, at=at, data=data)
    hashed = tree.leaf_hash(commitment)
    leaf = Leaf(seq=edge.size, at=at, commitment=commitment, hash=hashed)
    leaf.save(force_insert=True)
    Body.objects.create(leaf=leaf, salt=salt, actor=by, verb=verb, subject=subject, day=day, data=data)
    edge.subtrees = b"".join(tree.append(edge.size, split(edge.subtrees), hashed))
    edge.size += 1
    edge.save()
    return leaf


def checkpoint(*, at: datetime) -> Checkpoint:
    """Sign the tree as it stands and publish it; a size already signed gives its checkpoint again.

    Raises `KeyMissing` where something was signed before and the key is gone, and `signer.CannotSign` where
    the tree is not the one that was signed.
    """
    return sign(at)
