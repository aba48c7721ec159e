"""Two imports at once, on real connections: one effect (P2), and proof that it is the guards that do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, connection

from nintei.payments import actions, queries, till
from nintei.payments.models import BankFile, BankLine, Fee, Match
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.people.models import Person, Role
from nintei.shared.refusals import Refused
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db(transaction=True)

SATO = Transfer("0123サトウ ハナコ")
UNKNOWN = Transfer("ハヤシ ケイコ", 5_500)

# Every import pauses after its first write, so that the two of them always meet.
SLOW = """
CREATE OR REPLACE FUNCTION slow() RETURNS trigger AS
    $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE TRIGGER slow BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION slow();
"""


@contextmanager
def slow(table: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(SLOW.format(table=table))
        try:
            yield
        finally:
            cursor.execute(f"DROP TRIGGER slow ON {table}; DROP FUNCTION slow();")


@contextmanager
def without_till(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(till, "take", lambda: None)
        yield


@contextmanager
def without_line_constraint() -> Iterator[None]:
    once = next(c for c in BankLine._meta.constraints if c.name == "payments_line_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(BankLine, once)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE payments_bankline CASCADE")
        with connection.schema_editor() as editor:
            editor.add_constraint(BankLine, once)


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run tasks in threads that start together; what each returned or raised."""
    barrier = Barrier(len(tasks))
    results: list[Any] = [None] * len(tasks)

    def run(place: int, task: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[place] = task()
        except (IntegrityError, Refused) as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def bring(transfers: Sequence[Transfer], ends: bytes = b"\r\n") -> Callable[[], actions.Imported]:
    content = bank.statement(transfers, ends=ends)
    return lambda: actions.import_file(by="person:mori", content=content, name="x", on=ON, at=AT)


@pytest.fixture
def fee() -> Fee:
    return ask_fee(somebody("sato", "サトウ ハナコ"), "2025000123", "サトウ ハナコ")


def counts() -> tuple[int, int, int]:
    return BankFile.objects.count(), BankLine.objects.count(), Match.objects.count()


def test_the_same_file_imported_four_times_at_once_has_one_effect(fee: Fee) -> None:
    with slow("payments_bankfile"):
        results = at_once(*[bring([SATO, UNKNOWN])] * 4)
    assert sorted(done.again for done in results) == [False, True, True, True]
    assert counts() == (1, 2, 1)


def test_overlapping_files_imported_at_once_bring_every_line_once(fee: Fee) -> None:
    with slow("payments_bankfile"):
        results = at_once(bring([SATO, UNKNOWN]), bring([SATO, UNKNOWN], ends=b"\n"))
    assert sorted(len(done.new) for done in results) == [0, 2]
    assert counts() == (2, 2, 1)


def test_without_the_till_the_database_still_refuses_the_second(
    fee: Fee, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_till(monkeypatch), slow("payments_bankfile"):
        results = at_once(bring([UNKNOWN]), bring([UNKNOWN], ends=b"\n"))
    assert sorted(type(done).__name__ for done in results) == ["Imported", "IntegrityError"]
    assert counts() == (1, 1, 0)


def test_without_both_guards_the_same_line_would_be_there_twice(
    fee: Fee, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_line_constraint(), without_till(monkeypatch), slow("payments_bankfile"):
        at_once(bring([UNKNOWN]), bring([UNKNOWN], ends=b"\n"))
        assert counts() == (2, 2, 0)


def settle(mori: Person, line: BankLine, fee: Fee) -> Callable[[], list[Match]]:
    return lambda: actions.settle(
        by=mori.by, actor=mori, lines=[line], fees=[fee], reasons=[], note="電話で確認", at=AT
    )


@pytest.fixture
def two_lines(fee: Fee) -> tuple[Person, BankLine, BankLine]:
    mori = somebody("mori", "モリ", Role.ACCOUNTANT)
    first, second = bring([Transfer("ハヤシ ケイコ"), Transfer("ミズノ")])().new
    return mori, first, second


def test_two_hands_at_once_settle_a_fee_once(fee: Fee, two_lines: tuple[Person, BankLine, BankLine]) -> None:
    mori, first, second = two_lines
    with slow("payments_match"):
        results = at_once(settle(mori, first, fee), settle(mori, second, fee))
    assert [r.code for r in results if isinstance(r, Refused)] == ["payments.fee_already_settled"]
    assert Match.objects.count() == 1


def test_without_both_guards_a_fee_would_be_settled_twice(
    fee: Fee, two_lines: tuple[Person, BankLine, BankLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    mori, first, second = two_lines
    unguarded = pgtrigger.ignore("payments.Match:one_stands")
    tasks = [unguarded(settle(mori, line, fee)) for line in (first, second)]
    monkeypatch.setattr(Fee.objects, "select_for_update", Fee.objects.all)
    with without_till(monkeypatch), slow("payments_match"):
        at_once(*tasks)
    assert (Match.objects.count(), queries.is_settled(fee)) == (2, True)
