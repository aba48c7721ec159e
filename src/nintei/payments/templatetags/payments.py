"""`{% load payments %}`: the applicant's fee box, and a line's verdict in words."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from datetime import date

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from nintei.payments import queries, words
from nintei.payments.models import Account, Agreement, BankLine, Fee
from nintei.payments.queries import Lane, Verdict
from nintei.payments.words import Fact, facts
from nintei.shared import wording
from nintei.shared.templatetags.nintei import in_japanese
from nintei.shared.wording import in_english

register = template.Library()


@register.inclusion_tag("payments/parts/fee_box.html")
def fee_box(fee: Fee, on: date) -> dict[str, object]:
    """`{% fee_box fee today %}`: what to pay, where, under which name; or that it is paid."""
    box = queries.fee_box(fee, on=on)
    return {"box": box, "edition": box.edition}


@register.filter
def verdict_facts(verdict: Verdict) -> tuple[Fact, ...]:
    """`{{ verdict|verdict_facts }}`: number, name and amount."""
    return facts(
        verdict.match.reasons, verdict.payer, verdict.match.difference, closed=queries.why_closed(verdict)
    )


@register.simple_tag
def payer(name: str) -> SafeString | str:
    """`{% payer line.payer_name %}`: half-width kana widened to be read; what came is kept in the record."""
    return in_japanese(unicodedata.normalize("NFKC", name) or "—")


ACCOUNT_PARTS = {
    "name": gettext_lazy("銀行"),
    "branch": gettext_lazy("支店"),
    "type": gettext_lazy("種類"),
    "number": gettext_lazy("番号"),
    "holder": gettext_lazy("口座名義"),
    "holder_kana": gettext_lazy("名義のカナ"),
}


@register.filter
def account_parts(details: dict[str, str]) -> list[tuple[str, str]]:
    """`{{ row.data|account_parts }}`: the bank account part by part, in the order one reads it."""
    return [(str(name), details[key]) for key, name in ACCOUNT_PARTS.items() if key in details]


@register.filter
def account_name(code: str) -> str:
    """`{{ row.data.account|account_name }}`: 雑収入."""
    return str(Account(code).label)


@register.filter
def credit(amount: int) -> int:
    """`{{ posting.amount|credit }}`: a credit as the yen one reads in its column."""
    return -amount


@register.filter
def month_end(first: date) -> date:
    """`{{ month|month_end }}`: the last day of its month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


@register.filter
def month_name(first: date) -> str:
    """`{{ month|month_name }}`: 2026年1月."""
    return wording.month(first)


@register.simple_tag(takes_context=True)
def lane_page(context: Context, lane: Lane, page: int) -> str:
    """`{% lane_page lane 2 %}`: the same page of the office with another page of one column."""
    asked = context["request"].GET.copy()
    asked[lane.key] = str(page)
    return f"?{asked.urlencode()}#lane-{lane.key}"


@register.filter
def agreed_yen(agreement: Agreement) -> int:
    """`{{ agreement|agreed_yen }}`: what its fees come to."""
    return sum(item.fee.total for item in agreement.listed.all())


@register.filter
def lookup(names: dict[str, str], key: str) -> str:
    """`{{ names|lookup:by }}`: a value of a dictionary, or nothing."""
    return names.get(key, "")


@register.simple_tag
def age(line: BankLine, today: date) -> int:
    """`{% age line today %}`: for how many days its money has been nobody's."""
    return (today - line.value_on).days


@register.filter
def part_word(part: str) -> str:
    """`{{ part|part_word }}`: what a column of a table is."""
    return words.column(part)


@register.filter
def in_language(said: list[str]) -> str:
    """`{{ run.problem|in_language }}`: a sentence kept in both languages."""
    return said[1] if in_english() else said[0]
