"""The association's bank account, and whether the association has confirmed it (AMB-F11)."""

from __future__ import annotations

from datetime import date

from nintei.payments.models import Approval
from nintei.shared.rulebook import edition

NAMED = ("name", "branch", "type", "number", "holder", "holder_kana")


def details_today(on: date) -> dict[str, str]:
    """What a payer is told on a (JST) day, by the rulebook: bank, branch, kind, number and holder."""
    bank = edition(on).fees.bank
    return {key: bank[key] for key in NAMED if key in bank}


def account_confirmed(on: date) -> Approval | None:
    """The two people's word that the account is right: for exactly what is told on this day, or none."""
    words = Approval.objects.filter(kind=Approval.Kind.ACCOUNT, granted=True, data=details_today(on))
    return words.order_by("-decided_at").first()
