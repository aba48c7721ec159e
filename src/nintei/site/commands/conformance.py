"""`nintei conformance FILE…`: do we read the rule documents as the cases do?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.rules.conformance import Case, Difference, Verdict

_HELP = {
    "ja": "適合性の事例(JSON)を実行します。合わない事例は違うキーとともに1行ずつ示し、最後に件数を示します。",
    "en": "Run conformance cases (JSON): a line for each failure with the differing keys, last the counts.",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """`nintei conformance …`"""
    parser = subparsers.add_parser(
        "conformance", help=_HELP["en"], description=f"{_HELP['ja']} {_HELP['en']}"
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--rulebook", default="conken", metavar="ID", help="default: conken")
    parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    return parser


def run(args: argparse.Namespace) -> int:
    """0 when all pass, 1 when one fails, 2 for a file or rulebook that cannot be read."""
    from nintei.payments.cases import AREAS as PAYMENT_AREAS
    from nintei.rules.conformance import AREAS, run
    from nintei.rules.load import RulebookError, load

    try:
        # The newest edition: cases are written against the documents as they stand.
        edition = load(args.rulebook, date.max)
    except (RulebookError, OSError) as error:
        print(f"{args.rulebook}: {error}", file=sys.stderr)
        return 2
    cases = _read(args.files)
    if cases is None:
        return 2
    verdicts = [run(case, edition, AREAS | PAYMENT_AREAS) for case in cases]
    failed = [verdict for verdict in verdicts if not verdict.passed]
    if args.json:
        print(json.dumps(_report(verdicts), ensure_ascii=False, indent=1))
        return 1 if failed else 0
    for verdict in failed:
        print(f"FAIL {verdict.case.id} ({verdict.case.area}): {_why(verdict)}")
    print(f"{len(verdicts) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _read(files: Iterable[str]) -> list[Case] | None:
    """All cases of all files, or None after saying what is wrong with a file."""
    from nintei.rules.conformance import Malformed, read_cases

    cases = []
    for file in files:
        try:
            cases += read_cases(Path(file).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, Malformed) as error:
            print(f"{file}: {getattr(error, 'strerror', None) or error}", file=sys.stderr)
            return None
    return cases


def _why(verdict: Verdict) -> str:
    return verdict.error or "; ".join(map(_difference, verdict.differences))


def _difference(each: Difference) -> str:
    got = "nothing" if each.missing else _plain(each.got)
    return f"{each.key}: wanted {_plain(each.wanted)}, got {got}"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_number)


def _number(value: object) -> object:
    """A fraction as JSON: whole or decimal where it is one, else as a text. Nothing else needs help."""
    from fractions import Fraction

    exact = Fraction(str(value))
    if exact.denominator == 1:
        return exact.numerator
    return float(exact) if Fraction(str(float(exact))) == exact else str(exact)


def _report(verdicts: list[Verdict]) -> dict[str, object]:
    failed = [
        {
            "id": verdict.case.id,
            "area": verdict.case.area,
            "error": verdict.error or None,
            "differences": {
                each.key: {"wanted": json.loads(_plain(each.wanted)), "got": json.loads(_plain(each.got))}
                for each in verdict.differences
            },
        }
        for verdict in verdicts
        if not verdict.passed
    ]
    return {"passed": len(verdicts) - len(failed), "failed": len(failed), "failures": failed}
