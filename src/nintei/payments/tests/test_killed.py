"""A server killed at every write of an import and of a settlement: nothing lost, nothing doubled (P1).

A child process does the work on a connection of its own and kills itself right after its n-th write, for
n = 1, 2, … until it comes through; before that every round must leave the database as it was.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection, connections

from nintei.journal.models import Leaf
from nintei.notices.models import Letter
from nintei.payments import actions, queries
from nintei.payments.actions import files, matches, refunds
from nintei.payments.models import (
    Account,
    BankFile,
    BankLine,
    Entry,
    Fee,
    Match,
    MatchPart,
    MatchUndo,
    Posting,
    Refund,
    RefundStep,
)
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.people.models import Person, Role
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = bank.statement(
    [Transfer("0123サトウ ハナコ"), Transfer("0456タナカ ケン", 10_560), Transfer("ハヤシ ケイコ")]
)
KEPT = (BankFile, BankLine, Match, MatchPart, MatchUndo, Entry, Posting, Refund, RefundStep, Leaf, Letter)


@pytest.fixture
def waiting() -> tuple[Person, Fee]:
    fee = ask_fee(somebody("sato", "サトウ ハナコ"), "2025000123", "サトウ ハナコ")
    ask_fee(somebody("tanaka", "タナカ ケン"), "2025000456", "タナカ ケン")
    return somebody("mori", "モリ ユミ", Role.ACCOUNTANT), fee


def kept() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in KEPT}


def killed_after(n: int, work: Callable[[], object]) -> bool:
    """Do `work` in a child that dies after its n-th write; False if it came through."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        left = [n]

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            result = execute(sql, *rest)
            left[0] -= sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        try:
            with connection.execute_wrapper(count):
                work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def killed_after_commit(work: Callable[[], object]) -> bool:
    """Do `work` in a child that dies before it can say that its transaction was committed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        connection.connect()
        work()
        os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def rounds(work: Callable[[], object], check: Callable[[], None]) -> int:
    """Kill after the first write, the second, …; after each the check; how many rounds until it came through."""
    n = 1
    while killed_after(n, work):
        check()
        n += 1
        assert n < 200
    return n


def bring() -> object:
    return actions.import_file(by="person:mori", content=CONTENT, name="x.txt", on=ON, at=AT)


def test_an_import_killed_at_any_write_leaves_nothing_and_comes_through_whole(
    waiting: tuple[Person, Fee],
) -> None:
    before = kept()

    def unchanged() -> None:
        assert kept() == before

    assert rounds(bring, unchanged) > 8
    after = kept()
    assert (after["BankFile"], after["BankLine"], after["Match"], after["Letter"]) == (1, 3, 1, 1)
    bring()
    assert kept() == after


def test_a_settlement_killed_at_any_write_leaves_the_fee_waiting_and_comes_through_once(
    waiting: tuple[Person, Fee],
) -> None:
    mori, fee = waiting
    actions.import_file(
        by="person:mori", content=bank.statement([Transfer("ハヤシ ケイコ")]), name="x.txt", on=ON, at=AT
    )
    line, before = BankLine.objects.get(), kept()

    def settle() -> object:
        how: dict[str, Any] = {"lines": [line], "fees": [fee], "reasons": [], "note": "電話", "at": AT}
        return actions.settle(by=mori.by, actor=mori, **how)

    def still_waits() -> None:
        assert (kept(), queries.is_settled(fee), queries.open_lines().get().left) == (before, False, 11_000)

    assert rounds(settle, still_waits) > 2
    assert (queries.is_settled(fee), queries.open_lines().count(), Match.objects.count()) == (True, 0, 1)


def test_without_its_transaction_a_killed_import_would_lose_lines(
    waiting: tuple[Person, Fee], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the file is known, so it is never read again, and its lines are gone."""
    monkeypatch.setattr(files, "till", nullcontext)
    assert killed_after(1, bring) is True
    assert (BankFile.objects.count(), BankLine.objects.count()) == (1, 0)
    bring()
    assert BankLine.objects.count() == 0


def test_without_its_transaction_a_killed_settlement_would_settle_with_nothing(
    waiting: tuple[Person, Fee], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control, without the deferred trigger too: it would speak at the end of each statement."""
    mori, fee = waiting
    actions.import_file(
        by="person:mori", content=bank.statement([Transfer("ハヤシ ケイコ")]), name="x.txt", on=ON, at=AT
    )
    line = BankLine.objects.get()
    monkeypatch.setattr(matches, "till", nullcontext)
    monkeypatch.setattr(Fee.objects, "select_for_update", Fee.objects.all)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payments_match DISABLE TRIGGER USER")
    try:
        how: dict[str, Any] = {"lines": [line], "fees": [fee], "reasons": [], "note": "電話", "at": AT}
        assert killed_after(2, lambda: actions.settle(by=mori.by, actor=mori, **how)) is True
        assert (queries.is_settled(fee), queries.open_lines().get().left) == (True, 11_000)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE payments_match ENABLE TRIGGER USER")


@pytest.fixture
def paid(waiting: tuple[Person, Fee]) -> Fee:
    content = bank.statement([Transfer("0123サトウ ハナコ")])
    actions.import_file(by="system", content=content, name="x", on=ON, at=AT)
    return waiting[1]


def test_a_withdrawal_killed_at_any_write_leaves_everything_as_it_was(paid: Fee) -> None:
    before = kept()

    def unchanged() -> None:
        assert (kept(), queries.is_settled(paid)) == (before, True)

    assert rounds(lambda: give_back(paid), unchanged) > 5
    assert Refund.objects.get().gross == 11_000
    assert queries.trial_balance().balance(Account.REFUNDS) == -11_000


def give_back(fee: Fee) -> object:
    return actions.refund_due(by="system", fee=fee, reason="x", at=AT)


def test_without_its_transaction_a_killed_withdrawal_would_leave_half_of_it(
    paid: Fee, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the fee waits again, and nobody is to be paid back."""
    monkeypatch.setattr(refunds, "till", nullcontext)
    monkeypatch.setattr(Fee.objects, "select_for_update", Fee.objects.all)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payments_matchundo DISABLE TRIGGER USER")
    try:
        assert killed_after(1, lambda: give_back(paid)) is True
        assert (queries.is_settled(paid), Refund.objects.count()) == (False, 0)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE payments_matchundo ENABLE TRIGGER USER")


def test_an_import_whose_answer_was_lost_is_there_once_when_it_is_brought_again(
    waiting: tuple[Person, Fee],
) -> None:
    assert killed_after_commit(bring) is True
    after = kept()
    assert (after["BankFile"], after["BankLine"], after["Match"]) == (1, 3, 1)
    bring()
    assert kept() == after
