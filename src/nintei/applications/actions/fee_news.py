"""What the accounts say of a fee, heard by the case it is for: settled, or open again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from nintei.applications import queries
from nintei.applications.actions.receiving import accept_if_complete
from nintei.applications.actions.steps import tell
from nintei.applications.states import CLOSED
from nintei.journal.actions import record


def on_fee_settled(*, fee: Any, on: date, at: datetime, by: str, **_rest: object) -> None:
    """Hear that the office has confirmed a fee; accept the application it is for, if it waits for that."""
    row = queries.by_reference(fee.reference)
    if row is not None:
        accept_if_complete(by=by, application=row, on=on, at=at)


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
