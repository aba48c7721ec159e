"""Courses in a browser: a code redeemed on a phone; a roster taken in, corrected, and the holder told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from nintei.courses import printing, queries
from nintei.notices.models import Letter
from nintei.people.queries import person_by_email
from nintei.registry.models import Certification

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]

DAY = date(2026, 11, 24)


def test_a_code_is_redeemed_on_a_phone(page: Page, site: str, axe: Look, shot: Shot, become: Become) -> None:
    course = queries.accredited(DAY).get(title="モニタリングとコーチングの実践")
    session = next(each for each in course.sessions.all() if each.first_on == DAY)
    url = printing.address_of(queries.unused_codes(session, 0)[0])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(url)
    expect(page).to_have_url(f"{site}/sign-in?next={url.removeprefix(site)}")
    become(page, "suzuki")
    page.goto(url)
    expect(page.get_by_role("heading", level=2)).to_have_text(course.title)
    expect(page.get_by_text("1時間30分")).to_be_visible()
    expect(page.get_by_text("OMP +1.5")).to_be_visible()
    axe(page)
    shot(page, "attend")
    page.goto(url.replace(site, f"{site}/en"))
    axe(page)
    shot(page, "attend-en")
    page.goto(url)
    page.get_by_role("button", name="受講したことを確かめて記録する").click()
    expect(page.get_by_text("受講を記録しました")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(course.title)
    become(page, "sato")
    page.goto(url)
    expect(page.get_by_role("heading", name="この受講コードは、もう使われました")).to_be_visible()
    shot(page, "attend-used")


def test_a_provider_uploads_corrects_and_the_holder_is_told(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    suzuki = person_by_email("suzuki@example.jp")
    number = Certification.objects.get(person=suzuki).number
    become(page, "academy")
    page.goto(f"{site}/provider")
    axe(page)
    shot(page, "provider")
    page.get_by_role("link", name="要員計画の基礎").click()
    shot(page, "provider-course")
    page.get_by_role("link", name="2026年11月20日").click()
    axe(page)
    shot(page, "session")
    sent = f"認定番号,カナ,受講日,受講分数\n{number},ｽｽﾞｷ ﾐｻｷ,,\nOMP-2020-999999,ミナト カエデ,,\n"
    _upload(page, sent)
    expect(page.get_by_role("heading", level=1)).to_have_text("取り込む前に確かめる")
    expect(page.get_by_text("この番号とカナでは受け付けられません。")).to_be_visible()
    axe(page)
    shot(page, "roster-preview")
    page.get_by_role("button", name="受け付けられる1行だけを取り込む").click()
    expect(page.get_by_role("heading", name="取り込みました")).to_be_visible()
    axe(page)
    shot(page, "roster")
    page.goto(f"{site}/en{page.url.removeprefix(site)}")
    axe(page)
    shot(page, "roster-en")
    page.get_by_role("link", name="要員計画の基礎").click()
    axe(page)
    shot(page, "session-en")
    page.get_by_role("link", name="Correct", exact=True).click()
    axe(page)
    page.get_by_label("Minutes attended a day").fill("30")
    page.get_by_role("textbox", name="Reason for the correction").fill("途中で退席しました")
    page.get_by_role("button", name="Correct").click()
    expect(page.get_by_text("Corrected. The attendee will be told")).to_be_visible()
    letters = Letter.objects.filter(to_person=suzuki, template__startswith="ledger/letters/attendance")
    assert sorted(each.template for each in letters) == [
        "ledger/letters/attendance_changed.txt",
        "ledger/letters/attendance_credited.txt",
    ]
    _rename(page, site, axe, shot, become)
    become(page, "suzuki")
    page.goto(f"{site}/my/cpd")
    expect(page.locator("li", has_text="要員計画の基礎と応用").first).to_contain_text("0.5")
    renamed = letters.filter(body__contains="「要員計画の基礎」").get()
    assert ("要員計画の基礎と応用" in renamed.subject, "題の誤り" in renamed.body) == (True, True)


def _rename(page: Page, site: str, axe: Look, shot: Shot, become: Become) -> None:
    """The provider proposes another title, the committee accepts it."""
    become(page, "academy")
    page.goto(f"{site}/provider")
    page.get_by_role("link", name="要員計画の基礎").click()
    page.get_by_role("link", name="訂正を出す").click()
    axe(page)
    shot(page, "change-form")
    page.get_by_label("研修名").fill("要員計画の基礎と応用")
    page.get_by_label("訂正の理由").fill("題の誤り")
    page.get_by_role("button", name="訂正を審査に出す").click()
    expect(page.get_by_text("認められるまで、いまの内容のままです")).to_be_visible()
    axe(page)
    shot(page, "change-waits")
    become(page, "ito")
    page.goto(f"{site}/office/courses")
    page.get_by_role("region", name="審査を待つ訂正").get_by_role("link").click()
    axe(page)
    shot(page, "office-change")
    page.get_by_label("理由").fill("申出のとおりと確かめました")
    page.get_by_role("button", name="訂正を認める").click()
    expect(page.get_by_text("記録しました。提供者に知らせます")).to_be_visible()


def _upload(page: Page, text: str) -> None:
    page.get_by_label("受講者名簿").set_input_files(
        {"name": "名簿.csv", "mimeType": "text/csv", "buffer": text.encode("cp932")}
    )
    page.get_by_role("button", name="中身を確かめる").click()


def test_the_catalogue_and_the_committee(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(f"{site}/api/docs")
    expect(page.get_by_text("/api/v1/sessions/{session}/attendance")).to_be_visible()
    assert {url for url in asked if not url.startswith((site, "data:"))} == set()
    for path in ("/courses", "/courses?q=zzz", "/en/courses?form=in_person"):
        page.goto(f"{site}{path}")
        axe(page)
        shot(page, f"catalogue-{len(path)}")
    page.goto(f"{site}/courses")
    page.get_by_role("link", name="モニタリングとコーチングの実践").click()
    axe(page)
    shot(page, "course")
    become(page, "ito")
    page.goto(f"{site}/office/courses")
    axe(page)
    shot(page, "office-courses")
    page.get_by_role("link", name="在宅オペレーターの育成").click()
    axe(page)
    shot(page, "office-course")
    page.get_by_label("理由").first.fill("演習の割合と時間を確かめました")
    page.get_by_role("button", name="認定する", exact=True).click()
    expect(page.get_by_text("記録しました。提供者に知らせます")).to_be_visible()
    page.goto(f"{site}/en/office/courses")
    axe(page)
    shot(page, "office-courses-en")
    page.get_by_role("link", name="つばさ研修センター").first.click()
    axe(page)
    shot(page, "office-provider-en")
