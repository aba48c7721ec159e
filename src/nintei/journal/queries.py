"""Reading the journal: its head, its entries, and whether it still is what was signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.conf import settings

from nintei.journal import notes, tree
from nintei.journal.commitments import commit_to, split
from nintei.journal.keys import KeyMissing, public_keys
from nintei.journal.models import Body, Checkpoint, Edge, Leaf
from nintei.journal.proofs import inclusion
from nintei.shared.clock import JST


class Fault(NamedTuple):
    """Something in the journal that is not as it was written. `code` is stable, `seq` where it is."""

    code: str
    seq: int | None
    detail: str


class Verification(NamedTuple):
    """What `verify` found: size and root recomputed from the leaves, and every fault."""

    size: int
    root: bytes
    erased: int
    checkpoints: int
    faults: tuple[Fault, ...]


class Entry(NamedTuple):
    """A leaf with its body, for the office's reading room. An erased body has no actor."""

    seq: int
    actor: str
    verb: str
    day: object
    at: object
    data: dict[str, object]


def head() -> tuple[int, bytes]:
    """Size and root as the edge has them."""
    edge = Edge.objects.filter(pk=1).first()
    return (edge.size, tree.root(split(edge.subtrees))) if edge else (0, tree.root(()))


def history(subject: str) -> list[Entry]:
    """Everything recorded about a subject, oldest first."""
    rows = Body.objects.filter(subject=subject).select_related("leaf").order_by("leaf_id")
    return [Entry(row.leaf_id, row.actor, row.verb, row.day, row.leaf.at, row.data) for row in rows]


class Place(NamedTuple):
    """Where in the tree something stands: the number of its leaf, and the leaf's hash in hexadecimal."""

    seq: int
    hash: str


def places_of(subjects: Iterable[str], verb: str) -> dict[str, Place]:
    """Where each of some subjects was recorded with a verb (its last leaf), in one query."""
    rows = Body.objects.filter(subject__in=list(subjects), verb=verb).select_related("leaf")
    return {row.subject: Place(row.leaf_id, bytes(row.leaf.hash).hex()) for row in rows.order_by("leaf_id")}


def hashes_at(numbers: Iterable[int]) -> dict[int, str]:
    """The hashes of the leaves with these numbers, in hexadecimal; of a number without a leaf: nothing."""
    rows = Leaf.objects.filter(seq__in=list(numbers)).values_list("seq", "hash")
    return {seq: bytes(digest).hex() for seq, digest in rows}


class Opening(NamedTuple):
    """What a leaf commits to: who holds it can show what stands in the tree. `at` is the text that was hashed."""

    salt: bytes
    at: str
    by: str
    verb: str
    subject: str
    data: dict[str, object]


def opening(seq: int) -> Opening | None:
    """Salt and body of a leaf, for somebody who has to show it; None once they are erased."""
    body = Body.objects.select_related("leaf").filter(pk=seq).first()
    if body is None:
        return None
    at = body.leaf.at.astimezone(JST).isoformat()
    return Opening(bytes(body.salt), at, body.actor, body.verb, body.subject, body.data)


def last_place(subject: str) -> int | None:
    """The number of the newest leaf about a subject, for the public page; None if there is none."""
    return Body.objects.filter(subject=subject).order_by("-leaf_id").values_list("leaf_id", flat=True).first()


def verify(against: str | None = None) -> Verification:
    """Recompute the tree from every leaf and compare it with the edge and each signed checkpoint.

    `against` is a signed note kept elsewhere; its size and root must lie on our history. Reads
    everything once, in order, with constant memory. Faults are values, all of them.
    """
    wanted = _signed_sizes(against)
    faults = list(wanted.faults)
    size = erased = 0
    subtrees: tuple[bytes, ...] = ()
    for leaf, body in _leaves():
        faults += _leaf_faults(leaf, body, size)
        erased += body is None
        subtrees = tree.append(size, subtrees, tree.leaf_hash(bytes(leaf.commitment)))
        size += 1
        faults += _root_faults(wanted.roots, size, tree.root(subtrees))
    root = tree.root(subtrees)
    faults += [
        Fault("checkpoint_ahead", n, "signed size is beyond the tree") for n in wanted.roots if n > size
    ]
    if head() != (size, root):
        faults.append(Fault("edge_differs", None, "the stored edge is not the tree of the leaves"))
    return Verification(size, root, erased, len(wanted.roots), tuple(faults))


def leaf_faults(seq: int) -> tuple[Fault, ...]:
    """Whether one leaf still says what was committed to; `verify` asks it of all of them."""
    leaf = Leaf.objects.select_related("body").filter(pk=seq).first()
    if leaf is None:
        return (Fault("gap", seq, "there is no such leaf"),)
    return tuple(_leaf_faults(leaf, getattr(leaf, "body", None), seq))


def path(seq: int, size: int) -> list[bytes]:
    """The way from a leaf to the root of the tree of `size` leaves, lowest first (RFC 6962 §2.1.1).

    Reads every leaf hash below `size`: for what is asked once and kept, not for every visitor of a page.
    """
    hashes = Leaf.objects.filter(seq__lt=size).order_by("seq").values_list("hash", flat=True)
    leaves = [bytes(each) for each in hashes]
    return inclusion(seq, size, lambda level, index: tree.root_of(leaves[index << level :][: 1 << level])[1])


class _Signed(NamedTuple):
    roots: dict[int, bytes]
    faults: list[Fault]


def _signed_sizes(against: str | None) -> _Signed:
    roots: dict[int, bytes] = {}
    faults: list[Fault] = []
    signed = [*Checkpoint.objects.order_by("size").values_list("note", flat=True)]
    signed += [against] if against is not None else []
    try:
        publics = [key.public for key in public_keys()]
    except KeyMissing as missing:
        return _Signed(roots, [Fault("key_missing", None, str(missing))] if signed else [])
    for note in signed:
        try:
            statement = notes.read(note, settings.JOURNAL_ORIGIN, *publics)
        except notes.NoteError as error:
            faults.append(Fault("checkpoint_unsigned", None, str(error)))
            continue
        if roots.setdefault(statement.size, statement.root) != statement.root:
            faults.append(Fault("checkpoints_disagree", statement.size, "two roots signed for one size"))
    return _Signed(roots, faults)


def _leaves() -> Iterator[tuple[Leaf, Body | None]]:
    rows = Leaf.objects.order_by("seq").select_related("body").iterator(chunk_size=2000)
    for leaf in rows:
        yield leaf, getattr(leaf, "body", None)


def _leaf_faults(leaf: Leaf, body: Body | None, place: int) -> list[Fault]:
    found = []
    if leaf.seq != place:
        found.append(Fault("gap", leaf.seq, f"expected leaf {place}"))
    if tree.leaf_hash(bytes(leaf.commitment)) != bytes(leaf.hash):
        found.append(Fault("leaf_hash_differs", leaf.seq, "the leaf is not the hash of its commitment"))
    if body is not None and _commitment(leaf, body) != bytes(leaf.commitment):
        found.append(Fault("body_differs", leaf.seq, "the body is not what was committed to"))
    return found


def _commitment(leaf: Leaf, body: Body) -> bytes:
    said = {"by": body.actor, "verb": body.verb, "subject": body.subject}
    return commit_to(bytes(body.salt), at=leaf.at, data=body.data, **said)


def _root_faults(roots: dict[int, bytes], size: int, root: bytes) -> list[Fault]:
    if roots.get(size, root) == root:
        return []
    return [Fault("root_differs", size, "the tree is not the one that was signed")]
