"""The accountant's bank day: the day of the drawing, dropped, looked at, decided, and one match undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation
from playwright.sync_api import Page, expect

from nintei.payments import actions
from nintei.payments.models import Fee
from nintei.payments.tests.conftest import reference_of
from nintei.people.models import Person
from nintei.shared import clock
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]

DAY = date(2026, 11, 24)
WAITING = (
    ("小林 遥", "コバヤシ ハルカ", "2025001182", "OMP"),
    ("中村 大輔", "ナカムラ ダイスケ", "2025000925", "CAP"),
    ("吉田 結衣", "ヨシダ ユイ", "2025003307", "OMP"),
    ("原 翔", "ハラ ショウ", "2025002051", "CAP"),
    ("松本 咲良", "マツモト サクラ", "2025004410", "OMP"),
    ("井上 匠", "イノウエ タクミ", "2025002290", "OMP"),
    ("林 恵子", "ハヤシ ケイコ", "2025007001", "OMP"),
)
LINES = (
    *(Transfer("1182コバヤシ ハルカ", on=DAY), Transfer("0925ナカムラ ダイスケ", on=DAY)),
    *(Transfer("ヨシダ ユイ3307", on=DAY), Transfer("2051ハラ シヨウ", on=DAY)),
    *(Transfer("マツモト サクラ", on=DAY), Transfer("2290イノウエ タクミ", 10_560, on=DAY)),
    *(Transfer("カ)ミナトコンタクト", 33_000, on=DAY), Transfer("1182コバヤシ ハルカ", on=DAY)),
    *(Transfer("ハヤシ ヨシオ", 11_000, on=DAY), Transfer("デンキリヨウキン", 8_200, on=DAY, out=True)),
)


@pytest.fixture
def fees(site: str) -> list[Fee]:
    return [_ask(n, *told) for n, told in enumerate(WAITING)]


def _ask(n: int, name: str, kana: str, number: str, qualification: str) -> Fee:
    person = Person.objects.create_user(f"applicant{n}@example.jp", name=name, kana=kana)
    return actions.open_fee(
        by="system",
        person=person,
        kind="first",
        reference=reference_of(name),
        qualification=qualification,
        pass_number=number,
        kana=kana,
        on=DAY,
        at=clock.now(),
    )


def drop(page: Page, site: str, content: bytes, name: str = "meisai-1124.txt") -> None:
    page.goto(f"{site}/office/payments")
    page.get_by_label("銀行の明細").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_role("button", name="中身を確かめる").click()


def test_the_bank_day(page: Page, site: str, fees: list[Fee], axe: Look, shot: Shot, become: Become) -> None:
    become(page, "mori")
    page.goto(f"{site}/office/payments")
    axe(page)
    shot(page, "bank-empty")
    drop(page, site, bank.statement(LINES))
    expect(page.get_by_role("heading", level=1)).to_have_text("読み込む前に確かめる")
    axe(page)
    shot(page, "bank-preview")
    page.get_by_role("button", name="読み込む", exact=True).click()
    expect(page.get_by_text("9件を読みました。 4件を消し込みました。")).to_be_visible()
    axe(page)
    shot(page, "bank")
    page.get_by_role("button", name="松本 咲良さんに消し込む").click()
    expect(page.locator(".lane--ok .line")).to_have_count(5)
    page.locator(".line", has_text="ハヤシ ヨシオ").get_by_role("link").click()
    page.get_by_label("氏名、カナ").fill("7001")
    page.get_by_role("button", name="探す").click()
    axe(page)
    shot(page, "bank-line")
    page.get_by_label("林 恵子さん").check()
    page.get_by_role("button", name="消し込む").click()
    expect(page.get_by_role("link", name="理由を書いてください")).to_be_visible()
    axe(page)
    shot(page, "bank-line-wrong")
    page.get_by_label("理由").fill("ご家族からの振込。電話で本人に確認")
    page.get_by_label("林 恵子さん").check()
    page.get_by_role("button", name="消し込む").click()
    expect(page.locator(".lane--ok .line")).to_have_count(6)
    line = page.locator(".lane--ok .line", has_text="原 翔")
    line.locator("summary").click()
    axe(page)
    shot(page, "bank-undo")
    line.get_by_label("元に戻す理由").fill("別の方の分でした")
    line.get_by_role("button", name="元に戻す").click()
    expect(page.locator(".lane--ok .line")).to_have_count(5)
    drop(page, site, bank.statement(LINES, ends=b""), "onaji.txt")
    page.get_by_role("button", name="読み込む", exact=True).click()
    expect(page.get_by_text("9件は、もう読み込んでありました。")).to_be_visible()


def test_a_broken_file_says_what_is_wrong(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    become(page, "mori")
    drop(page, site, bank.statement(LINES).replace(b"8000009", b"8000010"))
    expect(page.get_by_text("トレーラの入金件数は10ですが、明細を数えると9です。")).to_be_visible()
    axe(page)
    shot(page, "bank-broken")


def test_the_bank_day_in_english(
    page: Page, site: str, fees: list[Fee], axe: Look, shot: Shot, become: Become
) -> None:
    become(page, "mori")
    content = bank.statement(LINES)
    actions.import_file(by="system", content=content, name="meisai-1124.txt", on=DAY, at=clock.now())
    page.goto(f"{site}/en/office/payments")
    axe(page)
    shot(page, "bank-en")
    page.get_by_role("link", name="See more").first.click()
    axe(page)
    shot(page, "bank-line-en")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_applicants_fee_box(
    page: Page, site: str, fees: list[Fee], axe: Look, shot: Shot, become: Become, language: str
) -> None:
    """The part as the applicant's pages include it, in the frame of a page of the same width."""
    become(page, "sato")
    page.goto(f"{site}/my/profile" if language == "ja" else f"{site}/en/my/profile")
    with translation.override(language):
        box = Template("{% load payments %}{% fee_box fee on %}").render(Context({"fee": fees[0], "on": DAY}))
    page.evaluate("box => { document.querySelector('main').innerHTML = '<h1>OMP</h1>' + box }", box)
    page.add_script_tag(url=f"{site}/static/payments/copy.js")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-said]")).to_have_text("コピーしました" if language == "ja" else "Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "1182コバヤシハルカ"
    axe(page)
    shot(page, f"fee-box-{language}")
