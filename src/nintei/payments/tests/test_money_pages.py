"""The pages of the books, refunds, approvals and receipts: what they show and what a form does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nintei.payments import actions
from nintei.payments.models import Approval, Close, Fee, Match, Receipt, ReceiptCopy, Refund
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.payments.tests.deeds import SATO, balances, bring
from nintei.people.models import Person
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db
BASE = "/office/payments"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", ON.isoformat())


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def office(mori: Person) -> Client:
    return client_of(mori)


@pytest.fixture
def post() -> Callable[..., Any]:
    keys = iter(range(1000))

    def send(client: Client, path: str, **data: Any) -> Any:
        return client.post(path, {"once": f"key-{next(keys):020}", **data})

    return send


def pay(n: int) -> Match:
    """Another person's settled fee, with 100 yen of nobody beside it."""
    person = somebody(f"payer{n}", f"サトウ {'アイウエオ'[n]}")
    ask_fee(person, f"202500{n:04}", person.kana)
    return bring(Transfer(f"{n:04}{person.kana}"), Transfer("ハヤシ", 100 + n)).settled[0]


def queries_of(client: Client, path: str) -> int:
    client.get(path)  # the session and the rulebook are read once
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("path", "count"),
    [("/books", 13), ("/books/entries", 10), ("/receipts", 8), ("/refunds", 12)],
)
def test_a_page_asks_as_often_for_three_rows_as_for_one(
    office: Client, mori: Person, path: str, count: int
) -> None:
    for n in range(3):
        match = pay(n)
        payer = match.fee.person
        receipt = actions.issue_receipt(by=payer.by, person=payer, match=match, addressee="x", at=AT)
        actions.copy_receipt(by=mori.by, actor=mori, receipt=receipt, reason="x", at=AT)
        refund = actions.refund_due(by="system", fee=match.fee, reason="x", at=AT)
        assert refund is not None
        actions.ask_refund(by=mori.by, actor=mori, refund=refund, charge=0, send_to="x", reason="x", at=AT)
        if n in (0, 2):
            assert queries_of(office, BASE + path) == count


def test_the_payer_has_a_receipt_made_out_and_downloads_it(
    fee: Fee, sato: Person, tanaka: Person, post: Any
) -> None:
    match = bring(SATO).settled[0]
    mine = client_of(sato)
    assert "サトウ" not in mine.get("/my/receipts").content.decode()
    answer = post(mine, "/my/receipts", match=str(match.pk), addressee="ミナト（株）")
    assert answer.status_code == 302
    receipt = Receipt.objects.get()
    pdf = mine.get(f"/my/receipts/{receipt.pk}")
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert pdf["Content-Disposition"] == 'attachment; filename="R2026-000001.pdf"'
    assert client_of(tanaka).get(f"/my/receipts/{receipt.pk}").status_code == 404
    assert post(client_of(tanaka), "/my/receipts", match=str(match.pk), addressee="x").status_code == 404


def test_an_addressee_that_cannot_be_printed_is_said_and_nothing_is_issued(
    fee: Fee, sato: Person, post: Any
) -> None:
    match = bring(SATO).settled[0]
    answer = post(client_of(sato), "/my/receipts", match=str(match.pk), addressee="\U0001f600 家")
    assert (answer.status_code, Receipt.objects.count()) == (422, 0)
    assert "印刷できない文字があります。別の字で書いてください" in answer.content.decode()


def test_the_office_issues_a_marked_copy(fee: Fee, sato: Person, office: Client, post: Any) -> None:
    match = bring(SATO).settled[0]
    receipt = actions.issue_receipt(by=sato.by, person=sato, match=match, addressee="佐藤", at=AT)
    post(office, f"{BASE}/receipts", receipt=str(receipt.pk), reason="紛失")
    copy = ReceiptCopy.objects.get()
    assert office.get(f"{BASE}/receipts/copies/{copy.pk}")["Content-Disposition"].endswith('000001-1.pdf"')
    assert "写し 第1回" in office.get(f"{BASE}/receipts").content.decode()


def test_a_refund_goes_through_two_people_by_the_pages(
    office: Client, mori: Person, kato: Person, post: Any
) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 5_500)).new
    post(office, f"{BASE}/lines/{line.pk}/refund", amount="5500", payee="林 恵子", reason="まちがい")
    refund = Refund.objects.get()
    path = f"{BASE}/refunds/{refund.pk}"
    post(office, path, send_to="みずほ 1234567", charge="660", reason="")
    asked = Approval.objects.get()
    post(office, f"{BASE}/approvals/{asked.pk}", answer="yes")
    refund.refresh_from_db()
    assert refund.state == "due"
    post(client_of(kato), f"{BASE}/approvals/{asked.pk}", answer="yes")
    post(office, path, on_year="2026", on_month="1", on_day="20")
    refund.refresh_from_db()
    assert (refund.state, refund.net, balances()) == ("paid", 4_840, {})
    assert office.get(path).status_code == 200


def test_undo_after_acceptance_by_the_pages_needs_another_person(
    fee: Fee, office: Client, kato: Person, post: Any
) -> None:
    match = bring(SATO).settled[0]
    actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    assert f"{BASE}/matches/{match.pk}/ask" in office.get(BASE).content.decode()
    assert post(office, f"{BASE}/matches/{match.pk}/ask", reason="別の方").status_code == 302
    asked = Approval.objects.get()
    post(client_of(kato), f"{BASE}/approvals/{asked.pk}", answer="yes")
    assert Match.objects.filter(undo=None).count() == 0


def test_the_warning_beside_the_account_goes_when_two_people_have_confirmed_it(
    fee: Fee, office: Client, kato: Person, post: Any
) -> None:
    from django.template import Context, Template

    def box() -> str:
        return Template("{% load payments %}{% fee_box fee on %}").render(Context({"fee": fee, "on": ON}))

    warning = "振込先を、協会が確かめているところです"
    assert warning in box()
    post(office, f"{BASE}/account", reason="通帳と比べた")
    assert warning in box()
    post(client_of(kato), f"{BASE}/approvals/{Approval.objects.get().pk}", answer="yes")
    assert warning not in box()
    assert 'value="0123サトウハナコ" readonly' in box()


def test_the_books_are_closed_by_the_page_and_not_twice(office: Client, post: Any) -> None:
    bring(Transfer("ハヤシ"))
    through = (ON - timedelta(1)).isoformat()
    assert post(office, f"{BASE}/books", kind="day", through=through).status_code == 302
    again = post(office, f"{BASE}/books", kind="day", through=through)
    assert (again.status_code, Close.objects.count()) == (422, 1)
    assert "もう締めてあります" in again.content.decode()


@pytest.mark.parametrize("query", ["?since=x", "?least=-1", "?party=%00", "?page=zz", "?account=no"])
def test_a_senseless_search_is_answered_and_narrows_nothing_by_it(office: Client, query: str) -> None:
    bring(Transfer("ハヤシ"))
    assert office.get(f"{BASE}/books/entries{query}").status_code in (200, 422)


def test_an_export_is_a_file_and_an_unknown_layout_is_said(office: Client) -> None:
    bring(Transfer("ハヤシ"))
    file = office.get(f"{BASE}/books/export?layout=yayoi")
    assert (file["Content-Disposition"], file["Content-Type"]) == (
        'attachment; filename="yayoi.txt"',
        "text/csv; charset=cp932",
    )
    assert office.get(f"{BASE}/books/export?layout=nope").status_code == 302


def test_a_fee_is_due_after_the_days_the_association_has_set(sato: Person, settings: Any) -> None:
    settings.PAYMENT_DAYS = 14
    assert ask_fee(sato, "1", "サトウ").due_on == ON + timedelta(14)
