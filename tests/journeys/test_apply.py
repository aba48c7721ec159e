"""From Sato's draft to the certification: applicant, attestor, accountant, reviewer, decider."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from nintei.applications.models import Application
from nintei.notices.models import Letter
from nintei.payments import actions as payments
from nintei.people.models import Person
from nintei.shared import clock

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]


def link_to(email: str) -> str:
    """The link in the newest mail to an address."""
    letter = Letter.objects.filter(to_email=email, body__contains="/attest/").order_by("-written_at")[0]
    return next(line for line in letter.body.splitlines() if "/attest/" in line)


def pay(payer: str) -> None:
    """The bank's file of the day, dropped by Mori."""
    today = clock.today()
    text = f"日付,摘要,お支払金額,お預り金額,残高\r\n{today:%Y/%m/%d},振込 {payer},,11000,111000\r\n"
    mori = Person.objects.get(email="mori@example.jp")
    payments.import_file(by=mori.by, content=text.encode("cp932"), name="b.csv", on=today, at=clock.now())


def test_sato_applies_and_is_certified(page: Page, site: str, axe: Look, shot: Shot, become: Become) -> None:
    become(page, "sato")
    page.goto(f"{site}/my/apply/OMP")
    expect(page.get_by_role("heading", name="することは6つ、3つ終わりました")).to_be_visible()
    expect(page.locator("main")).to_contain_text("7年1か月24日")
    expect(page.locator("main")).to_contain_text("うち証明済み 4年7か月24日")
    expect(page.locator("main")).to_contain_text("残り494日")
    axe(page)
    shot(page, "apply")
    _pledge(page, site, axe, shot)
    _attest(page, axe, shot)
    _send(page, site, axe, shot)
    pay("0417サトウケンタ")
    application = Application.objects.get(person__email="sato@example.jp")
    assert (application.state, application.accepted_on) == ("accepted", clock.today())
    become(page, "ito")
    _review(page, site, axe, shot, application)
    become(page, "kato")
    _decide(page, site, axe, shot, application)
    become(page, "sato")
    page.goto(f"{site}/my/apply/OMP")
    expect(page.get_by_text("認定されました。おめでとうございます。")).to_be_visible()
    axe(page)
    shot(page, "apply-certified")


def _pledge(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.get_by_role("link", name=re.compile("順守の宣誓")).click()
    expect(page.get_by_role("heading", name="この本文は見本です")).to_be_visible()
    page.get_by_label("お名前").fill("佐藤 健一")
    page.get_by_label("本文を読み").check()
    page.get_by_role("button", name="署名する").click()
    expect(page.get_by_role("link", name=re.compile("登録の氏名「佐藤 健太」"))).to_be_visible()
    axe(page)
    shot(page, "pledge-wrong")
    page.get_by_label("お名前").fill("佐藤 健太")
    page.get_by_role("button", name="署名する").click()
    expect(page.get_by_text("宣誓に署名しました")).to_be_visible()


def _attest(page: Page, axe: Look, shot: Shot) -> None:
    link = link_to("abe@example.jp")
    other = page.context.browser.new_context(locale="ja-JP").new_page()
    other.goto(link)
    axe(other)
    shot(other, "attest")
    expect(other.locator("main button, main summary").first).to_have_text("わたしは確認できません")
    other.get_by_role("button", name="署名する文を読む").click()
    expect(other.locator(".summary-box")).to_be_visible()
    axe(other)
    shot(other, "attest-wrong")
    other.get_by_label("はい", exact=True).check()
    other.get_by_label("上の期間、ずっと").check()
    other.get_by_label("この勤務先で、上司か監督者でした").check()
    other.get_by_label("もうこの勤務先にはいません").check()
    other.get_by_label("当時のあなたの役職").fill("品質管理課長")
    other.get_by_label("お名前").fill("阿部 直子")
    other.get_by_role("button", name="署名する文を読む").click()
    expect(other.get_by_text("証明する期間: 2021年4月1日（木） から 2024年3月31日（日）")).to_be_visible()
    axe(other)
    shot(other, "attest-sign")
    _draw(other)
    other.get_by_role("button", name="署名して送る").click()
    expect(other.get_by_role("heading", name="返事をいただきました")).to_be_visible()
    axe(other)
    shot(other, "attest-done")
    other.goto(link)
    expect(other.get_by_text("もう一度送る必要はありません")).to_be_visible()
    other.context.close()


def _draw(page: Page) -> None:
    """A stroke with the mouse, cleared, and another one."""
    pad = page.locator("canvas")
    for turn in range(2):
        pad.scroll_into_view_if_needed()
        frame = pad.bounding_box()
        assert frame
        page.mouse.move(frame["x"] + 40, frame["y"] + 40)
        page.mouse.down()
        page.mouse.move(frame["x"] + 200, frame["y"] + 60, steps=5)
        page.mouse.up()
        expect(page.get_by_text("手書きの署名もいっしょに送ります")).to_be_visible()
        if turn == 0:
            page.get_by_role("button", name="書き直す").click()
            expect(page.locator("[name=drawn]")).to_have_value("")


def _send(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.goto(f"{site}/my/apply/OMP")
    page.get_by_role("link", name="確認して送る", exact=True).click()
    axe(page)
    shot(page, "apply-check")
    page.get_by_role("button", name="申請を送る").click()
    expect(page.locator(".summary-box")).to_be_visible()
    page.get_by_label("有効期間の残りと").check()
    page.get_by_role("button", name="申請を送る").click()
    expect(page.locator("[id^=payer-]")).to_have_value("0417サトウケンタ")
    expect(page.locator("main")).to_contain_text("あなたの振込を待っています")
    expect(page.locator("main")).to_contain_text("三菱東京UFJ銀行")
    axe(page)
    shot(page, "apply-fee")


def _review(page: Page, site: str, axe: Look, shot: Shot, application: Application) -> None:
    page.goto(f"{site}/office/applications")
    axe(page)
    shot(page, "office-queue")
    page.get_by_role("link", name="佐藤 健太").click()
    page.get_by_role("button", name="審査を引き受ける").click()
    axe(page)
    shot(page, "office-case")
    page.get_by_role("button", name="決定へ進める").click()
    expect(page.locator("main")).to_contain_text("伊藤 結さんの審査")
    expect(page.get_by_role("button", name="認定する")).to_have_count(0)


def _decide(page: Page, site: str, axe: Look, shot: Shot, application: Application) -> None:
    page.goto(f"{site}/office/applications/{application.pk}")
    axe(page)
    shot(page, "office-decide")
    page.get_by_role("button", name="認定する").click()
    expect(page.get_by_role("heading", name="決定: 認定")).to_be_visible()
    axe(page)
    shot(page, "office-decided")


def test_the_forms_of_an_applicant(page: Page, site: str, axe: Look, shot: Shot, become: Become) -> None:
    become(page, "sato")
    page.goto(f"{site}/my/experience/OMP/post")
    axe(page)
    shot(page, "post")
    page.get_by_role("button", name="保存する").click()
    expect(page.locator(".summary-box")).to_be_visible()
    axe(page)
    shot(page, "post-wrong")
    page.goto(f"{site}/my/experience/OMP/attestors")
    axe(page)
    shot(page, "attestors")
    become(page, "tanaka")
    page.goto(f"{site}/my/apply/CAP")
    axe(page)
    shot(page, "apply-start")
    page.get_by_role("button", name="申請を書き始める").click()
    axe(page)
    shot(page, "apply-empty")
    page.goto(f"{site}/attest/nothing")
    expect(page.get_by_role("heading", name="このリンクは使えません")).to_be_visible()
    axe(page)
