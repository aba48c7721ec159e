"""`nintei import KIND FILE`: bring a file in, whole or not at all; the same file twice is once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.courses.models import CourseSession, Roster
    from nintei.payments.queries import Preview, PreviewLine
    from nintei.payments.statements import Problem

_HELP = {
    "ja": "ファイルを読み込みます。--dry-run は中身を見るだけです(人が決めるものが残るときは、終了コード1)。",
    "en": "Import a file. --dry-run only looks (exit 1 if something would wait for a person).",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`nintei import …`"""
    parser = subparsers.add_parser("import", help=_HELP["en"], description=f"{_HELP['ja']} {_HELP['en']}")
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="look, and change nothing")
    parser.add_argument(
        "--partial",
        action="store_true",
        help="activities, bank, holders, roster: leave out the rows that cannot be read or taken",
    )
    parser.add_argument(
        "--person", metavar="EMAIL", help="activities: whose they are, unless a column says so"
    )
    parser.add_argument(
        "--session", metavar="ID", help="roster: the session, unless the file has a column for it"
    )


def run(args: argparse.Namespace) -> int:
    """0 done, 1 rows were left out or (--dry-run) something would wait, 2 for a file that cannot be read."""
    from nintei.site.ready import django_ready

    try:
        content = sys.stdin.buffer.read() if str(args.file) == "-" else args.file.read_bytes()
    except OSError as error:
        print(f"{args.file}: {error.strerror}", file=sys.stderr)
        return 2
    with django_ready():
        from django.utils import translation

        with translation.override(args.lang):
            return KINDS[args.kind](content, args)


def _bank(content: bytes, args: argparse.Namespace) -> int:
    """A bank's statement: what settles, what a person must decide, what fits nothing."""
    from nintei.payments import actions, queries
    from nintei.payments.statements import BrokenStatement
    from nintei.shared.clock import now

    at, left_out = now(), False
    try:
        seen = queries.preview_file(content=content, on=at.date())
    except BrokenStatement as broken:
        _print_problems(args.file, broken.problems, args.lang)
        if not args.partial or broken.rest is None:
            return 2
        seen, left_out = queries.preview_file(content=content, on=at.date(), partial=True), True
    _print_lists(seen, args.lang)
    if args.dry_run:
        return 1 if left_out or seen.to_decide or seen.unknown else 0
    name = args.file.name
    actions.import_file(by="system", content=content, name=name, on=at.date(), at=at, partial=left_out)
    return 1 if left_out else 0


def _print_problems(file: Path, problems: tuple[Problem, ...], lang: str) -> None:
    for problem in problems:
        place = f"{file}:{problem.row}" if problem.row else f"{file}"
        place += f" {problem.column}" if problem.column else ""
        what, todo = (
            (problem.what.ja, problem.todo.ja) if lang == "ja" else (problem.what.en, problem.todo.en)
        )
        print(f"{place}: {what} {todo}", file=sys.stderr)


_TITLES = {
    "settled": ("消し込む", "settled"),
    "to_decide": ("決める", "to decide"),
    "unknown": ("わからない", "unknown"),
    "known": ("もう読み込んである", "known already"),
}


def _print_lists(seen: Preview, lang: str) -> None:
    from nintei.shared.wording import yen

    for name, titles in _TITLES.items():
        lines: list[PreviewLine] = getattr(seen, name)
        title = titles[0] if lang == "ja" else titles[1]
        print(f"{title}: {len(lines)}  {yen(sum(x.line.amount for x in lines))}")
        for x in lines if name != "known" else ():
            amount = f"{yen(x.line.amount):>12}"
            print(f"  {x.line.row:>5}  {x.line.value_on}  {amount}  {x.line.payer_name}{_meant(x)}")


def _meant(x: PreviewLine) -> str:
    from nintei.payments.queries import why_closed
    from nintei.payments.words import facts

    if x.verdict is None:
        return ""
    found, verdict = x.verdict.match, x.verdict
    said = facts(found.reasons, verdict.payer, found.difference, closed=why_closed(verdict))
    who = " + ".join(f"{fee.person.name or fee.kana} {fee.qualification}" for fee in verdict.fees)
    return f"  → {who or '—'}  ({', '.join(fact.text for fact in said)})"


def _passes(content: bytes, args: argparse.Namespace) -> int:
    """A file of exam results, as the office exports it."""
    from nintei.registry import actions
    from nintei.shared.clock import now

    at = now()
    seen = actions.preview_passes(data=content, on=at.date())
    for fault in seen.faults:
        place = f"{args.file}:{fault.line}" + (f" {fault.column}" if fault.column else "")
        print(f"{place}: {fault.text.ja if args.lang == 'ja' else fault.text.en}", file=sys.stderr)
    if seen.faults:
        return 2
    new, known = ("新しい", "登録済み") if args.lang == "ja" else ("new", "on file")
    print(f"{new}: {seen.new}  {known}: {seen.known}")
    if not args.dry_run:
        actions.import_passes(by="system", data=content, name=args.file.name, on=at.date(), at=at)
    return 0


def _holders(content: bytes, args: argparse.Namespace) -> int:
    """Early holders, with the expiry that their paper shows (MAN-イ.※1)."""
    from nintei.registry import actions
    from nintei.shared.clock import now

    at = now()
    seen = actions.preview_holders(data=content, on=at.date())
    for fault in seen.faults:
        place = f"{args.file}:{fault.line}" + (f" {fault.column}" if fault.column else "")
        print(f"{place}: {fault.text.ja if args.lang == 'ja' else fault.text.en}", file=sys.stderr)
    new, known = ("新しい", "登録済み") if args.lang == "ja" else ("new", "on file")
    print(f"{new}: {len(seen.new)}  {known}: {seen.known}")
    if seen.faults and not (args.partial and (seen.new or seen.known)):
        return 2
    if not args.dry_run:
        name = args.file.name
        actions.import_holders(
            by="system", data=content, name=name, on=at.date(), at=at, partial=args.partial
        )
    return 1 if seen.faults else 0


def _roster(content: bytes, args: argparse.Namespace) -> int:
    """Who attended a session; carried out to the end here, without the worker."""
    from nintei.courses import actions
    from nintei.shared.clock import now

    at = now()
    session = _session_of(content, args)
    if session is None:
        return 2
    judged = actions.preview_roster(data=content, session=session, on=at.date())
    for fault in judged.faults:
        place = f"{args.file}:{fault.line}" + (f" {fault.column}" if fault.column else "")
        print(f"{place}: {fault.text.ja if args.lang == 'ja' else fault.text.en}", file=sys.stderr)
    taken, left = ("受け付ける", "受け付けられない") if args.lang == "ja" else ("taken", "not taken")
    print(f"{taken}: {len(judged.taken)}  {left}: {judged.lines_at_fault}")
    if judged.faults and not (args.partial and judged.taken):
        return 2
    if not args.dry_run:
        by, name = "system", args.file.name
        dropped = actions.drop_roster(by=by, session=session, data=content, name=name, at=at)
        actions.confirm_roster(by=by, roster=dropped, partial=args.partial, on=at.date(), at=at)
        _carry_out(dropped, len(judged.taken), args.lang)
    return 1 if judged.faults else 0


def _carry_out(roster: Roster, rows: int, lang: str) -> None:
    """Credit a roster to its end, saying how far it is; killed in between, the worker or the same file goes on."""
    from nintei.courses import actions, queries
    from nintei.shared.clock import now

    while actions.carry_out(by="system", roster=roster.pk, at=now(), most=500):
        waiting = queries.outcomes(roster)["waiting"]
        print(f"{rows - waiting} / {rows}", file=sys.stderr, flush=True)
    counts = queries.outcomes(roster)
    new, known = ("記録した", "登録済み") if lang == "ja" else ("recorded", "on file")
    print(f"{new}: {counts['credited']}  {known}: {counts['known']}")


def _session_of(content: bytes, args: argparse.Namespace) -> CourseSession | None:
    """The session named by `--session` or by the file itself; None after saying what is missing."""
    from uuid import UUID

    from nintei.courses import queries
    from nintei.courses.rosterfile import read

    try:
        session = queries.session(UUID(args.session or read(content).session))
    except ValueError:
        session = None
    if session is None:
        print(
            "どの開催かがわかりません。--session に開催番号を書くか、ファイルに列「開催番号」を加えてください。"
            if args.lang == "ja"
            else "Which session? Give its number with --session, or in a column “session” of the file.",
            file=sys.stderr,
        )
    return session


def _activities(content: bytes, args: argparse.Namespace) -> int:
    """CPD activities of one person or of many."""
    from nintei.shared.clock import now
    from nintei.site import import_ledger

    plan = import_ledger.Plan(
        args.file.name, content, args.person or "", partial=args.partial, dry_run=args.dry_run
    )
    return import_ledger.bring_in(plan, now())


def _mail(content: bytes, args: argparse.Namespace) -> int:
    """A mail of the mailbox for drafts (`NINTEI_MAIL_IN`), as a mail server hands it to a pipe."""
    from nintei.shared.clock import now
    from nintei.site import import_ledger

    return import_ledger.take_mail(content, now())


KINDS: dict[str, Callable[[bytes, argparse.Namespace], int]] = {
    "activities": _activities,
    "bank": _bank,
    "holders": _holders,
    "mail": _mail,
    "passes": _passes,
    "roster": _roster,
}
