"""Proofs of the tree: a leaf is in it, a tree grew out of an earlier one. Pure (RFC 6962 §2.1, RFC 9162 §2.1.3–4).

A proof is made from the roots of perfect subtrees, asked for by (level, index): the tiles have them all, so that
a proof reads a few files, not the journal. Checking one needs nothing but the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nintei.journal.tree import node_hash

Node = Callable[[int, int], bytes]
"""The root of the perfect subtree over the leaves [index · 2^level, (index + 1) · 2^level)."""


class ProofError(ValueError):
    """A proof that does not prove what it is shown for."""


def root(low: int, high: int, node: Node) -> bytes:
    """The root over the leaves [low, high), `low` being where a subtree of that size may begin."""
    count = high - low
    if count & (count - 1) == 0:
        return node(count.bit_length() - 1, low // count)
    middle = low + _split(count)
    return node_hash(root(low, middle, node), root(middle, high, node))


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The way from a leaf to the root of a tree of `size` leaves, the leaf's neighbour first.

    Raises `ProofError` for a leaf that is not in such a tree.
    """
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not in a tree of {size}")
    way: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            way.append(root(middle, high, node))
            high = middle
        else:
            way.append(root(low, middle, node))
            low = middle
    return way[::-1]


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """What shows that the tree of `new` leaves begins with that of `old`; nothing for 0 and for the same size.

    Raises `ProofError` when `old` is larger.
    """
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} has no beginning of {old}")
    way: list[bytes] = []
    low, high, known = 0, new, True
    while 0 < old < high:
        middle = low + _split(high - low)
        if old <= middle:
            way.append(root(middle, high, node))
            high = middle
        else:
            way.append(root(low, middle, node))
            low, known = middle, False
    if not known:
        way.append(root(low, high, node))
    return way[::-1]


def climb(index: int, size: int, leaf: bytes, way: Sequence[bytes]) -> bytes:
    """The root that a leaf hash and its way lead to. Raises `ProofError` for a way of another length."""
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not in a tree of {size}")
    place, last, found = index, size - 1, leaf
    for other in way:
        if last == 0:
            raise ProofError("the proof is too long")
        if place & 1 or place == last:
            found = node_hash(other, found)
            place, last = _past_the_left(place, last)
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return found


def check_growth(old: int, old_root: bytes, new: int, new_root: bytes, way: Sequence[bytes]) -> None:
    """Raises `ProofError` unless the tree of `new` leaves begins with that of `old` leaves (`old` ≥ 1)."""
    if not 0 < old <= new:
        raise ProofError(f"a tree of {new} has no beginning of {old}")
    if old == new:
        if way or old_root != new_root:
            raise ProofError("two roots for one size")
        return
    rest = list(way)
    if not rest:
        raise ProofError("the proof is too short")
    first = old_root if old & (old - 1) == 0 else rest.pop(0)
    if _both(old, new, first, rest) != (old_root, new_root):
        raise ProofError("the later tree does not begin with the earlier one")


def _both(old: int, new: int, first: bytes, way: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The roots of the earlier and the later tree, as a proof has them."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    earlier = later = first
    for other in way:
        if last == 0:
            raise ProofError("the proof is too long")
        if place & 1 or place == last:
            earlier, later = node_hash(other, earlier), node_hash(other, later)
            place, last = _past_the_left(place, last)
        else:
            later = node_hash(later, other)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return earlier, later


def _past_the_left(place: int, last: int) -> tuple[int, int]:
    """From the right end of a tree that is not perfect up to where a neighbour on the left is hashed in."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _split(count: int) -> int:
    """The largest power of two below `count`.

    >>> [_split(count) for count in (2, 3, 4, 5, 8, 9)]
    [1, 2, 2, 4, 4, 8]
    """
    return 1 << (count - 1).bit_length() - 1
