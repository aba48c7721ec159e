"""Writing a leaf. Called inside the transaction of the change it records, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast

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
    if not told:
        return []
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


def forget(*, by: str, subjects: Collection[str], actors: Collection[str], named: Collection[str]) -> int:
    """Delete bodies and salts for good, in the caller's transaction; how many there were (promise P5).

    Those about `subjects`, by `actors`, or whose data has one of the words `named` in it (keys of people). The
    leaves stay, so every proof still holds; the caller records that `by` did it, and why. Raises `RuntimeError`
    outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"journal.forget by {by} needs the transaction of the erasure")
    asked = Q(subject__in=list(subjects)) | Q(actor__in=list(actors))
    bodies = Body.objects.annotate(told=Cast("data", TextField()))
    for word in named:
        asked |= Q(told__contains=word)
    keys = list(bodies.filter(asked).values_list("pk", flat=True))
    return Body.objects.filter(pk__in=keys).delete()[0]


def checkpoint(*, at: datetime) -> Checkpoint:
    """Sign the tree as it stands and publish it; a size already signed gives its checkpoint again.

    Raises `KeyMissing` where something was signed before and the key is gone, and `signer.CannotSign` where
    the tree is not the one that was signed.
    """
    return sign(at)
