"""`nintei backup DIR`: the database, the files, the keys and the journal, as of one moment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("backup", help="a consistent backup", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the backup's own folder is made")
    return parser


def run(args: argparse.Namespace) -> int:
    """0 when the backup is whole and on the disk, 2 when it could not be made. It holds keys: keep it safe."""
    from nintei.site.ready import django_ready

    with django_ready():
        from nintei.shared import japan
        from nintei.site.keeping import backup
        from nintei.site.keeping.tools import ToolFailed

        try:
            # A demo's calendar dates no backup.
            print(backup.make(args.folder.resolve(), japan.now()))
        except (ToolFailed, OSError) as failed:
            print(failed, file=sys.stderr)
            return 2
    return 0
