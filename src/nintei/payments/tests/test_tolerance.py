"""A fee short by the bank's charge: nothing happens at 0 yen, and just what the rulebook allows above (AMB-F6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, transaction

from nintei.notices.models import Letter
from nintei.payments import actions, queries
from nintei.payments.matching import BulkAgreement, Deposit, Matcher, OpenApplication, Reason, Status
from nintei.payments.models import BankLine, Fee, Match, MatchPart, Refund
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.payments.tests.deeds import (
    SATO,
    balances,
    bring,
    lanes_of,
    refused,
    settle,
    tolerant_rulebook,
)
from nintei.people.models import Person
from nintei.rules import fees as rules
from nintei.rules.load import load
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db
SHORT = Transfer(SATO.payer, 10_560)


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tolerant_rulebook(tmp_path_factory.mktemp("shelf"), 500)


@pytest.fixture
def tolerant(rulebook: Path, settings: Any) -> None:
    settings.RULEBOOK = str(rulebook)


def test_the_rulebook_as_it_stands_tolerates_nothing(rulebook: Path) -> None:
    assert (rules.tolerance(load("conken", ON)), rules.tolerance(load(str(rulebook), ON))) == (0, 500)


def test_at_nought_a_short_transfer_settles_nothing_and_cannot_be_made_to(fee: Fee, mori: Person) -> None:
    done = bring(Transfer(SATO.payer, 10_999))
    with refused("short"):
        settle(mori, done.new[0], fee)
    assert (done.settled, queries.is_settled(fee), Letter.objects.count()) == ((), False, 1)


@pytest.mark.parametrize(
    ("yen", "settles"), [(11_000, True), (10_999, True), (10_500, True), (10_499, False), (11_001, False)]
)
def test_up_to_the_tolerance_it_settles_by_itself_and_no_yen_beyond(
    tolerant: None, fee: Fee, yen: int, settles: bool
) -> None:
    done = bring(Transfer(SATO.payer, yen))
    assert (bool(done.settled), queries.is_settled(fee)) == (settles, settles)
    assert Letter.objects.count() == (yen < 10_500)


def test_the_match_keeps_what_was_waived_and_why(tolerant: None, fee: Fee) -> None:
    done = bring(SHORT)
    (match,) = done.settled
    assert (match.total, match.received, match.waived, match.tolerance) == (11_000, 10_560, 440, 500)
    assert match.reasons == ["NUMBER_AND_NAME", "TOLERATED"]
    (view,) = lanes_of(done).settled.views
    assert view.facts[-1].text == "440円足りないが、規程で許す額のうち"


def test_the_association_bears_it_in_the_books_and_the_fee_is_earned_whole(tolerant: None, fee: Fee) -> None:
    bring(SHORT)
    assert balances() == {"bank": 10_560, "charges": 440, "advances": -11_000}
    actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    assert balances() == {"bank": 10_560, "charges": 440, "earned": -10_000, "tax": -1_000}


def test_where_the_books_put_it_is_a_setting_and_an_undo_finds_it_there_later(
    tolerant: None, fee: Fee, mori: Person, settings: Any
) -> None:
    settings.SHORTFALL_ACCOUNT = "losses"
    (match,) = bring(SHORT).settled
    assert balances()["losses"] == 440
    settings.SHORTFALL_ACCOUNT = "charges"
    actions.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=AT)
    assert balances() == {"bank": 10_560, "suspense": -10_560}


def test_after_acceptance_the_whole_fee_is_owed_again(
    tolerant: None, fee: Fee, mori: Person, kato: Person
) -> None:
    (match,) = bring(SHORT).settled
    actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    actions.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=AT, second=kato)
    assert balances() == {
        "bank": 10_560, "suspense": -10_560, "receivable": 11_000, "earned": -10_000, "tax": -1_000,
    }  # fmt: skip


def test_a_withdrawal_returns_what_came_in_and_not_what_was_waived(tolerant: None, fee: Fee) -> None:
    bring(SHORT)
    actions.refund_due(by="system", fee=fee, reason="申請の取下げ", at=AT)
    assert (Refund.objects.get().gross, balances()) == (10_560, {"bank": 10_560, "refunds": -10_560})


def test_two_parts_that_reach_the_tolerance_are_proposed_together(
    tolerant: None, fee: Fee, mori: Person
) -> None:
    done = bring(Transfer(SATO.payer, 6_000), Transfer(SATO.payer, 4_600))
    first, second = lanes_of(done).to_decide.views
    assert (first.can_accept, first.together, Letter.objects.count()) == (True, (second.line,), 0)
    (match,) = settle(mori, first.line, fee, lines=[first.line, *first.together])
    assert (match.waived, queries.open_lines().count()) == (400, 0)


def test_one_charge_is_waived_once_however_many_fees_a_transfer_pays(
    tolerant: None, fee: Fee, sato: Person, mori: Person
) -> None:
    cap = ask_fee(sato, "2025001777", "サトウ ハナコ", qualification="CAP")
    (line,) = bring(Transfer(SATO.payer, 21_500)).new
    assert [match.waived for match in settle(mori, line, fee, cap)] == [0, 500]
    assert queries.open_lines().count() == 0


def test_a_doubtful_payer_is_asked_about_although_the_amount_would_do(tolerant: None, fee: Fee) -> None:
    (view,) = lanes_of(bring(Transfer("サトウ ハナコ", 10_560))).to_decide.views
    assert (view.reasons, view.can_accept) == (("MISSING_NUMBER", "TOLERATED"), True)


def test_a_companys_transfer_is_all_or_nothing_to_the_yen() -> None:
    waiting = [OpenApplication(f"A{n}", f"P{n}", f"20250001{n}", f"コンケン {n}") for n in range(2)]
    matcher = Matcher(waiting, [BulkAgreement("カ)ミナト", ("A0", "A1"))], 11_000, tolerance=500)
    short = matcher.match(Deposit("カ)ミナト", 21_560))
    assert (short.status, short.reason) == (Status.REVIEW, Reason.BULK_AMOUNT_MISMATCH)


def test_the_receipt_says_how_much_came_and_who_bore_the_rest(tolerant: None, fee: Fee, sato: Person) -> None:
    (match,) = bring(SHORT).settled
    receipt = actions.issue_receipt(by=sato.by, person=sato, match=match, addressee="佐藤", at=AT)
    assert (receipt.content["total"], receipt.content["waived"]) == (11_000, 440)


@pytest.mark.parametrize(("waived", "tolerance"), [(501, 500), (11_000, 11_000)])
def test_the_database_refuses_to_waive_beyond_the_tolerance_or_all_of_a_fee(
    fee: Fee, waived: int, tolerance: int
) -> None:
    said: dict[str, Any] = {"automatic": False, "reasons": [], "confirmed_on": ON, "by": "x", "at": AT}
    with pytest.raises(IntegrityError, match="payments_waived_within_tolerance"), transaction.atomic():
        Match.objects.create(fee=fee, base=10_000, tax=1_000, waived=waived, tolerance=tolerance, **said)


def test_the_database_refuses_a_match_whose_parts_and_waiver_do_not_make_the_fee(fee: Fee) -> None:
    (line,) = bring(Transfer("ハヤシ", 10_000)).new
    with pytest.raises(IntegrityError, match="do not add up"), transaction.atomic():
        _waive_too_little(fee, line)


def _waive_too_little(fee: Fee, line: BankLine) -> None:
    """10,000 yen came, 500 are waived, and 500 are nowhere."""
    said: dict[str, Any] = {"automatic": False, "reasons": [], "confirmed_on": ON, "by": "x", "at": AT}
    match = Match.objects.create(fee=fee, base=10_000, tax=1_000, waived=500, tolerance=500, **said)
    MatchPart.objects.create(match=match, line=line, amount=10_000)
    pgtrigger.constraints(pgtrigger.Immediate, "payments.Match:parts_add_up")


def test_a_preview_and_an_import_agree_about_it(tolerant: None, fee: Fee) -> None:
    seen = queries.preview_file(content=bank.statement([SHORT]), on=ON)
    assert [x.line.amount for x in seen.settled] == [10_560]
