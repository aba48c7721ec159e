"""The attestor's link and the applicant's forms, through their doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nintei.experience.models import AttestationRequest, HalfPost, Post, Statement
from nintei.experience.tests.conftest import TODAY
from nintei.people.models import Person
from nintei.site.tests.access import browser

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
KEY = "a-key-that-is-long-enough"


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


def answer(post: Post, **more: str) -> dict[str, str]:
    return line(post) | {"name": "阿部 直子", "once": KEY, "step": "read"} | more


def line(post: Post, **more: str) -> dict[str, str]:
    """The boxes of one post: yes, for the whole time, as its superior who has left."""
    told = {"answer": "confirmed", "tenure": "whole", "was_there": "yes", "belongs_still": "no"}
    return {f"post-{post.pk}-{name}": value for name, value in (told | {"role": "課長"} | more).items()}


def test_reading_keeps_nothing_and_signing_keeps_what_was_read(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    _, token = ask(post)
    url, door = reverse("experience:attest", kwargs={"token": token}), Client()
    page = door.post(url, answer(post))
    assert (page.status_code, Statement.objects.count()) == (200, 0)
    read = page.context["read"]
    signed = door.post(url, answer(post, step="sign", read=read))
    assert signed.status_code == 302
    assert Statement.objects.get().text == page.context["texts"][0]
    assert "もう一度送る必要はありません" in door.get(url).content.decode()


def test_signing_something_else_than_was_read_is_refused(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    _, token = ask(post)
    url, door = reverse("experience:attest", kwargs={"token": token}), Client()
    read = door.post(url, answer(post)).context["read"]
    changed = door.post(url, answer(post, step="sign", read=read) | line(post, role="部長"))
    assert changed.status_code == 422
    assert "もう一度読んでから署名してください" in changed.content.decode()
    assert Statement.objects.count() == 0


def test_i_cannot_confirm_is_one_press(save: Save, ask: Ask) -> None:
    _, token = ask(save(date(2021, 4, 1), None, "4"))
    url = reverse("experience:attest", kwargs={"token": token})
    assert Client().post(url, {"step": "cannot", "once": KEY}).status_code == 302
    assert Statement.objects.get().answer == "cannot"


def test_a_look_at_the_link_answers_nothing(save: Save, ask: Ask) -> None:
    _, token = ask(save(date(2021, 4, 1), None, "4"))
    for _n in range(3):
        assert Client().get(reverse("experience:attest", kwargs={"token": token})).status_code == 200
    assert Statement.objects.count() == 0


def test_a_part_of_the_time_is_asked_for_with_its_days(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    _, token = ask(post)
    url, door = reverse("experience:attest", kwargs={"token": token}), Client()
    assert (
        "監督を始めた日を書いてください"
        in door.post(url, answer(post) | line(post, tenure="part")).content.decode()
    )
    days = {
        "since_year": "2021",
        "since_month": "4",
        "since_day": "1",
        "until_year": "2023",
        "until_month": "9",
        "until_day": "30",
    }
    page = door.post(url, answer(post) | line(post, tenure="part", **days))
    assert "監督していた期間: 2021年4月1日（木） から 2023年9月30日（土）" in page.context["texts"][0]


@pytest.mark.parametrize(("token", "status"), [("x" * 43, 404), ("nothing", 404)])
def test_a_wrong_link_says_so(db: None, token: str, status: int) -> None:
    page = Client().get(reverse("experience:attest", kwargs={"token": token}))
    assert page.status_code == status
    assert "このリンクは使えません" in page.content.decode()


def form(**more: str) -> dict[str, str]:
    told = {"organisation": "ひなた通販", "started_year": "2019", "started_month": "4", "started_day": "1"}
    told |= {
        "ended_year": "2020",
        "ended_month": "9",
        "ended_day": "30",
        "field_2": "on",
        "done_2": "集計",
        "once": KEY,
    }
    return told | more


def test_a_post_is_saved_and_may_know_only_its_months(sato: Person) -> None:
    url = reverse("experience:add_post", kwargs={"qualification": "OMP"})
    answered = browser(sato).post(url, form(started_day="", ended_day=""))
    assert answered.status_code == 302
    post = Post.objects.get()
    assert (post.started_on, post.ended_on, post.precision) == (date(2019, 4, 1), date(2020, 9, 30), "month")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"started_month": "13"}, "この日は暦にありません"),
        ({"started_year": "2027"}, "始まりの日は、今日"),
        ({"ended_year": "2018"}, "より前です"),
        ({"ended_year": "", "ended_month": "", "ended_day": ""}, "「現在も続いている」を選んでください"),
        ({"field_2": ""}, "業務の分野を1つ以上選んでください"),
        ({"organisation": "あ" * 101}, "100文字までで書いてください"),
        ({"started_year": "1980"}, "生年月日"),
        ({"organisation": "a\x00b"}, "文字を入力してください"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_not_kept(
    sato: Person, more: dict[str, str], sentence: str
) -> None:
    url = reverse("experience:add_post", kwargs={"qualification": "OMP"})
    page = browser(sato).post(url, form(**more))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert Post.objects.count() == 0


def test_what_is_typed_is_kept_and_said_and_no_post_yet(sato: Person) -> None:
    url = reverse("experience:keep_post", kwargs={"qualification": "OMP"})
    applicant = browser(sato)
    page = applicant.post(url, form()).content.decode()
    assert "1年6か月" in page
    assert "保存しました" in page
    assert Post.objects.count() == 0
    opened = applicant.get(reverse("experience:add_post", kwargs={"qualification": "OMP"})).content.decode()
    assert "書きかけの続きです" in opened
    assert 'value="ひなた通販"' in opened


HALF = {"organisation": "𠮷野家<b>=1+1", "started_year": "20x", "done_4": "a\x00b", "once": KEY}


def test_half_a_post_makes_no_sense_and_is_kept_all_the_same(sato: Person) -> None:
    url = reverse("experience:add_post", kwargs={"qualification": "OMP"})
    applicant = browser(sato)
    answered = applicant.post(url, HALF | {"later": "1"}, follow=True)
    assert "書きかけのまま保存しました" in answered.content.decode()
    assert HalfPost.objects.get().typed == {
        "organisation": "𠮷野家<b>=1+1", "started_year": "20x", "done_4": "ab",
    }  # fmt: skip
    opened = applicant.get(url).content.decode()
    assert 'value="𠮷野家&lt;b&gt;=1+1"' in opened
    assert "summary-box" not in opened


def test_saving_the_post_forgets_its_half(sato: Person) -> None:
    url = reverse("experience:add_post", kwargs={"qualification": "OMP"})
    applicant = browser(sato)
    applicant.post(url, HALF | {"later": "1"})
    applicant.post(url, form())
    assert (Post.objects.count(), HalfPost.objects.count()) == (1, 0)


def test_what_was_begun_can_be_thrown_away(sato: Person) -> None:
    url = reverse("experience:add_post", kwargs={"qualification": "OMP"})
    applicant = browser(sato)
    applicant.post(url, HALF | {"later": "1"})
    applicant.post(url, HALF | {"drop": "1"})
    assert HalfPost.objects.count() == 0


def test_each_post_has_its_own_half_and_a_strangers_is_none(save: Save, sato: Person, tanaka: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    url = reverse("experience:keep_post", kwargs={"qualification": "OMP"})
    browser(sato).post(url, form(post=str(post.pk)))
    browser(sato).post(url, form(organisation="新しい会社"))
    assert {half.post_id: half.typed["organisation"] for half in HalfPost.objects.all()} == {
        post.pk: "ひなた通販", None: "新しい会社",
    }  # fmt: skip
    assert browser(tanaka).post(url, form(post=str(post.pk))).status_code == 404
    assert HalfPost.objects.filter(person=tanaka).count() == 0


def test_nobody_keeps_anything_without_a_session(sato: Person) -> None:
    url = reverse("experience:keep_post", kwargs={"qualification": "OMP"})
    assert Client().post(url, form()).status_code == 403


def test_a_known_day_stays_where_the_other_end_knows_only_its_month(sato: Person) -> None:
    url = reverse("experience:add_post", kwargs={"qualification": "OMP"})
    browser(sato).post(url, form(started_day="15", ended_day=""))
    post = Post.objects.get()
    assert (post.started_on, post.ended_on, post.precision) == (date(2019, 4, 15), date(2020, 9, 30), "day")


def test_a_post_by_months_is_opened_by_months_again(sato: Person) -> None:
    kwargs = {"qualification": "OMP"}
    browser(sato).post(reverse("experience:add_post", kwargs=kwargs), form(started_day="", ended_day=""))
    url = reverse("experience:change_post", kwargs=kwargs | {"post": Post.objects.get().pk})
    page = browser(sato).get(url)
    shown = page.context["form"]
    assert [shown[name].subwidgets[0].data["subwidgets"][2]["value"] for name in ("started", "ended")] == [
        None, None,
    ]  # fmt: skip


def test_somebody_elses_post_looks_like_none(save: Save, tanaka: Person, sato: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    kwargs = {"qualification": "OMP", "post": post.pk}
    assert browser(sato).get(reverse("experience:change_post", kwargs=kwargs)).status_code == 200
    assert browser(tanaka).get(reverse("experience:change_post", kwargs=kwargs)).status_code == 404
    browser(tanaka).post(reverse("experience:remove_post", kwargs=kwargs), {"once": KEY})
    post.refresh_from_db()
    assert post.removed_at is None


def test_asking_oneself_is_refused_on_the_page(save: Save, sato: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    url = reverse("experience:attestors", kwargs={"qualification": "OMP"})
    told = {"posts": str(post.pk), "attestor_name": "佐藤", "attestor_email": "sato@example.jp"}
    page = browser(sato).post(url, told | {"relation": "superior", "language": "ja", "once": KEY})
    assert page.status_code == 422
    assert "ご自分では証明できません" in page.content.decode()
    assert AttestationRequest.objects.count() == 0
