"""Where the journal stands, and whether it still is what was signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from nintei.journal import notes, tree
from nintei.journal.commitments import split
from nintei.journal.keys import KeyMissing, public_keys
from nintei.journal.models import Body, Checkpoint, Edge, Leaf
from nintei.journal.proofs import inclusion
from nintei.journal.queries import stream
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


def head() -> tuple[int, bytes]:
    """Size and root as the edge has them."""
    edge = Edge.objects.filter(pk=1).first()
    return (edge.size, tree.root(split(edge.subtrees))) if edge else (0, tree.root(()))


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


def checkpoints(count: int) -> list[Checkpoint]:
    """The newest signed checkpoints, the newest first."""
    return list(Checkpoint.objects.order_by("-size")[:count])


def checkpoint_of(size: int) -> Checkpoint | None:
    """What was signed at exactly this size; None if nothing was."""
    return Checkpoint.objects.filter(pk=size).first()


def verify(against: str | None = None) -> Verification:
    """Recompute the tree from every leaf and compare it with the edge and each signed checkpoint.

    `against` is a signed note kept elsewhere; its size and root must lie on our history. Reads everything once, in
    order, with constant memory; what is appended meanwhile is read too. Faults are values, all of them.
    """
    signed = _signed_sizes(against)
    walk = _Walk(signed.roots)
    while True:
        found, stored = walk.on(), head()
        if not found or stored[0] <= walk.size:
            break
    root, faults = tree.root(tuple(walk.edge)), [*signed.faults, *walk.faults]
    faults += [
        Fault("checkpoint_ahead", n, "signed size is beyond the tree") for n in signed.roots if n > walk.size
    ]
    if stored != (walk.size, root):
        faults.append(Fault("edge_differs", None, "the stored edge is not the tree of the leaves"))
    return Verification(walk.size, root, walk.erased, len(signed.roots), tuple(faults))


class _Walk:
    """A way through all leaves: the tree's edge so far, and what was not as it was written."""

    def __init__(self, roots: dict[int, bytes]) -> None:
        self.roots, self.edge, self.faults = roots, list[bytes](), list[Fault]()
        self.size = self.erased = self.next = 0

    def on(self) -> int:
        """Read whatever there is from here on; how many leaves that was."""
        before = self.size
        for row in stream.rows(self.next):
            hashed = tree.leaf_hash(row.commitment)
            if row.seq != self.next or row.hash != hashed or row.said is False:
                self.faults += _leaf_faults(row, self.next)
            self.erased += row.said is None
            tree.grow(self.size, self.edge, hashed)
            self.next, self.size = row.seq + 1, self.size + 1
            if self.size in self.roots and self.roots[self.size] != tree.root(tuple(self.edge)):
                self.faults.append(
                    Fault("root_differs", self.size, "the tree is not the one that was signed")
                )
        return self.size - before


def leaf_faults(seq: int) -> tuple[Fault, ...]:
    """Whether one leaf still says what was committed to; `verify` asks it of all of them."""
    found = list(stream.rows(seq, seq))
    return tuple(_leaf_faults(found[0], seq)) if found else (Fault("gap", seq, "there is no such leaf"),)


def _leaf_faults(row: stream.Row, place: int) -> list[Fault]:
    found = []
    if row.seq != place:
        found.append(Fault("gap", row.seq, f"expected leaf {place}"))
    if tree.leaf_hash(row.commitment) != row.hash:
        found.append(Fault("leaf_hash_differs", row.seq, "the leaf is not the hash of its commitment"))
    if row.said is False:
        found.append(Fault("body_differs", row.seq, "the body is not what was committed to"))
    return found


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
