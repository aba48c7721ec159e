"""`nintei rulebook lint | show | diff | readings | clauses`: what a rulebook says and leaves open."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.rules.diff import Difference
    from nintei.rules.edition import Edition

RULEBOOK = os.environ.get("NINTEI_RULEBOOK", "conken")


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
    much = two.add_mutually_exclusive_group()
    much.add_argument("--all", action="store_true", help="every key, of two associations too")
    much.add_argument("--section", metavar="NAME", help="the keys of one section, such as points")


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
    from nintei.rules.diff import diff, section_of, share_a_document, told
    from nintei.rules.load import RulebookError

    left, right = _edition(args.left, args.on), _edition(args.right, args.on)
    found = diff(left, right)
    if args.section:
        if args.section not in (*left._fields, "words"):
            raise RulebookError(
                left.id, args.section, f"no such section; known: {', '.join(left._fields)}, words"
            )
        found = tuple(each for each in found if section_of(each) == args.section)
    if args.all or args.section or share_a_document(left, right):
        for each in found:
            print(told(each))
    else:
        _summarise(left, right, found, english=args.lang == "en")
    print(f"{len(found)} keys differ" if args.lang == "en" else f"{len(found)}個のキーが違います")
    return 1 if found else 0


def _summarise(left: Edition, right: Edition, found: tuple[Difference, ...], *, english: bool) -> None:
    """What two associations rule differently: counts by section, then the rules that both have."""
    from nintei.rules.diff import by_section, ruled_by_both, side

    for mark, edition in (("A", left), ("B", right)):
        print(f"{mark}  {edition.id}  {edition.name.en if english else edition.name.ja}")
    print(_SUMMARY_EN if english else _SUMMARY_JA)
    for each in by_section(found):
        print(f"{each.name:16}{each.both:>8}{each.left:>8}{each.right:>8}")
    print("\nRules that both have, A | B:" if english else "\n両方にある規則 A | B:")
    for rule in ruled_by_both(found):
        print(f"{rule.key}\n    {side(rule.left) or '-'} | {side(rule.right) or '-'}")
    print()


_SUMMARY_JA = """
共通の文書がないので、まとめだけを示します。すべてのキーは --all、1つの節は --section points のように指定してください。

節                  違い   Aのみ   Bのみ"""
_SUMMARY_EN = """
They share no document, so this is a summary: --all lists every key, --section points one section.

section         differ  only A  only B"""
