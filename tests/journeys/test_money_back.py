"""A receipt downloaded by who paid, and a refund by two people; the books agree at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
from playwright.sync_api import Page, expect

from nintei.payments import actions, queries
from nintei.payments.tests.conftest import reference_of
from nintei.people.models import Person
from nintei.shared import clock
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]
DAY = date(2026, 11, 24)


def paid_by_sato() -> None:
    """Sato paid 4,000 yen too much; somebody unknown paid 5,500 yen ten weeks ago."""
    sato = Person.objects.get(email="sato@example.jp")
    actions.open_fee(
        by="system",
        person=sato,
        kind="first",
        reference=reference_of("money back"),
        qualification="CAP",
        pass_number="2025000417",
        kana="サトウ ケンタ",
        on=DAY,
        at=clock.now(),
    )
    lines = [
        Transfer("0417サトウ ケンタ", 15_000, DAY),
        Transfer("ハヤシ ケイコ", 5_500, date(2026, 9, 14)),
    ]
    content = bank.statement(lines)
    done = actions.import_file(by="system", content=content, name="meisai.txt", on=DAY, at=clock.now())
    mori = Person.objects.get(email="mori@example.jp")
    fee = queries.fee_for(reference_of("money back"))
    assert fee is not None
    line = next(line for line in done.new if line.amount == 15_000)
    actions.settle(
        by=mori.by, actor=mori, lines=[line], fees=[fee], reasons=[], note="多い分は返す", at=clock.now()
    )


def sato_takes_the_receipt(
    page: Page, site: str, axe: Look, shot: Shot, become: Become, tmp_path: Path
) -> None:
    become(page, "sato")
    page.goto(f"{site}/my/receipts")
    shot(page, "receipts-new")
    page.get_by_label("宛名").fill("株式会社ミナトコンタクト")
    page.get_by_role("button", name="領収書を発行する").click()
    expect(page.get_by_text("領収書 R2026-000001 を発行しました。")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="領収書 R2026-000001").click()
    waiting.value.save_as(tmp_path / "receipt.pdf")
    text = pypdf.PdfReader(tmp_path / "receipt.pdf").pages[0].extract_text()
    assert re.search(r"株式会社ミナトコンタクト.*¥11,000", re.sub(r"\s", "", text))
    axe(page)
    page.goto(f"{site}/en/my/receipts")
    axe(page)
    shot(page, "receipts-en")


def mori_asks(page: Page, site: str, axe: Look, shot: Shot, become: Become) -> None:
    become(page, "mori")
    page.goto(f"{site}/office/payments/books")
    axe(page)
    shot(page, "books")
    page.locator("tr", has_text="サトウ ケンタ").get_by_role("link", name="返す").click()
    expect(page.get_by_label("返す金額（円）")).to_have_value("4000")
    page.get_by_label("理由").fill("4,000円多く振り込まれた。電話で確認")
    page.get_by_role("button", name="返すことにする").click()
    page.get_by_label("振込先").fill("みずほ銀行 渋谷支店 普通 1234567 サトウケンタ")
    page.get_by_label("銀行の振込手数料（円）").fill("440")
    axe(page)
    shot(page, "refund-ask")
    page.get_by_role("button", name="二人目に承認を求める").click()
    expect(page.get_by_text("ご自分の求めなので、ほかの人の承認を待っています。")).to_be_visible()
    expect(page.get_by_role("button", name="承認する", exact=True)).to_have_count(0)
    page.goto(f"{site}/office/payments/account")
    page.get_by_label("理由").fill("通帳の表紙と比べた")
    page.get_by_role("button", name="合っているので、二人目に承認を求める").click()


def kato_approves(page: Page, site: str, axe: Look, shot: Shot, become: Become) -> None:
    become(page, "kato")
    page.goto(f"{site}/office/payments/refunds")
    shot(page, "approvals")
    page.goto(f"{site}/en/office/payments/refunds")
    axe(page)
    shot(page, "approvals-en")
    page.get_by_role("button", name="Approve", exact=True).first.click()
    page.get_by_role("button", name="Approve", exact=True).first.click()
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)


def mori_pays(page: Page, site: str, axe: Look, shot: Shot, become: Become) -> None:
    become(page, "mori")
    page.goto(f"{site}/office/payments/refunds")
    page.get_by_role("link", name="佐藤").click()
    for box, value in zip(("年", "月", "日"), ("2026", "11", "24"), strict=True):
        page.get_by_label(box, exact=True).fill(value)
    page.get_by_role("button", name="振り込みました").click()
    expect(page.get_by_text("振り込んだことを記録しました。")).to_be_visible()
    axe(page)
    shot(page, "refunds")
    for name, path in (
        ("entries", "en/office/payments/books/entries?since=2026-11-01&until=2026-11-30"),
        ("receipts-office", "office/payments/receipts"),
        ("account", "en/office/payments/account"),
    ):
        page.goto(f"{site}/{path}")
        axe(page)
        shot(page, name)


def test_a_receipt_and_a_refund_by_two_people(
    page: Page, site: str, axe: Look, shot: Shot, become: Become, tmp_path: Path
) -> None:
    paid_by_sato()
    tools = (page, site, axe, shot, become)
    sato_takes_the_receipt(*tools, tmp_path)
    mori_asks(*tools)
    kato_approves(*tools)
    mori_pays(*tools)
    sheet = queries.trial_balance()
    assert {row.account.value: row.balance for row in sheet.rows if row.balance} == {
        "bank": 16_500,
        "advances": -11_000,
        "suspense": -5_500,
    }
