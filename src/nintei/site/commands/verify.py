"""`nintei verify FILE`: is a certificate good on a day? Offline, no database, no account: a PDF, credential or QR."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.certificates.verifying.trust import Trust
    from nintei.certificates.verifying.verdict import Verdict

_HELP = {
    "ja": "認定証とCPDパスポート（PDF）、証明データ（JSON、JWT、PNG、SVG）、QRの文字列を、ネットワークなしで確かめます。答えは「有効」「無効」「不明」のどれかで、理由を条文とともに示します。",
    "en": "Checks a certificate or CPD passport (PDF), a credential (JSON, JWT, PNG, SVG) or the text of a QR, offline: valid, not valid or unknown, with reasons and clauses.",
}
_ANSWERS = {
    "valid": ("有効", "VALID"),
    "not_valid": ("無効", "NOT VALID"),
    "unknown": ("不明", "UNKNOWN"),
}
_GENUINE = {
    "valid": ("本物", "GENUINE"),
    "not_valid": ("本物ではない", "NOT GENUINE"),
    "unknown": ("不明", "UNKNOWN"),
}
"""Of a CPD passport: whether it is the association's own. What it proves stands in the reasons."""
_MARKS = {True: "✓", False: "✗", None: "?"}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """`nintei verify …`"""
    parser = subparsers.add_parser("verify", help=_HELP["en"], description=f"{_HELP['ja']} {_HELP['en']}")
    parser.add_argument("file", metavar="FILE", help="a file, - for standard input, or a QR's address")
    parser.add_argument("--on", metavar="DATE", help="基準日 / as of (default: today in Japan)")
    parser.add_argument(
        "--trust",
        metavar="FILE",
        help="keys and lists (trust.json); default: NINTEI_TRUST, else this installation's",
    )
    parser.add_argument("--json", action="store_true", help="JSONで示す / print JSON")
    return parser


def run(args: argparse.Namespace) -> int:
    """0 valid, 1 not valid or unknown, 2 for wrong use or a file that is not there."""
    from nintei.certificates.verifying.judging import judge
    from nintei.shared.japan import now

    japanese = getattr(args, "lang", "en") == "ja"
    try:
        on = date.fromisoformat(args.on) if args.on else now().date()
        data, trust = _data(args.file), _trust(args.trust)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    found = judge(data, trust, on)
    print(_as_json(found) if args.json else _as_text(found, japanese))
    return 0 if found.answer == "valid" else 1


def _data(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(20_000_000)
    if file.startswith(("http://", "https://")):
        return file.encode()
    with open(file, "rb") as opened:
        return opened.read()


def _trust(file: str | None) -> Trust | None:
    """The trust that was named, or this installation's; None where there is none (the answer is unknown then)."""
    from nintei.certificates.verifying.trust import read

    named = file or os.environ.get("NINTEI_TRUST", "")
    if not named:
        from nintei.site.places import VAR

        named = os.path.join(VAR, "credentials", "trust.json")
        if not os.path.exists(named):
            return None
    with open(named, "rb") as opened:
        return read(opened.read())


def _as_text(found: Verdict, japanese: bool) -> str:
    facts, at = found.facts, 0 if japanese else 1
    lines = [f"{_ANSWERS[found.answer][at]}  {found.on.isoformat()}"]
    if found.kind == "passport":
        lines[0] = f"{_GENUINE[found.answer][at]}  {found.on.isoformat()}"
    if facts.number:
        lines.append(f"{facts.number}  {facts.name}  {facts.qualification} {facts.title}".rstrip())
    if facts.starts_on:
        lines.append(f"{facts.starts_on} – {facts.ends_on}")
    lines += [f"  {code} {days}: {value}" for code, value, days in found.said]
    lines += [f"  {each.facts.number or '-'}: {_ANSWERS[each.answer][at]}" for each in found.inside]
    for each in found.reasons:
        clause = f"  [{each.clause}]" if each.clause else ""
        lines.append(f"{_MARKS[each.met]} {each.words.ja if japanese else each.words.en}{clause}")
    return "\n".join(lines)


def _as_json(found: Verdict) -> str:
    import json

    facts = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in found.facts._asdict().items()
    }
    reasons = [
        {"key": each.key, "met": each.met, "ja": each.words.ja, "en": each.words.en, "clause": each.clause}
        for each in found.reasons
    ]
    said: dict[str, object] = {"answer": found.answer.value, "on": found.on.isoformat(), "as_of": found.as_of}
    said |= {"kind": found.kind, "certificate": facts, "reasons": reasons}
    if found.kind == "passport":
        said["cycles"] = {f"{code} {days}": value for code, value, days in found.said}
        said["certifications"] = {each.facts.number: each.answer.value for each in found.inside}
    return json.dumps(said, ensure_ascii=False, indent=1)
