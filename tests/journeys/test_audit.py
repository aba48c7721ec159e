"""An audit in a browser: terms by two people, a draw that an outsider draws again, one line struck, still renewed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from nintei.applications import actions as applications
from nintei.applications import queries as renewals
from nintei.applications.actions import MarkSaid
from nintei.audits.tests.conftest import at, filed
from nintei.journal.actions import checkpoint
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.registry.models import Term
from nintei.shared import clock
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


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()


@dataclass(frozen=True)
class Story:
    """What every chapter of the story needs; each person has a browser of their own."""

    browser: Browser
    site: str
    axe: Look
    shot: Shot
    become: Become
    turn_to: Callable[[str], None]

    def leave(self) -> None:
        """Everybody closes their browser."""
        for context in self.browser.contexts:
            context.close()

    def seat(self, who: str, width: int = 1280) -> Page:
        """Somebody signed in."""
        view = {"width": width, "height": 900}
        page = self.browser.new_context(locale="ja-JP", viewport=view, accept_downloads=True).new_page()  # type: ignore[arg-type]
        if who:
            self.become(page, who)
        return page

    def look(self, page: Page, name: str) -> None:
        """axe, and nothing scrolls sideways at either width."""
        self.axe(page)
        self.shot(page, name)

    def look_twice(self, page: Page, name: str) -> None:
        """The same in Japanese and in English; the page stays English."""
        self.look(page, name)
        page.goto(page.url.replace(self.site, f"{self.site}/en"))
        self.look(page, f"{name}-en")


@pytest.fixture
def story(
    browser: Browser, site: str, axe: Look, shot: Shot, become: Become, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Story]:
    told = Story(browser, site, axe, shot, become, lambda day: monkeypatch.setenv("NINTEI_TODAY", day))
    yield told
    told.leave()


def test_an_audit_from_the_draw_to_the_renewal(story: Story, tmp_path: Path) -> None:
    tanaka, site = cast("tanaka"), story.site
    ito, kato, holder = story.seat("ito"), story.seat("kato"), story.seat("tanaka", 390)
    _two_people_set_the_terms(story, kato)
    filed(tanaka)
    _the_office_draws(story, ito, kato)
    _an_outsider_draws_the_same(story, tmp_path)
    _the_holder_answers_by_phone(story, holder)
    _the_auditor_marks_each_line(story, ito)
    kato.goto(f"{site}/office/audits?lane=proposed")
    kato.get_by_role("link", name="田中 凪").first.click()
    kato.get_by_label("このとおり決める").check()
    press(kato, "決定する")
    expect(kato.get_by_text("30.0 → 30.0").first).to_be_visible()
    story.look_twice(kato, "audit-case")
    _still_renewed(tanaka)
    holder.goto(f"{site}/my/audits")
    holder.get_by_role("link", name=re.compile("監査 第2号")).click()
    expect(holder.get_by_text("書類がないとのことなので、除きました。")).to_be_visible()
    story.look_twice(holder, "audit-result")


def _two_people_set_the_terms(story: Story, kato: Page) -> None:
    """The board proposes on a page, Kato agrees on another."""
    story.turn_to("2026-12-01")
    page = story.seat("board")
    page.goto(f"{story.site}/office/audits/terms")
    page.get_by_text("案を書く").click()
    numbers = {
        "監査する割合（％）": 100, "危険度の印がある更新の割合（％）": 0, "回答の日数": 21, "延長できる日数": 14,
        "不服を申し立てられる日数": 14, "証明書類を保管する月数": 48, "公開の数字で隠す小さい数": 5,
    }  # fmt: skip
    for label, number in numbers.items():
        page.get_by_label(label).fill(str(number))
    page.get_by_label("資格ごと").check()
    page.get_by_label("だれも外れない").check()
    page.get_by_label("どこで、いつ決めたか").fill("理事会（第12回）")
    press(page, "案を出す")
    expect(page.get_by_text("いつから").first).to_be_visible()  # the day is wanted: the page keeps the rest
    fill_day(page, "いつから", date(2026, 12, 1))
    press(page, "案を出す")
    expect(page.get_by_text("あなたの案です。同意するのは別の人です。")).to_be_visible()
    page.context.close()
    kato.goto(f"{story.site}/office/audits/terms")
    press(kato, "同意する")
    expect(kato.get_by_text("定めが決まりました")).to_be_visible()
    story.look(kato, "audits-terms")


def _the_office_draws(story: Story, ito: Page, kato: Page) -> None:
    """A frame is frozen, a seed announced that nobody knows; signed; then two people read the number."""
    story.turn_to("2027-03-01")
    ito.goto(f"{story.site}/office/audits/draws/new")
    fill_day(ito, "この日に送られた更新申請から", date(2027, 1, 1))
    fill_day(ito, "この日に送られたものまで", date(2027, 2, 28))
    fill_day(ito, "記録に署名する日", date(2027, 3, 2))
    ito.get_by_label("種に使う公開の数字").fill("東証株価指数（TOPIX）の3月2日の終値")
    fill_day(ito, "数字が決まる日", date(2027, 3, 3))
    ito.get_by_label("数字が決まる時刻（日本時間）").fill("0:00")
    story.look(ito, "audits-new")
    press(ito, "固定して公表する")
    expect(ito.get_by_text("母集団を固定し、記録に書きました")).to_be_visible()
    story.turn_to("2027-03-02")
    ito.reload()
    press(ito, "いま署名する")
    expect(ito.get_by_text("署名を求めました。数秒で入ります")).to_be_visible()
    checkpoint(at=clock.now())  # what the signer does, a process of its own
    story.turn_to("2027-03-03")
    for page in (ito, kato):
        page.goto(ito.url)
        page.get_by_role("textbox", name=re.compile("^数字")).fill(NUMBER)
        page.get_by_label("どこで見たか").fill("取引所のページ")
        press(page, "読み取った数字を記録する")
    expect(kato.get_by_text("抽出しました。1件の監査が始まりました")).to_be_visible()
    story.look(kato, "audits-drawn")


def _an_outsider_draws_the_same(story: Story, folder: Path) -> None:
    """Somebody without an account downloads script and frame, and runs them with a bare Python."""
    page = story.seat("")
    page.goto(f"{story.site}/audits")
    page.get_by_role("link", name="1回目の抽出を確かめる").first.click()
    served = (
        ("母集団（JSON）", "frame-2.json"),
        ("記録の証明（JSON）", "proof-2-1.json"),
        ("抽出のプログラム", "draw.py"),
    )
    for link, name in served:
        with page.expect_download() as waiting:
            page.get_by_role("link", name=link).click()
        assert waiting.value.suggested_filename == name
        waiting.value.save_as(folder / name)
    told = page.locator("pre code").inner_text()
    assert told == f'python draw.py frame-2.json proof-2-1.json "{NUMBER}"'
    ran = subprocess.run(
        [sys.executable, "-I", *shlex.split(told)[1:]], cwd=folder, capture_output=True, text=True, check=True
    )
    committed, *lines = [line.split() for line in ran.stdout.splitlines()]
    assert committed[:3] == ["committed", "before", "the"]
    assert lines[0] == ["frame", page.locator("dd.hash").first.inner_text()]
    shown = [cell.inner_text() for cell in page.locator("table td.hash").all()]
    assert [ticket for _stratum, ticket, _why in lines[2:]] == shown
    assert len(shown) == 1
    story.look(page, "audits-draw")
    page.context.close()


def _the_holder_answers_by_phone(story: Story, page: Page) -> None:
    page.goto(f"{story.site}/my/audits")
    page.get_by_role("link", name=re.compile("監査 第2号")).click()
    page.get_by_role("link", name="1. Aの活動1").click()
    story.look(page, "audit-line")
    photo = {"name": "受講証明書.png", "mimeType": "image/png", "buffer": png(400, 300)}
    page.get_by_label("書類（写真、PDF）").set_input_files(photo)  # type: ignore[arg-type]
    press(page, "答えを保存する")
    page.get_by_role("link", name="2. Dの活動2").click()
    page.get_by_label("示せる書類はない").check()
    press(page, "答えを保存する")
    page.get_by_role("link", name="3. Dの活動3").click()
    page.get_by_label("説明").fill("2024年8月1日の10時から16時まで、社内の研修で品質の測り方を教えました。")
    press(page, "答えを保存する")
    story.look(page, "audit")
    press(page, "回答を送る")
    expect(page.get_by_text("回答を送りました。結果はお知らせします")).to_be_visible()


def _the_auditor_marks_each_line(story: Story, page: Page) -> None:
    """Beside the documents; to strike without words is refused on the page."""
    following = "判断を残して次の行へ"
    page.goto(f"{story.site}/office/audits")
    page.get_by_role("link", name="田中 凪").first.click()
    press(page, "確認を引き受ける")
    page.get_by_role("link", name="Aの活動1").click()
    expect(page.get_by_role("img", name=re.compile("受講証明書"))).to_be_visible()
    page.get_by_label("受講証明書である").check()
    page.get_by_label("認める", exact=True).check()
    press(page, following)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dの活動2")
    page.get_by_label("除く", exact=True).check()
    page.get_by_label("理由の種類").select_option(label="活動したことを証明する書類がない")
    press(page, following)
    expect(page.get_by_text("監査を受けた方に伝わる言葉で、理由を書いてください。").first).to_be_visible()
    story.look(page, "audit-mark")
    page.get_by_label("監査を受ける方への言葉").fill("書類がないとのことなので、除きました。")
    press(page, following)
    for word in ("対象", "内容の詳細", "日付", "始まりと終わりの時刻"):
        page.get_by_label(word, exact=True).check()
    page.get_by_label("認める", exact=True).check()
    press(page, following)
    press(page, "決定へ進める")
    expect(page.get_by_text("あなたが進めたので、決めるのは別の人です。")).to_be_visible()


def _still_renewed(tanaka: Person) -> None:
    """Other work of the same year has moved up, and the two people of the renewal find thirty points."""
    row, day = renewals.of_person(tanaka).get(), date(2027, 3, 3)
    ito, told = cast("ito"), {"application": row, "version": None, "on": day, "at": at(day)}
    applications.take_up(actor=ito, **told)  # type: ignore[arg-type]
    said = [MarkSaid(part.code, "confirm") for part in renewals.verdict(row, day).parts]
    applications.recommend(actor=ito, marks=said, notes="", **told)  # type: ignore[arg-type]
    applications.decide(actor=cast("kato"), outcome="certified", reasons={}, words="", **told)  # type: ignore[arg-type]
    assert Term.objects.filter(cause=row.reference).count() == 1
