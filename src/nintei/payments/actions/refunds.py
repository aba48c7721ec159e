"""Money that goes back: due, asked by one person, approved by another, paid by the bank (P7, AMB-F3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from nintei.journal.actions import record
from nintei.payments.actions.asking import ask
from nintei.payments.actions.entering import enter_refund, enter_undo
from nintei.payments.actions.fees import close_fee
from nintei.payments.actions.voiding import void_receipts
from nintei.payments.models import (
    Approval,
    BankLine,
    Fee,
    Match,
    MatchUndo,
    Refund,
    RefundPart,
    RefundState,
    RefundStep,
)
from nintei.payments.queries.fees import is_kept, standing_match
from nintei.payments.queries.lines import open_lines
from nintei.payments.till import till
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.rules import fees as rules
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition
from nintei.shared.wording import day

Move = RefundStep.Move


def refund_due(*, by: str, fee: Fee, reason: str, at: datetime) -> Refund | None:
    """An application came to nothing: stop waiting for its fee, or let what was paid go back.

    Before 受理 always (AMB-F3); after it only where the edition of the JST day gives an accepted fee back: what it
    earned is then given up. An unpaid fee is closed and nothing is returned: None. A paid one is taken out of
    its match, whose receipt is void; all that came in is due to the payer, and the office asks, approves and
    pays it. A fee that was closed before is left as it is: None.
    Raises `Refused("payments.kept_after_acceptance")` for what is kept (MAN-ウ④.※2).
    """
    with till():
        fee = Fee.objects.select_for_update().get(pk=fee.pk)
        if is_kept(fee, _day(at)):
            raise Refused("payments.kept_after_acceptance")
        if fee.cancelled_at:
            return None
        match = standing_match(fee)
        parts = _free(match, reason, by, at) if match else {}
        close_fee(fee, by=by, at=at)
        if not parts:
            return None
        payee = fee.person.name or fee.kana
        return _open(parts, by=by, at=at, fee=fee, person=fee.person, payee=payee, reason=reason)


def refund_line(
    *,
    by: str,
    actor: Person,
    line: BankLine,
    amount: int,
    payee: str,
    reason: str,
    at: datetime,
    person: Person | None = None,
) -> Refund:
    """Decide that `amount` yen still open on a line go back: paid too much, twice, or money of nobody.

    Raises `Refused`: not_accountant, own_refund, reason_needed, payee_needed, line_used_up (`payments.…`).
    """
    _entitle(actor, person, at)
    if not reason.strip():
        raise Refused("payments.reason_needed")
    if not payee.strip():
        raise Refused("payments.payee_needed")
    with till():
        held = open_lines().filter(pk=line.pk).first()
        if held is None or not 0 < amount <= held.left:
            raise Refused("payments.line_used_up")
        parts = {line.pk: amount}
        return _open(parts, by=by, at=at, fee=None, person=person, payee=payee.strip(), reason=reason.strip())


def ask_refund(
    *, by: str, actor: Person, refund: Refund, charge: int, send_to: str, reason: str, at: datetime
) -> Approval:
    """Ask a second person to approve a refund: where it goes, and the bank's charge in yen.

    What the payee gets is the kernel's word by the edition of the JST day: less the charge, in full or
    nothing (AMB-F3). Raises `Refused`: not_accountant, own_refund, refund_not_due, send_to_needed,
    nothing_to_refund, asked_already (`payments.…`).
    """
    _entitle(actor, refund.person, at)
    if not send_to.strip():
        raise Refused("payments.send_to_needed")
    with till():
        refund = _locked(refund, RefundState.DUE)
        found = rules.refund(edition(_day(at)), refund.gross, accepted=False, bank_charge=charge)
        if not found.amount:
            raise Refused("payments.nothing_to_refund", rule=found.rule.value)
        refund.charge, refund.net, refund.rule = charge, found.amount, found.rule.value
        refund.send_to = send_to.strip()[:200]
        data = {"gross": refund.gross, "charge": charge, "net": refund.net, "send_to": refund.send_to}
        asked = ask(
            by=by,
            kind=Approval.Kind.REFUND,
            subject=f"refund:{refund.pk}",
            reason=reason.strip() or refund.reason,
            data=data,
            at=at,
        )
        refund.save(update_fields=["charge", "net", "rule", "send_to"])
    return asked


def approve_refund(*, by: str, refund: Refund, at: datetime) -> Refund:
    """The second person's yes to a refund; `approving.decide` has asked who they are and holds the till."""
    refund = _locked(refund, RefundState.DUE)
    return _move(refund, RefundState.APPROVED, Move.APPROVED, by=by, on=_day(at), at=at)


def mark_refund_paid(*, by: str, actor: Person, refund: Refund, on: date, at: datetime) -> Refund:
    """Say on which (JST) day the bank sent an approved refund. Its yen leave the books on that day.

    Raises `Refused`: not_accountant, own_refund, refund_not_approved, paid_on_wrong_day (`payments.…`).
    """
    _entitle(actor, refund.person, at)
    if not _day(refund.at) <= on <= _day(at):
        raise Refused("payments.paid_on_wrong_day", first=day(_day(refund.at)), last=day(_day(at)))
    with till():
        refund = _locked(refund, RefundState.APPROVED)
        refund.paid_on = on
        return _move(refund, RefundState.PAID, Move.PAID, by=by, on=on, at=at)


def correct_refund(*, by: str, actor: Person, refund: Refund, reason: str, at: datetime) -> Refund:
    """Take back a payment that was marked by mistake, by a reversing entry; the refund is approved still.

    Raises `Refused`: not_accountant, own_refund, reason_needed, refund_not_paid (`payments.…`).
    """
    _entitle(actor, refund.person, at)
    if not reason.strip():
        raise Refused("payments.reason_needed")
    with till():
        refund = _locked(refund, RefundState.PAID)
        refund.paid_on = None
        return _move(refund, RefundState.APPROVED, Move.CORRECTED, by=by, on=_day(at), at=at, note=reason)


def drop_refund(*, by: str, actor: Person, refund: Refund, reason: str, at: datetime) -> Refund:
    """Give a refund up before it is paid: its money is open on its lines again.

    Raises `Refused`: not_accountant, own_refund, reason_needed, refund_gone, approval_open (`payments.…`).
    """
    _entitle(actor, refund.person, at)
    if not reason.strip():
        raise Refused("payments.reason_needed")
    with till():
        refund = _locked(refund, RefundState.DUE, RefundState.APPROVED)
        if Approval.objects.filter(subject=f"refund:{refund.pk}", granted=None).exists():
            raise Refused("payments.approval_open")
        return _move(refund, RefundState.DROPPED, Move.DROPPED, by=by, on=_day(at), at=at, note=reason)


def _free(match: Match, reason: str, by: str, at: datetime) -> Mapping[int, int]:
    """Take a match back because its fee goes back; what it held, line by line."""
    undo = MatchUndo.objects.create(match=match, reason=reason[:400], by=by, at=at)
    enter_undo(undo, by=by, at=at)
    void_receipts(match, reason=reason, by=by, at=at)
    data: dict[str, object] = {"match": str(match.pk), "reason": reason, "second": ""}
    record(by=by, verb="payments.undo", subject=match.fee.reference, at=at, data=data)
    return dict(match.parts.values_list("line_id", "amount"))


def _open(
    parts: Mapping[int, int],
    *,
    by: str,
    at: datetime,
    fee: Fee | None,
    person: Person | None,
    payee: str,
    reason: str,
) -> Refund:
    refund = Refund.objects.create(
        fee=fee,
        person=person,
        payee=payee[:200],
        gross=sum(parts.values()),
        reason=reason[:400],
        by=by,
        at=at,
    )
    RefundPart.objects.bulk_create(
        RefundPart(refund=refund, line_id=line, amount=yen) for line, yen in parts.items()
    )
    _step(refund, Move.DUE, by=by, on=_day(at), at=at, note=reason)
    return refund


def _move(
    refund: Refund,
    state: RefundState,
    move: RefundStep.Move,
    *,
    by: str,
    on: date,
    at: datetime,
    note: str = "",
) -> Refund:
    refund.state = state
    refund.save(update_fields=["state", "paid_on"])
    _step(refund, move, by=by, on=on, at=at, note=note)
    return refund


def _step(refund: Refund, move: RefundStep.Move, *, by: str, on: date, at: datetime, note: str) -> None:
    step = RefundStep.objects.create(refund=refund, move=move, on=on, note=note.strip()[:400], by=by, at=at)
    enter_refund(step, by=by, at=at)
    subject = refund.fee.reference if refund.fee else f"refund:{refund.pk}"
    data: dict[str, object] = {"refund": str(refund.pk), "gross": refund.gross, "on": on.isoformat()}
    data |= {"net": refund.net, "note": step.note}
    record(by=by, verb=f"payments.refund_{move.value}", subject=subject, at=at, data=data)


_NOT_IN_STATE: dict[tuple[RefundState, ...], str] = {
    (RefundState.DUE,): "payments.refund_not_due",
    (RefundState.APPROVED,): "payments.refund_not_approved",
    (RefundState.PAID,): "payments.refund_not_paid",
}


def _locked(refund: Refund, *states: RefundState) -> Refund:
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    if refund.state not in states:
        raise Refused(_NOT_IN_STATE.get(states, "payments.refund_gone"))
    return refund


def _entitle(actor: Person, concerned: Person | None, at: datetime) -> None:
    if Role.ACCOUNTANT not in roles_of(actor, on=_day(at)):
        raise Refused("payments.not_accountant")
    if concerned is not None and concerned.pk == actor.pk:
        raise Refused("payments.own_refund")


def _day(at: datetime) -> date:
    return at.astimezone(JST).date()
