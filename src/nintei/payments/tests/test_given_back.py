"""A fee that goes back after 受理, where the rulebook says so: the match is undone, what was earned is given up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection

from nintei.payments import actions, queries
from nintei.payments.books import files
from nintei.payments.models import Close, Entry, Fee, Match, Receipt, Refund
from nintei.payments.queries.books import Wanted
from nintei.payments.tests.conftest import AT, ON
from nintei.payments.tests.deeds import SATO, balances, bring, generous_rulebook, lanes_of, refused, settle
from nintei.payments.tests.test_guards import database_refuses
from nintei.payments.tests.test_refunds import ask, decide, due, pay
from nintei.people.models import Person
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generous_rulebook(tmp_path_factory.mktemp("shelf"), 500)


@pytest.fixture
def generous(rulebook: Path, settings: Any) -> None:
    settings.RULEBOOK = str(rulebook)


@pytest.fixture
def accepted(generous: None, fee: Fee) -> Fee:
    bring(SATO)
    return actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)


def test_what_is_kept_hangs_on_acceptance_and_on_the_edition_in_force(accepted: Fee, settings: Any) -> None:
    assert queries.is_kept(accepted, ON) is False
    settings.RULEBOOK = "conken"
    assert queries.is_kept(accepted, ON) is True
    assert queries.is_kept(Fee(accepted_on=None), ON) is False
    assert (queries.fee_box(accepted, on=ON).keeps, queries.trial_balance().debit) == (True, 33_000)


def test_an_accepted_fee_goes_back_by_two_people_and_nothing_of_it_stays_in_the_books(
    accepted: Fee, mori: Person, kato: Person
) -> None:
    who, match = accepted.person, Match.objects.get()
    receipt = actions.issue_receipt(by=who.by, person=who, match=match, addressee="佐藤", at=AT)
    assert balances() == {"bank": 11_000, "earned": -10_000, "tax": -1_000}
    refund = due(accepted)
    assert refund is not None
    assert (refund.gross, refund.fee, refund.payee) == (11_000, accepted, "sato")
    assert balances() == {"bank": 11_000, "refunds": -11_000}
    kinds = [entry.kind for entry in queries.entries()]
    assert kinds == ["refund_due", "given_up", "undone", "accepted", "settled", "came"]
    accepted.refresh_from_db()
    assert (accepted.cancelled_at, accepted.accepted_on, queries.is_settled(accepted)) == (AT, ON, False)
    assert Receipt.objects.get(pk=receipt.pk).voided_at == AT
    assert (due(accepted), Refund.objects.count()) == (None, 1)
    decide(kato, ask(mori, refund))
    pay(mori, refund)
    refund.refresh_from_db()
    assert (refund.net, queries.refund_of(accepted), balances()) == (10_340, refund, {})


def test_an_accepted_fee_whose_payment_was_undone_is_owed_no_more_and_nothing_goes_back(
    accepted: Fee, mori: Person, kato: Person
) -> None:
    match = Match.objects.get()
    actions.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=AT, second=kato)
    assert balances()["receivable"] == 11_000
    assert due(accepted) is None
    assert balances() == {"bank": 11_000, "suspense": -11_000}
    line = queries.open_lines().get()
    with refused("fee_cancelled"):
        settle(mori, line, accepted)


def test_what_was_waived_is_no_expense_any_more_and_only_what_came_goes_back(
    generous: None, fee: Fee
) -> None:
    bring(Transfer(SATO.payer, 10_560))
    actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    assert balances() == {"bank": 10_560, "charges": 440, "earned": -10_000, "tax": -1_000}
    refund = due(fee)
    assert refund is not None
    assert (refund.gross, balances()) == (10_560, {"bank": 10_560, "refunds": -10_560})


def test_a_dropped_refund_of_an_accepted_fee_leaves_its_money_to_nobody(accepted: Fee, mori: Person) -> None:
    refund = due(accepted)
    assert refund is not None
    actions.drop_refund(by=mori.by, actor=mori, refund=refund, reason="本人から連絡", at=AT)
    assert balances() == {"bank": 11_000, "suspense": -11_000}


def test_a_further_transfer_for_a_fee_that_went_back_is_told_as_that(accepted: Fee) -> None:
    due(accepted)
    (view,) = lanes_of(bring(Transfer(SATO.payer, 11_000, ON - timedelta(1)))).unknown.views
    assert view.facts[-1].text == "手数料は返すことになった"
    assert view.why == (
        "この方の手数料は、返すことになりました。別の入金なので、返すまでこの入金に残ります。"
    )


def test_cancelling_gives_up_what_is_owed_but_not_what_was_paid(
    accepted: Fee, mori: Person, kato: Person
) -> None:
    with refused("fee_already_settled"):
        actions.cancel_fee(by="system", fee=accepted, at=AT)
    match = Match.objects.get()
    actions.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=AT, second=kato)
    actions.cancel_fee(by="system", fee=accepted, at=AT)
    assert balances() == {"bank": 11_000, "suspense": -11_000}


def test_news_of_a_closed_day_is_given_up_on_the_next(accepted: Fee, mori: Person) -> None:
    actions.close(by=mori.by, actor=mori, kind=Close.Kind.DAY, through=ON, at=AT)
    due(accepted)
    (entry,) = queries.entries(Wanted(kind="given_up"))
    assert (entry.happened_on, entry.booked_on, entry.amount) == (ON, ON + timedelta(1), 11_000)


def test_the_database_refuses_to_close_an_accepted_fee_without_its_entry(accepted: Fee) -> None:
    with database_refuses(IntegrityError):
        Fee.objects.filter(pk=accepted.pk).update(cancelled_at=AT)
        connection.check_constraints()
    due(accepted)
    assert Entry.objects.filter(cause=f"given_up:{accepted.pk}").count() == 1


def test_an_accounting_program_gets_the_tax_within_the_income_given_up(accepted: Fee) -> None:
    due(accepted)
    layout = files.LAYOUTS["yayoi"]
    told = queries.export(layout, Wanted(kind="given_up"))
    (row,) = told.decode(layout.encoding).splitlines()
    cells = row.split(",")
    assert cells[4:14] == [
        "認定審査手数料収入", "", "", "課税売上込10%", "11000", "1000", "未収金", "", "", "対象外",
    ]  # fmt: skip
