"""A file before it is imported: what it would bring, and what would settle. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from nintei.payments import statements
from nintei.payments.models import BankFile, BankLine
from nintei.payments.queries.tables import own_account, read_statement
from nintei.payments.queries.verdicts import Judge, Verdict


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line of the file: known already, or new with what it would pay for."""

    line: statements.Line
    known: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. The three lists together are the file's new lines."""

    statement: statements.Statement
    lines: tuple[PreviewLine, ...]
    imported: BankFile | None
    other_accounts: tuple[str, ...]

    @property
    def known(self) -> list[PreviewLine]:
        """Lines that are here already."""
        return [x for x in self.lines if x.known]

    @property
    def fresh(self) -> list[PreviewLine]:
        """Lines that are new."""
        return [x for x in self.lines if not x.known]

    @property
    def settled(self) -> list[PreviewLine]:
        """New lines that would settle a fee by themselves."""
        return [x for x in self.lines if x.verdict and x.verdict.settles]

    @property
    def to_decide(self) -> list[PreviewLine]:
        """New lines with a suggestion."""
        return [x for x in self.lines if x.verdict and x.verdict.fees and not x.verdict.settles]

    @property
    def unknown(self) -> list[PreviewLine]:
        """New lines that fit nothing."""
        return [x for x in self.lines if x.verdict and not x.verdict.fees]


def known_identities(lines: Iterable[statements.Line]) -> set[tuple[str, date, int, str, int]]:
    """Which of these lines are here already: one query over their accounts and days."""
    lines = list(lines)
    if not lines:
        return set()
    days = [line.value_on for line in lines]
    here = BankLine.objects.filter(
        account__in={line.account for line in lines}, value_on__gte=min(days), value_on__lte=max(days)
    )
    return set(here.values_list("account", "value_on", "amount", "payer_key", "ordinal"))


def preview_file(*, content: bytes, on: date, partial: bool = False) -> Preview:
    """What importing these bytes on a (JST) day would do. Raises `statements.BrokenStatement`."""
    statement = read_statement(content, on, partial=partial)
    known = known_identities(statement.lines)
    judge = Judge.of_the_day(on)
    lines = tuple(_look(line, line.identity in known, judge) for line in statement.lines)
    imported = BankFile.objects.filter(sha256=sha256(content).hexdigest()).first()
    own = statements.account_number(own_account(on))
    others = sorted({line.account for line in statement.lines} - {own})
    return Preview(statement, lines, imported, tuple(others))


def _look(line: statements.Line, known: bool, judge: Judge) -> PreviewLine:
    if known:
        return PreviewLine(line, True, None)
    verdict = judge.ask(line.payer_name, line.amount, line.value_on)
    if verdict.settles:
        for fee in verdict.fees:
            judge.settle(fee)
    return PreviewLine(line, False, verdict)
