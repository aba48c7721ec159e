"""The applicant's page for what the office asks: each answered by itself, with words or files, then sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nintei.applications import actions
from nintei.applications.actions import ItemSaid
from nintei.applications.models import Application, AskedItem, ItemAnswer
from nintei.applications.tests.access import PIXEL
from nintei.applications.tests.conftest import PAID_ON, at
from nintei.people.models import Person
from nintei.site.tests.access import browser
from tests.kept import kept

KEY = "a-key-that-is-long-enough"
SAID = [
    ItemSaid("attestor_role", "阿部さんは当時どの部署でしたか。<b>"),
    ItemSaid("leave_unclear", "2021年の休職の期間を教えてください。"),
]


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())


@pytest.fixture
@kept
def asked(in_review: Application, ito: Person) -> list[AskedItem]:
    return actions.ask_items(
        actor=ito, application=in_review, version=None, items=SAID, on=PAID_ON, at=at(PAID_ON)
    )


def send(item: AskedItem, person: Person, **told: Any) -> Any:
    url = reverse("applications:answer", kwargs={"pk": item.pk})
    return browser(person).post(url, {"once": KEY + str(item.ordinal)} | told)


def home(person: Person) -> str:
    url = reverse("applications:apply", kwargs={"qualification": "OMP"})
    return str(browser(person).get(url).content.decode())


def test_each_thing_is_listed_and_answered_by_itself_and_then_sent(
    asked: list[AskedItem], sato: Person
) -> None:
    first, second = asked
    page = home(sato)
    assert "協会から2件お尋ねがあります" in page
    assert "阿部さんは当時どの部署でしたか。&lt;b&gt;" in page
    assert send(first, sato, words="品質管理課です。").status_code == 302
    assert "あと1件に答えると、送れます。" in home(sato)
    send(second, sato, attached=SimpleUploadedFile("休職.png", PIXEL))
    assert [row.words for row in ItemAnswer.objects.order_by("item__ordinal")] == ["品質管理課です。", ""]
    assert "答えを送り、審査を続けてもらう" in home(sato)
    row = first.application
    row.refresh_from_db()
    url = reverse("applications:send_again", kwargs={"pk": row.pk})
    told = {"version": str(row.version), "once": KEY}
    assert "答えを送りました" in browser(sato).post(url, told, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.accepted_on) == ("in_review", PAID_ON)


def test_an_answer_may_be_changed_until_it_is_sent(asked: list[AskedItem], sato: Person) -> None:
    send(asked[0], sato, words="品質管理課です。")
    url = reverse("applications:answer", kwargs={"pk": asked[0].pk})
    assert "品質管理課です。" in browser(sato).get(url).content.decode()
    browser(sato).post(url, {"words": "人材開発課です。", "once": KEY})
    assert ItemAnswer.objects.get().words == "人材開発課です。"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"words": " "}, "言葉を書くか、ファイルを付けてください"),
        ({"attached": SimpleUploadedFile("x.pdf", b"MZ not a pdf")}, "PDF"),
        ({"words": "あ" * 4001}, "4000文字までで書いてください"),
    ],
)
def test_what_is_no_answer_is_told_and_not_kept(
    asked: list[AskedItem], sato: Person, told: dict[str, Any], sentence: str
) -> None:
    page = send(asked[0], sato, **told)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert ItemAnswer.objects.count() == 0


def test_sending_with_something_unanswered_is_refused(asked: list[AskedItem], sato: Person) -> None:
    url = reverse("applications:send_again", kwargs={"pk": asked[0].application_id})
    page = browser(sato).post(url, {"once": KEY}, follow=True).content.decode()
    assert "まだ答えていないお尋ねが2件あります" in page


def test_a_file_can_be_taken_back(asked: list[AskedItem], sato: Person) -> None:
    send(asked[0], sato, words="品質管理課です。", attached=SimpleUploadedFile("在籍.png", PIXEL))
    kept = asked[0].files.get()
    page = browser(sato).get(reverse("applications:answer_file", kwargs={"pk": kept.pk}))
    assert (page["Content-Type"], page["Content-Disposition"].partition(";")[0]) == (
        "image/png",
        "attachment",
    )
    browser(sato).post(reverse("applications:remove_answer_file", kwargs={"pk": kept.pk}), {"once": KEY})
    assert browser(sato).get(page.wsgi_request.path).status_code == 404


def test_a_question_that_is_closed_is_shown_and_takes_no_answer(
    asked: list[AskedItem], sato: Person, ito: Person
) -> None:
    send(asked[0], sato, words="品質管理課です。")
    actions.resume(
        actor=ito, application=asked[0].application, version=None, words="電話で聞きました。",
        on=PAID_ON, at=at(PAID_ON),
    )  # fmt: skip
    page = send(asked[0], sato, words="いや、人材開発課です。")
    assert page.status_code == 422
    url = reverse("applications:answer", kwargs={"pk": asked[0].pk})
    assert "このお尋ねは、もう終わっています" in browser(sato).get(url).content.decode()
    assert ItemAnswer.objects.get().words == "品質管理課です。"
