"""The forms as PDF and everything as ZIP: what is in them, whose they are, and letters that cannot be printed."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from nintei.applications import actions
from nintei.applications.actions import ItemSaid
from nintei.applications.archive import archive
from nintei.applications.models import Application
from nintei.applications.printing import content, forms_pdf
from nintei.applications.tests.access import PIXEL
from nintei.applications.tests.conftest import PAID_ON, TODAY, add_post, at
from nintei.experience.actions import claim_substitution
from nintei.people.actions import add_former_name
from nintei.people.models import Person
from nintei.registry.actions import hand_in_copy
from nintei.shared.files import TakenFile, keep
from nintei.site.tests.access import browser


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


def words_of(pdf: bytes) -> str:
    if folder := os.environ.get("NINTEI_SHOTS"):
        Path(folder, f"forms-{len(pdf)}.pdf").write_bytes(pdf)
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_forms_are_filled_in_with_what_was_written(ready: Application) -> None:
    said = words_of(forms_pdf(ready, TODAY, at(TODAY)))
    for words in (
        "(A)資格認定申請書", "(B)業務経歴証明書", "(C)上司もしくは監督者による証明", "(D)倫理綱領",
        "佐藤健太", "サトウケンタ", "2024000417", "0417サトウケンタ", "さくらコンタクト株式会社",
        "2020年4月1日", "4オペレーション", "これは見本です。", "東京都千代田区丸の内3-3-1",
    ):  # fmt: skip
        assert words in said
    assert "協会の本文ではありません" in said


def test_the_same_case_gives_the_same_bytes(ready: Application) -> None:
    assert forms_pdf(ready, TODAY, at(TODAY)) == forms_pdf(ready, TODAY, at(TODAY))


def test_without_a_text_the_pledge_says_so(sato: Person) -> None:
    draft = actions.start(person=sato, qualification="CAP", on=TODAY, at=at(TODAY))
    assert "宣誓の本文を、協会がまだ定めていません。" in words_of(forms_pdf(draft, TODAY, at(TODAY)))
    assert content(draft, TODAY)["posts"] == []


def test_sixty_posts_with_odd_names_fit_on_paper(sato: Person) -> None:
    draft = actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    for n in range(60):
        start = date(2015 + n // 12, n % 12 + 1, 1)
        add_post(sato, start, start.replace(day=20), "4", f"<b>𠮷髙=1+1</b>#strong[{n}] $x$ \\ " + "あ" * 50)
    said = words_of(forms_pdf(draft, TODAY, at(TODAY)))
    assert said.count("<b>𠮷髙=1+1</b>#strong[") == 60


def test_a_letter_without_a_shape_is_said_and_nothing_breaks(sato: Person) -> None:
    actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    add_post(sato, date(2020, 4, 1), None, "4", "株式会社🏢")
    forms = reverse("applications:forms", kwargs={"qualification": "OMP"})
    assert "書類にできない文字があります" in browser(sato).get(forms, follow=True).content.decode()
    answer = browser(sato).get(reverse("applications:everything", kwargs={"qualification": "OMP"}))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        assert made.namelist() == ["application.json", "forms-missing.txt"]
        assert "株式会社🏢" in made.read("application.json").decode()


def test_everything_is_there_and_only_mine(in_review: Application, sato: Person, ito: Person) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from nintei.shared import files

    asked = ItemSaid("attestor_role", "当時の部署を教えてください。")
    item = actions.ask_items(
        actor=ito, application=in_review, version=None, items=[asked], on=PAID_ON, at=at(PAID_ON)
    )[0]
    taken = files.take_in(SimpleUploadedFile("../在籍.png", PIXEL))
    actions.answer_item(
        person=sato, item=item, words="品質管理課です。", files=[taken], on=PAID_ON, at=at(PAID_ON)
    )
    url = reverse("applications:everything", kwargs={"qualification": "OMP"})
    answer = browser(sato).get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="OMP-application.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        names = made.namelist()
        told = json.loads(made.read("application.json"))
        picture = made.read(next(name for name in names if name.startswith("answers/")))
    assert names[:2] == ["application.json", "forms.pdf"]
    assert sum(name.startswith("attestations/") for name in names) == 2
    assert picture == PIXEL
    assert not any(".." in name or name.startswith("/") for name in names)
    assert (told["number"], told["state"], told["person"]["name"]) == ("2026-0001", "returned", "佐藤 健太")
    assert told["asked"][0]["answer"] == "品質管理課です。"
    assert told["history"][0] == {"at": told["history"][0]["at"], "what": "applications.start", "by_me": True}
    assert "伊藤" not in json.dumps(told, ensure_ascii=False)


def test_the_files_of_the_case_are_there_wherever_they_were_handed_in(sato: Person) -> None:
    draft = actions.start(person=sato, qualification="CAP", on=TODAY, at=at(TODAY))
    copied, trained, named = (a_file(name, name.encode()) for name in ("写し.pdf", "修了証.pdf", "戸籍.pdf"))
    hand_in_copy(
        by=sato.by, person=sato, exam="CAP", number="2025000999", issued_on=date(2025, 4, 1), name="佐藤 健太",
        taken=copied, on=TODAY, at=at(TODAY),
    )  # fmt: skip
    claim_substitution(
        by=sato.by, person=sato, kind="training", name="管理者研修", issuer="研修センター",
        obtained_on=date(2020, 3, 31), evidence=[trained], on=TODAY, at=at(TODAY),
    )  # fmt: skip
    add_former_name(
        by=sato.by, person=sato, name="鈴木 健太", kana="スズキ ケンタ", taken=named, at=at(TODAY)
    )
    with zipfile.ZipFile(io.BytesIO(archive(draft, TODAY, at(TODAY)))) as made:
        told = {name: made.read(name) for name in made.namelist() if "/" in name}
    assert told == {
        f"report/{copied.sha256[:8]}-写し.pdf": b"%PDF-1.7 " + "写し.pdf".encode(),
        f"substitution/01-{trained.sha256[:8]}-修了証.pdf": b"%PDF-1.7 " + "修了証.pdf".encode(),
        f"names/{named.sha256[:8]}-戸籍.pdf": b"%PDF-1.7 " + "戸籍.pdf".encode(),
    }


def a_file(name: str, words: bytes) -> TakenFile:
    """A file in the store, each with words of its own."""
    data = b"%PDF-1.7 " + words
    return TakenFile(keep(data), "pdf", len(data), 1, name)
