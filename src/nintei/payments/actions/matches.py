"""Settling a fee from bank lines, by machine or by hand, and taking that back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nintei.journal.actions import Told, record, record_all
from nintei.payments.actions.entering import BATCH, enter_matches, enter_undo
from nintei.payments.actions.voiding import void_receipts
from nintei.payments.books.postings import Price
from nintei.payments.models import BankLine, Fee, Match, MatchPart, MatchUndo
from nintei.payments.queries.fees import price_of, standing, tolerance
from nintei.payments.queries.lines import open_lines
from nintei.payments.signals import fee_reopened, fee_settled
from nintei.payments.till import till
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.wording import day


def settle(
    *,
    by: str,
    actor: Person,
    lines: Sequence[BankLine],
    fees: Sequence[Fee],
    reasons: Sequence[str],
    note: str,
    at: datetime,
) -> list[Match]:
    """Settle fees from lines by an accountant's hand; all of them or none, each to the last yen.

    What the rulebook's tolerance of the value date covers is waived on the last fee and borne by the association
    (AMB-F6; 0 yen unless the rulebook says otherwise).
    Money is taken from the lines in their order; what is over stays open on its line. `reasons` are the
    codes the suggestion carried, `note` says why the accountant agrees. The fee's amount is that of the
    price list on the (last) value date (AMB-F1); the day of confirmation is the JST day of `at`.
    Raises `Refused`: not_accountant, own_fee, nothing_chosen, reason_needed, fee_cancelled,
    fee_already_settled, line_used_up, short (all `payments.…`).
    """
    on = at.astimezone(JST).date()
    _entitle(actor, fees, on)
    if not lines or not fees:
        raise Refused("payments.nothing_chosen")
    if not note.strip():
        raise Refused("payments.reason_needed")
    with till():
        purse = _purse(lines)
        waiting = [_waiting(fee) for fee in fees]
        how: dict[str, object] = {"automatic": False, "reasons": list(reasons), "note": note.strip()}
        return _write(_drafts(by, purse, waiting, how, on, at), by=by, on=on, at=at)


@dataclass(frozen=True, slots=True)
class Pick:
    """A line with the fees it settles by the rule, and the codes that say why."""

    line: BankLine
    fees: Sequence[Fee]
    reasons: Sequence[str]


def settle_by_rule(*, by: str, picks: Iterable[Pick], on: date, at: datetime) -> list[Match]:
    """Settle what number, name and exact amount (or an agreement) have settled; the caller holds the till.

    Written together: a dozen statements for any number of lines, and what hearers do.
    """
    drafts: list[_Draft] = []
    for pick in picks:
        how: dict[str, object] = {"automatic": True, "reasons": list(pick.reasons)}
        drafts += _drafts(by, {pick.line: pick.line.amount}, pick.fees, how, on, at)
    return _write(drafts, by=by, on=on, at=at)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A match to be written, what it takes from which line, and the fees of its person that the lines pay for."""

    match: Match
    parts: Mapping[BankLine, int]
    together: tuple[Fee, ...]

    def leaf(self) -> Told:
        match = self.match
        data: dict[str, object] = {"match": str(match.pk), "base": match.base, "tax": match.tax}
        data |= {"on": match.confirmed_on.isoformat(), "automatic": match.automatic, "reasons": match.reasons}
        data |= {"parts": [[line.pk, yen] for line, yen in self.parts.items()]}
        data |= {"note": match.note} if not match.automatic else {}
        data |= {"waived": match.waived, "tolerance": match.tolerance} if match.waived else {}
        return Told("payments.settle", match.fee.reference, data)


def _drafts(
    by: str,
    purse: dict[BankLine, int],
    fees: Sequence[Fee],
    how: Mapping[str, object],
    on: date,
    at: datetime,
) -> list[_Draft]:
    """A match for each fee, in order; what the tolerance waives is waived on the last."""
    value_on = max(line.value_on for line in purse)
    prices = [Price(*_price(fee, value_on)) for fee in fees]
    allowed = tolerance(value_on)
    missing = sum(price.total for price in prices) - sum(purse.values())
    if missing > min(allowed, prices[-1].total - 1):
        raise Refused("payments.short", missing=missing)
    drafts = []
    for place, (fee, price) in enumerate(zip(fees, prices, strict=True), start=1):
        waived = max(missing, 0) if place == len(fees) else 0
        said = dict(how) | ({"waived": waived, "tolerance": allowed} if waived else {})
        match = Match(fee=fee, base=price.base, tax=price.tax, confirmed_on=on, by=by, at=at, **said)
        together = tuple(each for each in fees if each.person_id == fee.person_id)
        drafts.append(_Draft(match, _take(purse, price.total - waived), together))
    return drafts


def _write(drafts: Sequence[_Draft], *, by: str, on: date, at: datetime) -> list[Match]:
    """Write matches with their parts, entries and leaves; then tell who listens; in the caller's transaction."""
    matches = Match.objects.bulk_create((draft.match for draft in drafts), batch_size=BATCH)
    MatchPart.objects.bulk_create(
        (
            MatchPart(match=draft.match, line=line, amount=yen)
            for draft in drafts
            for line, yen in draft.parts.items()
        ),
        batch_size=BATCH,
    )
    enter_matches([(d.match, {line.pk: yen for line, yen in d.parts.items()}) for d in drafts], by=by, at=at)
    record_all(by=by, at=at, told=[draft.leaf() for draft in drafts])
    for draft in drafts:
        told = {"together": draft.together, "on": on, "at": at, "by": by}
        fee_settled.send(sender=Fee, fee=draft.match.fee, **told)
    return matches


def undo(
    *, by: str, actor: Person, match: Match, reason: str, at: datetime, second: Person | None = None
) -> MatchUndo:
    """Take a match back: the fee waits again and the money is open. After 受理 that needs two people (P7).

    受理 stays, once given (decision 0021): the fee is then owed to the association, and is still not returned.

    Raises `Refused`: not_accountant, own_fee, reason_needed, undone_already, undo_needs_two,
    second_not_entitled (all `payments.…`).
    """
    on = at.astimezone(JST).date()
    _entitle(actor, [match.fee], on)
    if not reason.strip():
        raise Refused("payments.reason_needed")
    with till():
        fee = match.fee = Fee.objects.select_for_update().get(pk=match.fee_id)
        if MatchUndo.objects.filter(match=match).exists():
            raise Refused("payments.undone_already")
        _two_for_accepted(fee, actor, second, on)
        other = second.by if second else ""
        taken = MatchUndo.objects.create(match=match, reason=reason.strip(), by=by, second=other, at=at)
        enter_undo(taken, by=by, at=at)
        void_receipts(match, reason=taken.reason, by=by, at=at)
        fee_reopened.send(sender=Fee, fee=fee, at=at, by=by)
        data: dict[str, object] = {"match": str(match.pk), "reason": taken.reason, "second": other}
        record(by=by, verb="payments.undo", subject=fee.reference, at=at, data=data)
    return taken


def _entitle(actor: Person, fees: Sequence[Fee], on: date) -> None:
    if Role.ACCOUNTANT not in roles_of(actor, on=on):
        raise Refused("payments.not_accountant")
    if any(fee.person_id == actor.pk for fee in fees):
        raise Refused("payments.own_fee")


def _two_for_accepted(fee: Fee, actor: Person, second: Person | None, on: date) -> None:
    if second is None:
        if fee.accepted_on:
            raise Refused("payments.undo_needs_two", day=day(fee.accepted_on))
        return
    entitled = roles_of(second, on=on) & {Role.ACCOUNTANT, Role.DECIDER}
    if second.pk in (actor.pk, fee.person_id) or not entitled:
        raise Refused("payments.second_not_entitled")


def _purse(lines: Sequence[BankLine]) -> dict[BankLine, int]:
    """What is left on each chosen line, in the order chosen."""
    left = {line.pk: line for line in open_lines().filter(pk__in=[line.pk for line in lines])}
    if any(line.pk not in left for line in lines):
        raise Refused("payments.line_used_up")
    return {left[line.pk]: left[line.pk].left for line in dict.fromkeys(lines)}


def _waiting(fee: Fee) -> Fee:
    fee = Fee.objects.select_for_update().get(pk=fee.pk)
    if fee.cancelled_at:
        raise Refused("payments.fee_cancelled")
    if standing().filter(fee=fee).exists():
        raise Refused("payments.fee_already_settled")
    return fee


def _price(fee: Fee, value_on: date) -> tuple[int, int]:
    """Base and tax in yen on the value date; where that day has no price, what was asked for."""
    try:
        price = price_of(kind=fee.kind, qualification=fee.qualification, on=value_on)
    except Refused:
        return fee.base, fee.tax
    return price.base, price.tax


def _take(purse: dict[BankLine, int], due: int) -> dict[BankLine, int]:
    """Take `due` yen out of the purse, line by line."""
    taken: dict[BankLine, int] = {}
    for line, held in purse.items():
        if due and held:
            taken[line] = min(due, held)
            purse[line] -= taken[line]
            due -= taken[line]
    return taken
