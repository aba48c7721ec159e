"""`nintei doctor`: what is misconfigured here, and how to mend it."""

from __future__ import annotations

import argparse
import json

from nintei.rules.edition import Text


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(
        "doctor", help="what is misconfigured, and how to mend it", description=__doc__
    )
    parser.add_argument("--json", action="store_true", help="for machines: a list of code, seen, mend")
    return parser


def run(args: argparse.Namespace) -> int:
    """0 when all is well, 1 when something is to be mended."""
    from nintei.site.ready import django_ready

    with django_ready(refusing=False):
        from nintei.shared import japan
        from nintei.site.keeping.doctor import examine

        found = examine(japan.now())
    if args.json:
        told = [
            {"code": each.code, "seen": _said(each.seen, args), "mend": _said(each.mend, args)}
            for each in found
        ]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for each in found:
            print(f"{'✗' if each.mend else '✓'} {each.code:<16} {_said(each.seen, args)}")
            if each.mend:
                print(f"  {'':<16} → {_said(each.mend, args)}")
    return 1 if any(each.mend for each in found) else 0


def _said(text: Text | None, args: argparse.Namespace) -> str:
    return (text.ja if args.lang == "ja" else text.en) if text else ""
