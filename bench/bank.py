"""A bank month through the database: preview, import and pages with thousands of lines, on one core.

Beside it as floors: reading the file alone, and writing the same number of lines without matching or books.
LINES sets the size (5,000); of a hundred lines 95 settle, three are short and two are nobody's.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from nintei.site import postgres

LINES = int(os.environ.get("LINES", "5000"))
ON = date(2026, 1, 20)


def main() -> None:
    """A throw-away cluster, the tables, the measurements."""
    with ExitStack() as stack:
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away()).url
        os.environ["NINTEI_VAR"] = stack.enter_context(tempfile.TemporaryDirectory())
        import django

        os.environ.setdefault("NINTEI_SECRET_KEY", "bench")
        os.environ["DJANGO_SETTINGS_MODULE"] = "nintei.site.tests.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure()


def fees() -> list[Any]:
    """So many people who wait, each with a number and a name of their own."""
    from nintei.payments.models import Fee
    from nintei.payments.tests import months
    from nintei.people.models import Person
    from nintei.shared.clock import JST

    at, maker = datetime(2026, 1, 10, 10, tzinfo=JST), months.Maker(7, months.MIX)
    told = [maker.applicant() for _ in range(LINES)]
    people = Person.objects.bulk_create(
        Person(email=f"p{n}@example.jp", name=each.kana, kana=each.kana) for n, each in enumerate(told)
    )
    fixed: dict[str, Any] = {"kind": "first", "qualification": "OMP", "base": 10_000, "tax": 1_000}
    fixed |= {"total": 11_000, "priced_on": date(2026, 1, 10), "edition": "x", "opened_at": at}
    return Fee.objects.bulk_create(
        Fee(person=who, reference=f"bench:{uuid4()}", pass_number=each.number, kana=each.kana, **fixed)
        for who, each in zip(people, told, strict=True)
    )


def statement(waiting: list[Any]) -> bytes:
    """The month's file."""
    from nintei.payments import queries
    from nintei.site.demo import bank

    lines = []
    for n, fee in enumerate(waiting):
        kind = n % 100
        payer = queries.payer_name_to_write(fee) if kind < 98 else f"ハヤシ{n}"
        lines.append(bank.Transfer(payer, 11_000 if kind < 95 else 10_560, date(2026, 1, 5 + n % 15)))
    return bank.statement(lines)


def measure() -> None:
    """Print the figures."""
    from nintei.payments import actions, queries, statements
    from nintei.payments.models import BankFile, BankLine, Entry
    from nintei.shared.clock import JST

    at, waiting = datetime(2026, 1, 20, 14, tzinfo=JST), fees()
    content = statement(waiting)
    floor = took(lambda: statements.read(content, on=ON, account="3176131"))
    seen = took(lambda: queries.preview_file(content=content, on=ON))
    print(f"bank preview ({LINES:,} lines × {LINES:,} fees): ours {seen:.2f} s  reading alone {floor:.2f} s")
    done: list[Any] = []
    whole = took(
        lambda: done.append(actions.import_file(by="system", content=content, name="x.txt", on=ON, at=at))
    )
    settled = len(done[0].settled)
    print(
        f"bank import ({LINES:,} lines, {settled:,} settled): ours {whole:.1f} s, {1000 * whole / LINES:.1f} ms a line"
    )
    again = took(lambda: actions.import_file(by="system", content=content, name="x.txt", on=ON, at=at))
    sheet = queries.trial_balance()
    assert sheet.debit == sheet.credit
    counts = (BankFile.objects.count(), BankLine.objects.count(), Entry.objects.count())
    print(
        f"bank import again: {again:.2f} s; files, lines, entries {counts}; trial balance {sheet.debit - sheet.credit}"
    )
    pages()


def pages() -> None:
    """Each page an accountant opens on such a day: seconds and queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from nintei.payments.models import BankLine
    from nintei.people.models import Person, Role, RoleGrant

    setup_test_environment()
    client = Client()
    mori = Person.objects.create_user("mori@example.jp", name="森", kana="モリ")
    RoleGrant.objects.create(person=mori, role=Role.ACCOUNTANT, from_on=date(2026, 1, 1))
    client.force_login(mori)
    line = BankLine.objects.filter(payer_name__contains="ﾊﾔｼ").first()
    assert line is not None
    base = "/office/payments"
    for path in (
        "",
        "?settled=50",
        "?q=ﾊﾔｼ",
        f"/lines/{line.pk}",
        "/open",
        "/books",
        "/books/entries",
        "/receipts",
    ):
        assert client.get(base + path).status_code == 200
        with CaptureQueriesContext(
            connection,
        ) as asked:
            spent = took(lambda path=path: client.get(base + path))
        print(f"bank page {base}{path}: {1000 * spent:.0f} ms, {len(asked)} queries")


def took(work: Callable[[], object]) -> float:
    """Seconds of the clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
