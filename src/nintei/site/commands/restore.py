"""`nintei restore DIR`: a backup into an empty place, verified: the same checkpoint, every certificate, every file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("restore", help="bring a backup back and verify it", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a backup's folder")
    parser.add_argument(
        "--erasures",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a newer list of the erased",
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """0 when everything came back as it was, 1 when something did not, 2 when nothing was written."""
    from nintei.site.ready import django_ready, migrate

    with django_ready():
        from nintei.site.keeping import backup, restore
        from nintei.site.keeping.tools import ToolFailed

        try:
            told = restore.bring_back(args.folder.resolve())
        except (backup.BadBackup, restore.NotEmpty, ToolFailed, OSError) as refused:
            print(refused, file=sys.stderr)
            return 2
        migrate()
        found = restore.compare(told)
        again = restore.erase_again([args.folder / "erasures", *args.erasures])
    for fault in found.faults:
        print(f"FAULT {fault}")
    print(f"leaves {found.leaves}, checkpoint {found.checkpoint} {found.root}")
    print(f"certificates {found.certificates}, files {found.files}")
    if again:
        print(f"erased again {again}")
    print("ok" if not found.faults else f"{len(found.faults)} faults")
    return 1 if found.faults else 0
