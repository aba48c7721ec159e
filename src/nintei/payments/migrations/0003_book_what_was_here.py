"""Book what was kept before there were books: lines, matches, undos and acceptances, each on its own day."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

from django.db import migrations

from nintei.payments.matching import plain
from nintei.shared.clock import JST


def book(apps: Any, _editor: Any) -> None:
    get = lambda name: apps.get_model("payments", name)  # noqa: E731
    book_lines(get)
    for match in get("Match").objects.select_related("fee__person").order_by("at"):
        book_match(get, match)


def book_lines(get: Any) -> None:
    for line in get("BankLine").objects.select_related("file").iterator():
        sides = [("bank", line.amount, line), ("suspense", -line.amount, line)]
        by, at = line.file.imported_by, line.file.imported_at
        party = unicodedata.normalize("NFKC", line.payer_name)
        enter(get, "came", f"line:{line.pk}", line.value_on, party, sides, None, by, at)


def book_match(get: Any, match: Any) -> None:
    fee, total = match.fee, match.base + match.tax
    party = fee.person.name or fee.kana
    parts = [(part.amount, part.line) for part in match.parts.select_related("line")]
    taken = [("suspense", yen, line) for yen, line in parts]
    sides = [*taken, ("advances", -total, None)]
    enter(get, "settled", f"match:{match.pk}", match.confirmed_on, party, sides, fee, match.by, match.at)
    undo = get("MatchUndo").objects.filter(match=match).first()
    if undo:
        back = [("advances", total, None), *(("suspense", -yen, line) for yen, line in parts)]
        on = undo.at.astimezone(JST).date()
        enter(get, "undone", f"undo:{undo.pk}", on, party, back, fee, undo.by, undo.at)
    elif fee.accepted_on:
        earned = [("advances", total, None), ("earned", -match.base, None), ("tax", -match.tax, None)]
        enter(get, "accepted", f"accepted:{fee.pk}", fee.accepted_on, party, earned, fee, match.by, match.at)


def enter(
    get: Any,
    kind: str,
    cause: str,
    on: date,
    party: str,
    sides: list[tuple[str, int, Any]],
    fee: Any,
    by: str,
    at: datetime,
) -> None:
    sides = [side for side in sides if side[1]]
    entry = get("Entry").objects.create(
        kind=kind,
        cause=cause,
        booked_on=on,
        happened_on=on,
        party=party[:200],
        party_key=plain(party)[:400],
        amount=sum(amount for _account, amount, _line in sides if amount > 0),
        size=len(sides),
        by=by,
        at=at,
    )
    get("Posting").objects.bulk_create(
        get("Posting")(entry=entry, place=place, account=account, amount=amount, line=line, fee=fee)
        for place, (account, amount, line) in enumerate(sides, 1)
    )


class Migration(migrations.Migration):

    dependencies = [("payments", "0002_books_refunds_receipts")]

    operations = [migrations.RunPython(book, migrations.RunPython.noop)]
