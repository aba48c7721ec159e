"""What people type and must not: each is told in clear words, nothing is half done, and nothing runs."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nintei.applications import actions
from nintei.applications.archive import archive
from nintei.applications.models import Application
from nintei.applications.tests.conftest import TODAY, add_post, at
from nintei.applications.tests.test_glance import asked
from nintei.experience.models import Leave, Post, Substitution
from nintei.experience.tests.conftest import token_in
from nintei.people.models import FormerName, Person
from nintei.registry.models import ExamPass, ReportCopy
from nintei.shared import files
from nintei.site.tests.access import browser

KEY = "a-key-that-is-long-enough"
OMP = {"qualification": "OMP"}
HOSTILE = '<script>alert(1)</script>=HYPERLINK("x")𠮷髙'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"0" * 50


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


@pytest.fixture
def draft(sato: Person, report: ExamPass) -> Application:
    return actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))


def upload(data: bytes, name: str = "写し.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def big() -> SimpleUploadedFile:
    return upload(b"%PDF-1.7 " + b"0" * files.MOST_BYTES)


BAD_FILES = [
    (big, "10MBを超えています"),
    (lambda: upload(HEIC, "IMG_0001.HEIC"), "HEIC形式の写真です"),
    (lambda: upload(b"<html><script>", "写し.pdf"), "受け取れない形式です"),
    (lambda: upload(b""), "空です"),
]


@pytest.mark.parametrize(("make", "sentence"), BAD_FILES, ids=["big", "heic", "html", "empty"])
def test_a_bad_file_is_told_beside_its_box_wherever_it_is_handed_in(
    draft: Application, sato: Person, make: Any, sentence: str
) -> None:
    issued = {"copy-issued_on_year": "2025", "copy-issued_on_month": "4", "copy-issued_on_day": "1"}
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "copy": (reverse("registry:passes"), issued | {
            "form": "copy", "copy-exam": "CAP", "copy-number": "2025", "copy-name": "佐藤", "copy-paper": make(),
        }),
        "former": (reverse("people:profile"), {"form": "former", "former-name": "鈴木", "former-paper": make()}),
        "claim": (reverse("experience:substitution", kwargs=OMP), {
            "kind": "training", "name": "研修", "issuer": "協会", "obtained_on_year": "2020",
            "obtained_on_month": "3", "obtained_on_day": "31", "evidence": make(),
        }),
    }  # fmt: skip
    for url, form in told.values():
        assert sentence in browser(sato).post(url, form | {"once": KEY}).content.decode(), url
    kept = (ReportCopy, FormerName, Substitution)
    assert [model.objects.count() for model in kept] == [0, 0, 0]


def leave(**more: str) -> dict[str, str]:
    told = {"leave-TOTAL_FORMS": "1", "leave-INITIAL_FORMS": "0", "once": KEY}
    for end, day in (("from_on", (2021, 5, 1)), ("until_on", (2021, 6, 30))):
        for part, value in zip(("year", "month", "day"), day, strict=True):
            told[f"leave-0-{end}_{part}"] = str(value)
    return told | more


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"leave-0-from_on_year": "2019"}, "職歴の期間からはみ出しています"),
        ({"leave-0-until_on_year": "2020"}, "始まりの日（2021年5月1日（土））より前です"),
        ({"leave-0-from_on_month": "13"}, "この日は暦にありません"),
        ({"leave-0-reason": "あ" * 101}, "100文字までで書いてください"),
        ({"leave-0-from_on_year": "", "leave-0-from_on_month": "", "leave-0-from_on_day": ""}, "休みの始まりの日を"),
    ],
)  # fmt: skip
def test_a_leave_that_cannot_be_is_told_at_the_head_of_the_page(
    draft: Application, sato: Person, more: dict[str, str], sentence: str
) -> None:
    post = add_post(sato, date(2020, 4, 1), date(2024, 3, 31), "4", "さくらコンタクト")
    page = browser(sato).post(reverse("experience:leaves", kwargs=OMP | {"post": post.pk}), leave(**more))
    text = page.content.decode()
    assert (page.status_code, "summary-box" in text, Leave.objects.count()) == (422, True, 0)
    assert sentence in text


def test_another_leave_follows_at_once(draft: Application, sato: Person) -> None:
    post = add_post(sato, date(2020, 4, 1), date(2024, 3, 31), "4", "さくらコンタクト")
    url = reverse("experience:leaves", kwargs=OMP | {"post": post.pk})
    assert browser(sato).post(url, leave(more="1"))["Location"] == url
    assert Leave.objects.count() == 1


def test_who_was_on_leave_is_led_to_its_page(draft: Application, sato: Person) -> None:
    told = {"organisation": "ひなた通販", "field_4": "on", "present": "on", "away": "on", "once": KEY}
    told |= {"started_year": "2020", "started_month": "4", "started_day": "1"}
    answer = browser(sato).post(reverse("experience:add_post", kwargs=OMP), told)
    post = Post.objects.get()
    assert answer["Location"] == reverse("experience:leaves", kwargs=OMP | {"post": post.pk})


def test_sixty_posts_of_long_and_odd_names_are_shown_sent_to_an_attestor_and_kept(
    draft: Application, sato: Person
) -> None:
    for n in range(60):
        start = date(2015 + n // 12, n % 12 + 1, 1)
        add_post(sato, start, start.replace(day=20), "4", f"{HOSTILE}{n}".ljust(100, "あ"))
    applicant = browser(sato)
    for name in ("applications:apply", "experience:attestors"):
        page = applicant.get(reverse(name, kwargs=OMP)).content.decode()
        assert "<script>alert" not in page
        assert page.count("𠮷髙") >= 60
    asked(sato, Post.objects.order_by("started_on")[0])
    request = Post.objects.order_by("started_on")[0].requests.get()
    page = Client().get(reverse("experience:attest", kwargs={"token": token_in(request)})).content.decode()
    assert ("<script>alert" in page, "𠮷髙0" in page) == (False, True)
    with zipfile.ZipFile(io.BytesIO(archive(draft, TODAY, at(TODAY)))) as made:
        assert "forms.pdf" in made.namelist()


@pytest.mark.parametrize("name", ["𠮷田 髙志", "あ" * 100, "O'Neill <b>", "=1+1"])
def test_a_name_is_kept_as_it_is_written_and_runs_nowhere(sato: Person, name: str) -> None:
    url = reverse("people:profile")
    told = {"form": "name", "name": name, "kana": "ヨシダ", "once": KEY}
    assert browser(sato).post(url, told).status_code == 302
    sato.refresh_from_db()
    assert sato.name == name
    assert "<b>" not in browser(sato).get(url).content.decode().split("<main", 1)[1].split("<h2", 1)[0]


def test_a_name_of_101_letters_is_told_and_not_cut(sato: Person) -> None:
    told = {"form": "name", "name": "あ" * 101, "kana": "ヨシダ", "once": KEY}
    page = browser(sato).post(reverse("people:profile"), told).content.decode()
    sato.refresh_from_db()
    assert (sato.name, "100" in page, "summary-box" in page) == ("佐藤 健太", True, True)


def test_a_post_that_cannot_be_changed_says_so_before_somebody_types(
    draft: Application, sato: Person
) -> None:
    post = add_post(sato, date(2020, 4, 1), date(2024, 3, 31), "4", "さくらコンタクト")
    pages = [
        reverse(f"experience:{name}", kwargs=OMP | {"post": post.pk}) for name in ("change_post", "leaves")
    ]
    applicant = browser(sato)
    assert ["先にお願いを取り消してください" in applicant.get(url).content.decode() for url in pages] == [
        False
    ] * 2
    asked(sato, post)
    for url in pages:
        text = applicant.get(url).content.decode()
        assert ("先にお願いを取り消してください" in text, ">保存する</button>" in text) == (True, False)
