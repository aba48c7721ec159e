"""Double entry: what each event posts, that it always balances, and that a closed day stays closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import F, Sum

from nintei.payments import actions, queries
from nintei.payments.models import Account, BankLine, Close, Entry, Fee, Match, Posting
from nintei.payments.queries.books import Wanted
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.payments.tests.deeds import SATO, balances, bring, refused, settle
from nintei.payments.tests.test_guards import database_refuses
from nintei.people.models import Person
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


def accept(fee: Fee, on: date = ON) -> Fee:
    return actions.mark_accepted(by="system", fee=fee, on=on, at=AT + (on - ON))


def test_an_unpaid_fee_is_not_in_the_books(fee: Fee) -> None:
    assert (Entry.objects.count(), balances()) == (0, {})


def test_money_that_came_in_is_nobodys_on_its_value_date(fee: Fee) -> None:
    bring(Transfer("ハヤシ ケイコ", 5_500, date(2026, 1, 16)))
    (entry,) = queries.entries()
    assert (entry.kind, entry.booked_on, entry.party, entry.amount) == (
        "came",
        date(2026, 1, 16),
        "ハヤシ ケイコ",
        5_500,
    )
    assert balances() == {"bank": 5_500, "suspense": -5_500}


def test_a_settled_fee_is_an_advance_until_it_is_accepted_and_then_income_and_tax(fee: Fee) -> None:
    bring(SATO)
    assert balances() == {"bank": 11_000, "advances": -11_000}
    accept(fee)
    assert balances() == {"bank": 11_000, "earned": -10_000, "tax": -1_000}
    assert [entry.kind for entry in queries.entries()] == ["accepted", "settled", "came"]


def test_what_was_paid_too_much_stays_in_suspense(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("0123サトウ ハナコ", 15_000)).new
    settle(mori, line, fee)
    assert balances() == {"bank": 15_000, "advances": -11_000, "suspense": -4_000}
    assert [(x.pk, x.left) for x in queries.suspense()] == [(line.pk, 4_000)]


def test_an_undo_before_acceptance_reverses_the_settling(fee: Fee, mori: Person) -> None:
    (match,) = bring(SATO).settled
    actions.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=AT)
    assert balances() == {"bank": 11_000, "suspense": -11_000}


def test_an_undo_after_acceptance_leaves_the_fee_owed_and_its_income_booked(
    fee: Fee, mori: Person, kato: Person
) -> None:
    done = bring(SATO)
    accept(fee)
    match = Match.objects.get()
    actions.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=AT, second=kato)
    owed = {"bank": 11_000, "suspense": -11_000, "receivable": 11_000, "earned": -10_000, "tax": -1_000}
    assert balances() == owed
    fee.refresh_from_db()
    assert fee.accepted_on == ON
    settle(mori, done.new[0], fee)
    assert balances() == {"bank": 11_000, "earned": -10_000, "tax": -1_000}


def test_a_later_payment_at_another_price_corrects_income_and_tax() -> None:
    from nintei.payments.books.postings import Price, settled

    sides = settled({7: 11_200}, Price(10_000, 1_200), Price(10_000, 1_000))
    assert [(side.account.value, side.amount, side.line) for side in sides] == [
        ("suspense", 11_200, 7),
        ("receivable", -11_000, None),
        ("tax", -200, None),
    ]


@pytest.mark.parametrize("model", [Entry, Posting])
def test_nothing_in_the_books_is_edited_or_deleted(fee: Fee, model: Any) -> None:
    bring(SATO)
    row = model.objects.earliest("pk")
    for act in (row.save, lambda: model.objects.filter(pk=row.pk)._raw_delete("default")):
        with database_refuses(DatabaseError):
            act()


def _entry(**more: Any) -> Entry:
    told = {"kind": "came", "cause": "x", "booked_on": ON, "happened_on": ON, "amount": 5, "size": 2}
    return Entry.objects.create(**told | {"by": "x", "at": AT} | more)


def test_the_database_refuses_an_entry_that_does_not_balance(db: None) -> None:
    with database_refuses(IntegrityError):
        entry = _entry()
        Posting.objects.create(entry=entry, place=1, account="bank", amount=5)
        Posting.objects.create(entry=entry, place=2, account="suspense", amount=-4)
        connection.check_constraints()


def test_the_database_refuses_an_entry_without_its_postings(db: None) -> None:
    with database_refuses(IntegrityError):
        _entry()
        connection.check_constraints()


def test_the_database_refuses_a_posting_to_an_entry_that_is_complete(fee: Fee) -> None:
    bring(SATO)
    entry = Entry.objects.earliest("pk")
    for place in (1, 3):
        with database_refuses(IntegrityError):
            Posting.objects.create(entry=entry, place=place, account="bank", amount=1)


def test_the_database_refuses_a_line_that_is_not_in_the_books(fee: Fee) -> None:
    (line,) = bring(SATO).new
    fields = {"file": line.file, "row": 9, "account": "1", "value_on": ON, "amount": 1, "payer_key": "x"}
    with database_refuses(IntegrityError):
        BankLine.objects.create(**fields, ordinal=1, raw={})
        connection.check_constraints()


def test_the_database_refuses_an_acceptance_that_is_not_in_the_books_and_a_second_one(fee: Fee) -> None:
    bring(SATO)
    with database_refuses(IntegrityError):
        Fee.objects.filter(pk=fee.pk).update(accepted_on=ON)
        connection.check_constraints()
    accept(fee)
    with database_refuses(DatabaseError):
        Fee.objects.filter(pk=fee.pk).update(accepted_on=None)


def close(mori: Person, through: date, kind: Close.Kind = Close.Kind.DAY) -> Close:
    return actions.close(by=mori.by, actor=mori, kind=kind, through=through, at=AT)


def test_a_closed_day_takes_no_entries_and_later_news_of_it_goes_to_the_next_day(
    fee: Fee, mori: Person
) -> None:
    bring(Transfer("ハヤシ", 100, date(2026, 1, 15)))
    closed = close(mori, date(2026, 1, 16))
    assert closed.balances["bank"] == 100
    bring(Transfer("ミズノ", 200, date(2026, 1, 15)))
    entry = Entry.objects.latest("pk")
    assert (entry.happened_on, entry.booked_on) == (date(2026, 1, 15), date(2026, 1, 17))
    with database_refuses(IntegrityError):
        _entry(booked_on=date(2026, 1, 16), happened_on=date(2026, 1, 16))


def test_a_month_is_closed_through_its_last_day_and_never_opened_again(mori: Person) -> None:
    closed = close(mori, date(2025, 12, 3), Close.Kind.MONTH)
    assert closed.through == date(2025, 12, 31)
    with refused("closed_already"):
        close(mori, date(2025, 12, 31))
    with database_refuses(DatabaseError):
        closed.delete()
    with database_refuses(IntegrityError):
        Close.objects.create(kind="day", through=date(2025, 12, 30), balances={}, by="x", at=AT)


def test_it_refuses_to_close_tomorrow_and_lets_only_an_accountant_close(mori: Person, kato: Person) -> None:
    with refused("close_in_future"):
        close(mori, ON + timedelta(1))
    with refused("close_in_future"):
        close(mori, ON, Close.Kind.MONTH)
    with refused("not_accountant"):
        actions.close(by=kato.by, actor=kato, kind=Close.Kind.DAY, through=ON, at=AT)


def test_entries_are_found_by_day_amount_and_payer_and_by_any_two(fee: Fee) -> None:
    bring(SATO, Transfer("ハヤシ ケイコ", 5_500, date(2026, 1, 16)), Transfer("ハヤシ ケイコ", 700))
    find = lambda **wanted: [entry.amount for entry in queries.entries(Wanted(**wanted))]  # noqa: E731
    assert find(since=date(2026, 1, 16), until=date(2026, 1, 19)) == [5_500]
    assert find(least=600, most=5_500) == [5_500, 700]
    assert find(party="はやし") == [5_500, 700]
    assert find(party="ハヤシ", most=1_000) == [700]
    assert find(party="ハヤシ", until=date(2026, 1, 15)) == [700]
    assert find(since=date(2026, 1, 16), least=5_000, kind="came") == [5_500]
    assert find(account="advances") == [11_000]


def test_the_trial_balance_is_one_query_and_both_sides_are_equal(
    fee: Fee, django_assert_num_queries: Any
) -> None:
    bring(SATO, Transfer("ハヤシ", 700))
    with django_assert_num_queries(1):
        sheet = queries.trial_balance()
    assert (sheet.debit, sheet.credit) == (22_700, 22_700)
    assert sheet.debit_balance == sheet.credit_balance == 11_700
    assert sheet.balance(Account.BANK) == BankLine.objects.aggregate(yen=Sum(F("amount")))["yen"]


def test_several_fees_from_one_transfer_take_their_own_parts(fee: Fee, sato: Person, mori: Person) -> None:
    other = ask_fee(sato, "2025000777", "サトウ ハナコ")
    (line,) = bring(Transfer("サトウ ハナコ", 22_000)).new
    settle(mori, line, fee, other)
    assert balances() == {"bank": 22_000, "advances": -22_000}
    assert Entry.objects.filter(kind="settled").count() == 2
