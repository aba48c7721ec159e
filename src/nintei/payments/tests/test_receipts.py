"""Receipts: numbered without gaps, frozen, copied with a mark, void with their match."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.db import DatabaseError, IntegrityError

from nintei.payments import actions, queries
from nintei.payments.models import Fee, Match, Receipt, ReceiptCopy, ReceiptSeries
from nintei.payments.tests.conftest import AT, ask_fee, somebody
from nintei.payments.tests.deeds import SATO, bring, refused
from nintei.payments.tests.test_guards import database_refuses
from nintei.payments.tests.test_two_at_once import at_once, slow
from nintei.people.models import Person
from nintei.shared.refusals import Refused
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


def issue(match: Match, person: Person, addressee: str = "佐藤 花子") -> Receipt:
    return actions.issue_receipt(by=person.by, person=person, match=match, addressee=addressee, at=AT)


def text_of(pdf: bytes) -> str:
    """The words of the paper, without spaces."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.fixture
def match(fee: Fee) -> Match:
    return bring(SATO).settled[0]


def test_a_receipt_says_all_that_the_tax_law_asks(match: Match, sato: Person, settings: Any) -> None:
    settings.INVOICE_NUMBER = "T1234567890123"
    receipt = issue(match, sato)
    assert receipt.content == {
        "number": "R2026-000001",
        "issued_on": "2026-01-20",
        "addressee": "佐藤 花子",
        "issuer": "一般社団法人 日本コンタクトセンター教育検定協会",
        "registration": "T1234567890123",
        "what": "認定審査手数料（OMP 初回認定）",
        "paid_on": "2026-01-15",
        "base": 10_000,
        "tax": 1_000,
        "total": 11_000,
        "waived": 0,
        "rate": "10%",
    }
    text = text_of(queries.receipt_pdf(receipt))
    for word in (
        "領収書（適格請求書）",
        "R2026-000001",
        "佐藤花子様",
        "¥11,000",
        "T1234567890123",
        "10%対象",
    ):
        assert word in text, word
    assert "再発行" not in text


def test_without_a_registration_number_it_says_that_it_is_no_qualified_invoice(
    match: Match, sato: Person
) -> None:
    text = text_of(queries.receipt_pdf(issue(match, sato)))
    assert "適格請求書ではありません" in text
    assert "領収書（適格請求書）" not in text


def test_the_same_receipt_is_the_same_bytes_whatever_changes_later(
    match: Match, sato: Person, settings: Any
) -> None:
    receipt = issue(match, sato)
    before = queries.receipt_pdf(receipt)
    settings.INVOICE_NUMBER = "T1234567890123"
    assert queries.receipt_pdf(Receipt.objects.get()) == before
    assert issue(match, sato, "別の宛名") == receipt


def test_it_refuses_a_receipt_to_anybody_else_or_to_nobody(
    match: Match, sato: Person, tanaka: Person
) -> None:
    with refused("not_your_receipt"):
        issue(match, tanaka)
    with refused("addressee_needed"):
        issue(match, sato, " ")
    assert issue(match, sato).number == "R2026-000001"


def test_a_copy_is_marked_with_its_ordinal_and_keeps_the_number(
    match: Match, sato: Person, mori: Person
) -> None:
    receipt = issue(match, sato)
    with refused("not_accountant"):
        actions.copy_receipt(by=sato.by, actor=sato, receipt=receipt, reason="紛失", at=AT)
    with refused("reason_needed"):
        actions.copy_receipt(by=mori.by, actor=mori, receipt=receipt, reason=" ", at=AT)
    for nth in (1, 2):
        copy = actions.copy_receipt(by=mori.by, actor=mori, receipt=receipt, reason="紛失", at=AT)
        assert copy.nth == nth
    text = text_of(queries.receipt_pdf(receipt, copy))
    assert ("R2026-000001" in text, "再発行（写し・第2回）" in text) == (True, True)


def test_an_undo_voids_the_receipt_and_its_number_stays_taken(
    match: Match, sato: Person, mori: Person
) -> None:
    receipt = issue(match, sato)
    actions.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=AT)
    receipt.refresh_from_db()
    assert (receipt.voided_at, receipt.void_reason) == (AT, "別の方")
    with refused("receipt_void"):
        actions.copy_receipt(by=mori.by, actor=mori, receipt=receipt, reason="紛失", at=AT)
    with refused("fee_not_settled"):
        issue(Match.objects.get(pk=match.pk), sato)
    again = actions.settle(
        by=mori.by,
        actor=mori,
        lines=[match.parts.get().line],
        fees=[match.fee],
        reasons=[],
        note="本人の分",
        at=AT,
    )
    assert issue(again[0], sato).number == "R2026-000002"


def test_the_database_keeps_the_numbers_without_gaps_and_what_was_printed(match: Match, sato: Person) -> None:
    receipt = issue(match, sato)
    with database_refuses(IntegrityError):
        Receipt.objects.create(match=match, year=2026, place=3, content={}, by="x", at=AT)
    with database_refuses(DatabaseError):
        Receipt.objects.filter(pk=receipt.pk).update(content={})
    with database_refuses(DatabaseError):
        receipt.delete()
    with database_refuses(IntegrityError):
        Receipt.objects.create(match=match, year=2026, place=2, content={}, by="x", at=AT)


@pytest.fixture
def four_matches(db: None) -> list[tuple[Match, Person]]:
    people = [somebody(f"payer{n}", f"サトウ {kana}") for n, kana in enumerate(("イチ", "ニ", "サン", "シ"))]
    for n, person in enumerate(people):
        ask_fee(person, f"202500{n:04}", person.kana)
    transfers = [Transfer(f"{n:04}{person.kana}") for n, person in enumerate(people)]
    return [(match, match.fee.person) for match in bring(*transfers).settled]


def _issuing(match: Match, person: Person) -> Callable[[], Receipt]:
    return lambda: issue(match, person)


@pytest.mark.django_db(transaction=True)
def test_receipts_issued_at_once_are_numbered_one_after_the_other(
    four_matches: list[tuple[Match, Person]],
) -> None:
    with slow("payments_receipt"):
        results = at_once(*(_issuing(*each) for each in four_matches))
    assert sorted(receipt.number for receipt in results) == [f"R2026-00000{n}" for n in (1, 2, 3, 4)]


@pytest.mark.django_db(transaction=True)
def test_one_receipt_asked_for_four_times_at_once_is_one(four_matches: list[tuple[Match, Person]]) -> None:
    with slow("payments_receipt"):
        results = at_once(*[_issuing(*four_matches[0])] * 4)
    assert {receipt.number for receipt in results} == {"R2026-000001"}
    assert (Receipt.objects.count(), ReceiptSeries.objects.get().last) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_receipt_that_fails_takes_no_number(
    four_matches: list[tuple[Match, Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, payer), (second, other) = four_matches[:2]
    monkeypatch.setattr(Receipt, "save", _break)
    with pytest.raises(Refused):
        issue(first, payer)
    monkeypatch.undo()
    assert issue(second, other).number == "R2026-000001"


def _break(*_args: Any, **_more: Any) -> None:
    raise Refused("payments.rate_unknown")


def test_copies_are_never_changed(match: Match, sato: Person, mori: Person) -> None:
    copy = actions.copy_receipt(by=mori.by, actor=mori, receipt=issue(match, sato), reason="紛失", at=AT)
    with database_refuses(DatabaseError):
        ReceiptCopy.objects.filter(pk=copy.pk).update(reason="x")
