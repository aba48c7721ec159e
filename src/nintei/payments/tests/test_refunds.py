"""Money that goes back: by two people, less the bank's charge, before 受理 only, and all in the books."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError

from nintei.journal.models import Body
from nintei.payments import actions, queries
from nintei.payments.models import Approval, BankLine, Fee, MatchUndo, Refund, RefundPart
from nintei.payments.tests.conftest import AT, ON, somebody
from nintei.payments.tests.deeds import SATO, balances, bring, refused, settle
from nintei.payments.tests.test_guards import database_refuses
from nintei.people.models import Person, Role
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


def due(fee: Fee) -> Refund | None:
    return actions.refund_due(by=fee.person.by, fee=fee, reason="申請の取下げ", at=AT)


def of_line(mori: Person, line: BankLine, amount: int, **more: Any) -> Refund:
    told: dict[str, Any] = {"payee": "ハヤシ ケイコ", "reason": "持ち主がわからない"}
    return actions.refund_line(by=mori.by, actor=mori, line=line, amount=amount, at=AT, **told | more)


def ask(mori: Person, refund: Refund, charge: int = 660) -> Approval:
    where = "みずほ銀行 渋谷支店 普通 1234567"
    return actions.ask_refund(
        by=mori.by, actor=mori, refund=refund, charge=charge, send_to=where, reason="", at=AT
    )


def decide(actor: Person, approval: Approval, *, granted: bool = True) -> Approval:
    return actions.decide(by=actor.by, actor=actor, approval=approval, granted=granted, at=AT)


def pay(mori: Person, refund: Refund, on: date = ON, at: datetime = AT) -> Refund:
    return actions.mark_refund_paid(by=mori.by, actor=mori, refund=refund, on=on, at=at)


def test_a_withdrawal_before_payment_only_cancels_the_fee(fee: Fee) -> None:
    assert due(fee) is None
    fee.refresh_from_db()
    assert (fee.cancelled_at, balances()) == (AT, {})


def test_a_withdrawal_before_acceptance_makes_the_paid_fee_due_to_the_payer(fee: Fee) -> None:
    bring(SATO)
    refund = due(fee)
    assert refund is not None
    assert (refund.gross, refund.payee, refund.state, refund.fee) == (11_000, "sato", "due", fee)
    assert balances() == {"bank": 11_000, "refunds": -11_000}
    assert (queries.is_settled(fee), list(queries.open_lines())) == (False, [])
    fee.refresh_from_db()
    assert fee.cancelled_at == AT


def test_after_acceptance_nothing_of_the_fee_goes_back(fee: Fee) -> None:
    bring(SATO)
    fee = actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    with refused("kept_after_acceptance"):
        due(fee)
    assert balances() == {"bank": 11_000, "earned": -10_000, "tax": -1_000}


def test_one_asks_another_approves_and_the_bank_pays_less_its_charge(
    fee: Fee, mori: Person, kato: Person
) -> None:
    bring(SATO)
    refund = due(fee)
    assert refund is not None
    asked = ask(mori, refund)
    assert asked.data == {
        "gross": 11_000,
        "charge": 660,
        "net": 10_340,
        "send_to": "みずほ銀行 渋谷支店 普通 1234567",
    }
    decide(kato, asked)
    refund.refresh_from_db()
    assert (refund.state, refund.rule, balances()) == (
        "approved",
        "AMB-F3",
        {"bank": 11_000, "refunds": -11_000},
    )
    later = AT + timedelta(3)
    pay(mori, refund, ON + timedelta(2), later)
    assert balances() == {}
    entry = queries.entries()[0]
    assert (entry.kind, entry.booked_on, entry.amount) == ("refund_paid", ON + timedelta(2), 11_000)
    verbs = list(Body.objects.filter(subject=fee.reference).values_list("verb", flat=True))
    assert [verb for verb in verbs if "refund" in verb] == [
        "payments.refund_due",
        "payments.refund_approved",
        "payments.refund_paid",
    ]


def test_nobody_approves_what_they_asked_or_what_goes_to_themselves(fee: Fee, mori: Person) -> None:
    bring(SATO)
    refund = due(fee)
    assert refund is not None
    asked = ask(mori, refund)
    own = somebody("own", "", Role.ACCOUNTANT)
    for second in (mori, somebody("nobody")):
        with refused("second_not_entitled"):
            decide(second, asked)
    line = bring(Transfer("ハヤシ", 100)).new[0]
    with refused("own_refund"):
        of_line(own, line, 100, person=own)
    theirs = ask(mori, of_line(mori, line, 100, person=own), charge=0)
    with refused("second_not_entitled"):
        decide(own, theirs)


def test_the_database_wants_two_people_for_a_refund(fee: Fee, mori: Person, kato: Person) -> None:
    bring(SATO)
    refund = due(fee)
    assert refund is not None
    with database_refuses(IntegrityError):
        Refund.objects.filter(pk=refund.pk).update(state="approved", net=1, charge=0)
    asked = ask(mori, refund)
    with database_refuses(IntegrityError):
        Refund.objects.filter(pk=refund.pk).update(state="approved")
    with database_refuses(IntegrityError):
        Approval.objects.filter(pk=asked.pk).update(granted=True, decided_by=mori.by, decided_at=AT)
    decide(kato, asked)
    with database_refuses(IntegrityError):
        Refund.objects.filter(pk=refund.pk).update(net=11_000, charge=0)
    with database_refuses(IntegrityError):
        Approval.objects.filter(pk=asked.pk).update(decided_by="person:other")
    with database_refuses(DatabaseError):
        Refund.objects.filter(pk=refund.pk).update(state="due")


def test_a_refusal_leaves_the_refund_due_and_it_can_be_asked_again(
    fee: Fee, mori: Person, kato: Person
) -> None:
    bring(SATO)
    refund = due(fee)
    assert refund is not None
    decide(kato, ask(mori, refund), granted=False)
    refund.refresh_from_db()
    assert refund.state == "due"
    with refused("refund_not_approved"):
        pay(mori, refund)
    decide(kato, ask(mori, refund, charge=440))
    refund.refresh_from_db()
    assert (refund.state, refund.net) == ("approved", 10_560)


def test_whoever_asked_may_take_the_question_back_but_only_once(fee: Fee, mori: Person) -> None:
    bring(SATO)
    refund = due(fee)
    assert refund is not None
    asked = ask(mori, refund)
    with refused("asked_already"):
        ask(mori, refund)
    with refused("approval_open"):
        actions.drop_refund(by=mori.by, actor=mori, refund=refund, reason="x", at=AT)
    decide(mori, asked, granted=False)
    with refused("decided_already"):
        decide(mori, asked, granted=False)


def test_an_overpayment_goes_back_and_the_fee_stays_settled(fee: Fee, mori: Person, kato: Person) -> None:
    (line,) = bring(Transfer("0123サトウ ハナコ", 15_000)).new
    settle(mori, line, fee)
    with refused("line_used_up"):
        of_line(mori, line, 4_001)
    refund = of_line(mori, line, 4_000, payee="佐藤 花子", person=fee.person)
    decide(kato, ask(mori, refund))
    pay(mori, refund)
    assert balances() == {"bank": 11_000, "advances": -11_000}
    assert queries.is_settled(fee)


def test_a_dropped_refund_leaves_its_money_open(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 5_500)).new
    refund = of_line(mori, line, 5_500)
    assert balances() == {"bank": 5_500, "refunds": -5_500}
    actions.drop_refund(by=mori.by, actor=mori, refund=refund, reason="本人から連絡", at=AT)
    assert balances() == {"bank": 5_500, "suspense": -5_500}
    assert [x.left for x in queries.suspense()] == [5_500]
    with refused("refund_gone"):
        actions.drop_refund(by=mori.by, actor=mori, refund=refund, reason="x", at=AT)


def test_a_payment_marked_by_mistake_is_reversed_by_a_later_entry(mori: Person, kato: Person) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 5_500)).new
    refund = of_line(mori, line, 5_500)
    decide(kato, ask(mori, refund))
    pay(mori, refund)
    actions.correct_refund(by=mori.by, actor=mori, refund=refund, reason="別の返金でした", at=AT)
    assert balances() == {"bank": 5_500, "refunds": -5_500}
    assert [entry.kind for entry in queries.entries()][:2] == ["refund_corrected", "refund_paid"]


@pytest.mark.parametrize("day", [ON - timedelta(1), ON + timedelta(1)])
def test_it_refuses_a_day_of_payment_that_cannot_be(mori: Person, kato: Person, day: date) -> None:
    refund = of_line(mori, bring(Transfer("ハヤシ", 100)).new[0], 100)
    decide(kato, ask(mori, refund, charge=0))
    with refused("paid_on_wrong_day"):
        pay(mori, refund, day)


def test_it_refuses_a_refund_of_which_nothing_is_left(mori: Person) -> None:
    refund = of_line(mori, bring(Transfer("ハヤシ", 500)).new[0], 500)
    with refused("nothing_to_refund"):
        ask(mori, refund, charge=660)


def test_the_database_keeps_refunds_and_matches_together_within_a_line(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("ハヤシ", 11_500)).new
    refund = of_line(mori, line, 600)
    with refused("short"):
        settle(mori, line, fee)
    with database_refuses(IntegrityError):
        RefundPart.objects.create(refund=refund, line=line, amount=11_000)


def test_undo_after_acceptance_is_asked_by_one_and_done_by_another(
    fee: Fee, mori: Person, kato: Person
) -> None:
    (match,) = bring(SATO).settled
    actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    match.refresh_from_db()
    asked = actions.ask_undo(by=mori.by, actor=mori, match=match, reason="同姓同名の別の方", at=AT)
    with refused("second_not_entitled"):
        decide(mori, asked)
    assert queries.is_settled(fee)
    decide(kato, asked)
    assert not queries.is_settled(fee)
    undo = MatchUndo.objects.get()
    assert (undo.match, undo.by, undo.second, undo.reason) == (match, mori.by, kato.by, "同姓同名の別の方")


def test_the_account_is_confirmed_by_two_people_for_what_is_told_today(mori: Person, kato: Person) -> None:
    assert queries.account_confirmed(ON) is None
    asked = actions.ask_account(by=mori.by, actor=mori, reason="通帳と比べた", at=AT)
    assert asked.data["number"] == "3176131"
    with refused("second_not_entitled"):
        decide(mori, asked)
    decide(kato, asked)
    confirmed = queries.account_confirmed(ON)
    assert confirmed is not None
    assert (confirmed.by, confirmed.decided_by) == (mori.by, kato.by)
