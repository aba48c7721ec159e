"""Entries as files, and what a file cannot spell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.utils import translation

from nintei.payments.books import files
from nintei.payments.books.files import LAYOUTS, Layout, Told
from nintei.payments.models import Account, Entry, EntryKind
from nintei.payments.queries.books import Wanted, entries
from nintei.payments.queries.names import names_of
from nintei.shared.rulebook import edition


def export(layout: Layout, wanted: Wanted) -> bytes:
    """The entries that meet `wanted`, oldest first, in a layout; its words are Japanese, as the programs want."""
    with translation.override("ja"):
        names = {account: layout.accounts.get(account.value, str(account.label)) for account in Account}
        return files.write(layout, _told(wanted), names)


def unwritable(wanted: Wanted) -> dict[str, list[str]]:
    """For each layout the characters that its encoding lacks; in the file they stand as code points."""
    text = "".join(entries(wanted).values_list("party", flat=True))
    found = {code: files.strangers(text, layout.encoding) for code, layout in LAYOUTS.items()}
    return {code: characters for code, characters in found.items() if characters}


def _told(wanted: Wanted) -> Iterator[Told]:
    rates = sorted({row.rate for row in edition(date.max).fees.taxes}, reverse=True)
    found = list(entries(wanted).order_by("booked_on", "pk"))
    names = names_of(entry.by for entry in found)
    return (_entry(entry, names, rates) for entry in found)


def _entry(entry: Entry, names: dict[str, str], rates: list[Fraction]) -> Told:
    postings = sorted(entry.postings.all(), key=lambda posting: posting.place)
    held = {account: abs(sum(p.amount for p in postings if p.account == account)) for account in Account}
    return Told(
        number=entry.pk,
        date=f"{entry.booked_on:%Y/%m/%d}",
        happened=f"{entry.happened_on:%Y/%m/%d}",
        kind=str(EntryKind(entry.kind).label),
        party=entry.party,
        by=names.get(entry.by, entry.by),
        rate=files.rate_of(held[Account.EARNED], held[Account.TAX], rates),
        postings=tuple((Account(p.account), p.amount, str(p.line_id or "")) for p in postings),
    )
