"""`nintei check FILE…`: what counts, what was cut and why, what is missing, by when. No database, no account."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.ledger.selfcheck import Asked
    from nintei.rules.edition import Edition, Text
    from nintei.site.commands.check.report import Report

_DAYS = ("on", "cycle_start", "report_issued", "submitted", "certified")
_HELP = {
    "ja": "CPDの記録(CSV、XLSX、JSON)や申請(JSON、TOML)を規則に照らし、数える分、数えない理由、足りない分、期限を条文とともに示します。",
    "en": "Checks a CPD log (CSV, XLSX, JSON) or an application (JSON, TOML) against the rules, each line with its clause.",
}


class Wrong(Exception):
    """Wrong use or bad input; the messages are sentences in the caller's language."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """`nintei check …`"""
    parser = subparsers.add_parser("check", help=_HELP["en"], description=f"{_HELP['ja']} {_HELP['en']}")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--on", metavar="DATE", help="基準日 / as of (default: today in Japan)")
    parser.add_argument(
        "--rulebook",
        default=os.environ.get("NINTEI_RULEBOOK", "conken"),
        metavar="ID",
        help="default: NINTEI_RULEBOOK, else conken",
    )
    parser.add_argument("--cycle-start", metavar="DATE", help="有効期間の開始日 / first day of validity")
    parser.add_argument("--report-issued", metavar="DATE", help="レポートの発行日 / issue of the exam report")
    parser.add_argument("--submitted", metavar="DATE", help="更新申請の日 / day of the renewal application")
    parser.add_argument("--certified", metavar="DATE", help="認定日 / day of certification")
    parser.add_argument("--qualification", metavar="CODE", help="資格 / qualification (OMP, CAP)")
    parser.add_argument("--json", action="store_true", help="JSONで示す / print JSON")
    return parser


def run(args: argparse.Namespace) -> int:
    """0 when everything is enough, 1 when something is not, 2 for wrong use or a file with faults."""
    lang = getattr(args, "lang", "en")
    try:
        asked, edition = _asked(args, lang)
    except Wrong as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return 2
    reports, faulty = [], False
    for file in args.files:
        try:
            reports.append(_check(file, edition, asked, lang))
        except Wrong as wrong:
            print(*wrong.sentences, sep="\n", file=sys.stderr)
            faulty = True
    if args.json:
        import json

        print(json.dumps([report.data for report in reports], ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(report.lines) for report in reports))
    return 2 if faulty else int(not all(report.answer for report in reports))


def _word(text: Text, lang: str, **data: object) -> str:
    return (text.ja if lang == "ja" else text.en).format(**data)


def _asked(args: argparse.Namespace, lang: str) -> tuple[Asked, Edition]:
    from nintei.ledger.selfcheck import Asked
    from nintei.rules.load import RulebookError, load, rulebooks
    from nintei.site.commands.check import words

    days = {name: _day(name, getattr(args, name), lang) for name in _DAYS}
    on = days.pop("on") or _today(lang)
    if args.rulebook not in rulebooks():
        raise Wrong(_word(words.NO_RULEBOOK, lang, id=args.rulebook, known=", ".join(rulebooks())))
    try:
        edition = load(args.rulebook, on)
    except RulebookError as error:
        raise Wrong(str(error)) from None
    if args.qualification is not None and args.qualification not in edition.qualifications:
        known = ", ".join(edition.qualifications)
        raise Wrong(_word(words.NO_QUALIFICATION, lang, value=args.qualification, known=known))
    return Asked(on, qualification=args.qualification, **days), edition


def _day(name: str, text: str | None, lang: str) -> date | None:
    from nintei.ledger.cells import BadCell, day
    from nintei.site.commands.check import words

    if text is None:
        return None
    try:
        return day(text)
    except BadCell:
        option = "--" + name.replace("_", "-")
        raise Wrong(_word(words.NO_DAY, lang, option=option, value=text)) from None


def _today(lang: str) -> date:
    from nintei.shared import japan
    from nintei.site.commands.check import words

    try:
        return japan.environment_day() or japan.now().date()
    except ValueError as error:
        raise Wrong(_word(words.NO_DAY, lang, option="NINTEI_TODAY", value=error)) from None


def _check(file: str, edition: Edition, asked: Asked, lang: str) -> Report:
    """The report about one file; what kind it is shows its ending, for JSON its keys."""
    from nintei.site.commands.check import words

    ending = file.rpartition(".")[2].lower()
    try:
        with open(file, "rb") as opened:
            data = opened.read()
    except OSError as error:
        raise Wrong(_word(words.UNREADABLE, lang, file=file, why=error.strerror)) from None
    if ending == "toml" or (ending == "json" and _is_application(data)):
        from nintei.site.commands.check.application import check_application

        return check_application(file, data, edition, asked, lang)
    if ending in ("csv", "tsv", "txt", "xlsx", "xlsm", "json"):
        from nintei.site.commands.check.log import check_log

        return check_log(file, data, edition, asked, lang)
    raise Wrong(_word(words.UNKNOWN_KIND, lang, file=file))


def _is_application(data: bytes) -> bool:
    """Whether JSON tells of posts; what is no JSON at all is for the reader of logs to say."""
    import json

    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and not {"posts", "periods", "report"}.isdisjoint(document)
