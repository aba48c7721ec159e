"""Fees and finding things: what is asked for, and by what one finds it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nintei.journal.models import Body
from nintei.payments import actions, queries
from nintei.payments.models import Fee
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.payments.tests.deeds import SATO, bring, lanes_of, refused
from nintei.people.models import Person
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


def test_a_fee_costs_what_the_price_list_says_on_the_day(fee: Fee) -> None:
    assert (fee.base, fee.tax, fee.total, fee.priced_on) == (10_000, 1_000, 11_000, ON)
    assert fee.edition.startswith("conken:")
    assert Body.objects.get(verb="payments.open_fee").subject == fee.reference


def test_a_fee_is_opened_once_for_an_application(fee: Fee, sato: Person) -> None:
    assert ask_fee(sato, "2025000123", "サトウ ハナコ") == fee
    assert (Fee.objects.count(), Body.objects.count()) == (1, 1)


def test_it_refuses_a_fee_that_the_association_has_not_set(sato: Person) -> None:
    with refused("fee_unset"):
        queries.price_of(kind="renewal", qualification="OMP", on=ON)


def test_it_refuses_a_fee_for_a_qualification_that_needs_no_certification(sato: Person) -> None:
    with refused("no_fee_needed"):
        ask_fee(sato, "1", "サトウ", qualification="SV")


def test_it_says_which_payer_name_to_write(sato: Person) -> None:
    fee = ask_fee(sato, "2025000123", "コンケン　タロウ")
    assert queries.payer_name_to_write(fee) == "0123コンケンタロウ"
    assert queries.payer_name_to_write(Fee(kana="スミス・ジョン")) == "スミスジョン"


def test_a_cancelled_fee_waits_no_longer(fee: Fee) -> None:
    for _ in range(2):
        actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    assert list(queries.open_fees()) == []
    assert Body.objects.filter(verb="payments.cancel_fee").count() == 1
    assert lanes_of(bring(SATO)).unknown.count == 1


def test_it_refuses_to_cancel_a_fee_that_is_paid(fee: Fee) -> None:
    bring(SATO)
    with refused("fee_already_settled"):
        actions.cancel_fee(by="person:sato", fee=fee, at=AT)


def test_it_finds_lines_by_payer_amount_and_day(fee: Fee) -> None:
    bring(SATO, Transfer("ハヤシ ケイコ", 5_500, date(2026, 1, 16)))
    find = lambda words: [x.amount for x in queries.search_lines(words)]  # noqa: E731
    assert (find("はやし"), find("11,000"), find("2026-01-16"), find("ハヤシ 11000")) == (
        [5_500],
        [11_000],
        [5_500],
        [],
    )


def test_it_finds_open_fees_by_name_kana_digits_and_address(fee: Fee) -> None:
    for words in ("sato", "サトウ", "0123", "sato@example.jp", "サトウ 0123"):
        assert queries.search_fees(words) == [fee]
    assert queries.search_fees("タナカ") == []


def test_open_fees_are_one_query_with_their_people(fee: Fee, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert [(x, x.person.name) for x in queries.open_fees()] == [(fee, "sato")]
