"""What the association has set for its audits, and what it has not."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from nintei.audits.models import Agreed, Terms
from nintei.rules.edition import Unset
from nintei.shared.rulebook import edition

# What the rulebook names as unset until the association says it (AMB-C13, AMB-A4).
KEYS = (
    "audit_rate",
    "audit_risk",
    "audit_leaving",
    "audit_response_days",
    "evidence_retention_months",
    "appeal_days",
)


def terms_on(on: date) -> Terms | None:
    """What two people have set and is in force on a (JST) day; None while it is unset."""
    agreed = Terms.objects.filter(state=Agreed.AGREED, from_on__lte=on)
    return agreed.order_by("-from_on", "-number").first()


def open_terms() -> Terms | None:
    """What one person has proposed and waits for the second."""
    return Terms.objects.filter(state=Agreed.OPEN).select_related("proposed_by").first()


def all_terms() -> QuerySet[Terms]:
    """Every edition of what was set or proposed, the newest first."""
    return Terms.objects.select_related("proposed_by", "answered_by")


def unset(on: date) -> tuple[Unset, ...]:
    """What no document says and nobody has set, with who has to; nothing once terms are in force."""
    if terms_on(on):
        return ()
    named = edition(on).unset
    return tuple(named[key] for key in KEYS if key in named)
