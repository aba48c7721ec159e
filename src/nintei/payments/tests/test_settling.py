"""Settling by hand and taking it back (P7)."""

from __future__ import annotations

from typing import Any

import pytest

from nintei.journal.models import Body
from nintei.payments import actions, queries
from nintei.payments.models import Fee, Match, MatchUndo
from nintei.payments.signals import fee_reopened
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.payments.tests.deeds import SATO, bring, heard, refused, settle
from nintei.people.models import Person
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


def test_an_accountant_settles_a_suggestion_and_their_reason_is_kept(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("サトウ ハナコ")).new
    (match,) = settle(mori, line, fee, reasons=["MISSING_NUMBER"])
    assert (match.automatic, match.reasons, match.note, match.by) == (
        False,
        ["MISSING_NUMBER"],
        "電話で確認",
        mori.by,
    )
    assert queries.who_matched(fee) == frozenset({mori.by})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"note": " "}, "reason_needed"),
        ({"lines": []}, "nothing_chosen"),
        ({"fees": []}, "nothing_chosen"),
    ],
)
def test_it_refuses_to_settle_half_said_things(
    fee: Fee, mori: Person, change: dict[str, Any], code: str
) -> None:
    (line,) = bring(Transfer("ハヤシ")).new
    with refused(code):
        settle(mori, line, fee, **change)


def test_it_refuses_to_settle_twice_from_either_side(fee: Fee, mori: Person, tanaka: Person) -> None:
    other = ask_fee(tanaka, "2025000456", "タナカ ケン")
    first, second = bring(Transfer("ハヤシ"), Transfer("ミズノ")).new
    settle(mori, first, fee)
    with refused("fee_already_settled"):
        settle(mori, second, fee)
    with refused("line_used_up"):
        settle(mori, first, other)


def test_it_refuses_to_settle_a_cancelled_fee(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("ハヤシ")).new
    actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    with refused("fee_cancelled"):
        settle(mori, line, fee)


def test_only_an_accountant_may_settle_and_nobody_their_own_fee(fee: Fee, mori: Person, kato: Person) -> None:
    own = ask_fee(mori, "2025000999", "モリ ユミ")
    (line,) = bring(Transfer("ハヤシ")).new
    with refused("not_accountant"):
        settle(kato, line, fee)
    with refused("own_fee"):
        settle(mori, line, own)


def test_undo_opens_the_fee_and_the_money_again_and_keeps_the_match(fee: Fee, mori: Person) -> None:
    done = bring(SATO)
    with heard(fee_reopened) as news:
        actions.undo(by=mori.by, actor=mori, match=done.settled[0], reason="別の方の分でした", at=AT)
    assert [said["fee"] for said in news] == [fee]
    assert (list(queries.open_fees()), [x.left for x in queries.open_lines()]) == ([fee], [11_000])
    assert (Match.objects.count(), MatchUndo.objects.get().reason) == (1, "別の方の分でした")
    assert Body.objects.filter(verb="payments.undo").count() == 1


def test_what_was_undone_can_be_settled_again_by_hand(fee: Fee, mori: Person) -> None:
    done = bring(SATO)
    actions.undo(by=mori.by, actor=mori, match=done.settled[0], reason="まちがい", at=AT)
    settle(mori, done.new[0], fee)
    assert queries.is_settled(fee)


def test_it_refuses_to_undo_twice_without_reason_or_by_the_wrong_person(
    fee: Fee, mori: Person, kato: Person
) -> None:
    (match,) = bring(SATO).settled
    with refused("reason_needed"):
        actions.undo(by=mori.by, actor=mori, match=match, reason="", at=AT)
    with refused("not_accountant"):
        actions.undo(by=kato.by, actor=kato, match=match, reason="x", at=AT)
    actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT)
    with refused("undone_already"):
        actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT)


def test_undo_after_acceptance_needs_two_people(fee: Fee, mori: Person, kato: Person, tanaka: Person) -> None:
    (match,) = bring(SATO).settled
    fee = actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    match = Match.objects.get(pk=match.pk)
    with refused("undo_needs_two"):
        actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT)
    for second in (mori, tanaka):
        with refused("second_not_entitled"):
            actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT, second=second)
    assert queries.is_settled(fee)
    taken = actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT, second=kato)
    fee.refresh_from_db()
    assert (taken.by, taken.second, fee.accepted_on) == (mori.by, kato.by, ON)


def test_a_fee_that_is_not_paid_cannot_be_accepted(fee: Fee) -> None:
    with refused("fee_not_settled"):
        actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
