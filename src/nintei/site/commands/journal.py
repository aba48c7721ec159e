"""`nintei journal …`: is the journal still what was signed? Sign it, prove a leaf, watch another's."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

HOUR = 3600
LOOK = 2
"""How often the signer looks whether somebody waits for it, in seconds."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`nintei journal …`"""
    parser = subparsers.add_parser("journal", help="verify, sign, prove or witness the journal")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="recompute the Merkle tree and compare it with what was signed")
    verify.add_argument("--against", metavar="CHECKPOINT", help="a signed checkpoint kept elsewhere")
    verbs.add_parser("checkpoint", help="write the tiles, sign the journal as it stands and print the note")
    prove = verbs.add_parser("prove", help="print the proof that a leaf is in the newest checkpoint")
    prove.add_argument("seq", type=int, metavar="SEQ", help="the leaf's number")
    signer = verbs.add_parser("signer", help="sign again and again, in a process of its own")
    signer.add_argument("--every", type=int, default=HOUR, metavar="SECONDS", help="default: 3600")
    verbs.add_parser("new-key", help="change the signing key; the old key vouches for the new one")
    witness = verbs.add_parser("witness", help="cosign another's journal (C2SP tlog-witness); no database")
    witness.add_argument("--name", required=True, help="the witness's name, such as witness.example/w1")
    witness.add_argument("--journal", required=True, metavar="FILE", help="the journal's public keys")
    witness.add_argument("--folder", required=True, help="where key and last checkpoint are kept")
    witness.add_argument("--port", type=int, default=8700, help="default: 8700, on the loopback")


def run(args: argparse.Namespace) -> int:
    """0 when everything fits, 1 when something does not, 2 for a file that cannot be read."""
    if args.verb == "witness":
        return _witness(args)
    from nintei.site.ready import django_ready

    doing: dict[str, Callable[[], int]] = {
        "verify": lambda: _verify(args.against),
        "checkpoint": _checkpoint,
        "prove": lambda: _prove(args.seq),
        "signer": lambda: sign_always(args.every),
        "new-key": _new_key,
    }
    with django_ready():
        return doing[args.verb]()


def _checkpoint() -> int:
    from nintei.journal.signer import published

    if refused := _sign_once():
        return refused
    print(published(), end="")
    return 0


def _sign_once() -> int:
    """Sign, and ask the witnesses; what could not be had of them is told, and asked for the next time."""
    from nintei.journal.actions import checkpoint
    from nintei.journal.cosigning import cosign
    from nintei.shared.clock import now

    if refused := _refused(lambda: checkpoint(at=now())):
        return refused
    for missing in cosign(now()):
        print(missing, file=sys.stderr)
    return 0


def _new_key() -> int:
    from nintei.journal.keys import public_keys
    from nintei.journal.signer import hand_over
    from nintei.shared.clock import now

    if refused := _refused(lambda: hand_over(now())):
        return refused
    print(*public_keys(), sep="\n")
    return 0


def _refused(sign: Callable[[], object]) -> int:
    """Sign; 1 where the journal is not what was signed before, 2 where the key is missing, 0 else."""
    from nintei.journal.keys import KeyMissing
    from nintei.journal.signer import CannotSign

    try:
        sign()
    except KeyMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    except CannotSign as fault:
        print(f"FAULT {fault.code}: {fault}", file=sys.stderr)
        return 1
    return 0


def _prove(seq: int) -> int:
    from nintei.journal.prooffile import text_of
    from nintei.journal.proofs import ProofError
    from nintei.journal.signer import proof

    try:
        print(text_of(proof(seq)), end="")
    except ProofError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def sign_always(every: int = HOUR) -> NoReturn:
    """Sign every so many seconds until told to stop, and soon after what may not wait (a draw, a certificate).

    A refusal is told each time and signs nothing. A database that is away is waited for: the signer needs nothing but
    its files and its key to go on after it.
    """
    from django.db import DatabaseError, close_old_connections

    while True:
        close_old_connections()
        try:
            refused = _sign_once()
            _wait(every, looking=not refused)
        except DatabaseError as away:
            print(f"journal signer: {away}", file=sys.stderr)
            time.sleep(min(every, HOUR // 60))


def _wait(seconds: int, looking: bool) -> None:
    """Until the next signature is due; sooner where somebody waits for one that was not just refused."""
    from nintei.journal.signer import is_awaited

    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(LOOK, left) if looking else left)
        if looking and is_awaited():
            return


def _witness(args: argparse.Namespace) -> int:
    """Serve until told to stop. The key is made at the first start; its public part is printed for the journal."""
    from http.server import ThreadingHTTPServer

    from nintei.journal import notes, witness
    from nintei.journal.keyfile import key_in
    from nintei.shared import japan

    try:
        journal = [
            notes.read_key(line) for line in Path(args.journal).read_text("utf-8").splitlines() if line
        ]
    except (OSError, ValueError) as error:
        print(f"{args.journal}: {error}", file=sys.stderr)
        return 2
    folder = Path(args.folder)
    key = key_in(folder / "witness.ed25519")
    watching = witness.Witness(args.name, key, journal, folder)
    print(notes.Key(args.name, key.public_key().public_bytes_raw(), notes.COSIGNATURE), flush=True)
    seconds = lambda: int(japan.now().timestamp())  # noqa: E731  (a witness has no demo calendar)
    address = ("127.0.0.1", args.port)
    with suppress(KeyboardInterrupt), ThreadingHTTPServer(address, witness.door(watching, seconds)) as server:
        server.serve_forever()
    return 0


def _verify(against: str | None) -> int:
    from nintei.journal.queries import verify

    note = None
    if against is not None:
        try:
            note = Path(against).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            print(f"{against}: {error}", file=sys.stderr)
            return 2
    found = verify(note)
    for fault in found.faults:
        place = "" if fault.seq is None else f" at {fault.seq}"
        print(f"FAULT {fault.code}{place}: {fault.detail}")
    print(f"leaves {found.size}, bodies erased {found.erased}, checkpoints {found.checkpoints}")
    print(f"root {found.root.hex()}")
    print("ok" if not found.faults else f"{len(found.faults)} faults")
    return 1 if found.faults else 0
