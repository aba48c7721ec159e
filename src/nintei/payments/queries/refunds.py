"""Refunds and what waits for a second person."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from nintei.payments.matching import normalise
from nintei.payments.models import Approval, BankLine, Fee, Match, Refund, RefundStep
from nintei.payments.queries.names import names_of
from nintei.people import queries as people
from nintei.people.models import Person, Role
from nintei.rules.edition import Edition
from nintei.shared.rulebook import edition

Kind = Approval.Kind


@dataclass(frozen=True, slots=True)
class Question:
    """An approval as its second person reads it: who asks, about what, and what exactly."""

    approval: Approval
    who: str
    match: Match | None
    refund: Refund | None
    line: BankLine | None = None


def open_approvals() -> list[Question]:
    """What waits for a second person, oldest first: five queries, however many wait."""
    rows = list(Approval.objects.filter(granted=None).order_by("at"))
    keys = [row.subject.partition(":")[2] for row in rows if row.subject.startswith(("match:", "refund:"))]
    moved = {row.pk: _line_of(row) for row in rows if row.kind in (Kind.WRITE_OFF, Kind.RESTORE)}
    lines = {line.pk: line for line in BankLine.objects.filter(pk__in=moved.values())}
    matches = {str(m.pk): m for m in Match.objects.filter(pk__in=keys).select_related("fee__person")}
    refunds = {str(r.pk): r for r in Refund.objects.filter(pk__in=keys).select_related("person", "fee")}
    names = names_of(row.by for row in rows)
    return [
        Question(
            row,
            names.get(row.by, ""),
            matches.get(row.subject.partition(":")[2]),
            refunds.get(row.subject.partition(":")[2]),
            lines.get(moved.get(row.pk, 0)),
        )
        for row in rows
    ]


def _line_of(row: Approval) -> int:
    return int(row.data["line"] if row.kind == Kind.RESTORE else row.subject.removeprefix("line:"))


def approval(pk: UUID) -> Approval | None:
    """One question for a second person."""
    return Approval.objects.filter(pk=pk).first()


def approval_of(subject: str) -> Approval | None:
    """The question about something that is still open."""
    return Approval.objects.filter(subject=subject, granted=None).first()


def refunds() -> QuerySet[Refund]:
    """Every refund, those to be done first, then the newest: one query."""
    return Refund.objects.select_related("person", "fee").order_by("paid_on", "-at")


def refund_of(fee: Fee) -> Refund | None:
    """The refund of a fee that was given back, as it stands; None where no money of it goes back."""
    return Refund.objects.filter(fee=fee).order_by("-at").first()


def refund(pk: UUID) -> Refund | None:
    """One refund with its fee and person."""
    return Refund.objects.select_related("person", "fee__person").filter(pk=pk).first()


def steps_of(refund: Refund) -> list[tuple[RefundStep, str]]:
    """What was done with a refund, in order, and by whom: two queries."""
    steps = list(RefundStep.objects.filter(refund=refund).order_by("pk"))
    names = names_of(step.by for step in steps)
    return [(step, names.get(step.by, "")) for step in steps]


def payer_of(line: BankLine) -> Person | None:
    """Whose fee a line has settled: who is paid back what was too much; nobody where that is not one person."""
    people_ = {part.match.fee.person for part in line.standing}
    return people_.pop() if len(people_) == 1 else None


def payee_of(line: BankLine) -> str:
    """A first proposal of whom to pay back: who paid, as the bank wrote it, without the digits."""
    known = payer_of(line)
    return known.name if known and known.name else normalise(line.payer_name).name or payer_of_transfer(line)


def payer_of_transfer(line: BankLine) -> str:
    """Who paid, as the bank wrote it, in letters of full width."""
    return unicodedata.normalize("NFKC", line.payer_name)


def roles(person: Person, on: date) -> frozenset[Role]:
    """What somebody may do on a (JST) day."""
    return people.roles_of(person, on=on)


def rulebook(on: date) -> Edition:
    """The edition of a (JST) day, whose clauses stand beside the account."""
    return edition(on)


def bank_words(on: date) -> dict[str, str]:
    """All that the rulebook says of the account, what was printed included."""
    return edition(on).fees.bank
