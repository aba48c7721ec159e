"""Fees: what is due, whether it is settled, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from nintei.payments.matching import plain
from nintei.payments.models import Fee, Match
from nintei.payments.queries.accounts import account_confirmed
from nintei.people.models import Person
from nintei.rules import fees as rules
from nintei.rules.edition import Citation, Edition, Text
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

SHOWN = 50


def price_of(*, kind: str, qualification: str, on: date) -> rules.Fee:
    """The fee of `kind` on a (JST) day by the installation's price list: base, tax and total yen (AMB-F1).

    Raises `Refused("payments.fee_unset")` where the association has set none, and
    `Refused("payments.no_fee_needed")` where the qualification needs no certification.
    """
    try:
        price = rules.fee(edition(on), kind, on, qualification=qualification)
    except rules.NotSet as unset:
        what = unset.unset.what if unset.unset else Text(unset.key, unset.key)
        raise Refused("payments.fee_unset", ja=what.ja, en=what.en, key=unset.key) from None
    if price.reason:
        raise Refused("payments.no_fee_needed", qualification=qualification)
    return price


def tolerance(on: date) -> int:
    """Yen by which a fee paid on a (JST) day may be short and still settle, by the installation's rulebook (AMB-F6)."""
    return rules.tolerance(edition(on))


def fee_for(reference: str) -> Fee | None:
    """The fee of a thing (`application:<uuid>`), if one was opened."""
    return Fee.objects.filter(reference=reference).select_related("person").first()


def fees_of(person: Person) -> QuerySet[Fee]:
    """A person's own fees, newest first."""
    return Fee.objects.filter(person=person).order_by("-opened_at")


def standing() -> QuerySet[Match]:
    """Matches that nobody has undone."""
    return Match.objects.filter(undo=None)


def standing_match(fee: Fee) -> Match | None:
    """The match that settles a fee, if it is settled."""
    return standing().filter(fee=fee).first()


def is_settled(fee: Fee) -> bool:
    """Whether the office has confirmed the money for a fee (criterion ④)."""
    return standing().filter(fee=fee).exists()


def keeps_after_acceptance(on: date) -> bool:
    """Whether the edition in force on a (JST) day keeps every fee once its application was accepted (MAN-ウ④.※2)."""
    return rules.keeps_after_acceptance(edition(on))


def is_kept(fee: Fee, on: date) -> bool:
    """Whether nothing of a fee goes back on a (JST) day: it was accepted, and the edition then in force keeps it."""
    return fee.accepted_on is not None and keeps_after_acceptance(on)


def who_matched(fee: Fee) -> frozenset[str]:
    """Who settled a fee, as the journal names them; a decision may want others than these."""
    return frozenset(standing().filter(fee=fee).values_list("by", flat=True))


def open_fees() -> QuerySet[Fee]:
    """Fees that wait for money, oldest first, with their people: one query."""
    settled = Exists(standing().filter(fee=OuterRef("pk")))
    waiting = Fee.objects.filter(~settled, cancelled_at=None)
    return waiting.select_related("person").order_by("opened_at", "pk")


def closed_fees(since: date) -> QuerySet[Fee]:
    """Fees settled or cancelled on `since` or later: what a further transfer by the same payer is held against."""
    recent = standing().filter(fee=OuterRef("pk"), confirmed_on__gte=since)
    return Fee.objects.filter(Exists(recent) | Q(cancelled_at__date__gte=since)).select_related("person")


def search_fees(words: str) -> list[Fee]:
    """Open fees by name, kana, digits of the pass number or address; at most 50."""
    found = open_fees()
    for word in words.split():
        kana = plain(word)
        hit = (
            Q(person__name__icontains=word) | Q(person__email__icontains=word) | Q(pass_number__endswith=word)
        )
        found = found.filter(hit | Q(kana__icontains=word) | Q(kana__icontains=kana))
    return list(found[:SHOWN])


def payer_name_to_write(fee: Fee) -> str:
    """What the payer writes: the last four digits, then the kana without spaces (MAN-ウ④.6, .7).

    `0123コンケンタロウ`. Without a number, the kana alone.
    """
    digits = "".join(c for c in fee.pass_number or fee.certificate_number if "0" <= c <= "9")
    return digits[-4:] + "".join(fee.kana.replace("・", "").split())


@dataclass(frozen=True, slots=True)
class FeeBox:
    """What an applicant needs to pay, or has paid: for `payments/parts/fee_box.html`."""

    fee: Fee
    price: rules.Fee | None
    payer_name: str
    bank: dict[str, str]
    is_confirmed: bool
    is_outdated: bool
    cites: dict[str, Citation]
    settled: Match | None
    edition: Edition
    keeps: bool


def fee_box(fee: Fee, *, on: date) -> FeeBox:
    """A fee as its applicant sees it on a (JST) day: the amount if paid today, and where to send it.

    `keeps`: nothing goes back after 受理. Until two people of the office have confirmed the account
    (`is_confirmed`), a warning stands beside it; `is_outdated` says that the printed name or kana differ from
    what is used (AMB-F11).
    """
    rulebook = edition(on)
    bank = rulebook.fees.bank
    pairs = (("name", "name_printed"), ("holder_kana", "holder_kana_printed"))
    outdated = any(bank.get(used) != bank.get(printed, bank.get(used)) for used, printed in pairs)
    try:
        price = price_of(kind=fee.kind, qualification=fee.qualification, on=on)
    except Refused:
        price = None
    name, settled = payer_name_to_write(fee), standing_match(fee)
    sure = account_confirmed(on) is not None
    keeps = rules.keeps_after_acceptance(rulebook)
    return FeeBox(fee, price, name, bank, sure, outdated, rulebook.fees.cites, settled, rulebook, keeps)
