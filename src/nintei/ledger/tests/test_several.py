"""Many lines at once: looked at first, logged whole or not at all, and the same table again changes nothing."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from nintei.journal.models import Leaf
from nintei.ledger import actions, queries
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity
from nintei.ledger.tests.conftest import TODAY, at
from nintei.people.models import Person
from nintei.registry.models import Certification

ONCE = {"once": "x" * 20}
HEAD = "区分,日付,時間,内容,分野,主催者,証明"
TWENTY = "\n".join(
    [HEAD]
    + [f"C,2026-06-{day:02},0.5,読書{day},4,,記録" for day in range(1, 17)]
    + ["B,2026-07-03,10:00～13:00,面接と採用の実務,5,みなと研修社,受講証明書"]
    + ["A,2026-07-10,1,要員計画の基礎,,みらいアカデミー,受講証明書"]
    + ["D,2026年7月20日,90分,研修の講師,5,,記録", "D,2026/7/21,1:30,試験問題の執筆,4,,記録"]
)


@pytest.fixture
def browser(log: Person, omp: Certification, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    client = Client()
    client.force_login(log)
    return client


def words(response: object) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())  # type: ignore[attr-defined]
    return html.unescape(" ".join(text.split()))


def told(response: object) -> str:
    """What the page that asks carries on to the page that saves."""
    found = re.search(r'name="told" value="([^"]*)"', response.content.decode())  # type: ignore[attr-defined]
    assert found
    return html.unescape(found[1])


def test_twenty_pasted_rows_are_shown_before_they_are_saved(browser: Client, log: Person) -> None:
    looked = browser.post("/my/cpd/bring", {**ONCE, "text": TWENTY})
    page = words(looked)
    assert "新しく記録する20件" in page
    assert (
        queries.activities(log).count(),
        Leaf.objects.filter(body__verb="ledger.log_activity").count(),
    ) == (17, 17)
    saved = browser.post("/my/cpd/bring", {**ONCE, "told": told(looked)})
    assert saved.status_code == 302
    assert queries.activities(log).count() == 37
    course = Activity.objects.get(title="要員計画の基礎", sessions__on=date(2026, 7, 10))
    assert (course.course is not None, course.organiser) == (True, "みらいアカデミー")
    again = words(browser.post("/my/cpd/bring", {**ONCE, "text": TWENTY}))
    assert "20行は、もう記録にあるので、何も変わりません。" in again
    assert "新しく記録する行はありません" in again
    browser.post("/my/cpd/bring", {"once": "y" * 20, "told": told(looked)})
    assert queries.activities(log).count() == 37


def test_the_preview_says_what_saving_gives(browser: Client, log: Person, omp: Certification) -> None:
    looked = browser.post("/my/cpd/bring", {**ONCE, "text": TWENTY})
    browser.post("/my/cpd/bring", {**ONCE, "told": told(looked)})
    total = queries.balance(omp, TODAY).total
    assert f"合計 {float(total):.1f} / 30" in words(looked)


def test_with_a_fault_nothing_is_saved_unless_told_otherwise(browser: Client, log: Person) -> None:
    rows = [
        "C,2026-06-01,0.5,読書,4,,記録",
        "C,2026-06-40,0.5,読書,4,,",
        "E,2026-06-02,1,講演,4,,",
        "C,2027-01-01,1,本,4,,",
    ]
    table = "\n".join([HEAD, *rows])
    looked = browser.post("/my/cpd/bring", {**ONCE, "text": table})
    page = words(looked)
    for fault in (
        "3行目 日付 「2026-06-40」は日付として読めません",
        "4行目 区分 区分「E」はありません",
        "5行目 2027-01-01は今日",
    ):
        assert fault in page
    assert "その行を除いて1件を記録する" in page
    saved = browser.post("/my/cpd/bring", {**ONCE, "told": told(looked), "partial": "1"})
    assert (saved.status_code, queries.activities(log).count()) == (302, 18)


def test_what_came_back_is_checked_again(browser: Client, log: Person) -> None:
    looked = browser.post("/my/cpd/bring", {**ONCE, "text": f"{HEAD}\nC,2026-06-01,0.5,読書,4,,"})
    forged = told(looked).replace("2026-06-01", "2027-06-01")
    for sent, said in ((forged, "1行に直すところがあるので"), ("[{}]", "確かめた行を読み取れませんでした")):
        answer = browser.post("/my/cpd/bring", {**ONCE, "told": sent})
        assert (answer.status_code, said in words(answer)) == (422, True)
    assert queries.activities(log).count() == 17


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_file_is_read_in_both_encodings(browser: Client, encoding: str) -> None:
    file = SimpleUploadedFile("記録.csv", TWENTY.encode(encoding, "replace").replace(b"?", b"-"))
    assert "新しく記録する20件" in words(browser.post("/my/cpd/bring", {**ONCE, "file": file}))


def test_an_excel_file_is_read(browser: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["区分", "日付", "終了日", "時間", "内容", "分野"],
        ["D", date(2026, 4, 1), date(2026, 9, 30), 40, "業務", 4],
    ):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    looked = browser.post("/my/cpd/bring", {**ONCE, "file": SimpleUploadedFile("log.xlsx", data.getvalue())})
    assert "2026年4月1日（水） – 2026年9月30日（水）" in words(looked)
    assert browser.post("/my/cpd/bring", {**ONCE, "told": told(looked)}).status_code == 302
    [session] = Activity.objects.get(title="業務").sessions.all()
    assert (session.from_on, session.on, session.minutes) == (date(2026, 4, 1), date(2026, 9, 30), 2400)


def test_looking_takes_the_same_queries_for_any_number_of_rows(browser: Client) -> None:
    counts = set()
    for rows in (1, 16):
        table = "\n".join(TWENTY.splitlines()[: rows + 1])
        with CaptureQueriesContext(connection) as asked:
            browser.post("/my/cpd/bring", {**ONCE, "text": table})
        counts.add(len(asked))
    assert len(counts) == 1


CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1
SUMMARY:\xe5\xbf\x9c\xe5\xaf\xbe\xe5\x93\x81\xe8\xb3\xaa\xe3\x81\xae\xe8\xac\x9b\xe6\xbc\x94\xe4\xbc\x9a
DTSTART:20261020T010000Z
DTEND:20261020T030000Z
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:later
DTSTART:20261224T010000Z
DTEND:20261224T030000Z
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:cancelled
STATUS:CANCELLED
DTSTART:20261021T010000Z
DTEND:20261021T030000Z
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")


def test_an_event_of_a_calendar_becomes_a_line_with_its_time_in_japan(browser: Client, log: Person) -> None:
    asked = browser.post("/my/cpd/bring", {**ONCE, "file": SimpleUploadedFile("c.ics", CALENDAR)})
    page = words(asked)
    assert ("応対品質の講演会" in page, "later" in page, "cancelled" in page) == (True, False, False)
    names = re.findall(r'name="(e-[^"]+)"[^>]*value="([^"]*)"', asked.content.decode())
    sent = {name: html.unescape(value) for name, value in names} | {
        "e-0-take": "on", "e-0-minutes": "120", "e-0-category": "C", "e-0-topic": "4",
    }  # fmt: skip
    looked = browser.post("/my/cpd/bring", ONCE | sent)
    browser.post("/my/cpd/bring", {**ONCE, "told": told(looked)})
    [session] = Activity.objects.get(title="応対品質の講演会").sessions.all()
    assert (session.on, session.minutes, f"{session.begins:%H:%M}") == (date(2026, 10, 20), 120, "10:00")


@pytest.mark.parametrize(
    "data", [b"BEGIN:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"BEGIN:VCALENDAR\xff"]
)
def test_a_calendar_without_events_is_answered_in_words(browser: Client, data: bytes) -> None:
    answer = browser.post("/my/cpd/bring", {**ONCE, "file": SimpleUploadedFile("c.ics", data)})
    assert (answer.status_code, "カレンダー" in words(answer)) == (422, True)


def test_the_command_brings_in_the_rows_of_several_people(
    log: Person,
    omp: Certification,
    tmp_path: Path,
    command: Callable[[list[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "rows.csv"
    rows = [
        f"{omp.number},C,2026-06-01,0.5,読書,4",
        "suzuki@example.jp,C,2026-06-02,0.5,記事,4",
        "X-1,C,2026-06-03,1,本,4",
    ]
    file.write_text("\n".join(["認定番号,区分,日付,時間,内容,分野", *rows]), "utf-8")
    whole, partial = ["import", "activities", str(file)], ["import", "activities", str(file), "--partial"]
    assert command([*whole, "--lang", "ja"]) == 2
    assert (
        "rows.csv:4: 「X-1」という認定番号もメールアドレスも登録されていません。" in capsys.readouterr().err
    )
    assert queries.activities(log).count() == 17
    assert (command([*partial, "--dry-run"]), queries.activities(log).count()) == (1, 17)
    assert (command(partial), queries.activities(log).count()) == (1, 19)
    assert (command(partial), queries.activities(log).count()) == (1, 19)
    capsys.readouterr()
    command([*partial, "--lang", "en"])
    assert capsys.readouterr().out == "new: 0  on file: 2  left out: 1\n"


def test_hours_told_twice_are_told_at_entry_and_tied_count_once(
    browser: Client, log: Person, omp: Certification
) -> None:
    taught = Draft("D", "顧客経験の講演会", ((date(2026, 7, 14), 90),), topic="2")
    before = queries.balance(omp, TODAY).total
    looked = browser.post(
        "/my/cpd/preview",
        {"title": taught.title, "group": "1", "topic": "2", "s-TOTAL_FORMS": "1", "s-INITIAL_FORMS": "0",
         "s-0-on_year": "2026", "s-0-on_month": "7", "s-0-on_day": "14", "s-0-hours": "1", "s-0-minutes": "30"},
    )  # fmt: skip
    assert "同じ時間に、受けたことと教えたことの両方があります。" in words(looked)
    line = actions.log_activity(by=log.by, person=log, draft=taught, at=at())
    assert queries.balance(omp, TODAY).total > before
    other = queries.activities(log).get(title=taught.title, category="C")
    assert browser.post(f"/my/cpd/{line.pk}/same/{other.pk}", ONCE).status_code == 302
    assert queries.balance(omp, TODAY).total == before
    page = words(browser.get(f"/my/cpd/{line.pk}"))
    assert ("同じ時間の記録と結びました" in page, "同じ時間を、もう記録していませんか" in page) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("10:00", "11:00", "time"),
        ("10:00", "12:00", None),
        ("10:00", None, None),
    ],
)
def test_only_times_that_meet_are_the_same_hours(
    log: Person, omp: Certification, first: str, second: str | None, how: str | None
) -> None:
    from datetime import time

    on = date(2026, 8, 3)
    one = Draft("C", "本", ((on, 120),), topic="4", begins=((on, time.fromisoformat(first)),))
    actions.log_activity(by=log.by, person=log, draft=one, at=at())
    begins = ((on, time.fromisoformat(second)),) if second else ()
    other = Draft("B", "別の研修", ((on, 60),), topic="4", proof="certificate", begins=begins)
    edition = queries.home(log, TODAY).edition
    found = queries.told_twice(edition, other, queries.activities(log))
    assert [each.how for each in found] == ([how] if how else [])
