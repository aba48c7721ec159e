"""Renewals as the audits room sees them: the frame of a draw, and the audit that a renewal stands on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from nintei.applications.models import Application, AuditMark, Kind
from nintei.applications.states import State


def renewals_filed(from_on: date, to_on: date) -> QuerySet[Application]:
    """Every renewal handed in on these (JST) days, decided or not, but for those withdrawn: a draw's frame.

    A case that was taken up again is the same renewal, and comes once, as its first case.
    """
    filed = Application.objects.filter(kind=Kind.RENEWAL, submitted_on__range=(from_on, to_on), earlier=None)
    return filed.exclude(state=State.WITHDRAWN).select_related("person", "certification").order_by("number")


def audit_of(application: Application) -> AuditMark | None:
    """The newest audit of a renewal, also of the case that it takes up again; None where there is none."""
    row: Application | None = application
    while row is not None:
        if mark := row.audit_marks.order_by("-opened_at").first():
            return mark
        row = row.earlier
    return None


def audit_facts(application: Application) -> dict[str, Any]:
    """What the kernel judges besides the claim: the balance that an audit left; nothing where it left the claim."""
    mark = audit_of(application)
    if mark is None or mark.balance is None:
        return {}
    told = {"reference": mark.reference, "outcome": mark.outcome, "struck": mark.struck}
    return {"audit": told | {"balance": mark.balance}}
