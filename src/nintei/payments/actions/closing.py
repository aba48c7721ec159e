"""Closing the books through a day or a month, for ever."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

from nintei.journal.actions import record
from nintei.payments.models import Close
from nintei.payments.queries.books import trial_balance
from nintei.payments.till import till
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.wording import day


def close(*, by: str, actor: Person, kind: Close.Kind, through: date, at: datetime) -> Close:
    """Close the books through a (JST) day, or through the end of its month; nothing opens them again.

    What concerns a closed day later is booked on the first open one. Raises `Refused`: not_accountant,
    close_in_future, closed_already (`payments.…`).
    """
    today = at.astimezone(JST).date()
    if Role.ACCOUNTANT not in roles_of(actor, on=today):
        raise Refused("payments.not_accountant")
    if kind == Close.Kind.MONTH:
        through = through.replace(day=monthrange(through.year, through.month)[1])
    if through > today:
        raise Refused("payments.close_in_future", day=day(through))
    with till():
        last = Close.objects.order_by("-through").first()
        if last and last.through >= through:
            raise Refused("payments.closed_already", day=day(last.through))
        balances = {row.account.value: row.balance for row in trial_balance(until=through).rows}
        closed = Close.objects.create(kind=kind, through=through, balances=balances, by=by, at=at)
        data: dict[str, object] = {"kind": kind.value, "through": through.isoformat(), "balances": balances}
        record(by=by, verb="payments.close", subject=f"books:{through.isoformat()}", at=at, data=data)
    return closed
