"""From the check without an account to two applications from one body of experience, on a phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from nintei.applications.models import Application
from nintei.experience.models import Post
from nintei.notices.models import Letter

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def write_day(place: Locator | Page, name: str, *parts: str) -> None:
    for box, text in zip(("year", "month", "day"), parts, strict=False):
        place.locator(f"[name={name}_{box}]").fill(text)


def test_the_answer_becomes_two_applications(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/check")
    page.get_by_label("オペレーションマネジメント").check()
    write_day(page, "issued", "2024", "10", "8")
    page.locator("[name=p0-organisation]").fill("みなと電話")
    write_day(page, "p0-started", "2019", "4")
    write_day(page, "p0-ended", "2022", "3")
    page.locator("#p0").get_by_label("4 オペレーション").check()
    page.get_by_role("button", name="職歴をもう1つ加える").click()
    page.locator("[name=p1-organisation]").fill("𠮷髙コンタクト")
    write_day(page, "p1-started", "2022", "1")
    page.locator("#p1").get_by_label("現在も続いている").check()
    page.locator("#p1").get_by_label("6 ").check()
    page.get_by_role("button", name="答えを見る").last.click()
    expect(page.locator("#answer")).to_contain_text("業務経験は、書かれたとおりなら足りています")
    expect(page.locator("#answer")).to_contain_text("7年7か月24日")
    expect(page.locator("#answer")).to_contain_text("残り494日")
    axe(page)
    shot(page, "check-answer")
    page.get_by_role("button", name="この内容で申請を書き始める").click()
    _sign_up(page)
    expect(page.get_by_role("heading", name="確かめた内容を申請に入れる")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="下書きに入れる").click()
    expect(page.get_by_text("職歴を申請に書き加えました")).to_be_visible()
    expect(page.locator("main")).to_contain_text("2つの職歴、2つの分野")
    shot(page, "check-taken")
    _a_post_is_kept_while_it_is_typed(page, site)
    page.goto(f"{site}/my/apply/OMP")
    page.get_by_role("link", name="コンタクトセンターアーキテクチャ").click()
    page.get_by_role("button", name="申請を書き始める").click()
    expect(page.locator("main")).to_contain_text("2つの分野")
    assert Post.objects.filter(person__email="new@example.jp").count() == 2
    drafts = Application.objects.filter(person__email="new@example.jp", state="draft")
    assert {draft.qualification for draft in drafts} == {"CAP", "OMP"}
    axe(page)
    page.goto(f"{site}/en/my/apply/CAP")
    axe(page)
    shot(page, "check-both-en")
    page.goto(f"{site}/en/check")
    axe(page)


def _sign_up(page: Page) -> None:
    page.get_by_label("メールアドレス").fill("new@example.jp")
    page.get_by_role("button", name="コードを送る").click()
    expect(page.get_by_label("メールで届いたコード")).to_be_visible()
    letter = Letter.objects.filter(to_email="new@example.jp").order_by("-written_at")[0]
    # The letter's second paragraph is the code alone.
    page.get_by_label("メールで届いたコード").fill(letter.body.split("\n\n")[1].strip())
    page.get_by_role("button", name="続ける").click()


def _a_post_is_kept_while_it_is_typed(page: Page, site: str) -> None:
    page.goto(f"{site}/my/experience/OMP/post")
    page.locator("[name=organisation]").fill("まだ途中")
    page.locator("[name=department]").press_sequentially("品質")
    expect(page.locator("#sums")).to_contain_text("保存しました")
    page.goto(f"{site}/my/apply/OMP")
    expect(page.locator("main")).to_contain_text("書きかけの職歴が1つあります")
    page.get_by_role("link", name="まだ途中の続きを書く").click()
    expect(page.locator("[name=department]")).to_have_value("品質")
    page.get_by_role("button", name="書きかけを捨てる").click()
