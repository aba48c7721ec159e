"""`nintei journal verify | checkpoint`: is the journal still what was signed?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`nintei journal …`"""
    parser = subparsers.add_parser("journal", help="verify or sign the journal")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="recompute the Merkle tree and compare it with what was signed")
    verify.add_argument("--against", metavar="CHECKPOINT", help="a signed checkpoint kept elsewhere")
    verbs.add_parser("checkpoint", help="sign the journal as it stands and print the note")


def run(args: argparse.Namespace) -> int:
    """0 when everything fits, 1 when something does not, 2 for a file that cannot be read."""
    from nintei.site.ready import django_ready

    with django_ready():
        return _checkpoint() if args.verb == "checkpoint" else _verify(args.against)


def _checkpoint() -> int:
    from nintei.journal.actions import checkpoint
    from nintei.journal.keys import KeyMissing
    from nintei.shared.clock import now

    try:
        print(checkpoint(at=now()).note, end="")
    except KeyMissing as missing:
        print(missing, file=sys.stderr)
        return 2
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
