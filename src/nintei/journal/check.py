"""Checking the journal from outside: whose signature, what is under it, that it only grew. Needs nothing else of ours.

    python check.py JOURNAL           JOURNAL: the address of its files, such as https://…/journal
    python check.py JOURNAL FILE…     FILE: a signature saved earlier, or the proof of a record (.tlog-proof)

It fetches the newest signature and every public leaf, computes the tree (RFC 6962) and compares its root with the
one that was signed. A FILE is good if its own signature is, and its tree is how this one began: nothing was taken out
or changed since. Of a proof it says also whether its words are what stands in the tree.

Signatures and paths are checked by software that others wrote (pip install metamorphic-log). The keys are those in the
file `keys` beside you. The first time they are fetched and saved: compare them with what the association tells you by
another way, and keep the file, for whoever fetches the keys each time believes whoever answers.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.request import urlopen

WIDTH = 256
PROOF = "c2sp.org/tlog-proof@v1\n"


def leaves(journal: str, size: int) -> list[bytes]:
    """The first `size` leaves, out of the bundles of C2SP tlog-tiles: each leaf after its length in two bytes."""
    found: list[bytes] = []
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        bundle = fetched(f"{journal}/tile/entries/{place(number)}{'' if width == WIDTH else f'.p/{width}'}")
        while bundle:
            end = 2 + int.from_bytes(bundle[:2], "big")
            found.append(bundle[2:end])
            bundle = bundle[end:]
    return found


def place(number: int) -> str:
    """The name of a tile: 001, or x001/234 from a thousand on.

    >>> place(7), place(1234)
    ('007', 'x001/234')
    """
    return f"x{place(number // 1000)}/{number % 1000:03}" if number >= 1000 else f"{number:03}"


def root(found: Sequence[bytes]) -> bytes:
    """The root of a tree over leaves: in pairs, row by row; one that is left over goes up as it is."""
    row = [hashlib.sha256(b"\0" + leaf).digest() for leaf in found]
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [hashlib.sha256(b"\1" + one + other).digest() for one, other in pairs] + row[len(row) & ~1 :]
    return row[0] if row else hashlib.sha256().digest()


def compared(text: str, found: Sequence[bytes], keys: list[str]) -> str:
    """What was wrong with a signature or a proof beside the leaves that were fetched; empty if nothing."""
    head, _, note = text.partition("\n\n") if text.startswith(PROOF) else ("", "", text)
    signed = opened(note, keys)
    if signed.size > len(found):
        return f"it is of {signed.size} leaves, and the journal has {len(found)} now"
    if root(found[: signed.size]) != signed.root:
        return "the journal does not begin with the tree that was signed"
    return stands(head.split("\n"), signed, found) if head else ""


def stands(lines: list[str], signed: Any, found: Sequence[bytes]) -> str:
    """Whether what a proof says is the leaf that it leads from."""
    from metamorphic_log import verify_inclusion

    extra, way = "", lines[1:]
    if way[0].startswith("extra "):
        extra, way = way[0].removeprefix("extra "), way[1:]
    index = int(way[0].removeprefix("index "))
    hashed = hashlib.sha256(b"\0" + found[index]).digest()
    verify_inclusion(index, signed.size, hashed, [base64.b64decode(each) for each in way[1:]], signed.root)
    if not extra:
        return ""
    said = json.loads(base64.b64decode(extra))
    words = json.dumps(said["statement"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    committed = hashlib.sha256(bytes.fromhex(said["salt"]) + words.encode()).digest()
    return "" if committed == found[index] else f"leaf {index} says something else"


def opened(note: str, keys: list[str]) -> Any:
    """Size and root of a signed note (C2SP tlog-checkpoint)."""
    from metamorphic_log import checkpoint_verify

    return checkpoint_verify(note, keys)


def fetched(address: str) -> bytes:
    with urlopen(address, timeout=60) as answer:  # noqa: S310  the address is the reader's own
        return bytes(answer.read())


def known(journal: str, file: Path) -> list[str]:
    """The keys that were saved; fetched and saved the first time."""
    if not file.exists():
        file.write_bytes(fetched(f"{journal}/keys"))
        print(f"saved {file}: compare it with what the association tells you by another way, and keep it")
    return file.read_text(encoding="utf-8").split()


def check(journal: str, files: Sequence[str], keys: list[str]) -> int:
    """Print what holds and what does not: 0 if all does, 1 if anything does not."""
    signed = opened(fetched(f"{journal}/checkpoint").decode(), keys)
    print(f"signed: {signed.origin}, {signed.size} leaves, root {base64.b64encode(signed.root).decode()}")
    found = leaves(journal, signed.size)
    wrong = "" if root(found) == signed.root else "the leaves do not make the root that was signed"
    print(f"leaves: {wrong or 'they make this root'}")
    for file in files:
        why = compared(Path(file).read_text(encoding="utf-8"), found, keys)
        print(f"{file}: {why or 'it is how this journal began'}")
        wrong = wrong or why
    return 1 if wrong else 0


def main(argv: Sequence[str]) -> int:
    """0 if everything holds, 1 if anything does not, 2 for wrong use or what cannot be read."""
    if not argv:
        print(__doc__, file=sys.stderr)
        return 2
    journal = argv[0].rstrip("/")
    try:
        from metamorphic_log import VerifyError
    except ImportError:
        print("pip install metamorphic-log", file=sys.stderr)
        return 2
    try:
        return check(journal, argv[1:], known(journal, Path("keys")))
    except VerifyError as error:
        print(f"not good: {error}", file=sys.stderr)
        return 1
    except (OSError, ValueError, IndexError, KeyError) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
