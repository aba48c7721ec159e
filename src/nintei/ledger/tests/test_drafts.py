"""Drafts: from a file that was read here, from a phone's share sheet, from a mail; none counts until it is a line."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nintei.ledger import actions, arriving, queries
from nintei.ledger.drafts import draft_of
from nintei.ledger.models import Activity, Jotting
from nintei.ledger.reading import Line, found_in, lines_of
from nintei.ledger.tests.conftest import TODAY, at
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.shared import files, paper

ONCE = {"once": "x" * 20}
CERTIFICATE = """#set text(font: "BIZ UDPGothic", size: 14pt)
受講証明書\\ \\ 氏名　鈴木 美咲\\ \\ 研修名　応対品質モニタリング実践\\ \\ 受講日　2026年10月8日\\ \\
研修時間　3.5時間\\ \\ 主催　みなと研修社\\ \\ 発行日　2026年11月1日"""


@pytest.fixture
def browser(log: Person, omp: Certification, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    client = Client()
    client.force_login(log)
    return client


@pytest.fixture(scope="module")
def certificate() -> bytes:
    return typst.compile(CERTIFICATE.encode(), format="pdf", font_paths=[str(paper.FONTS)])  # type: ignore[call-overload, no-any-return]


def words(response: Any) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def test_what_a_pdf_says_is_proposed_with_its_words_and_place(
    browser: Client, log: Person, certificate: bytes
) -> None:
    sent: Any = browser.post(
        "/my/cpd/from-file", {**ONCE, "evidence": SimpleUploadedFile("証明書.pdf", certificate)}
    )
    page = browser.get(sent.url)
    shown = words(page)
    for said in (
        "応対品質モニタリング実践",
        "2026年10月8日（木）",
        "3時間30分",
        "元の文字：受講日 2026 年 10 月 8 日",
        "登録の名前と同じ",
    ):
        assert said in shown
    draft = Jotting.objects.get()
    boxes = {each["what"]: each["box"] for each in draft.found}
    assert set(boxes) == {"title", "day", "minutes", "name", "organiser", "proof"}
    assert all(0 <= part <= 1 for box in boxes.values() for part in box)
    assert boxes["title"][1] < boxes["day"][1] < boxes["minutes"][1]
    picture = re.search(r'src="(/my/cpd/drafts/[^"]+)"', page.content.decode())
    assert picture
    assert browser.get(picture[1])["Content-Type"] == "image/png"
    assert queries.activities(log).count() == 17


def test_a_draft_becomes_a_line_with_its_files_and_is_gone(
    browser: Client, log: Person, certificate: bytes
) -> None:
    browser.post("/my/cpd/from-file", {**ONCE, "evidence": SimpleUploadedFile("証明書.pdf", certificate)})
    draft = Jotting.objects.get()
    sent = {
        **ONCE,
        **draft.said,
        "draft": str(draft.pk),
        "topic": "4",
        "s-TOTAL_FORMS": "1",
        "s-INITIAL_FORMS": "0",
    }
    assert browser.post("/my/cpd/new", sent).status_code == 302
    line = Activity.objects.get(title="応対品質モニタリング実践")
    assert [each.file_name for each in line.evidence.all()] == ["証明書.pdf"]
    draft.refresh_from_db()
    assert (draft.activity, list(queries.jottings(log))) == (line, [])


def test_what_was_typed_so_far_can_be_kept_and_deleted(browser: Client, log: Person) -> None:
    browser.post("/my/cpd/new", {**ONCE, "keep": "1", "title": "講演会", "s-0-hours": "2", "once_more": "no"})
    draft = Jotting.objects.get()
    assert draft.said == {"title": "講演会", "s-0-hours": "2"}
    assert 'value="講演会"' in browser.get(f"/my/cpd/new?draft={draft.pk}").content.decode()
    page = browser.get("/my/cpd")
    assert "講演会" in words(page)
    # Deleting asks first, by a part that opens without a script: the button stands inside it.
    asks = re.search(r'<details class="fold">(.*?)</details>', page.content.decode(), re.DOTALL)
    assert asks
    assert f"/my/cpd/drafts/{draft.pk}/drop" in asks[1]
    assert "元に戻せません。" in asks[1]
    browser.post(f"/my/cpd/drafts/{draft.pk}/drop", ONCE)
    draft.refresh_from_db()
    assert (draft.said, draft.closed_at is None, list(queries.jottings(log))) == ({}, False, [])


def test_a_phone_shares_a_photo_and_another_site_cannot(
    browser: Client, log: Person, certificate: bytes
) -> None:
    def send(site: str) -> Any:
        file = SimpleUploadedFile("a.pdf", certificate)
        return Client.post(
            browser, "/my/cpd/share", {"title": "写真", "evidence": file}, headers={"Sec-Fetch-Site": site}
        )

    assert send("cross-site").status_code == 403
    assert Jotting.objects.count() == 0
    first, again = send("none"), send("none")
    assert (first.status_code, first.url) == (302, again.url)
    assert [each.source for each in queries.jottings(log)] == ["share"]
    manifest = browser.get("/app.webmanifest").json()
    assert manifest["share_target"]["action"] == "/my/cpd/share"


def mail(to: str, certificate: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "anyone@example.com", to
    message["Subject"], message["Message-ID"] = "研修の写真", "<1@example.com>"
    message.set_content("秋の研修です")
    message.add_attachment(certificate, maintype="application", subtype="pdf", filename="証明書.pdf")
    message.add_attachment(b"MZ", maintype="application", subtype="x-msdownload", filename="bad.exe")
    return bytes(message)


def test_a_mail_to_the_secret_address_becomes_one_draft(
    log: Person, certificate: bytes, settings: Any, tmp_path: Path, command: Callable[[list[str]], int]
) -> None:
    settings.MAIL_IN = "log@example.jp"
    to = arriving.address_of(log)
    file, other = tmp_path / "mail", tmp_path / "other"
    file.write_bytes(mail(to, certificate))
    forged = to.replace(to[10], "b" if to[10] != "b" else "c", 1)
    other.write_bytes(mail(forged, certificate))
    assert [command(["import", "mail", str(each)]) for each in (file, file, other)] == [0, 0, 2]
    [draft] = queries.jottings(log)
    assert (draft.source, draft.said["detail"]) == ("mail", "秋の研修です")
    assert [each.file_name for each in draft.files.all()] == ["証明書.pdf"]
    assert draft.said["title"] == "応対品質モニタリング実践"


def lines(*said: str) -> list[Line]:
    return [Line(text, 1, (0.1, 0.1 * n, 0.5, 0.05)) for n, text in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            ("Course title: Coaching basics", "Date 2026-10-08", "10:00-12:30"),
            {"title": "Coaching basics", "day": "2026-10-08", "minutes": "150", "begins": "10:00"},
        ),
        (
            ("受 講 証 明 書", "当社が主催する研修を受講したことを証明します", "株式会社みなと研修社"),
            {"proof": "certificate", "organiser": "株式会社みなと研修社"},
        ),
        (("研修時間 10:00〜16:30(休憩60分を含む)",), {"minutes": "330", "begins": "10:00"}),
        (("受講時間 7時間", "正味 5.5時間(休憩90分)"), {"minutes": "330"}),
        (("主催みなと研修社", "午後1時から4時半(うち15分の休憩)"),
         {"organiser": "みなと研修社", "minutes": "195", "begins": "13:00"}),
        (("発行日 2026年11月1日", "開催日 令和8年10月8日", "90分"), {"day": "2026-10-08", "minutes": "90"}),
        (("「苦情対応の基本」を受講したことを証明します",), {"title": "苦情対応の基本"}),
        (("生年月日 1985年11月3日", "氏名 田中 凪"), {"other_name": "田中 凪"}),
        (("13月40日", "99999時間"), {}),
    ],
)  # fmt: skip
def test_only_what_stands_there_is_proposed(said: tuple[str, ...], wanted: dict[str, str]) -> None:
    found = {each.what: each.value for each in found_in(lines(*said), "鈴木 美咲")}
    assert found == wanted


def test_a_title_that_goes_on_below_is_read_to_its_end() -> None:
    first = Line("研修名 モニタリング評価と", 1, (0.15, 0.326, 0.69, 0.014))
    more = Line("の進め方(応用編 )", 1, (0.335, 0.347, 0.16, 0.014))
    label = Line("開催日 2026年10月20日", 1, (0.15, 0.374, 0.43, 0.014))
    told = [
        {each.what: each.value for each in found_in(each, "")}
        for each in ([first, more, label], [first, label])
    ]
    assert [each["title"] for each in told] == ["モニタリング評価との進め方(応用編)", "モニタリング評価と"]


@pytest.mark.skipif(not shutil.which("tesseract"), reason="no Tesseract: install Debian's tesseract-ocr-jpn")
def test_a_photo_is_read_where_tesseract_is_installed(settings: Any, certificate: bytes) -> None:
    drawn = typst.compile(CERTIFICATE.encode(), format="png", ppi=144, font_paths=[str(paper.FONTS)])  # type: ignore[call-overload]
    taken = files.take_in(SimpleUploadedFile("photo.png", drawn))
    assert any("2026" in line.text for line in lines_of(taken))


def test_amendments_are_told_with_what_was_before(browser: Client, log: Person) -> None:
    line = queries.activities(log).get(title="『応対品質の測り方』を読む")
    told = replace(draft_of(line), title="『応対品質の測り方』", begins=((date(2026, 11, 18), time(19, 30)),))
    actions.amend_activity(by=log.by, activity=line, draft=told, at=at())
    page = words(browser.get(f"/my/cpd/{line.pk}"))
    assert "『応対品質の測り方』を読む → 『応対品質の測り方』" in page
    assert "始めた時刻 なし → 19:30" in page
