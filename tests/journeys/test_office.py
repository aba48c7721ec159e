"""The office's day with one case: found by kana, taken, asked, held, released, recommended, refused; and read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from nintei.applications import actions, queries
from nintei.applications.models import Application
from nintei.experience.answering import answer
from nintei.experience.models import Post
from nintei.experience.said import Said, Tenure
from nintei.people.models import Person
from nintei.shared import clock
from nintei.shared.files import TakenFile, take_in
from nintei.shared.tests.test_pictures import pdf
from nintei.site.demo.sato import PLEDGE_VERSION
from tests.journeys.test_apply import link_to, pay

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]


def test_a_case_is_asked_held_and_refused_with_reasons(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    application = _handed_in()
    become(page, "ito")
    _find(page, site, axe, shot)
    _ask(page, axe, shot)
    _answer(application)
    _hold_and_release(page, site, application, axe, shot)
    _recommend(page, axe, shot)
    become(page, "kato")
    _refuse(page, site, application, axe, shot)
    become(page, "sato")
    page.goto(f"{site}/my/apply/OMP")
    told = page.locator("main")
    expect(told).to_contain_text("証明者が、当時の上司や監督者と確かめられない")
    expect(told).to_contain_text("阿部さんは、2022年から別の部署でした。")
    page.goto(f"{site}/en/my/apply/OMP")
    expect(page.locator("main")).to_contain_text(
        "The attestor cannot be shown to have supervised at the time"
    )
    shot(page, "apply-refused-en")


def _handed_in() -> Application:
    """Sato's demo draft, completed and paid for."""
    sato, today, now = Person.objects.get(email="sato@example.jp"), clock.today(), clock.now()
    draft = Application.objects.get(person=sato)
    post = Post.objects.get(person=sato, department="品質管理課")
    answer(
        token=link_to("abe@example.jp").rpartition("/")[2],
        said=[Said(post.pk, "confirmed")],
        tenure=Tenure(since=post.started_on, belongs_still=True),
        signed_name="阿部 直子",
        language="ja",
        at=now,
        on=today,
    )
    told: dict[str, Any] = {"person": sato, "application": draft, "on": today, "at": now}
    actions.sign_pledge(text_version=PLEDGE_VERSION, signed_name=sato.name, language="ja", **told)
    actions.submit(version=None, understood=True, **told)
    pay("0417サトウケンタ")
    draft.refresh_from_db()
    assert (draft.state, draft.accepted_on) == ("accepted", today)
    return draft


def _find(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.goto(f"{site}/office/applications")
    page.get_by_label("氏名、カナ、旧姓、番号").fill("ｻﾄｳ")
    page.get_by_role("button", name="探す", exact=True).click()
    expect(page.locator(".queue--wide > li")).to_have_count(1)
    axe(page)
    shot(page, "desk-queue")
    page.locator(".queue--wide").get_by_role("link", name="佐藤 健太").click()
    page.get_by_role("button", name="審査を引き受ける").click()
    expect(page.get_by_text("あなたが審査の担当です")).to_be_visible()


def _open(page: Page, name: str) -> Locator:
    fold = page.locator("details.why", has=page.locator("summary", has_text=name)).first
    fold.locator("summary").click()
    return fold


def _ask(page: Page, axe: Look, shot: Shot) -> None:
    fold = _open(page, "ご本人に尋ねる")
    fold.get_by_label("お尋ね1の理由").select_option("attestor_role")
    fold.get_by_label("お尋ね1：ご本人への言葉").fill("阿部さんは、2022年にどの部署にいましたか。")
    fold.get_by_label("お尋ね2の理由").select_option("leave_unclear")
    fold.get_by_label("お尋ね2：ご本人への言葉").fill("2023年の休職の期間を教えてください。")
    fold.get_by_role("button", name="お尋ねを増やす").click()
    expect(page.get_by_label("お尋ね3の理由")).to_be_visible()
    expect(page.get_by_label("お尋ね2：ご本人への言葉")).to_have_value("2023年の休職の期間を教えてください。")
    shot(page, "desk-ask")
    page.locator("#ask").get_by_role("button", name="ご本人に尋ねる").click()
    expect(page.get_by_text("ご本人に尋ねました", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="お尋ねと答え")).to_be_visible()
    axe(page)


def _answer(application: Application) -> None:
    """Sato answers both, one with a paper, and sends the case again."""
    sato, today, now = application.person, clock.today(), clock.now()
    paper: TakenFile = take_in_pdf()
    for item in queries.asked(application):
        files = [paper] if item.ordinal == 1 else []
        actions.answer_item(
            person=sato, item=item, words="品質管理課の課長でした。", files=files, on=today, at=now
        )
    actions.submit(person=sato, application=application, version=None, understood=False, on=today, at=now)


def take_in_pdf() -> TakenFile:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return take_in(SimpleUploadedFile("在籍証明.pdf", pdf((210, 297))))


def _hold_and_release(page: Page, site: str, application: Application, axe: Look, shot: Shot) -> None:
    page.goto(f"{site}/office/applications/{application.pk}")
    page.get_by_role("link", name="在籍証明.pdf").click()
    expect(page.locator("img.page-picture").first).to_have_js_property("naturalWidth", 1000)
    fold = _open(page, "保留にする")
    fold.get_by_label("保留の理由").select_option("attestor_called")
    again = clock.today() + timedelta(days=7)
    for part, value in zip(("年", "月", "日"), (again.year, again.month, again.day), strict=True):
        fold.get_by_label(part, exact=True).fill(str(value))
    fold.get_by_role("button", name="保留にする").click()
    expect(page.get_by_role("heading", name="保留にしています")).to_be_visible()
    call = _open(page, "電話で確かめるよう頼む")
    call.get_by_label("電話で確かめること").fill("2022年に佐藤さんの上司でしたか。")
    call.get_by_role("button", name="頼む").click()
    told = _open(page, "電話の結果を書く")
    told.get_by_label("違うと言われた").check()
    told.get_by_label("聞いたこと").fill("2022年からは別の部署でした。")
    told.get_by_role("button", name="書く").click()
    axe(page)
    shot(page, "desk-held")
    page.get_by_label("分かったこと").fill("阿部さんに電話で確かめました。")
    page.get_by_role("button", name="保留を解く").click()
    expect(page.get_by_text("保留を解きました", exact=True)).to_be_visible()


def _recommend(page: Page, axe: Look, shot: Shot) -> None:
    marks = page.locator(".marks")
    marks.nth(1).get_by_label("満たさない", exact=True).check()
    marks.nth(1).get_by_role("textbox").fill("証明者は2022年から別の部署でした。")
    shot(page, "desk-recommend")
    page.get_by_role("button", name="決定へ進める").click()
    expect(page.get_by_text("決定へ進めました", exact=True)).to_be_visible()
    axe(page)


def _refuse(page: Page, site: str, application: Application, axe: Look, shot: Shot) -> None:
    page.goto(f"{site}/en/office/applications/{application.pk}")
    axe(page)
    shot(page, "desk-decide-en")
    page.goto(f"{site}/office/applications/{application.pk}")
    fold = _open(page, "認定しない")
    fold.get_by_label("②の理由の種類").select_option("not_supervisor")
    fold.get_by_label("②を満たさない理由").fill("阿部さんは、2022年から別の部署でした。")
    shot(page, "desk-refuse")
    fold.get_by_role("button", name="認定しない").click()
    expect(page.get_by_role("heading", name="決定: 不認定")).to_be_visible()
    page.get_by_role("link", name="この決定を計算し直す").click()
    expect(page.get_by_role("heading", name="残したものと、すべて同じです")).to_be_visible()
    axe(page)
    shot(page, "desk-replay")
