"""Signing the journal: the files are written, read again from the disk, and compared with what was signed last.

What was signed last is also kept in another place (the anchor), and written there before anybody sees the
signature. So neither a crash between two steps, nor a second signer, nor a database brought back from an old
backup makes the journal sign a smaller tree, or another past.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from nintei.journal import keys, notes
from nintei.journal.models import Body, Checkpoint, Leaf
from nintei.journal.prooffile import Proof
from nintei.journal.proofs import ProofError, inclusion
from nintei.journal.queries import head
from nintei.journal.signals import HURRIED
from nintei.journal.tiles import TileError, Tiles, write

PORTION = 4096


class CannotSign(RuntimeError):
    """The journal is not what was signed before. `code`: smaller, forked, files, anchor_missing."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def folder() -> Path:
    """Where the files for anybody lie."""
    return keys.published_keys().parent


def anchor() -> Path:
    """What was signed last, kept apart from the journal and its database."""
    return Path(settings.JOURNAL_ANCHOR or Path(settings.VAR) / "anchor" / "journal.checkpoint")


def sign(at: datetime) -> Checkpoint:
    """Sign the journal as it stands and publish it; the same size gives the same checkpoint again.

    Raises `CannotSign` for a tree that is smaller or other than what was signed, and `KeyMissing` where
    something was signed before and the key is gone. Nothing is signed then.
    """
    with alone():
        before = signed_last()
        size, root = head()
        _write_tiles(before, size, root)
        if before is None or size > before.size:
            key = keys.journal_key(make=not Checkpoint.objects.exists())
            _sign(notes.Statement(settings.JOURNAL_ORIGIN, size, root), key)
        return _publish(at)


def hand_over(at: datetime) -> Checkpoint:
    """Change the key: a last checkpoint is signed by the old key and the new one, then by the new one alone.

    Readers who know the old key find the new one vouched for by it. Raises as `sign` does.
    """
    sign(at)
    with alone():
        statement = signed_last()
        assert statement is not None  # signed just now
        _sign(statement, *keys.succeed())
        return _publish(at)


def is_awaited() -> bool:
    """Whether somebody waits for a signature: a leaf that may not wait for the hour (`signals.sign_soon_after`)."""
    before = signed_last()
    size = before.size if before else 0
    return Body.objects.filter(leaf_id__gte=size, verb__in=HURRIED).exists()


def published() -> str:
    """The newest checkpoint as everybody sees it, with its witnesses' lines; empty before the first one."""
    place = folder() / "checkpoint"
    return place.read_text("utf-8") if place.exists() else ""


def proof(seq: int, extra: bytes = b"") -> Proof:
    """That a leaf is in the newest published checkpoint. Raises `ProofError` for one that came later."""
    note = published()
    if not note:
        raise ProofError("nothing has been signed yet")
    statement = notes.read(note, settings.JOURNAL_ORIGIN, *(key.public for key in keys.public_keys()))
    tiles, size = Tiles(folder()), statement.size
    way = inclusion(seq, size, lambda level, index: tiles.node(level, index, size))
    return Proof(seq, tuple(way), note, extra)


def signed_last() -> notes.Statement | None:
    """What the anchor says was signed last, by one of our keys; None before the first time.

    Raises `CannotSign` when it is gone though something was signed.
    """
    if not anchor().exists():
        if Checkpoint.objects.exists() or (folder() / "checkpoint").exists():
            raise CannotSign(
                "anchor_missing",
                f"{anchor()} is gone: bring it back; without it a rewritten past goes unseen",
            )
        return None
    publics = [key.public for key in keys.public_keys()]
    return notes.read(anchor().read_text("utf-8"), settings.JOURNAL_ORIGIN, *publics)


def _write_tiles(before: notes.Statement | None, size: int, root: bytes) -> None:
    known = before.size if before else 0
    if size < known:
        raise CannotSign("smaller", f"{known} leaves were signed, the database has {size}: an old backup?")
    tiles = Tiles(folder())
    try:
        if size > known:
            tiles.extend(known, _commitments(known, size))
        found = tiles.check(size)
        past = tiles.root(known)
    except TileError as fault:
        raise CannotSign("files", str(fault)) from fault
    if found != root or (before and past != before.root):
        raise CannotSign(
            "forked", f"the tree of {size} leaves does not begin with the {known} that were signed"
        )


def _commitments(first: int, size: int) -> Iterator[bytes]:
    """What was committed to from one leaf up to another, in portions: no cursor stays open behind a crash."""
    rows = Leaf.objects.order_by("seq").values_list("commitment", flat=True)
    for low in range(first, size, PORTION):
        yield from map(bytes, rows.filter(seq__gte=low, seq__lt=min(low + PORTION, size)))


def _sign(statement: notes.Statement, *signers: Ed25519PrivateKey) -> None:
    write(anchor(), notes.sign(statement, settings.JOURNAL_ORIGIN, *signers).encode())


def _publish(at: datetime) -> Checkpoint:
    """From the anchor into the database and before everybody; whatever a crash left undone is done now."""
    note = anchor().read_text("utf-8")
    said = notes.read(note, settings.JOURNAL_ORIGIN, *(key.public for key in keys.public_keys()))
    row, _ = Checkpoint.objects.get_or_create(
        size=said.size, defaults={"root": said.root, "note": note, "at": at}
    )
    lines = row.cosignatures.order_by("pk").values_list("line", flat=True)
    write(folder() / "checkpoint", "".join([note, *lines]).encode())
    write(keys.published_keys(), "".join(f"{key}\n" for key in keys.public_keys()).encode())
    return row


@contextmanager
def alone() -> Iterator[None]:
    """One signer at a time on this machine, whatever started it; a backup takes its place meanwhile."""
    anchor().parent.mkdir(parents=True, exist_ok=True)
    with anchor().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
