"""One person, from an exam pass to a renewed certification: the whole journey, in Japanese and in English.

Everything is done on the pages. The words are looked up by their msgids, so that both languages walk the
same way.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import zxingcpp
from django.utils import translation
from playwright.sync_api import FilePayload, Page, expect
from procrastinate.contrib.django import app as worker
from pypdfium2 import PdfDocument

from nintei.journal.actions import checkpoint
from nintei.journal.queries import verify
from nintei.notices.models import Letter
from nintei.registry.models import Certification
from nintei.shared import clock
from nintei.shared.wording import day as day_words

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]

RESULTS = """試験,合格者番号,氏名,カナ,生年月日,メール,合否,発行日
OMP,2025000123,検見﨑 凪,ケンミザキ ナギ,1991-07-08,nagi@example.jp,合格,2025-05-10
"""
BANK = "日付,摘要,お支払金額,お預り金額,残高\r\n2026/11/24,振込 0123ｹﾝﾐｻﾞｷ ﾅｷﾞ,,11000,111000\r\n"
IN_TIME = date(2029, 1, 15)


class Story:
    """A browser, a language, and the short ways of the story."""

    def __init__(self, page: Page, site: str, language: str, axe: Look, shot: Shot, become: Become) -> None:
        self.page, self.site, self.language = page, site, language
        self.look, self.picture, self.by_demo = axe, shot, become
        self.kept: Any = []

    def t(self, words: str, **data: object) -> str:
        """The words of a msgid in the language of the story."""
        with translation.override(self.language):
            return translation.gettext(words) % data if data else translation.gettext(words)

    def day(self, on: date) -> str:
        """A day as the pages write it."""
        with translation.override(self.language):
            return day_words(on)

    def open(self, path: str, name: str = "") -> Page:
        """A page in the language of the story; with a name it is looked at by axe and pictured."""
        self.page.goto(self.site + ("" if self.language == "ja" else "/en") + path)
        return self.seen(name)

    def seen(self, name: str) -> Page:
        """The page as it is now."""
        if name:
            self.look(self.page)
            self.picture(self.page, f"light-{self.language}-{name}")
        return self.page

    def press(self, words: str, name: str = "") -> None:
        """A button by its words."""
        self.page.get_by_role("button", name=self.t(words), exact=True).first.click()
        self.seen(name)

    def says(self, words: str, **data: object) -> None:
        """The main part of the page says so."""
        expect(self.page.locator("main")).to_contain_text(self.t(words, **data))

    def fill(self, **boxes: object) -> None:
        """Boxes by name; True ticks one."""
        for name, value in boxes.items():
            box = self.page.locator(f"[name='{name}']")
            if value is True:
                box.check()
            else:
                box.fill(str(value))

    def become(self, who: str) -> None:
        """Sign in as one of the cast, in a browser that nobody else is signed in with."""
        self.page.context.clear_cookies()
        self.by_demo(self.page, who)

    def set_day(self, on: date) -> None:
        """Turn the demo's calendar."""
        self.page.goto(f"{self.site}/demo")
        for part, value in zip(("year", "month", "day"), (on.year, on.month, on.day), strict=True):
            self.page.locator(f"main [name$='{part}']").fill(str(value))
        self.page.get_by_role("button", name="この日にする").click()


def work() -> None:
    """The signer's turn, then the worker's, in a thread of its own: the browser's loop runs in this one."""
    checkpoint(at=clock.now())
    with ThreadPoolExecutor(1) as beside:
        beside.submit(_work).result()


def _work() -> None:
    connector: Any = worker.connector
    with worker.replace_connector(connector.get_worker_connector()) as app:
        app.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)


def newest_letter(to: str, words: str) -> str:
    """The newest mail to an address with these words."""
    return Letter.objects.filter(to_email=to, body__contains=words).order_by("-written_at")[0].body


def photo() -> bytes:
    """A small picture, as a phone would send it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(b"".join(b"\x00" + b"\xee\xee\xee" * 40 for _ in range(40)))
    header = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_an_exam_pass_to_a_renewed_certification(
    page: Page, site: str, axe: Look, shot: Shot, become: Become, language: str
) -> None:
    story = Story(page, site, language, axe, shot, become)
    the_office_imports_the_results(story)
    nagi_signs_up(story)
    nagi_writes_the_application(story)
    the_attestor_answers(story)
    nagi_sends_it(story)
    the_accountant_drops_the_bank_file(story)
    two_people_decide(story)
    the_certificate_is_issued(story)
    the_holder_logs_all_four_categories(story)
    outside_the_window_it_is_refused(story)
    the_renewal_is_filed_and_decided(story)
    assert verify().faults == ()


def the_office_imports_the_results(story: Story) -> None:
    story.become("ito")
    story.open("/office/registry", "registry")
    wrong = RESULTS.replace("OMP", "XYZ").encode()
    for data, name in ((wrong, "registry-wrong"), (RESULTS.encode(), "")):
        file = FilePayload(name="results.csv", mimeType="text/csv", buffer=data)
        story.page.locator("[name=file]").set_input_files(file)
        story.press("取り込む", name)
    expect(story.page.get_by_role("status")).to_contain_text("1")


def nagi_signs_up(story: Story) -> None:
    story.page.context.clear_cookies()
    story.open("/sign-up")
    enter_by_code(story, "nagi@example.jp")
    story.open("/my/profile")
    story.fill(name="検見﨑 凪", kana="ケンミザキ ナギ", latin="KENMIZAKI Nagi")
    for part, value in zip(("year", "month", "day"), (1991, 7, 8), strict=True):
        story.page.locator(f"[name=born_on_{part}]").fill(str(value))
    story.page.locator("main form").first.get_by_role("button").first.click()
    story.open("/my/passes", "passes")
    expect(story.page.locator("main")).to_contain_text("2025000123")
    expect(story.page.locator("main")).to_contain_text(story.day(date(2028, 5, 10)))


def nagi_writes_the_application(story: Story) -> None:
    story.open("/my/apply/OMP")
    story.press("申請を書き始める", "apply-empty")
    posts = (
        ("みなとコンタクト", (2019, 4, 1), (2022, 3, 31), "4"),
        ("さくらサポート", (2022, 4, 1), None, "1"),
    )
    for organisation, start, end, field in posts:
        story.open("/my/experience/OMP/post")
        story.fill(organisation=organisation, department="運用課", role="課長", **{f"field_{field}": True})
        story.fill(
            **{f"started_{part}": value for part, value in zip(("year", "month", "day"), start, strict=True)}
        )
        if end:
            story.fill(
                **{f"ended_{part}": value for part, value in zip(("year", "month", "day"), end, strict=True)}
            )
        else:
            story.fill(present=True)
        story.press("保存する")
    story.open("/my/experience/OMP/attestors")
    for box in story.page.locator("[name=posts]:visible").all():
        box.check()
    story.page.locator("#id_attestor_name").fill("阿部 直子")
    story.page.locator("#id_attestor_email").fill("naoko@example.jp")
    story.press("メールを送る", "asked")
    story.open("/my/apply/OMP/pledge")
    story.fill(agreed=True, signed_name="検見﨑 凪")
    story.press("署名する")
    story.open("/my/apply/OMP", "apply")


def the_attestor_answers(story: Story) -> None:
    link = re.search(r"\S+/attest/\S+", newest_letter("naoko@example.jp", "/attest/"))
    assert link
    story.page.context.clear_cookies()
    path = link[0].removeprefix(story.site).removeprefix("/en")
    story.open(path, "attest")
    for radio in story.page.locator("[name$='-answer'][value=confirmed]").all():
        radio.check()
    for name, value in (("tenure", "whole"), ("was_there", "yes"), ("belongs_still", "yes")):
        for radio in story.page.locator(f"[name$='{name}'][value={value}]").all():
            radio.check()
    for box in story.page.locator("[name$='-role']").all():
        box.fill("運用部長")
    story.page.locator("[name='name'], [name$='-name']").first.fill("阿部 直子")
    story.press("署名する文を読む", "attest-sign")
    story.press("署名して送る", "attest-done")
    story.open(path)
    story.says("返事をいただきました")


def nagi_sends_it(story: Story) -> None:
    comes_back(story)
    story.open("/my/apply/OMP/check", "check")
    story.fill(understood=True)
    story.press("申請を送る", "fee")
    expect(story.page.locator("[id^=payer-]")).to_have_value("0123ケンミザキナギ")
    expect(story.page.locator("main")).to_contain_text("11,000")


def comes_back(story: Story) -> None:
    """Nagi's own browser again: still signed in."""
    story.page.context.clear_cookies()
    story.page.context.add_cookies(story.kept)


def enter_by_code(story: Story, email: str) -> None:
    """Write the address, read the code in the mail, write the code. The calendar may have gone back since."""
    mails = Letter.objects.filter(to_email=email)
    known = set(mails.values_list("pk", flat=True))
    story.fill(email=email)
    story.page.locator("main form").get_by_role("button").first.click()
    expect(story.page.locator("[name=code]")).to_be_visible()
    body = mails.exclude(pk__in=known).get().body
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", body, re.MULTILINE)
    assert code, body
    story.fill(code=code[1])
    story.page.locator("main form").get_by_role("button").first.click()
    expect(story.page.locator("[name=code]")).to_have_count(0)
    story.kept = story.page.context.cookies()


def the_accountant_drops_the_bank_file(story: Story) -> None:
    story.become("mori")
    story.open("/office/payments")
    file = FilePayload(name="meisai.csv", mimeType="text/csv", buffer=BANK.encode("cp932"))
    story.page.locator("main input[type=file]").set_input_files(file)
    story.press("中身を確かめる")
    story.press("読み込む", "bank")
    expect(story.page.locator(".lane--ok .line")).to_have_count(1)


def two_people_decide(story: Story) -> None:
    story.become("ito")
    story.open("/office/applications", "queue")
    story.page.get_by_role("link", name="検見﨑 凪").click()
    case = story.page.url
    story.press("審査を引き受ける", "case")
    story.press("決定へ進める")
    story.become("kato")
    story.page.goto(case)
    story.seen("decide")
    story.press("認定する", "decided")


def the_certificate_is_issued(story: Story) -> None:
    work()
    comes_back(story)
    story.open("/my/certificates", "certificates")
    with story.page.expect_download() as download:
        story.page.locator("a[href$='.pdf']").click()
    path = download.value.path()
    picture = PdfDocument(path)[0].render(scale=2).to_numpy()
    (address,) = [code.text for code in zxingcpp.read_barcodes(picture)]
    story.page.context.clear_cookies()
    story.open(address.removeprefix(story.site).removeprefix("http://localhost:8000"), "verify")
    certification = Certification.objects.get(person__email="nagi@example.jp")
    expect(story.page.get_by_role("heading", name=story.t("この資格は有効です"))).to_be_visible()
    expect(story.page.locator("main")).to_contain_text("検見﨑 凪")
    expect(story.page.locator("main")).to_contain_text(certification.number)
    story.open(f"/verify/{certification.number}")
    expect(story.page.locator("main")).not_to_contain_text("検見﨑 凪")


def log(
    story: Story, title: str, on: date, minutes: int, group: int, category: str = "", **more: object
) -> Page:
    """Log one activity with a photo; the page of the line, or of the list."""
    story.open("/my/cpd/new")
    story.page.locator(f"[name=group][value='{group}']").check()
    if category:
        story.page.locator(f"[name=category][value={category}]").check()
    story.fill(title=title, **{"s-0-on_year": on.year, "s-0-on_month": on.month, "s-0-on_day": on.day})
    story.fill(**{"s-0-hours": minutes // 60, "s-0-minutes": minutes % 60})
    if category == "A":
        story.page.locator("[name=course]").select_option(index=1)
    else:
        story.page.locator("[name=topic]").select_option("4")
    story.page.locator("[name=evidence]").last.set_input_files(
        {"name": "証明.png", "mimeType": "image/png", "buffer": photo()}
    )
    if more.get("name"):
        # What it will add stands there before anything is saved.
        expect(story.page.locator(".preview")).to_contain_text("+")
        story.seen(str(more["name"]))
    story.press("記録する")
    return story.page


def counted(story: Story, title: str) -> str:
    """What the log shows as counted for a line."""
    story.open("/my/cpd")
    return story.page.locator(".log li, .line, li, tr").filter(has_text=title).last.inner_text()


def the_holder_logs_all_four_categories(story: Story) -> None:
    story.set_day(date(2026, 12, 20))
    comes_back(story)
    log(story, "要員計画の基礎", date(2026, 11, 30), 60, 0, "A", name="log-a")
    log(story, "四十五分の読書", date(2026, 12, 1), 45, 0, "C", name="log-45")
    assert "0.5" in counted(story, "四十五分の読書")
    log(story, "外部の研修", date(2026, 12, 2), 300, 0, "B")
    log(story, "もう一つの外部研修", date(2026, 12, 3), 60, 0, "B", name="log-sixth")
    assert "0.0" in counted(story, "もう一つの外部研修")
    log(story, "新人研修の講師", date(2026, 12, 4), 300, 1)
    story.open("/my", "home")
    expect(story.page.locator("main")).to_contain_text("11.5")
    story.page.get_by_role("link", name="もう一つの外部研修").click()
    story.seen("line")
    expect(story.page.locator("main")).to_contain_text(
        "1年間で上限5CPDポイントを越えて申請することはできない"
    )


def outside_the_window_it_is_refused(story: Story) -> None:
    window = (story.day(date(2028, 1, 1)), story.day(date(2028, 2, 29)))
    validity_ends = Certification.objects.get(person__email="nagi@example.jp").terms.get().ends_on
    assert validity_ends == date(2029, 3, 31)
    window = (story.day(date(2029, 1, 1)), story.day(date(2029, 2, 28)))
    for on, name in ((date(2028, 12, 31), "too-early"), (date(2029, 3, 1), "too-late")):
        story.set_day(on)
        comes_back(story)
        story.open("/my/renew", f"renew-{name}")
        for end in window:
            expect(story.page.locator("main")).to_contain_text(end)
        # The button is off; whoever sends the form all the same is refused with the same dates.
        story.page.evaluate("document.querySelectorAll('main [disabled]').forEach(b => b.disabled = false)")
        if story.page.get_by_role("button", name=story.t("更新を申請する")).count():
            story.press("更新を申請する")
            for end in window:
                expect(story.page.locator("body")).to_contain_text(end)
        assert Certification.objects.get(person__email="nagi@example.jp").changes.count() == 0


def the_renewal_is_filed_and_decided(story: Story) -> None:
    story.set_day(IN_TIME)
    comes_back(story)
    for year in (2027, 2028):
        log(story, f"{year}年の読書", date(year, 6, 1), 300, 0, "C")
        log(story, f"{year}年の講師", date(year, 7, 1), 300, 1)
    story.open("/my/renew", "renew-ready")
    story.press("更新を申請する", "renew-filed")
    story.become("ito")
    story.open("/office/applications")
    story.page.get_by_role("link", name="検見﨑 凪").first.click()
    case = story.page.url
    story.press("審査を引き受ける", "renewal-case")
    story.press("決定へ進める")
    story.become("kato")
    story.page.goto(case)
    story.page.locator("form:has([value=certify]) button[type=submit]").click()
    story.seen("renewal-decided")
    certification = Certification.objects.get(person__email="nagi@example.jp")
    terms = [(term.starts_on, term.ends_on) for term in certification.terms.order_by("starts_on")]
    assert terms == [(date(2026, 4, 1), date(2029, 3, 31)), (date(2029, 4, 1), date(2032, 3, 31))]
    work()
    comes_back(story)
    story.open("/my/certificates", "renewed")
    expect(story.page.locator("a[href$='.pdf']")).to_have_count(2)
