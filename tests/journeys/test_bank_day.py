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
    ("後藤 源治", "ゴトウ ゲンジ", "2025000789", "OMP"),
    ("港 一郎", "ミナト イチロウ", "2025005101", "OMP"),
    ("港 次郎", "ミナト ジロウ", "2025005102", "CAP"),
    ("港 三郎", "ミナト サブロウ", "2025005103", "OMP"),
)
LINES = (
    *(Transfer("1182コバヤシ ハルカ", on=DAY), Transfer("0925ナカムラ ダイスケ", on=DAY)),
    *(Transfer("ヨシダ ユイ3307", on=DAY), Transfer("2051ハラ シヨウ", on=DAY)),
    *(Transfer("マツモト サクラ", on=DAY), Transfer("2290イノウエ タクミ", 10_560, on=DAY)),
    Transfer("0789コトウ ケンシ", on=DAY),
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
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    page.locator("#drop button[type=submit]").click()


def agree(page: Page, site: str, axe: Look, shot: Shot) -> None:
    """A company has written whom it will pay for; its list is pasted."""
    page.goto(f"{site}/office/payments/payers")
    page.get_by_label("振込人の名義").fill("カブシキガイシャ ミナトコンタクト")
    page.get_by_label("まとめて払う方").fill("2025005101\n5102\n港 三郎")
    page.get_by_label("いきさつ").fill("11月5日のメール")
    page.get_by_role("button", name="書き留める").click()
    expect(page.get_by_text("取り決めを書き留めました。")).to_be_visible()
    axe(page)
    shot(page, "bank-payers")


def test_the_bank_day(page: Page, site: str, fees: list[Fee], axe: Look, shot: Shot, become: Become) -> None:
    become(page, "mori")
    page.goto(f"{site}/office/payments")
    axe(page)
    shot(page, "bank-empty")
    agree(page, site, axe, shot)
    drop(page, site, bank.statement(LINES))
    expect(page.get_by_role("heading", level=1)).to_have_text("読み込む前に確かめる")
    axe(page)
    shot(page, "bank-preview")
    page.get_by_role("button", name="読み込む", exact=True).click()
    expect(page.get_by_text("10件を読みました。 手数料7件を消し込みました。")).to_be_visible()
    expect(page.locator(".lane--ok .line", has_text="カ)ミナトコンタクト")).to_contain_text("取り決めの名義")
    axe(page)
    shot(page, "bank")
    page.get_by_role("button", name="後藤 源治さんに消し込む").click()
    expect(page.locator(".lane--ok .line")).to_have_count(6)
    page.get_by_role("button", name="松本 咲良さんに消し込む").click()
    expect(page.locator(".lane--ok .line")).to_have_count(7)
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
    expect(page.locator(".lane--ok .line")).to_have_count(8)
    line = page.locator(".lane--ok .line", has_text="原 翔")
    line.locator("summary").click()
    axe(page)
    shot(page, "bank-undo")
    line.get_by_label("元に戻す理由").fill("別の方の分でした")
    line.get_by_role("button", name="元に戻す").click()
    expect(page.locator(".lane--ok .line")).to_have_count(7)
    drop(page, site, bank.statement(LINES, ends=b""), "onaji.txt")
    page.get_by_role("button", name="読み込む", exact=True).click()
    expect(page.get_by_text("10件は、もう読み込んでありました。")).to_be_visible()


def test_a_broken_file_says_what_is_wrong(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    become(page, "mori")
    drop(page, site, bank.statement(LINES).replace(b"8000010", b"8000011"))
    expect(page.get_by_text("トレーラの入金件数は11ですが、明細を数えると10です。")).to_be_visible()
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
    for path in ("payers", "open", "tables"):
        page.goto(f"{site}/en/office/payments/{path}")
        axe(page)
        shot(page, f"bank-{path}-en")
    drop(
        page, f"{site}/en", "いつ,だれ,いくら\r\n2026/11/24,5102ミナト ジロウ,11000\r\n".encode(), "coop.csv"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Say which column is which")
    axe(page)
    shot(page, "bank-columns-en")


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
    page.add_script_tag(url=f"{site}/static/shared/copy.js")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-said]")).to_have_text("コピーしました" if language == "ja" else "Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "1182コバヤシハルカ"
    axe(page)
    shot(page, f"fee-box-{language}")
