"""One receipt for a company's whole transfer: addressed to it, its people listed, and nobody's fee on two papers."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from nintei.payments import actions, queries
from nintei.payments.models import BankLine, Fee, Match, Receipt, ReceiptShare
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.payments.tests.deeds import bring, refused, settle
from nintei.people.models import Person
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db
MEN = (("港 一郎", "ミナト イチロウ"), ("港 次郎", "ミナト ジロウ"), ("港 三郎", "ミナト サブロウ"))


@pytest.fixture
def fees(db: None) -> list[Fee]:
    people = [somebody(name, kana) for name, kana in MEN]
    return [ask_fee(each, f"202500510{n}", each.kana) for n, each in enumerate(people)]


@pytest.fixture
def line(fees: list[Fee], mori: Person) -> BankLine:
    """The company's transfer, settled by its agreement."""
    actions.agree(
        by=mori.by, actor=mori, payer_name="カ)ミナト", fees=fees, note="メール", agreed_on=ON, at=AT
    )
    done = bring(Transfer("カ)ミナト", 33_000))
    assert len(done.settled) == 3
    return done.new[0]


def issue(mori: Person, line: BankLine, addressee: str = "株式会社ミナト") -> Receipt:
    return actions.issue_company_receipt(by=mori.by, actor=mori, line=line, addressee=addressee, at=AT)


def own(fee: Fee) -> Receipt:
    match = Match.objects.get(fee=fee)
    return actions.issue_receipt(
        by=fee.person.by, person=fee.person, match=match, addressee=fee.person.name, at=AT
    )


def test_it_says_the_sum_the_tax_and_each_persons_fee(mori: Person, line: BankLine) -> None:
    receipt = issue(mori, line)
    said = receipt.content
    assert (receipt.number, said["addressee"], said["base"], said["tax"], said["total"], said["rate"]) == (
        "R2026-000001", "株式会社ミナト", 30_000, 3_000, 33_000, "10%",
    )  # fmt: skip
    assert [person["name"] for person in said["people"]] == ["港 一郎", "港 三郎", "港 次郎"]
    assert {person["total"] for person in said["people"]} == {11_000}
    assert issue(mori, line, "別の会社") == receipt


def test_the_paper_lists_everybody_and_a_copy_is_marked(mori: Person, line: BankLine) -> None:
    receipt = issue(mori, line)
    copy = actions.copy_receipt(by=mori.by, actor=mori, receipt=receipt, reason="紛失", at=AT)
    pages = pypdf.PdfReader(io.BytesIO(queries.receipt_pdf(receipt, copy))).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    for words in ("株式会社ミナト御中", "¥33,000", "港一郎", "港次郎", "港三郎", "再発行（写し・第1回）"):
        assert words in text
    assert queries.receipt_pdf(receipt, copy) == queries.receipt_pdf(receipt, copy)


def test_who_is_on_it_is_told_so_and_gets_no_other(mori: Person, line: BankLine, fees: list[Fee]) -> None:
    receipt = issue(mori, line)
    with refused("on_company_receipt"):
        own(fees[0])
    (paid,) = queries.paid_by(fees[0].person)
    assert (paid.receipt, paid.company) == (None, receipt)
    client = Client()
    client.force_login(fees[0].person)
    shown = client.get("/my/receipts").content.decode()
    assert ("「株式会社ミナト」あての領収書 R2026-000001" in shown, "領収書を発行する" in shown) == (
        True,
        False,
    )
    assert client.get(f"/my/receipts/{receipt.pk}").status_code == 404
    assert client.get(f"/office/payments/receipts/{receipt.pk}/pdf").status_code == 403


def test_whoever_has_taken_their_own_hands_it_back_first(
    mori: Person, line: BankLine, fees: list[Fee]
) -> None:
    mine = own(fees[1])
    with refused("has_own_receipt"):
        issue(mori, line)
    actions.void_receipt(by=mori.by, actor=mori, receipt=mine, reason="返してもらった", at=AT)
    assert issue(mori, line).number == "R2026-000002"
    with refused("receipt_void"):
        actions.void_receipt(by=mori.by, actor=mori, receipt=mine, reason="もう一度", at=AT)


def test_a_wrong_one_is_made_void_and_another_issued_and_people_may_take_their_own(
    mori: Person, kato: Person, line: BankLine, fees: list[Fee]
) -> None:
    wrong = issue(mori, line, "株式会社ミナド")
    with refused("not_accountant"):
        actions.void_receipt(by=kato.by, actor=kato, receipt=wrong, reason="x", at=AT)
    actions.void_receipt(by=mori.by, actor=mori, receipt=wrong, reason="宛名の誤り", at=AT)
    assert own(fees[0]).number == "R2026-000002"


def test_undoing_one_persons_match_makes_the_whole_paper_void_and_the_next_lists_the_rest(
    mori: Person, line: BankLine, fees: list[Fee]
) -> None:
    receipt = issue(mori, line)
    actions.undo(by=mori.by, actor=mori, match=Match.objects.get(fee=fees[0]), reason="別の方", at=AT)
    receipt.refresh_from_db()
    assert receipt.void_reason == "別の方"
    assert [person["name"] for person in issue(mori, line).content["people"]] == ["港 三郎", "港 次郎"]


def test_it_is_for_a_transfer_that_pays_for_several_by_itself(
    fee: Fee, fees: list[Fee], mori: Person, kato: Person, line: BankLine
) -> None:
    (single,) = bring(Transfer("0123サトウ ハナコ")).new
    for who, found, code in ((mori, single, "not_for_several"), (kato, line, "not_accountant")):
        with refused(code):
            issue(who, found)
    with refused("addressee_needed"):
        issue(mori, line, " ")


def test_a_fee_paid_from_two_transfers_is_on_no_companys_paper(mori: Person, fees: list[Fee]) -> None:
    first, second = bring(Transfer("ミナト", 30_000), Transfer("ミナト", 3_000)).new
    settle(mori, first, *fees, lines=[first, second])
    found = queries.transfer(first)
    assert found is not None
    assert [match.fee for match in found.matches] == [fees[0], fees[1]]


def test_the_database_refuses_a_fee_on_two_papers(mori: Person, line: BankLine, fees: list[Fee]) -> None:
    receipt = issue(mori, line)
    match = Match.objects.get(fee=fees[0])
    said: dict[str, Any] = {"content": {}, "by": "x", "at": AT}
    with pytest.raises(IntegrityError, match="another receipt"), transaction.atomic():
        Receipt.objects.create(year=2026, place=2, match=match, **said)
    actions.void_receipt(by=mori.by, actor=mori, receipt=receipt, reason="x", at=AT)
    own(fees[0])
    other = Receipt.objects.create(year=2026, place=3, line=line, **said)
    with pytest.raises(IntegrityError, match="another receipt"), transaction.atomic():
        ReceiptShare.objects.create(receipt=other, match=match)
    with pytest.raises(IntegrityError, match="receipt_of_one_thing"), transaction.atomic():
        Receipt.objects.create(year=2026, place=4, **said)


def test_by_the_pages_the_accountant_makes_it_downloads_it_and_makes_it_void(
    mori: Person, line: BankLine, client: Client
) -> None:
    client.force_login(mori)
    page = f"/office/payments/lines/{line.pk}"
    assert "一枚で会社あてに作る" in client.get(page).content.decode()
    said = {"once": "o" * 20, "addressee": "株式会社ミナト"}
    assert client.post(f"{page}/receipt", said).status_code == 302
    receipt = Receipt.objects.get()
    pdf = client.get(f"/office/payments/receipts/{receipt.pk}/pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert "3人分の入金" in client.get("/office/payments/receipts?q=港 次郎").content.decode()
    client.post(f"/office/payments/receipts/{receipt.pk}/void", {"once": "p" * 20, "reason": "宛名の誤り"})
    assert client.get(f"/office/payments/receipts/{receipt.pk}/pdf").status_code == 404
