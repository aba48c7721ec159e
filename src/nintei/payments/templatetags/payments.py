"""`{% load payments %}`: the applicant's fee box, and a line's verdict in words."""

from __future__ import annotations

from datetime import date

from django import template

from nintei.payments import queries
from nintei.payments.models import Fee
from nintei.payments.queries import Verdict
from nintei.payments.words import Fact, facts

register = template.Library()


@register.inclusion_tag("payments/parts/fee_box.html")
def fee_box(fee: Fee, on: date) -> dict[str, object]:
    """`{% fee_box fee today %}`: what to pay, where, under which name; or that it is paid."""
    box = queries.fee_box(fee, on=on)
    return {"box": box, "edition": box.edition}


@register.filter
def verdict_facts(verdict: Verdict) -> tuple[Fact, ...]:
    """`{{ verdict|verdict_facts }}`: number, name and amount."""
    return facts(verdict.match.reasons, verdict.payer, verdict.match.difference)
