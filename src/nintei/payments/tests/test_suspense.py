"""Money of nobody: moved by two people with a reason, in the books, and put back when its owner appears."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from nintei.journal.models import Body
from nintei.payments import actions, queries
from nintei.payments.models import Account, Approval, BankLine, Fee, WriteOff, WriteOffUndo
from nintei.payments.tests.conftest import AT, ask_fee, somebody
from nintei.payments.tests.deeds import balances, bring, refused, settle
from nintei.people.models import Person, Role
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=400)


@pytest.fixture
def line(db: None) -> BankLine:
    return bring(Transfer("ハヤシ ケイコ", 5_500)).new[0]


def ask(mori: Person, line: BankLine, **more: Any) -> Approval:
    how: dict[str, Any] = {"account": Account.MISC, "reason": "一年たっても問い合わせがない", "at": AT}
    return actions.ask_write_off(by=mori.by, actor=mori, line=line, **(how | more))


def decide(who: Person, asked: Approval, *, granted: bool = True) -> Approval:
    return actions.decide(by=who.by, actor=who, approval=asked, granted=granted, at=AT)


def gone(mori: Person, kato: Person, line: BankLine, **more: Any) -> WriteOff:
    decide(kato, ask(mori, line, **more))
    return WriteOff.objects.get()


def test_asking_moves_nothing_and_keeps_how_long_it_has_waited(mori: Person, line: BankLine) -> None:
    asked = ask(mori, line, at=LATER)
    assert (asked.data["yen"], asked.data["days"], asked.data["account"]) == (5_500, 405, "misc")
    assert balances() == {"bank": 5_500, "suspense": -5_500}


@pytest.mark.parametrize("account", [Account.MISC, Account.ELSEWHERE])
def test_a_second_persons_yes_moves_it_in_the_books(
    mori: Person, kato: Person, line: BankLine, account: Account
) -> None:
    moved = gone(mori, kato, line, account=account)
    assert (moved.by, moved.second, moved.reason) == (mori.by, kato.by, "一年たっても問い合わせがない")
    assert balances() == {"bank": 5_500, account.value: -5_500}
    assert queries.open_lines().count() == 0
    assert [view.line for view in queries.lanes(line.file, on=AT.date()).settled.views] == [line]
    verbs = list(Body.objects.order_by("leaf").values_list("verb", flat=True))
    assert verbs == [
        "payments.import_file", "payments.ask_approval", "payments.write_off", "payments.decide_approval",
    ]  # fmt: skip


def test_nobody_agrees_with_themselves_and_a_no_moves_nothing(
    mori: Person, kato: Person, tanaka: Person, line: BankLine
) -> None:
    asked = ask(mori, line)
    for who in (mori, tanaka):
        with refused("second_not_entitled"):
            decide(who, asked)
    decide(kato, asked, granted=False)
    assert (WriteOff.objects.count(), queries.open_lines().get()) == (0, line)


def test_it_refuses_others_no_reason_no_such_account_and_to_be_asked_twice(
    mori: Person, kato: Person, line: BankLine
) -> None:
    with refused("not_accountant"):
        ask(kato, line)
    with refused("reason_needed"):
        ask(mori, line, reason=" ")
    with refused("account_needed"):
        ask(mori, line, account=Account.EARNED)
    ask(mori, line)
    with refused("asked_already"):
        ask(mori, line)


def test_it_refuses_where_the_money_found_its_owner_meanwhile(
    mori: Person, kato: Person, tanaka: Person
) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 11_000)).new
    asked = ask(mori, line)
    settle(mori, line, ask_fee(tanaka, "2025000456", "タナカ ケン"))
    with refused("line_used_up"):
        decide(kato, asked)
    with refused("line_used_up"):
        ask(mori, line, at=LATER)
    assert WriteOff.objects.count() == 0


def test_when_its_owner_appears_two_people_put_it_back_and_it_can_pay(
    fee: Fee, mori: Person, kato: Person
) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 11_000)).new
    moved = gone(mori, kato, line)
    with refused("line_used_up"):
        settle(mori, line, fee)
    asked = actions.ask_restore(by=mori.by, actor=mori, write_off=moved, reason="電話があった", at=LATER)
    with refused("second_not_entitled"):
        decide(mori, asked)
    decide(kato, asked)
    assert (WriteOffUndo.objects.count(), balances()) == (1, {"bank": 11_000, "suspense": -11_000})
    settle(mori, line, fee)
    assert queries.is_settled(fee)
    with refused("restored_already"):
        actions.ask_restore(by=mori.by, actor=mori, write_off=moved, reason="もう一度", at=LATER)


def test_what_is_left_of_a_line_can_be_moved_and_no_yen_more(fee: Fee, mori: Person, kato: Person) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 11_300)).new
    settle(mori, line, fee)
    assert gone(mori, kato, line).amount == 300
    assert balances() == {"bank": 11_300, "advances": -11_000, "misc": -300}


def test_the_database_wants_two_hands_an_entry_and_no_more_than_the_line(
    mori: Person, kato: Person, line: BankLine
) -> None:
    said: dict[str, Any] = {"account": "misc", "reason": "x", "at": AT, "by": mori.by}
    alone = {"second": mori.by, "amount": 1, **said}
    for wrong, words in (
        (alone, "two people|payments_write_off_by_two"),
        ({"second": kato.by, "amount": 1, **said}, "two people"),
        ({"second": kato.by, "amount": 5_501, **said}, "two people|does not hold that much"),
    ):
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            WriteOff.objects.create(line=line, **wrong)
    gone(mori, kato, line)
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        WriteOff.objects.update(reason="y")
    with pytest.raises(IntegrityError, match="does not hold that much"), transaction.atomic():
        WriteOff.objects.create(line=line, second=kato.by, amount=1, **said)


def test_by_the_pages_a_question_names_age_and_books_and_the_second_person_answers(
    mori: Person, kato: Person, line: BankLine, client: Client
) -> None:
    once = iter(f"once-{n:020}" for n in range(9))
    client.force_login(mori)
    page = f"/office/payments/lines/{line.pk}"
    assert "持ち主のわからないお金として処理する" in client.get(page).content.decode()
    assert client.post(f"{page}/write-off", {"once": next(once), "reason": "x"}).status_code == 422
    said = {"once": next(once), "reason": "問い合わせなし", "account": "misc"}
    assert client.post(f"{page}/write-off", said)["Location"] == "/office/payments/refunds"
    other = Client()
    other.force_login(kato)
    shown = other.get("/office/payments/refunds").content.decode()
    assert ("問い合わせなし" in shown, "雑収入" in shown, "5,500円" in shown) == (True, True, True)
    asked = Approval.objects.get()
    other.post(f"/office/payments/approvals/{asked.pk}", {"once": next(once), "answer": "yes"})
    moved = WriteOff.objects.get()
    assert f"/write-offs/{moved.pk}/restore" in client.get(page).content.decode()
    said = {"once": next(once), "reason": "持ち主から電話"}
    client.post(f"/office/payments/write-offs/{moved.pk}/restore", said)
    back = Approval.objects.get(granted=None)
    assert "仮受金に戻す" in other.get("/office/payments/refunds").content.decode()
    other.post(f"/office/payments/approvals/{back.pk}", {"once": next(once), "answer": "yes"})
    assert queries.open_lines().get() == line


def test_an_accountant_may_be_the_second_for_another(mori: Person, line: BankLine) -> None:
    other = somebody("mori2", "モリ", Role.ACCOUNTANT)
    decide(other, ask(mori, line))
    assert balances() == {"bank": 5_500, "misc": -5_500}
