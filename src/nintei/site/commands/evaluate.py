"""`nintei evaluate`: every holder's balance and renewal outcome at once."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.insight.models import Run


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`nintei evaluate …`"""
    parser = subparsers.add_parser("evaluate", help="every holder's balance and renewal outcome at once")
    parser.add_argument("--as-of", metavar="DATE", type=date.fromisoformat, help="as if filed on this day")
    parser.add_argument("--rulebook", metavar="ID", help="another rulebook: what would it change?")
    parser.add_argument(
        "--engine",
        choices=["local", "dask"],
        default="local",
        help="two processes on this machine, or the Dask cluster of DASK_SCHEDULER_ADDRESS (else one here)",
    )
    parser.add_argument("--parquet", metavar="DIR", help="write the standings as a Parquet file there")
    parser.add_argument("--out", metavar="FILE", help="write the standings as CSV")


def run(args: argparse.Namespace) -> int:
    """0 when everybody was evaluated, 2 for an unknown rulebook or a file that cannot be written."""
    from nintei.site.ready import django_ready

    with django_ready():
        return _evaluate(args)


def _evaluate(args: argparse.Namespace) -> int:
    from django.conf import settings

    from nintei.insight import queries
    from nintei.insight.engines import MissingExtra
    from nintei.rules.load import rulebooks

    rulebook = args.rulebook or settings.RULEBOOK
    if rulebook not in rulebooks():
        print(f"{rulebook}: no such rulebook; there are {', '.join(rulebooks())}", file=sys.stderr)
        return 2
    try:
        done = _run(args, rulebook)
    except MissingExtra as missing:
        return _install(str(missing))
    print(
        f"\r{done.holders} holders, {done.lines} lines, {done.edition}, as of {done.as_of}", file=sys.stderr
    )
    for outcome, count in queries.outcomes(done):
        print(f"{count:>9}  {outcome}")
    return _out(args, done)


def _run(args: argparse.Namespace, rulebook: str) -> Run:
    from nintei.insight import actions, parquet
    from nintei.insight.engines import ENGINES
    from nintei.shared.clock import now, today

    if args.parquet:
        parquet.libraries()  # before the long work, not after it
    on, engine = args.as_of or today(), ENGINES[args.engine]
    return actions.evaluate(
        by="system", on=on, at=now(), rulebook=rulebook, clock=now, tell=_progress, engine=engine
    )


def _install(package: str) -> int:
    print(
        f"{package} がありません。`make extras` で入れてから、もう一度実行してください。\n"
        f"{package} is not installed. Install it with `make extras`, then run this again.",
        file=sys.stderr,
    )
    return 2


def _out(args: argparse.Namespace, done: Run) -> int:
    """Whatever was asked for, written; 2 where a file cannot be."""
    from nintei.insight import parquet, queries

    try:
        if args.parquet:
            print(parquet.write(done, Path(args.parquet)), file=sys.stderr)
        if args.out:
            Path(args.out).write_text(queries.as_csv(done), encoding="utf-8", newline="")
    except OSError as error:
        print(f"{error.filename or args.parquet or args.out}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def _progress(holders: int) -> None:
    print(f"\r{holders} holders", end="", file=sys.stderr, flush=True)
