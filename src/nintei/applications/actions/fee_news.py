"""What the accounts say of a fee, heard by the case it is for: settled, or open again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from nintei.applications import queries
from nintei.applications.actions.receiving import accept_if_complete
from nintei.applications.actions.steps import tell
from nintei.applications.models import Application
from nintei.applications.states import CLOSED
from nintei.journal.actions import record
from nintei.payments import queries as fees


def on_fee_settled(
    *, fee: Any, on: date, at: datetime, by: str, together: Sequence[Any] = (), **_rest: object
) -> None:
    """Hear that the office has confirmed a fee; accept the application it is for, if it waits for that.

    A transfer that pays for several applications of one person is heard whole, at the last of its fees, so that
    one letter tells of all of them.
    """
    if together and fee != together[-1]:
        return
    rows = [row for each in together or (fee,) if (row := queries.by_reference(each.reference))]
    new = {row.pk for row in rows if row.accepted_on is None}
    accepted: list[Application] = []
    others: list[Application] = []
    for row in rows:
        now = accept_if_complete(by=by, application=row, on=on, at=at, tells=False)
        row.refresh_from_db()
        (accepted if now and row.pk in new else others).append(row)
    waiting = [row for row in others if row.state not in CLOSED]
    if accepted:
        keeps = fees.keeps_after_acceptance(on)
        tell(accepted[0], "accepted", by=by, at=at, applications=accepted, waiting=waiting, keeps=keeps)
    elif waiting:
        tell(waiting[0], "fee_confirmed", by=by, at=at, key=f":{at.isoformat()}", applications=waiting)


def on_fee_reopened(*, fee: Any, at: datetime, by: str, **_rest: object) -> None:
    """Hear that a fee is open again: criterion ④ is not met any more, and the applicant is told.

    Before 受理 the case waits for the money as it did before; 受理 itself happened and stays, but nobody can
    be certified while the fee is open. After a decision nothing changes here: only a new decision would.
    """
    row = queries.by_reference(fee.reference)
    if row is None or row.state in CLOSED:
        return
    data: dict[str, object] = {"fee": str(fee.pk), "accepted": row.accepted_on is not None}
    record(by=by, verb="applications.fee_open_again", subject=row.reference, at=at, data=data)
    tell(row, "fee_open_again", by=by, at=at, key=f":{at.isoformat()}", fee=fee)
