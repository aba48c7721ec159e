"""The points check for anyone: typed or uploaded, the same answer as `nintei check`, and nothing kept."""

from __future__ import annotations

import io
import json
import zipfile
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nintei.journal.models import Leaf
from nintei.ledger.models import Activity
from nintei.site import cli

HEAD = "区分,日付,時間,分野,内容,証明"
LOG = f"{HEAD}\nC,2026-05-10,7:15,4,読書,記録\nB,2026-06-02,3,5,研修,受講証明書\nC,2024-05-10,1,4,昔の読書,記録\n"
STARTS = {"starts_year": "2025", "starts_month": "4", "starts_day": "1"}


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


def ask(told: dict[str, Any]) -> Any:
    return Client().post(reverse("ledger:check"), {"do": "answer", "count": "3"} | told)


def line(number: int, category: str, on: str, hours: str, field: str, **more: str) -> dict[str, str]:
    year, month, day = on.split("-")
    told = {"category": category, "date_year": year, "date_month": month, "date_day": day}
    told |= {"hours": hours, "field": field} | more
    return {f"a{number}-{name}": value for name, value in told.items()}


TYPED = STARTS | line(0, "C", "2026-05-10", "7:15", "4") | line(1, "B", "2026-06-02", "3", "5", proof="on")
TYPED |= line(2, "C", "2024-05-10", "1", "4")


def upload(data: bytes, name: str = "log.csv") -> Any:
    return ask(STARTS | {"file": SimpleUploadedFile(name, data)})


def said(page: Any) -> tuple[Fraction, list[tuple[str, Fraction]]]:
    found = page.context["answer"]
    return found.found.balance.total, [(row.line.reason, row.line.credited) for row in found.rows]


ANSWER = (Fraction(8), [("YEAR_CAP", Fraction(5)), ("OK", Fraction(3)), ("BEFORE_CYCLE", Fraction(0))])


def test_typed_and_uploaded_come_to_the_same(db: None) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in LOG.splitlines():
        book.active.append(row.split(","))
    sheet = io.BytesIO()
    book.save(sheet)
    answers = {
        "typed": ask(TYPED),
        "utf-8": upload(LOG.encode()),
        "cp932": upload(LOG.encode("cp932")),
        "xlsx": upload(sheet.getvalue(), "log.xlsx"),
    }
    assert {how: said(page) for how, page in answers.items()} == dict.fromkeys(answers, ANSWER)


def test_it_is_the_answer_of_the_command(db: None, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG, "utf-8")
    cli.main(["check", str(file), "--cycle-start", "2025-04-01", "--on", "2026-11-24", "--json"])
    command = json.loads(capsys.readouterr().out)[0]
    found = upload(LOG.encode()).context["answer"].found
    assert command["total"] == found.balance.total
    opens, closes = found.opens.isoformat(), found.closes.isoformat()
    assert command["window"] == {"opens": opens, "closes": closes, "accepted": None}
    assert [each["reason"] for each in command["lines"]] == [line.reason for line in found.balance.lines]


def test_the_report_alone_fixes_the_cycle(db: None) -> None:
    issued = {"issued_year": "2024", "issued_month": "10", "issued_day": "8"}
    page = ask(line(0, "C", "2026-05-10", "1", "4") | issued)
    assert page.context["answer"].found.cycle.start.isoformat() == "2025-04-01"


def test_what_is_missing_is_planned(db: None) -> None:
    body = ask(TYPED).content.decode()
    assert "あと22.0ポイント要ります" in body
    assert "足りない分の集め方" in body


def test_a_stranger_leaves_nothing_on_the_server(db: None) -> None:
    ask(TYPED)
    upload(LOG.encode())
    assert [table.objects.count() for table in (Leaf, Activity, Session)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (line(0, "C", "2026-05-10", "1", "4"), "有効期間の始まりの日か、レポートの発行日を書いてください"),
        (STARTS, "ファイルを選ぶか、活動を1つ以上書いてください"),
        (STARTS | line(0, "C", "2026-05-10", "すこし", "4"), "「すこし」は時間として読めません"),
        (STARTS | line(0, "C", "2026-13-10", "1", "4"), "この日は暦にありません"),
        (STARTS | line(0, "X", "2026-05-10", "1", "4"), "正しく選択してください"),
        (STARTS | line(0, "C", "2026-05-10", "25", "4"), "1日の24時間を超えています"),
        (STARTS | line(0, "C", "2026-05-10", "1\x00", "4"), "文字を入力"),
    ],
)
def test_bad_input_is_told_beside_its_field(db: None, told: dict[str, Any], sentence: str) -> None:
    page = ask(told)
    assert page.status_code == 422
    assert sentence in page.content.decode()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "log.csv", "ファイルが空です"),
        (f"{HEAD}\nC,2026-02-30,1,4,x,記録\n".encode(), "log.csv", "2行目 日付"),
        (b"\xff\xd8\xff\xe0 a picture", "log.xlsx", "Excel(XLSX)として読めません"),
        (b"{", "log.json", "JSONとして読めません"),
        (b"x" * (2 * 1024 * 1024 + 1), "log.csv", "ファイルは2MBまでです"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(
    db: None, data: bytes, name: str, sentence: str
) -> None:
    page = upload(data, name)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unread(db: None) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (21 * 1024 * 1024))
    page = upload(bomb.getvalue(), "log.xlsx")
    assert (page.status_code, len(bomb.getvalue()) < 100_000) == (422, True)
    assert "大きすぎて読めません" in page.content.decode()


def test_html_in_a_file_comes_out_as_typed(db: None) -> None:
    page = upload(f"{HEAD}\nC,2026-05-10,1,4,<b>𠮷=1+1</b>,記録\n".encode()).content.decode()
    assert "&lt;b&gt;𠮷=1+1&lt;/b&gt;" in page


def test_more_room_keeps_what_was_typed(db: None) -> None:
    page = ask(TYPED | {"do": "more"})
    assert (page.status_code, len(page.context["lines"])) == (200, 6)
    assert page.context["lines"][0]["hours"].value() == "7:15"
