"""`nintei evaluate`: every holder's balance and renewal outcome at once."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`nintei evaluate …`"""
    parser = subparsers.add_parser("evaluate", help="every holder's balance and renewal outcome at once")
    parser.add_argument("--as-of", metavar="DATE", type=date.fromisoformat, help="as if filed on this day")
    parser.add_argument("--rulebook", metavar="ID", help="another rulebook: what would it change?")
    parser.add_argument("--engine", choices=["local"], default="local", help="two processes on this machine")
    parser.add_argument("--out", metavar="FILE", help="write the standings as CSV")


def run(args: argparse.Namespace) -> int:
    """0 when everybody was evaluated, 2 for an unknown rulebook or a file that cannot be written."""
    from nintei.site.ready import django_ready

    with django_ready():
        return _evaluate(args)


def _evaluate(args: argparse.Namespace) -> int:
    from django.conf import settings

    from nintei.insight import actions, queries
    from nintei.rules.load import rulebooks
    from nintei.shared.clock import now, today

    rulebook = args.rulebook or settings.RULEBOOK
    if rulebook not in rulebooks():
        print(f"{rulebook}: no such rulebook; there are {', '.join(rulebooks())}", file=sys.stderr)
        return 2
    done = actions.evaluate(
        by="system", on=args.as_of or today(), at=now(), rulebook=rulebook, clock=now, tell=_progress
    )
    print(
        f"\r{done.holders} holders, {done.lines} lines, {done.edition}, as of {done.as_of}", file=sys.stderr
    )
    for outcome, count in queries.outcomes(done):
        print(f"{count:>9}  {outcome}")
    if args.out:
        return _write(args.out, queries.as_csv(done))
    return 0


def _progress(holders: int) -> None:
    print(f"\r{holders} holders", end="", file=sys.stderr, flush=True)


def _write(path: str, text: str) -> int:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        print(f"{path}: {error.strerror}", file=sys.stderr)
        return 2
    return 0
