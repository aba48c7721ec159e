"""Suzuki logs on her phone: all four categories, one with a photo; then twenty rows from a sheet at once."""

from __future__ import annotations

from collections.abc import Callable

import typst
from playwright.sync_api import FilePayload, Page, expect

from nintei.shared import paper

PHOTO = (
    '#set page(width: 300pt, height: 200pt)\n#set text(font: "BIZ UDPGothic")\n講演会の配布資料 2026年11月8日'
)
ROWS = "\n".join(
    ["区分\t日付\t時間\t内容\t分野"] + [f"C\t2026-06-{day:02}\t0.5\t読書 {day}\t4" for day in range(1, 21)]
)


def say(page: Page, title: str, day: int, group: str, how: str) -> None:
    """The form as far as every kind of activity asks it: one hour in November."""
    page.get_by_label("何をしましたか").fill(title)
    page.locator("[name=s-0-on_month]").fill("11")
    page.locator("[name=s-0-on_day]").fill(str(day))
    page.locator("[name=s-0-hours]").fill("1")
    page.get_by_label(group).check()
    if how:
        page.get_by_label(how).check()


def test_a_holder_logs_all_four_categories_and_twenty_rows(
    page: Page,
    site: str,
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
    become: Callable[[Page, str], None],
) -> None:
    drawn = typst.Compiler(font_paths=[str(paper.FONTS)]).compile(input=PHOTO.encode(), format="png")
    assert isinstance(drawn, bytes)
    photo: FilePayload = {"name": "photo.png", "mimeType": "image/png", "buffer": drawn}
    page.set_viewport_size({"width": 390, "height": 900})
    become(page, "suzuki")
    for title, day, group, how in (
        ("認定コースの受講", 5, "学んだ", "協会の認定・主催コース"),
        ("面接と採用の実務", 6, "学んだ", "ほかの研修コース"),
        ("応対品質の講演会", 8, "学んだ", "本・講演会・証明書のない研修"),
        ("新任リーダー研修の講師", 9, "教えた・働いた", ""),
    ):
        page.goto(f"{site}/my/cpd/new")
        say(page, title, day, group, how)
        if how.startswith("協会"):
            page.get_by_label("どのコースですか").select_option(index=1)
        else:
            page.get_by_label("業務のどの分野ですか").select_option("4")
        expect(page.locator(".preview__sum b").first).to_contain_text("+")
        if title == "応対品質の講演会":
            page.get_by_label("写真を撮る").set_input_files(photo)
            shot(page, "log-form")
            axe(page)
        page.locator(".preview__do").get_by_role("button", name="記録する").click()
        expect(page.locator(".banner--ok")).to_contain_text(title)
    page.goto(f"{site}/my/cpd/bring")
    page.get_by_label("表を貼り付ける").fill(ROWS)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_role("heading", name="新しく記録する20件")).to_be_visible()
    shot(page, "log-look")
    axe(page)
    page.get_by_role("button", name="20件を記録する").click()
    expect(page.locator(".banner--ok")).to_contain_text("20件を記録しました")
    expect(page.get_by_role("link", name="応対品質の講演会")).to_be_visible()
    shot(page, "log-list")
    for address in ("/en/my/cpd", "/en/my/cpd/new", "/en/my/cpd/bring", "/en/my/cpd/what-if"):
        page.goto(f"{site}{address}")
        axe(page)
