"""The front of the house: coming in by a mailed code, the other language, the public pages, the demo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def open_letter(page: Page, site: str, subject: str) -> str:
    """The body of the newest letter with this subject, read in the demo's mailbox in a second tab."""
    other = page.context.new_page()
    other.goto(f"{site}/demo/mail")
    other.get_by_role("link", name=subject).first.click()
    body = other.locator(".letter").inner_text()
    other.close()
    return body


def code_of(body: str) -> str:
    return next(line for line in body.splitlines() if "-" in line and line.isascii()).strip()


def test_somebody_comes_in_by_a_mailed_code(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.get_by_role("link", name="サインイン", exact=True).click()
    axe(page)
    shot(page, "sign-in")
    page.get_by_label("メールアドレス").fill("sato@example.jp")
    page.get_by_role("button", name="コードを送る").click()
    axe(page)
    shot(page, "sign-in-code")
    page.get_by_label("メールで届いたコード").fill("AAAA-AAAA")
    page.get_by_role("button", name="続ける").click()
    expect(page.get_by_role("link", name="コードが違います")).to_be_visible()
    axe(page)
    shot(page, "sign-in-wrong-code")
    page.get_by_label("メールで届いたコード").fill(code_of(open_letter(page, site, "サインインのコード")))
    page.get_by_role("button", name="続ける").click()
    expect(page).to_have_url(f"{site}/my")
    expect(page.get_by_role("link", name="佐藤 健太さん")).to_be_visible()


def test_somebody_new_registers_and_writes_their_name(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.goto(f"{site}/sign-up")
    axe(page)
    page.get_by_label("メールアドレス").fill("takahashi@example.jp")
    page.get_by_role("button", name="コードを送る").click()
    page.get_by_label("メールで届いたコード").fill(code_of(open_letter(page, site, "登録のコード")))
    page.get_by_role("button", name="続ける").click()
    expect(page).to_have_url(f"{site}/my")
    axe(page)
    shot(page, "my-new")
    page.get_by_role("link", name="氏名を書く").click()
    page.get_by_label("氏名", exact=False).first.fill("髙橋 𠮷之助")
    page.get_by_label("フリガナ", exact=False).first.fill("高橋")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_role("link", name="フリガナは、カタカナで書いてください")).to_be_visible()
    axe(page)
    shot(page, "profile-wrong")
    page.get_by_label("フリガナ", exact=False).first.fill("たかはし ｷﾁﾉｽｹ")
    page.get_by_role("textbox", name="年").fill("1990")
    page.get_by_role("textbox", name="月").fill("2")
    page.get_by_role("textbox", name="日").fill("30")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_role("link", name="この日は暦にありません")).to_be_visible()
    page.get_by_role("textbox", name="日").fill("28")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("氏名を保存しました")).to_be_visible()
    expect(page.get_by_label("フリガナ", exact=False).first).to_have_value("タカハシ キチノスケ")
    expect(page.get_by_role("link", name="髙橋 𠮷之助さん")).to_be_visible()
    axe(page)
    shot(page, "profile")


def test_the_language_switch_keeps_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/courses?q=アカデミー")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{site}/en/courses?q=%E3%82%A2%E3%82%AB%E3%83%87%E3%83%9F%E3%83%BC")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Find training")
    page.get_by_role("link", name="日本語").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("研修を探す")


PAGES_FOR_ANYONE = {
    "home": "/", "courses": "/courses", "courses-none": "/courses?q=zzz", "sign-up": "/sign-up",
    "demo": "/demo", "mail": "/demo/mail", "parts": "/demo/parts", "404": "/nowhere",
}  # fmt: skip
MEMBERS_PAGES = {"suzuki": "my", "ito": "office", "academy": "my-provider"}


def test_axe_would_find_pale_words_among_inks_that_it_has_seen(page: Page, site: str, axe: Look) -> None:
    axe(page)
    page.evaluate("""() => {
      const words = document.querySelector("main").appendChild(document.createElement("p"));
      [words.textContent, words.style.color] = ["pale", "#bbb"];
    }""")
    with pytest.raises(AssertionError, match="color-contrast"):
        axe(page)


def test_axe_finds_nothing_on_a_page_for_anyone_or_a_members(
    page: Page, site: str, axe: Look, shot: Shot
) -> None:
    """One telling of the demo for all of them: they only read. A failure names its page."""
    for prefix in ("", "/en"):
        for name, path in PAGES_FOR_ANYONE.items():
            page.goto(f"{site}{prefix}{path}")
            axe(page)
            shot(page, f"{name}{prefix.replace('/', '-')}")
    for who, name in MEMBERS_PAGES.items():
        page.goto(f"{site}/demo")
        page.locator(".cast > li", has_text=f"{who}@example.jp").get_by_role("button").click()
        expect(page.get_by_role("link", name="サインアウト")).to_be_visible()
        axe(page)
        shot(page, name)


def test_the_demo_calendar_moves_the_office(page: Page, site: str, axe: Look) -> None:
    page.goto(f"{site}/demo")
    page.get_by_role("textbox", name="年").fill("2027")
    page.get_by_role("textbox", name="月").fill("1")
    page.get_by_role("textbox", name="日").fill("10")
    page.get_by_role("button", name="この日にする").click()
    expect(page.get_by_label("デモ", exact=True)).to_contain_text("2027年1月10日（日）")
    page.get_by_role("button", name="本当の今日に戻す").click()
    expect(page.get_by_label("デモ", exact=True)).to_contain_text("2026年11月24日（火）")
    axe(page)


def test_every_control_of_the_sign_in_page_is_reached_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.name"))
    assert reached[0] == "本文へ進む"
    for wanted in ("研修を探す", "English", "email", "コードを送る", "登録してください"):
        assert wanted in reached
