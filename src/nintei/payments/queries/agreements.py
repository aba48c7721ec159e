"""Who may pay for whom: what was agreed with companies, and which payers an accountant has come to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from nintei.payments.matching import BulkAgreement, normalise, plain
from nintei.payments.models import Agreement, AgreementFee, Fee, KnownPayer
from nintei.payments.queries.fees import open_fees
from nintei.people.models import Person
from nintei.people.queries import confirmed_kana


def standing_agreements() -> QuerySet[Agreement]:
    """Agreements that nobody has ended, newest first, each with `listed` and the fees on it."""
    listed = AgreementFee.objects.select_related("fee__person").order_by("pk")
    found = Agreement.objects.filter(ended_at=None).order_by("-agreed_on", "-at")
    return found.prefetch_related(Prefetch("listed", listed))


def agreement(pk: UUID) -> Agreement | None:
    """One agreement, ended or not."""
    return Agreement.objects.filter(pk=pk).first()


def bulk_agreements() -> list[BulkAgreement]:
    """The standing agreements as the rule sees them: two queries."""
    return [
        BulkAgreement(each.payer_name, tuple(str(x.fee_id) for x in each.listed.all()))
        for each in Agreement.objects.filter(ended_at=None).prefetch_related("listed")
    ]


def known_payers() -> QuerySet[KnownPayer]:
    """The payers that count, newest first, with their people."""
    return KnownPayer.objects.filter(revoked_at=None).select_related("person").order_by("-at")


def known_payer(pk: UUID) -> KnownPayer | None:
    """One known payer, revoked or not."""
    return KnownPayer.objects.filter(pk=pk).first()


def names_of_others(people: set[UUID]) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]]]:
    """For these people: the names they bore before, as the office has confirmed them, and who pays for them."""
    payers: dict[UUID, list[str]] = defaultdict(list)
    known = KnownPayer.objects.filter(revoked_at=None, person__in=people)
    for person, key in known.values_list("person_id", "payer_key"):
        payers[person].append(key)
    return confirmed_kana(people), payers


@dataclass(frozen=True, slots=True)
class Named:
    """A row of a company's list, and the open fees it may mean; one is right, none or several are not."""

    row: int
    words: str
    fees: tuple[Fee, ...]


def fees_named(text: str) -> list[Named]:
    """Who is meant by a list with a person a line: a pass number, its last four digits, a name, or both.

    Reads the open fees once, for however many lines.
    """
    rows = [(row, words) for row, line in enumerate(text.splitlines(), 1) if (words := line.strip())]
    waiting = list(open_fees()) if rows else []
    return [Named(row, words, tuple(f for f in waiting if _is_named(f, words))) for row, words in rows]


def _is_named(fee: Fee, words: str) -> bool:
    payer = normalise(words)
    digits = "".join(c for c in fee.pass_number if "0" <= c <= "9")
    if payer.number and (len(payer.number) < 4 or not digits.endswith(payer.number)):
        return False
    names = {plain(fee.kana), plain(fee.person.name)}
    return (payer.name in names) if payer.name else payer.number is not None


def who(bys: Iterable[str]) -> dict[str, str]:
    """The names of people as the journal knows them (`person:<uuid>`): one query."""
    ids = {by.removeprefix("person:") for by in bys if by.startswith("person:")}
    return {person.by: person.name or person.kana for person in Person.objects.filter(pk__in=ids)}
