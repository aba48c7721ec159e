"""The Merkle tree of RFC 6962: leaf and node hashes, and appending to the right edge. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 ‖ data), RFC 6962 §2.1."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right), RFC 6962 §2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(size: int, subtrees: tuple[bytes, ...], leaf: bytes) -> tuple[bytes, ...]:
    """The perfect-subtree roots (largest first) after appending a leaf hash to a tree of `size`.

    >>> len(append(3, (b"a" * 32, b"b" * 32), b"c" * 32))
    1
    """
    edge = [*subtrees]
    grow(size, edge, leaf)
    return tuple(edge)


def grow(size: int, edge: list[bytes], leaf: bytes) -> None:
    """Append a leaf hash to the edge of a tree of `size`, in place: for whoever walks through many."""
    edge.append(leaf)
    while size & 1:
        right, left = edge.pop(), edge.pop()
        edge.append(node_hash(left, right))
        size >>= 1


def root(subtrees: tuple[bytes, ...]) -> bytes:
    """The tree's root from its perfect subtrees; the empty tree's root is SHA-256 of nothing."""
    if not subtrees:
        return hashlib.sha256(b"").digest()
    result = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        result = node_hash(left, result)
    return result


def root_of(leaves: Iterable[bytes]) -> tuple[int, bytes]:
    """Size and root of a whole sequence of leaf hashes, in one pass with constant memory."""
    size, edge = 0, list[bytes]()
    for leaf in leaves:
        grow(size, edge, leaf)
        size += 1
    return size, root(tuple(edge))
