"""The bank day in the browser's terms: who may enter, what a page shows, what a form does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from nintei.payments import actions, queries
from nintei.payments.models import BankFile, DroppedFile, Fee, Match, MatchUndo
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.people.models import Person, Role
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db

OFFICE = "/office/payments"
SATO = Transfer("0123サトウ ハナコ")
Once = Callable[[], dict[str, str]]


@pytest.fixture
def once() -> Once:
    keys = iter(range(1000))
    return lambda: {"once": f"key-{next(keys):020}"}


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", ON.isoformat())


@pytest.fixture
def office(mori: Person) -> Client:
    client = Client()
    client.force_login(mori)
    return client


def bring(*transfers: Transfer) -> actions.Imported:
    return actions.import_file(by="system", content=bank.statement(transfers), name="1.txt", on=ON, at=AT)


def drop(office: Client, content: bytes, once: Once) -> Any:
    return office.post(OFFICE, {"file": SimpleUploadedFile("january.txt", content), **once()})


def test_the_bank_page_is_for_accountants_only(office: Client, sato: Person, kato: Person) -> None:
    done = bring(SATO)
    pages = [OFFICE, reverse("payments:line", args=[done.new[0].pk])]
    assert [office.get(page).status_code for page in pages] == [200, 200]
    assert [Client().get(page).status_code for page in pages] == [302, 302]
    for person in (sato, kato):
        client = Client()
        client.force_login(person)
        assert [client.get(page).status_code for page in pages] == [403, 403]


def test_a_file_is_looked_at_and_then_imported(office: Client, fee: Fee, once: Once) -> None:
    answer = drop(office, bank.statement([SATO, Transfer("ハヤシ", 5_500)]), once)
    dropped = DroppedFile.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{OFFICE}/files/{dropped.pk}")
    assert BankFile.objects.count() == 0
    assert "新しい入金" in office.get(answer.url).content.decode()
    answer = office.post(answer.url, once(), follow=True)
    page = answer.content.decode()
    assert "2件を読みました。 手数料1件を消し込みました。" in page
    assert (queries.is_settled(fee), DroppedFile.objects.count()) == (True, 0)
    assert BankFile.objects.get().imported_by == f"person:{Person.objects.get(name='mori').pk}"


def sent_to(answer: Any) -> str:
    assert answer.status_code == 302
    return str(answer.url)


def test_a_file_can_be_left_without_importing_it(office: Client, fee: Fee, once: Once) -> None:
    url = drop(office, bank.statement([SATO]), once).url
    assert office.post(f"{url}/forget", once()).status_code == 302
    assert (DroppedFile.objects.count(), BankFile.objects.count()) == (0, 0)
    assert office.get(url).status_code == 302


def test_another_accountant_may_import_what_one_has_dropped(office: Client, fee: Fee, once: Once) -> None:
    url = drop(office, bank.statement([SATO]), once).url
    other = Client()
    other.force_login(somebody("mizuno", "ミズノ", Role.ACCOUNTANT))
    assert sent_to(other.post(url, once())).startswith(f"{OFFICE}?file=")
    assert sent_to(office.post(url, once())) == OFFICE
    assert BankFile.objects.count() == 1


def test_a_file_dropped_long_ago_says_that_its_days_are_too_old(
    office: Client, fee: Fee, once: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = drop(office, bank.statement([SATO]), once).url
    monkeypatch.setenv("NINTEI_TODAY", "2029-01-20")
    assert sent_to(office.get(url)) == OFFICE
    assert "日付として読めません" in office.post(url, once(), follow=True).content.decode()
    assert BankFile.objects.count() == 0


def test_the_same_form_sent_twice_is_one_import(office: Client, fee: Fee, once: Once) -> None:
    url = drop(office, bank.statement([SATO]), once).url
    key = once()
    first, second = office.post(url, key), office.post(url, key)
    assert sent_to(second) == sent_to(first)
    assert (BankFile.objects.count(), Match.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "PDFのファイルです。"),
        (
            bank.statement([SATO]).replace(b"8000001", b"8000009"),
            "トレーラの入金件数は9ですが、明細を数えると1です。",
        ),
        (b"", "ファイルが空です。"),
    ],
    ids=["pdf", "trailer", "empty"],
)
def test_a_broken_file_is_named_row_by_row_and_leaves_nothing(
    office: Client, once: Once, content: bytes, words: str
) -> None:
    answer = drop(office, content, once)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (DroppedFile.objects.count(), BankFile.objects.count()) == (0, 0)


def test_a_suggestion_is_accepted_with_one_click(office: Client, fee: Fee, once: Once) -> None:
    (line,) = bring(Transfer("サトウ ハナコ")).new
    page = office.get(OFFICE).content.decode()
    assert "番号がない" in page
    assert f'value="{fee.pk}"' in page
    url = reverse("payments:line", args=[line.pk])
    office.post(url, {"fee": fee.pk, "note": "番号がない、氏名、金額", **once()})
    match = Match.objects.get()
    assert (match.fee, match.automatic, match.reasons) == (fee, False, ["MISSING_NUMBER"])


def test_a_fee_is_found_and_settled_by_hand(office: Client, fee: Fee, once: Once) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ")).new
    url = reverse("payments:line", args=[line.pk])
    assert f'value="{fee.pk}"' not in office.get(url).content.decode()
    assert f'value="{fee.pk}"' in office.get(url, {"q": "0123"}).content.decode()
    office.post(url, {"fee": fee.pk, "note": "お母様からの振込", **once()})
    assert queries.standing_match(fee).note == "お母様からの振込"


def test_a_refusal_is_told_on_the_page(office: Client, fee: Fee, once: Once) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 10_999)).new
    answer = office.post(reverse("payments:line", args=[line.pk]), {"fee": fee.pk, "note": "x", **once()})
    assert (answer.status_code, "1円足りません。" in answer.content.decode()) == (422, True)
    assert Match.objects.count() == 0


def test_a_match_is_undone_with_a_reason(office: Client, fee: Fee, once: Once) -> None:
    (match,) = bring(SATO).settled
    url = reverse("payments:undo", args=[match.pk])
    office.post(url, {"reason": " ", **once()})
    assert MatchUndo.objects.count() == 0
    office.post(url, {"reason": "別の方の分でした", **once()})
    assert MatchUndo.objects.get().reason == "別の方の分でした"


def test_after_acceptance_one_person_cannot_undo_on_the_page(office: Client, fee: Fee, once: Once) -> None:
    (match,) = bring(SATO).settled
    actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    url = reverse("payments:undo", args=[match.pk])
    assert url not in office.get(OFFICE).content.decode()
    answer = office.post(url, {"reason": "x", **once()}, follow=True)
    assert "受理のあとに元に戻すには、二人の確認が要ります。" in answer.content.decode()
    assert (MatchUndo.objects.count(), queries.is_settled(fee)) == (0, True)


def test_the_statement_of_a_demo_day_settles_every_fee_that_waits(
    office: Client, fee: Fee, once: Once
) -> None:
    answer = office.get("/demo/bank")
    assert answer["Content-Disposition"] == 'attachment; filename="meisai-0120.txt"'
    office.post(drop(office, answer.content, once).url, once())
    assert (queries.is_settled(fee), queries.open_lines().count()) == (True, 1)


@pytest.mark.parametrize("lines", [1, 3])
def test_the_bank_page_costs_the_same_for_one_line_and_for_three(
    office: Client, lines: int, django_assert_num_queries: Any
) -> None:
    for n in range(lines):
        owner = somebody(f"p{n}", "コンケン タロウ")
        ask_fee(owner, f"202500010{n}", f"コンケン タロ{'アイウ'[n]}")
    settled = [Transfer(f"010{n}コンケン タロ{'アイウ'[n]}") for n in range(lines)]
    asked = [Transfer(f"010{n}コンケン タロ{'アイウ'[n]}", 10_999) for n in range(lines)]
    bring(*settled, *asked, *[Transfer(f"ハヤシ{n}", 5_500) for n in range(lines)])
    assert queries.lanes(queries.latest_file(), on=ON).count == 3 * lines  # type: ignore[arg-type]
    with django_assert_num_queries(20):
        office.get(OFFICE)


def box(fee: Fee) -> str:
    return Template("{% load payments %}{% fee_box fee on %}").render(Context({"fee": fee, "on": ON}))


def test_the_applicant_sees_amount_account_and_the_name_to_write(fee: Fee) -> None:
    shown = box(fee)
    for words in (
        "11,000円",
        "10,000円と消費税1,000円です。",
        "3176131",
        "0123サトウハナコ",
        "三菱東京UFJ銀行",
    ):
        assert words in shown
    assert "手数料は返金しません。" in shown


def test_the_applicant_sees_that_the_fee_is_paid(fee: Fee) -> None:
    bring(SATO)
    shown = box(fee)
    assert "2026年1月20日（火）に、11,000円の入金を確かめました。" in shown
    assert "3176131" not in shown


@pytest.mark.parametrize("name", ["office", "preview", "line"])
def test_every_page_speaks_english(office: Client, fee: Fee, once: Once, name: str) -> None:
    (line, *_) = bring(Transfer("サトウ ハナコ"), SATO, Transfer("0456ハヤシ", 1)).new
    dropped = drop(office, bank.statement([Transfer("0123サトウ ハナコ", 10_999)]), once).url
    url = {"office": OFFICE, "preview": dropped, "line": reverse("payments:line", args=[line.pk])}[name]
    shown = office.get(f"/en{url}" if not url.startswith("/en") else url).content.decode()
    assert japanese_outside_marked(shown) == []


def test_the_fee_box_speaks_english(fee: Fee) -> None:
    with translation.override("en"):
        assert japanese_outside_marked(box(fee)) == []


def japanese_outside_marked(page: str) -> list[str]:
    """Runs of Japanese that no element marks with lang="ja"."""
    import re
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.stack: list[bool] = []
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in ("meta", "link", "input", "br", "img", "path", "use", "circle", "rect", "line"):
                self.stack.append(dict(attrs).get("lang") == "ja" or tag == "script")
            for name, value in attrs:
                if name != "value" and value and not any(self.stack) and re.search("[ぁ-ヿ一-鿿]", value):
                    self.found.append(value)

        def handle_endtag(self, tag: str) -> None:
            if self.stack and tag not in ("path", "use", "circle", "rect", "line"):
                self.stack.pop()

        def handle_data(self, data: str) -> None:
            if not any(self.stack) and re.search("[ぁ-ヿ一-鿿]", data):
                self.found.append(data.strip())

    reader = Reader()
    reader.feed(page)
    return reader.found
