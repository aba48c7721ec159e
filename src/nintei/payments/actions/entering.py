"""Writing entries, in the transaction of the event that they book. The caller holds the till."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from nintei.payments.books import postings
from nintei.payments.books.postings import NOTHING_WAIVED, Price, Side, Waived
from nintei.payments.matching import plain
from nintei.payments.models import (
    Account,
    BankLine,
    Close,
    Entry,
    EntryKind,
    Fee,
    Match,
    MatchUndo,
    Posting,
    Refund,
    RefundStep,
    WriteOff,
    WriteOffUndo,
)
from nintei.shared.clock import JST

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be booked, before its day is known to be open."""

    kind: EntryKind
    cause: str
    on: date
    party: str
    sides: tuple[Side, ...]
    fee: Fee | None = None


def enter(events: Iterable[Event], *, by: str, at: datetime) -> list[Entry]:
    """Book events, each on its own day or, where that is closed, on the first open one.

    The database refuses an entry that does not balance, on a closed day, or for a cause already booked.
    """
    events = list(events)
    closed = Close.objects.order_by("-through").values_list("through", flat=True).first()
    entries = Entry.objects.bulk_create((_entry(event, closed, by, at) for event in events), batch_size=BATCH)
    Posting.objects.bulk_create(
        (
            Posting(
                entry=entry,
                place=place,
                account=side.account,
                amount=side.amount,
                line_id=side.line,
                fee=event.fee,
            )
            for entry, event in zip(entries, events, strict=True)
            for place, side in enumerate(event.sides, 1)
        ),
        batch_size=BATCH,
    )
    return entries


def enter_lines(lines: Sequence[BankLine], *, by: str, at: datetime) -> list[Entry]:
    """Book lines that were just imported: to the bank, and to suspense (仮受金)."""
    came = (
        Event(
            EntryKind.CAME,
            f"line:{line.pk}",
            line.value_on,
            unicodedata.normalize("NFKC", line.payer_name),
            postings.came(line.pk, line.amount),
        )
        for line in lines
    )
    return enter(came, by=by, at=at)


def enter_matches(settled: Iterable[tuple[Match, dict[int, int]]], *, by: str, at: datetime) -> None:
    """Book matches: suspense to advances, or to the receivable of an accepted fee."""
    enter((_settled(match, parts) for match, parts in settled), by=by, at=at)


def _settled(match: Match, parts: dict[int, int]) -> Event:
    price, fee = Price(match.base, match.tax), match.fee
    waived = Waived(match.waived, Account(settings.SHORTFALL_ACCOUNT))
    sides = postings.settled(parts, price, _earned(fee) if fee.accepted_on else None, waived)
    return Event(EntryKind.SETTLED, f"match:{match.pk}", match.confirmed_on, _party(fee), sides, fee)


def enter_undo(undo: MatchUndo, *, by: str, at: datetime) -> None:
    """Book a match taken back: the money is in suspense again."""
    match = undo.match
    parts = dict(match.parts.values_list("line_id", "amount"))
    accepted, price = match.fee.accepted_on is not None, Price(match.base, match.tax)
    sides = postings.undone(parts, price, accepted=accepted, waived=_waived(match))
    event = Event(
        EntryKind.UNDONE,
        f"undo:{undo.pk}",
        at.astimezone(JST).date(),
        _party(match.fee),
        sides,
        match.fee,
    )
    enter([event], by=by, at=at)


def _waived(match: Match) -> Waived:
    """What was waived, on the account where it was booked then."""
    booked = Posting.objects.filter(
        entry__cause=f"match:{match.pk}", account__in=(Account.CHARGES, Account.LOSSES), amount__gt=0
    )
    account = booked.values_list("account", flat=True).first() if match.waived else None
    return Waived(match.waived, Account(account)) if account else NOTHING_WAIVED


def enter_write_off(write_off: WriteOff, *, by: str, at: datetime) -> None:
    """Book money of nobody out of suspense."""
    sides = postings.written_off(write_off.line_id, write_off.amount, Account(write_off.account))
    _enter_suspense(EntryKind.WRITTEN_OFF, f"write_off:{write_off.pk}", write_off.line, sides, by, at)


def enter_restored(undo: WriteOffUndo, *, by: str, at: datetime) -> None:
    """Book it back into suspense."""
    gone = undo.write_off
    sides = postings.reversed_(postings.written_off(gone.line_id, gone.amount, Account(gone.account)))
    _enter_suspense(EntryKind.RESTORED, f"restored:{undo.pk}", gone.line, sides, by, at)


def _enter_suspense(
    kind: EntryKind, cause: str, line: BankLine, sides: tuple[Side, ...], by: str, at: datetime
) -> None:
    party = unicodedata.normalize("NFKC", line.payer_name)
    enter([Event(kind, cause, at.astimezone(JST).date(), party, sides)], by=by, at=at)


def enter_acceptance(fee: Fee, match: Match, *, on: date, by: str, at: datetime) -> None:
    """Book 受理: the advance becomes income and tax."""
    sides = postings.accepted(Price(match.base, match.tax))
    event = Event(EntryKind.ACCEPTED, f"accepted:{fee.pk}", on, _party(fee), sides, fee)
    enter([event], by=by, at=at)


_REFUND_KINDS = {
    RefundStep.Move.DUE: EntryKind.REFUND_DUE,
    RefundStep.Move.DROPPED: EntryKind.REFUND_DROPPED,
    RefundStep.Move.PAID: EntryKind.REFUND_PAID,
    RefundStep.Move.CORRECTED: EntryKind.REFUND_CORRECTED,
}


def enter_given_up(fee: Fee, *, by: str, at: datetime) -> None:
    """Book that an accepted fee is not kept: what it earned is given up, on the (JST) day of `at`."""
    sides = postings.given_up(_earned(fee))
    cause, on = f"given_up:{fee.pk}", at.astimezone(JST).date()
    enter([Event(EntryKind.GIVEN_UP, cause, on, _party(fee), sides, fee)], by=by, at=at)


def enter_refund(step: RefundStep, *, by: str, at: datetime) -> None:
    """Book a step of a refund that moves money; an approval moves none."""
    refund, move = step.refund, RefundStep.Move(step.move)
    if move not in _REFUND_KINDS:
        return
    event = Event(
        _REFUND_KINDS[move], f"step:{step.pk}", step.on, refund.payee, _refund_sides(refund, move), refund.fee
    )
    enter([event], by=by, at=at)


def _refund_sides(refund: Refund, move: RefundStep.Move) -> tuple[Side, ...]:
    if move in (RefundStep.Move.PAID, RefundStep.Move.CORRECTED):
        paid = postings.refund_paid(refund.gross, refund.net or 0, refund.charge or 0)
        return paid if move == RefundStep.Move.PAID else postings.reversed_(paid)
    due = postings.refund_due(dict(refund.parts.values_list("line_id", "amount")))
    return due if move == RefundStep.Move.DUE else postings.reversed_(due)


def _entry(event: Event, closed: date | None, by: str, at: datetime) -> Entry:
    booked_on = max(event.on, closed + timedelta(days=1)) if closed else event.on
    return Entry(
        kind=event.kind,
        cause=event.cause,
        booked_on=booked_on,
        happened_on=event.on,
        party=event.party[:200],
        party_key=plain(event.party)[:400],
        amount=sum(side.amount for side in event.sides if side.amount > 0),
        size=len(event.sides),
        by=by,
        at=at,
    )


def _party(fee: Fee) -> str:
    return fee.person.name or fee.kana


def _earned(fee: Fee) -> Price:
    """What the books hold as this fee's income and tax."""
    base, tax = (
        sum(Posting.objects.filter(fee=fee, account=account).values_list("amount", flat=True))
        for account in (postings.EARNED, postings.TAX)
    )
    return Price(-base, -tax)
