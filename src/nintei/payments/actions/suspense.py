"""Money of nobody that stops waiting, and that waits again: asked by one person, done by another (P7)."""

from __future__ import annotations

from datetime import datetime

from nintei.journal.actions import record
from nintei.payments.actions.asking import ask
from nintei.payments.actions.entering import enter_restored, enter_write_off
from nintei.payments.models import WRITE_OFF_TO, Account, Approval, BankLine, WriteOff, WriteOffUndo
from nintei.payments.queries.lines import open_lines
from nintei.payments.till import till
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused


def ask_write_off(
    *, by: str, actor: Person, line: BankLine, account: Account, reason: str, at: datetime
) -> Approval:
    """Ask a second person to move what nobody was found for to other income or to other books.

    All the yen that are open on the line; the question keeps how many, and for how many days they have waited.
    Raises `Refused`: not_accountant, reason_needed, line_used_up, account_needed, asked_already (`payments.…`).
    """
    on = at.astimezone(JST).date()
    if Role.ACCOUNTANT not in roles_of(actor, on=on):
        raise Refused("payments.not_accountant")
    if account not in WRITE_OFF_TO:
        raise Refused("payments.account_needed")
    with till():
        held = open_lines().filter(pk=line.pk).first()
        if held is None:
            raise Refused("payments.line_used_up")
        data: dict[str, object] = {"yen": held.left, "account": account.value}
        data |= {"payer": held.payer_name, "value_on": held.value_on.isoformat()}
        data |= {"days": (on - held.value_on).days}
        return ask(
            by=by, kind=Approval.Kind.WRITE_OFF, subject=f"line:{line.pk}", reason=reason, data=data, at=at
        )


def write_off(*, asked: Approval, second: Person, at: datetime) -> WriteOff:
    """The second person's yes; `approving.decide` has asked who they are and holds the till.

    Raises `Refused("payments.line_used_up")` where the line does not hold just what was asked about.
    """
    line = open_lines().filter(pk=asked.subject.removeprefix("line:")).first()
    if line is None or line.left != asked.data["yen"]:
        raise Refused("payments.line_used_up")
    said = {"account": asked.data["account"], "reason": asked.reason, "by": asked.by, "second": second.by}
    gone = WriteOff.objects.create(line=line, amount=line.left, at=at, **said)
    enter_write_off(gone, by=second.by, at=at)
    data: dict[str, object] = {"write_off": str(gone.pk), "yen": gone.amount, **said}
    record(by=second.by, verb="payments.write_off", subject=asked.subject, at=at, data=data)
    return gone


def ask_restore(*, by: str, actor: Person, write_off: WriteOff, reason: str, at: datetime) -> Approval:
    """Ask a second person to put written-off money back into suspense, because its owner was found.

    Raises `Refused`: not_accountant, reason_needed, restored_already, asked_already (`payments.…`).
    """
    if Role.ACCOUNTANT not in roles_of(actor, on=at.astimezone(JST).date()):
        raise Refused("payments.not_accountant")
    with till():
        if WriteOffUndo.objects.filter(write_off=write_off).exists():
            raise Refused("payments.restored_already")
        data: dict[str, object] = {"yen": write_off.amount, "account": write_off.account}
        data |= {"payer": write_off.line.payer_name, "line": write_off.line_id}
        subject = f"write_off:{write_off.pk}"
        return ask(by=by, kind=Approval.Kind.RESTORE, subject=subject, reason=reason, data=data, at=at)


def restore(*, asked: Approval, second: Person, at: datetime) -> WriteOffUndo:
    """The second person's yes: a reversing entry, and the money waits again."""
    gone = WriteOff.objects.select_related("line").get(pk=asked.subject.removeprefix("write_off:"))
    if WriteOffUndo.objects.filter(write_off=gone).exists():
        raise Refused("payments.restored_already")
    said = {"reason": asked.reason, "by": asked.by, "second": second.by}
    back = WriteOffUndo.objects.create(write_off=gone, at=at, **said)
    enter_restored(back, by=second.by, at=at)
    data: dict[str, object] = {"write_off": str(gone.pk), "yen": gone.amount, **said}
    record(by=second.by, verb="payments.restore", subject=f"line:{gone.line_id}", at=at, data=data)
    return back
