"""Importing a bank's file: keep every new line, settle what is certain, tell who paid too little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.payments import statements
from nintei.payments.actions.entering import enter_lines
from nintei.payments.actions.matches import Pick, settle_by_rule
from nintei.payments.models import BankFile, BankLine, DroppedFile, Fee, Match
from nintei.payments.queries.fees import payer_name_to_write
from nintei.payments.queries.lines import open_lines
from nintei.payments.queries.previews import known_identities
from nintei.payments.queries.tables import read_statement
from nintei.payments.queries.verdicts import Judge
from nintei.payments.till import till
from nintei.shared.refusals import Refused

BATCH = 2000
# Lines that are settled together, before whoever watches is told how far it is.
AT_ONCE = 100
KEPT_UNREAD = timedelta(days=1)

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the file, its new lines, how many were known, and what was settled.

    `again` is True when the very same bytes were imported before: then nothing was done.
    """

    file: BankFile
    new: tuple[BankLine, ...]
    known: int
    settled: tuple[Match, ...]
    again: bool = False


def _tell_nobody(_done: int) -> None:
    """Where nobody watches how far an import is."""


def import_file(
    *,
    by: str,
    content: bytes,
    name: str,
    on: date,
    at: datetime,
    dropped_by: str = "",
    tell: Tell = _tell_nobody,
    partial: bool = False,
) -> Imported:
    """Import a statement on a (JST) day, whole or not at all; the same bytes twice are once (P2).

    `partial`: the rows of a table that can be read are enough; the journal says so.

    Every new line is kept, then each open line that carries number, name and exact amount settles its
    fee; everything else waits for a person. `dropped_by` is who brought the file, for the journal, where it
    was somebody else; `tell` hears how many open lines have been looked at. Raises
    `statements.BrokenStatement`, and then did nothing.
    """
    statement = read_statement(content, on, partial=partial)
    digest = sha256(content).hexdigest()
    with till():
        if before := BankFile.objects.filter(sha256=digest).first():
            return Imported(before, (), len(statement.lines), (), again=True)
        file = _keep_file(statement, digest, name, by, at)
        new = _keep_lines(file, statement)
        enter_lines(new, by=by, at=at)
        settled = _settle_certain(by=by, on=on, at=at, tell=tell)
        _tell_short(new, by=by, on=on, at=at)
        data: dict[str, object] = {
            "sha256": digest,
            "format": file.format,
            "rows": file.rows,
            "new": len(new),
        }
        data |= {"yen": sum(line.amount for line in new), "settled": len(settled)}
        data |= {"partial": True} if partial else {}
        data |= {"dropped_by": dropped_by} if dropped_by not in ("", by) else {}
        record(by=by, verb="payments.import_file", subject=f"bankfile:{file.pk}", at=at, data=data)
    return Imported(file, tuple(new), len(statement.lines) - len(new), tuple(settled))


def _keep_file(statement: statements.Statement, digest: str, name: str, by: str, at: datetime) -> BankFile:
    left_out = [[x.row, x.amount, x.why.ja, x.why.en] for x in statement.left_out]
    return BankFile.objects.create(
        sha256=digest,
        name=name[-200:],
        format=statement.format,
        rows=len(statement.lines),
        left_out=left_out,
        imported_by=by,
        imported_at=at,
    )


def _keep_lines(file: BankFile, statement: statements.Statement) -> list[BankLine]:
    known = known_identities(statement.lines)
    new = [
        BankLine(
            file=file,
            row=line.row,
            account=line.account,
            value_on=line.value_on,
            amount=line.amount,
            payer_name=line.payer_name,
            payer_key=line.payer_key,
            ordinal=line.ordinal,
            raw=line.raw,
        )
        for line in statement.lines
        if line.identity not in known
    ]
    return BankLine.objects.bulk_create(new, batch_size=BATCH)


def _settle_certain(*, by: str, on: date, at: datetime, tell: Tell) -> list[Match]:
    """Every open line is looked at again, so that a transfer older than its application settles too."""
    judge, lines = Judge.of_the_day(on), list(open_lines())
    settled: list[Match] = []
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        picks = [pick for line in some if (pick := _certain(judge, line))]
        settled += settle_by_rule(by=by, picks=picks, on=on, at=at) if picks else []
        tell(start + len(some))
    return settled


def _certain(judge: Judge, line: BankLine) -> Pick | None:
    """What a line settles by itself; from then on nothing else may settle it."""
    verdict = judge.ask(line.payer_name, line.amount, line.value_on)
    if not verdict.settles or line.left != line.amount:
        return None
    for fee in verdict.fees:
        judge.settle(fee)
    return Pick(line, verdict.fees, [reason.value for reason in verdict.match.reasons])


def _tell_short(new: list[BankLine], *, by: str, on: date, at: datetime) -> None:
    """Write to whoever certainly paid too little, once a line: what is missing and what to do (AMB-F6).

    What the same payer sent before and is still open counts, so that a second transfer which makes up
    the amount brings no letter.
    """
    judge = Judge.of_the_day(on)
    fresh = {line.pk for line in new}
    short: dict[Fee, list[BankLine]] = defaultdict(list)
    for line in open_lines():
        verdict = judge.ask(line.payer_name, line.left, line.value_on)
        if verdict.is_only_short:
            short[verdict.fees[0]].append(line)
    for fee, lines in short.items():
        value_on = lines[-1].value_on
        missing = judge.due(fee, value_on) - sum(line.left for line in lines)
        if missing > judge.tolerance(value_on) and lines[-1].pk in fresh:
            _write_short(lines[-1], fee, missing, by=by, at=at)


def _write_short(line: BankLine, fee: Fee, missing: int, *, by: str, at: datetime) -> None:
    context = {"fee": fee, "line": line, "missing": missing, "name": str(fee.person)}
    post(
        by=by,
        key=f"payments.short:{line.pk}",
        template="payments/letters/short.txt",
        to_email=fee.person.email,
        language=fee.person.language,
        at=at,
        context={**context, "payer_name": payer_name_to_write(fee)},
        to_person=fee.person,
    )


@transaction.atomic
def drop_file(*, by: str, content: bytes, name: str, at: datetime) -> DroppedFile:
    """Keep a file between its preview and its import; what others forgot for a day is deleted."""
    DroppedFile.objects.filter(at__lt=at - KEPT_UNREAD).delete()
    return DroppedFile.objects.create(name=name[-200:], content=content, by=by, at=at)


@transaction.atomic
def import_dropped(*, by: str, dropped: UUID, on: date, at: datetime, tell: Tell = _tell_nobody) -> Imported:
    """Import a dropped file and let go of its bytes, both or neither, whichever accountant dropped it.

    Raises `Refused("payments.dropped_gone")` and `statements.BrokenStatement`; then the file still waits.
    """
    file = _dropped(dropped)
    done = import_file(
        by=by, content=bytes(file.content), name=file.name, on=on, at=at, dropped_by=file.by, tell=tell
    )
    file.delete()
    return done


@transaction.atomic
def forget_file(*, by: str, dropped: UUID, at: datetime) -> DroppedFile:
    """Let a dropped file go without importing it; the journal keeps who forgot whose file.

    Raises `Refused("payments.dropped_gone")`.
    """
    file = _dropped(dropped)
    data: dict[str, object] = {"name": file.name, "dropped_by": file.by}
    record(by=by, verb="payments.forget_file", subject=f"dropped:{file.pk}", at=at, data=data)
    file.delete()
    return file


def _dropped(pk: UUID) -> DroppedFile:
    file = DroppedFile.objects.select_for_update().filter(pk=pk).first()
    if file is None:
        raise Refused("payments.dropped_gone")
    return file
