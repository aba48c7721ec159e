"""A holder shows what they have: by a link that is copied and taken back, and by a passport that a stranger checks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from .test_first_light import work

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]


def linked(page: Page, site: str, axe: Look, shot: Shot) -> str:
    """A link made for somebody; the address that the button copied."""
    page.goto(f"{site}/my/certificates/links")
    page.get_by_label("覚え書き").fill("山田商事 人事")
    page.get_by_role("button", name="リンクを作る").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-said]")).to_have_text("コピーしました")
    axe(page)
    shot(page, "link-made")
    return str(page.evaluate("navigator.clipboard.readText()"))


def asked_for(page: Page, site: str, folder: Path, axe: Look, shot: Shot) -> list[Path]:
    """The passport, asked for, made by the worker, and downloaded as PDF and JSON."""
    page.goto(f"{site}/my/passport")
    page.get_by_role("button", name="今日の記録で作る").click()
    expect(page.locator(".file")).to_contain_text("作っています")
    work()
    page.reload()
    axe(page)
    shot(page, "passport")
    kept = []
    for kind in ("PDF", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        kept.append(folder / f"passport.{kind.lower()}")
        download.value.save_as(kept[-1])
    return kept


def test_a_link_and_a_passport_show_a_stranger_what_the_holder_chose(
    page: Page, site: str, become: Become, axe: Look, shot: Shot, tmp_path: Path
) -> None:
    work()
    become(page, "suzuki")
    address = linked(page, site, axe, shot)
    pdf, json = asked_for(page, site, tmp_path, axe, shot)
    page.goto(f"{site}/my/certificates/links")
    assert address not in page.content()
    with page.context.browser.new_context(locale="ja-JP") as elsewhere:
        stranger = elsewhere.new_page()
        stranger.goto(address)
        expect(stranger.locator("main")).to_contain_text("この資格は有効です")
        expect(stranger.locator("main")).to_contain_text("鈴木 美咲")
        page.get_by_role("button", name="このリンクを取り消す").click()
        stranger.reload()
        expect(stranger.locator("main")).to_contain_text("このリンクでは何も見られません")
        for file in (pdf, json):
            stranger.goto(f"{site}/verify/file")
            stranger.locator("[type=file]").set_input_files(file)
            stranger.get_by_role("button", name="確かめる").click()
            expect(stranger.get_by_role("heading", name="このCPDパスポートは本物です")).to_be_visible()
            expect(stranger.locator(".answer")).to_contain_text("この日は有効")
        axe(stranger)
        shot(stranger, "passport-genuine")
        changed = tmp_path / "changed.json"
        changed.write_text(json.read_text("utf-8").replace("鈴木 美咲", "鈴木 次郎"), "utf-8")
        stranger.locator("[type=file]").set_input_files(changed)
        stranger.get_by_role("button", name="確かめる").click()
        expect(stranger.get_by_role("heading", name="このCPDパスポートは本物ではありません")).to_be_visible()
        stranger.goto(f"{site}/en/verify/file")
        axe(stranger)
