"""An audit in a browser: the office draws, an outsider draws the same, a holder answers, a line is struck."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from nintei.applications import actions as applications
from nintei.applications import queries as renewals
from nintei.applications.actions import MarkSaid
from nintei.audits.tests.conftest import at, filed, set_terms
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.registry.models import Term
from nintei.shared.tests.test_pictures import png

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]
NUMBER = "2,714.30"


def cast(who: str) -> Person:
    person = person_by_email(f"{who}@example.jp")
    assert person is not None
    return person


def fill_day(page: Page, label: str, day: date) -> None:
    group = page.get_by_role("group", name=label)
    for word, value in (("年", day.year), ("月", day.month), ("日", day.day)):
        group.get_by_label(word, exact=True).fill(str(value))


def both(page: Page, site: str, axe: Look, shot: Shot, name: str) -> None:
    """axe and pictures of the page in Japanese and in English; then back."""
    url = page.url
    axe(page)
    shot(page, name)
    page.goto(url.replace(site, f"{site}/en"))
    axe(page)
    shot(page, f"{name}-en")
    page.goto(url)


@dataclass(frozen=True)
class Story:
    """What every chapter of the story needs."""

    page: Page
    site: str
    axe: Look
    shot: Shot
    become: Become
    turn_to: Callable[[str], None]

    def both(self, name: str) -> None:
        """axe and pictures of the page in Japanese and in English; then back."""
        both(self.page, self.site, self.axe, self.shot, name)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button).click()


@pytest.fixture
def story(
    page: Page, site: str, axe: Look, shot: Shot, become: Become, monkeypatch: pytest.MonkeyPatch
) -> Story:
    return Story(page, site, axe, shot, become, lambda day: monkeypatch.setenv("NINTEI_TODAY", day))


def test_an_audit_from_the_draw_to_the_renewal(story: Story, browser: Browser, tmp_path: Path) -> None:
    page, site, tanaka = story.page, story.site, cast("tanaka")
    story.turn_to("2026-12-01")
    story.become(page, "ito")
    page.get_by_role("link", name="監査", exact=True).first.click()
    expect(page.get_by_text("まだ定められていないので、抽出はできません")).to_be_visible()
    expect(page.get_by_text("監査に答えるまでの日数")).to_be_visible()
    story.both("audits-unset")
    set_terms(cast("board"), cast("kato"), share=Decimal(100))
    filed(tanaka)
    _the_office_draws(story)
    _an_outsider_draws_the_same(browser, site, story.axe, story.shot, tmp_path)
    _the_holder_answers_by_phone(story)
    _the_auditor_marks_each_line(story)
    _another_person_decides(story)
    _still_renewed(tanaka)
    story.become(page, "tanaka")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/my/audits")
    page.get_by_role("link", name="監査 第1号").click()
    expect(page.get_by_text("書類がないとのことなので、除きました。")).to_be_visible()
    story.both("audit-result")
    page.goto(f"{site}/audits")
    story.both("audits-public")


def _the_office_draws(story: Story) -> None:
    """A frame is frozen, a seed announced that nobody knows; signed; then two people read the number."""
    page = story.page
    story.turn_to("2027-03-01")
    page.goto(f"{story.site}/office/audits/draws/new")
    story.axe(page)
    fill_day(page, "この日に送られた更新申請から", date(2027, 1, 1))
    fill_day(page, "この日に送られたものまで", date(2027, 2, 28))
    fill_day(page, "記録に署名する日", date(2027, 3, 2))
    page.get_by_label("種に使う公開の数字").fill("東証株価指数（TOPIX）の3月2日の終値")
    fill_day(page, "数字が決まる日", date(2027, 3, 3))
    page.get_by_label("数字が決まる時刻（日本時間）").fill("0:00")
    story.shot(page, "audits-new")
    story.press("固定して公表する")
    expect(page.get_by_text("母集団を固定し、記録に書きました")).to_be_visible()
    drawing = page.url
    story.turn_to("2027-03-02")
    page.goto(drawing)
    story.press("いま署名する")
    expect(page.get_by_text("記録に署名しました")).to_be_visible()
    story.turn_to("2027-03-03")
    for who in ("ito", "kato"):
        story.become(page, who)
        page.goto(drawing)
        if who == "kato":
            story.both("audits-number")
        page.get_by_role("textbox", name=re.compile("^数字")).fill(NUMBER)
        page.get_by_label("どこで見たか").fill("取引所のページ")
        story.press("読み取った数字を記録する")
    expect(page.get_by_text("抽出しました。1件の監査が始まりました")).to_be_visible()
    story.shot(page, "audits-drawn")


def _the_holder_answers_by_phone(story: Story) -> None:
    page = story.page
    story.become(page, "tanaka")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{story.site}/my/audits")
    story.both("audits-mine")
    page.get_by_role("link", name="監査 第1号").click()
    story.both("audit")
    page.get_by_role("link", name="1. Aの活動1").click()
    story.both("audit-line")
    photo = {"name": "受講証明書.png", "mimeType": "image/png", "buffer": png(400, 300)}
    page.get_by_label("書類（写真、PDF）").set_input_files(photo)  # type: ignore[arg-type]
    story.press("答えを保存する")
    page.get_by_role("link", name="2. Dの活動2").click()
    page.get_by_label("示せる書類はない").check()
    story.press("答えを保存する")
    page.get_by_role("link", name="3. Dの活動3").click()
    page.get_by_label("説明").fill("2024年8月1日の10時から16時まで、社内の研修で品質の測り方を教えました。")
    story.press("答えを保存する")
    story.press("回答を送る")
    expect(page.get_by_text("回答を送りました。結果はお知らせします")).to_be_visible()


def _the_auditor_marks_each_line(story: Story) -> None:
    """Beside the documents; to strike without words is refused on the page."""
    page, following = story.page, "判断を残して次の行へ"
    page.set_viewport_size({"width": 1280, "height": 900})
    story.become(page, "ito")
    page.goto(f"{story.site}/office/audits")
    story.both("audits-office")
    page.get_by_role("link", name="田中 凪").first.click()
    story.press("確認を引き受ける")
    page.get_by_role("link", name="Aの活動1").click()
    expect(page.get_by_role("img", name=re.compile("受講証明書"))).to_be_visible()
    story.both("audit-mark")
    page.get_by_label("受講証明書である").check()
    page.get_by_label("認める", exact=True).check()
    story.press(following)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dの活動2")
    page.get_by_label("除く", exact=True).check()
    page.get_by_label("理由の種類").select_option(label="活動したことを証明する書類がない")
    story.press(following)
    expect(page.get_by_text("監査を受けた方に伝わる言葉で、理由を書いてください。").first).to_be_visible()
    story.shot(page, "audit-mark-error")
    page.get_by_label("監査を受ける方への言葉").fill("書類がないとのことなので、除きました。")
    story.press(following)
    for word in ("対象", "内容の詳細", "日付", "始まりと終わりの時刻"):
        page.get_by_label(word, exact=True).check()
    page.get_by_label("認める", exact=True).check()
    story.press(following)
    story.both("audit-case")
    story.press("決定へ進める")
    expect(page.get_by_text("あなたが進めたので、決めるのは別の人です。")).to_be_visible()


def _another_person_decides(story: Story) -> None:
    page = story.page
    story.become(page, "kato")
    page.goto(f"{story.site}/office/audits?lane=proposed")
    page.get_by_role("link", name="田中 凪").first.click()
    story.both("audit-rule")
    page.get_by_label("このとおり決める").check()
    story.press("決定する")
    expect(page.get_by_text("30.0 → 30.0").first).to_be_visible()


def _still_renewed(tanaka: Person) -> None:
    """Other work of the same year has moved up, and the two people of the renewal find thirty points."""
    row, day = renewals.of_person(tanaka).get(), date(2027, 3, 3)
    ito, told = cast("ito"), {"application": row, "version": None, "on": day, "at": at(day)}
    applications.take_up(actor=ito, **told)  # type: ignore[arg-type]
    said = [MarkSaid(part.code, "confirm") for part in renewals.verdict(row, day).parts]
    applications.recommend(actor=ito, marks=said, notes="", **told)  # type: ignore[arg-type]
    applications.decide(actor=cast("kato"), outcome="certified", reasons={}, words="", **told)  # type: ignore[arg-type]
    assert Term.objects.filter(cause=row.reference).count() == 1


def _an_outsider_draws_the_same(browser: Browser, site: str, axe: Look, shot: Shot, folder: Path) -> None:
    """Somebody without an account downloads script and frame, and runs them with a bare Python."""
    outside = browser.new_context(locale="ja-JP", accept_downloads=True)
    page = outside.new_page()
    page.goto(f"{site}/audits")
    page.get_by_role("link", name="1回目の抽出を確かめる").click()
    both(page, site, axe, shot, "audits-draw")
    for link, name in (("母集団（JSON）", "frame-1.json"), ("抽出のプログラム", "draw.py")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=link).click()
        assert waiting.value.suggested_filename == name
        waiting.value.save_as(folder / name)
    command = page.locator("pre code").inner_text()
    root = command.split()[3]
    ran = subprocess.run(
        [sys.executable, "-I", "draw.py", "frame-1.json", root, NUMBER],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line.split() for line in ran.stdout.splitlines()]
    assert lines[0] == ["frame", page.locator("dd.hash").first.inner_text()]
    shown = [cell.inner_text() for cell in page.locator("table td.hash").all()]
    assert [ticket for _stratum, ticket, _why in lines[2:]] == shown
    assert len(shown) == 1
    outside.close()
