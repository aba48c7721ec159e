"""`nintei rulebook lint | show | diff | readings | clauses`: what a rulebook says and leaves open."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.rules.edition import Edition

RULEBOOK = "conken"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`nintei rulebook …`"""
    parser = subparsers.add_parser("rulebook", help="findings about a rulebook; print or compare rulebooks")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, summary in (
        ("lint", "what cannot bind, what differs, what is open, what is unset"),
        ("show", "every value with its clause and its words"),
        ("readings", "the agenda of open readings, as in docs/readings.md"),
        ("clauses", "which keys rest on which clause, as in docs/clauses.md"),
    ):
        one = _with_day(verbs.add_parser(verb, help=summary))
        one.add_argument("id", nargs="?", default=RULEBOOK, metavar="ID", help=f"default: {RULEBOOK}")
    two = _with_day(verbs.add_parser("diff", help="two rulebooks, or two days of one, key by key"))
    two.add_argument("left", metavar="A", help="a rulebook, or a rulebook and a day: conken@2026-04-01")
    two.add_argument("right", metavar="B")


def _with_day(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    help_text = "the day whose editions are meant; default: the newest"
    parser.add_argument("--on", type=date.fromisoformat, default=date.max, metavar="DATE", help=help_text)
    return parser


def run(args: argparse.Namespace) -> int:
    """0 done; 1 when `lint` warns or `diff` finds a difference; 2 for a rulebook that cannot be used."""
    from nintei.rules.load import RulebookError

    try:
        return _diff(args) if args.verb == "diff" else _one(args)
    except RulebookError as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _one(args: argparse.Namespace) -> int:
    edition = _edition(args.id, args.on)
    if args.verb == "lint":
        return _lint(edition, english=args.lang == "en")
    if args.verb == "show":
        from nintei.rules.sheet import show

        print(show(edition, args.lang), end="")
        return 0
    from nintei.rules.readings import agenda, clause_register

    print({"readings": agenda, "clauses": clause_register}[args.verb](edition), end="")
    return 0


def _edition(name: str, on: date) -> Edition:
    from nintei.rules.load import RulebookError, load, rulebooks

    rulebook, _, day = name.partition("@")
    if rulebook not in rulebooks():
        raise RulebookError(
            "rulebook.toml", name, f"there is no such rulebook; known: {', '.join(rulebooks())}"
        )
    try:
        return load(rulebook, date.fromisoformat(day) if day else on)
    except ValueError as error:
        raise RulebookError("rulebook.toml", name, f"{day!r} is no day: {error}") from error


def _lint(edition: Edition, *, english: bool) -> int:
    from nintei.rules.lint import lint

    found = lint(edition)
    print(edition.id)
    for each in found:
        clauses = ", ".join(dict.fromkeys(cite.clause for cite in each.citations))
        text = each.text.en if english else each.text.ja
        print(
            f"{each.level:7} {each.code:24} {each.key}\n        {text}{f'  [{clauses}]' if clauses else ''}"
        )
    warnings = sum(each.level == "warning" for each in found)
    print(f"{warnings} warnings, {len(found) - warnings} notes")
    return 1 if warnings else 0


def _diff(args: argparse.Namespace) -> int:
    from nintei.rules.diff import diff, told

    found = diff(_edition(args.left, args.on), _edition(args.right, args.on))
    for each in found:
        print(told(each))
    print(f"{len(found)} keys differ")
    return 1 if found else 0
