"""The tree as static files that anybody may fetch (C2SP tlog-tiles): hashes by 256, and the leaves themselves.

    tile/<level>/<N>[.p/<width>]      hashes of one height, 256 a file; the last one of a level may be narrower
    tile/entries/<N>[.p/<width>]      the leaves: commitments of 32 bytes, each after its length (uint16)

A file is written under another name, fsynced and renamed. What lies beyond the last signed size may be written
again; what was signed never is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from nintei.journal.proofs import root
from nintei.journal.tree import leaf_hash, node_hash, root_of

WIDTH = 256
HEIGHT = 8
HASH = 32


def name(number: int) -> str:
    """The number of a tile as a path.

    >>> name(5), name(1234067)
    ('005', 'x001/x234/067')
    """
    parts = []
    while True:
        number, rest = divmod(number, 1000)
        parts.append(f"{rest:03}")
        if not number:
            break
    return "/".join(["x" + part for part in parts[:0:-1]] + [parts[0]])


def width(size: int, level: int) -> int:
    """How many hashes the last, partial tile of a level has in a tree of `size`; 0 when it is full.

    >>> [width(70_000, level) for level in range(3)]
    [112, 17, 1]
    """
    return (size >> HEIGHT * level) % WIDTH


class TileError(Exception):
    """A file of the tree that is missing, cut, or not what the files below it say."""


class Tiles:
    """The tiles of one tree in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def extend(self, size: int, commitments: Iterable[bytes]) -> int:
        """Write the tiles of a tree of `size` leaves with more leaves after them; the new size."""
        levels = [self._tail(size, level) for level in range(_levels(size))]
        entries = self._entries(size)
        for commitment in commitments:
            entries.append(commitment)
            self._grow(levels, 0, leaf_hash(commitment), size)
            size += 1
            if size % WIDTH == 0:
                self._write(f"entries/{name(size // WIDTH - 1)}", _bundle(entries))
                entries = []
        for level, hashes in enumerate(levels):
            if hashes:
                place = f"{level}/{name(size >> HEIGHT * (level + 1))}.p/{len(hashes)}"
                self._write(place, b"".join(hashes))
        if entries:
            self._write(f"entries/{name(size // WIDTH)}.p/{len(entries)}", _bundle(entries))
        return size

    def check(self, size: int) -> bytes:
        """The root of the first `size` leaves, every file read again and hashed from the leaves up.

        Raises `TileError` for a file that is missing, cut, or does not fit the files below it.
        """
        for number in range(-(-size // WIDTH)):
            count = min(WIDTH, size - number * WIDTH)
            leaves = [leaf_hash(entry) for entry in self._bundle_of(number, count)]
            self._compare(0, number, leaves, size)
        for level in range(1, _levels(size)):
            for number in range(-(-(size >> HEIGHT * level) // WIDTH)):
                self._compare(level, number, self._below(level, number, size), size)
        return self.root(size)

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves, from the few files that have its parts."""
        return root(0, size, lambda level, index: self.node(level, index, size)) if size else root_of(())[1]

    def node(self, level: int, index: int, size: int, *, fresh: bool = False) -> bytes:
        """The root of a perfect subtree, from the one tile that has it (`fresh`: from the full tile below it)."""
        height, above = divmod(level, HEIGHT)
        if fresh:
            height, above = height - 1, above + HEIGHT
        per_tile = WIDTH >> above
        tile = self._tile(height, index // per_tile, size)
        low = index % per_tile << above
        hashes = [tile[i * HASH : (i + 1) * HASH] for i in range(low, low + (1 << above))]
        if len(hashes[-1]) != HASH:
            raise TileError(f"tile/{height}/{name(index // per_tile)} is too short")
        while len(hashes) > 1:
            hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
        return hashes[0]

    def _grow(self, levels: list[list[bytes]], level: int, found: bytes, size: int) -> None:
        if level == len(levels):
            levels.append([])
        levels[level].append(found)
        if len(levels[level]) < WIDTH:
            return
        self._write(f"{level}/{name(size >> HEIGHT * (level + 1))}", b"".join(levels[level]))
        whole = root_of(levels[level])[1]
        levels[level].clear()
        self._grow(levels, level + 1, whole, size)

    def _tail(self, size: int, level: int) -> list[bytes]:
        """The hashes of a level's partial tile."""
        if not (count := width(size, level)):
            return []
        tile = self._tile(level, size >> HEIGHT * (level + 1), size)
        return [tile[i * HASH : (i + 1) * HASH] for i in range(count)]

    def _entries(self, size: int) -> list[bytes]:
        count = width(size, 0)
        return self._bundle_of(size // WIDTH, count) if count else []

    def _bundle_of(self, number: int, count: int) -> list[bytes]:
        raw = self._read("entries", number, count % WIDTH)
        return [raw[i * (HASH + 2) + 2 : (i + 1) * (HASH + 2)] for i in range(count)]

    def _below(self, level: int, number: int, size: int) -> list[bytes]:
        """What a tile has to say, by the full tiles of the level below."""
        first, last = number * WIDTH, min((number + 1) * WIDTH, size >> HEIGHT * level)
        return [self.node(level * HEIGHT, index, size, fresh=True) for index in range(first, last)]

    def _compare(self, level: int, number: int, wanted: list[bytes], size: int) -> None:
        if self._tile(level, number, size)[: len(wanted) * HASH] != b"".join(wanted):
            raise TileError(f"tile/{level}/{name(number)} is not what is below it")

    def _tile(self, level: int, number: int, size: int) -> bytes:
        full = (number + 1) << HEIGHT * (level + 1) <= size
        return self._read(str(level), number, 0 if full else width(size, level))

    def _read(self, level: str, number: int, count: int) -> bytes:
        """A tile; of a partial one the first hashes of the full tile do as well."""
        place = self.folder / "tile" / level / name(number)
        partial = place.with_name(f"{place.name}.p") / str(count)
        try:
            return (partial if count and partial.exists() else place).read_bytes()
        except FileNotFoundError:
            raise TileError(f"tile/{level}/{name(number)} is missing") from None

    def _write(self, place: str, data: bytes) -> None:
        write(self.folder / "tile" / place, data)


def write(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """A file that is whole or not there: another name, fsync, rename, fsync of the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _bundle(entries: list[bytes]) -> bytes:
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def _levels(size: int) -> int:
    """How many levels of tiles a tree of `size` has hashes in."""
    return max(1, -(-size.bit_length() // HEIGHT)) if size else 1
