"""Proofs of random trees and signed notes, each with its forgeries: what readers by others are shown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nintei.journal import notes, proofs
from nintei.journal.tree import leaf_hash, node_hash

SEED = 20261124
LARGEST = 300


@dataclass(frozen=True)
class Case:
    """One question to a reader. `data` is the leaf itself; hashes are hexadecimal; `good` is what it should say."""

    kind: str
    good: bool
    index: int = 0
    size: int = 0
    old: int = 0
    data: str = ""
    leaf: str = ""
    root: str = ""
    older: str = ""
    way: tuple[str, ...] = ()
    note: str = ""
    key: str = ""

    def asked(self) -> dict[str, object]:
        """The question without its answer."""
        return {name: value for name, value in asdict(self).items() if name != "good"}


def trees(count: int) -> Iterator[Case]:
    """Of each tree a leaf's proof and a growth, right first, then every forgery of them."""
    chance = random.Random(SEED)
    for number in range(count):
        size = number + 1 if number < 70 else chance.randint(1, LARGEST)
        leaves = [chance.randbytes(32) for _ in range(size)]
        levels = _levels(leaves)
        node = lambda level, index, levels=levels: levels[level][index]  # noqa: E731
        root, index, old = proofs.root(0, size, node).hex(), chance.randrange(size), chance.randint(1, size)
        way = tuple(each.hex() for each in proofs.inclusion(index, size, node))
        data = leaves[index]
        included = Case(
            "inclusion", True, index, size, data=data.hex(), leaf=leaf_hash(data).hex(), root=root, way=way
        )
        yield included
        yield from _other_places(included, chance)
        yield from _forged(included, chance, "root", "leaf")
        grown = tuple(each.hex() for each in proofs.consistency(old, size, node))
        older = proofs.root(0, old, node).hex()
        growth = Case("growth", True, size=size, old=old, root=root, older=older, way=grown)
        yield growth
        yield from _forged(growth, chance, "root", "older")


def _levels(leaves: list[bytes]) -> list[list[bytes]]:
    """The roots of all perfect subtrees, by height."""
    levels = [[leaf_hash(leaf) for leaf in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return levels


def _other_places(case: Case, chance: random.Random) -> Iterator[Case]:
    if case.size > 1:
        other = chance.choice([place for place in range(case.size) if place != case.index])
        yield replace(case, good=False, index=other)
    yield replace(case, good=False, index=case.size)


def _forged(case: Case, chance: random.Random, *named: str) -> Iterator[Case]:
    for name in named:
        wrong = _flipped(getattr(case, name), chance)
        told: dict[str, Any] = {name: wrong, "data": wrong if name == "leaf" else case.data}
        yield replace(case, good=False, **told)
    way = case.way
    yield replace(case, good=False, way=(*way, chance.randbytes(32).hex()))
    if not way:
        return
    place = chance.randrange(len(way))
    yield replace(case, good=False, way=(*way[:place], _flipped(way[place], chance), *way[place + 1 :]))
    yield replace(case, good=False, way=(*way[:place], *way[place + 1 :]))
    if len(set(way)) > 1:
        yield replace(case, good=False, way=way[::-1])


def _flipped(text: str, chance: random.Random) -> str:
    """The same bytes with one bit the other way."""
    raw = bytearray.fromhex(text)
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return raw.hex()


def signed(count: int) -> Iterator[Case]:
    """Checkpoints as they are published: alone, at a change of keys, with lines of strangers and witnesses."""
    chance, name = random.Random(SEED), "nintei.example.jp/journal"
    old, new, stranger = (Ed25519PrivateKey.from_private_bytes(chance.randbytes(32)) for _ in range(3))
    known = str(notes.Key(name, old.public_key().public_bytes_raw()))
    for _ in range(count):
        said = notes.Statement(name, chance.randrange(1, 10**9), chance.randbytes(32))
        plain, both = notes.sign(said, name, old), notes.sign(said, name, old, new)
        seen = (
            plain + "— somebody.else AAAAAAAA\n" + notes.cosign(plain, "w.example", stranger, 1_800_000_000)
        )
        good = Case("note", True, key=known)
        yield from (replace(good, note=note) for note in (plain, both, seen))
        forged = (
            plain.replace(f"\n{said.size}\n", f"\n{said.size + 1}\n"),
            plain.replace(name, "another.example/journal", 1),
            notes.sign(said, name, new),
            notes.sign(said, name, stranger),
            notes.text_of(said),
            notes.text_of(said) + "\n" + notes.cosign(plain, name, old, 1_800_000_000),
            plain.replace("\n\n", "\n", 1),
        )
        yield from (replace(good, good=False, note=note) for note in forged)
