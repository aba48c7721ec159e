"""The applicant's home: the four criteria of each application, who is waited for, since when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nintei.applications import actions
from nintei.applications.glance import glance
from nintei.applications.models import Application
from nintei.applications.pace import attestors_pace
from nintei.applications.tests.conftest import PAID_ON, TODAY, add_post, at, attest
from nintei.applications.tests.test_papers import a_file
from nintei.experience import queries as experience
from nintei.experience.actions import ask_attestor
from nintei.experience.models import Post
from nintei.people.models import Person
from nintei.registry.actions import hand_in_copy
from nintei.registry.models import ExamPass
from nintei.site.tests.access import browser


def tones(application: Application, on: date) -> dict[str, str]:
    found = glance(application, on)
    assert found is not None
    return {mark.mark: mark.tone for mark in found.marks}


def asked(sato: Person, post: Post, on: date = TODAY) -> None:
    ask_attestor(
        by=sato.by,
        person=sato,
        attestor_name="阿部 直子",
        attestor_email="abe@example.jp",
        relation="superior",
        post_ids=[post.pk],
        on=on,
        at=at(on),
    )


def test_a_draft_is_not_wrong_where_it_is_merely_not_done(sato: Person, report: ExamPass) -> None:
    draft = actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    assert tones(draft, TODAY) == {"①": "ok", "②": "todo", "③": "todo", "④": "todo"}
    found = glance(draft, TODAY)
    assert found is not None
    assert (found.waits, found.pace) == ("これからすること：業務経験、業務経験の証明、宣誓", None)
    add_post(sato, date(2025, 4, 1), None, "4", "さくらコンタクト")
    assert tones(draft, TODAY)["②"] == "todo"


def test_a_draft_says_which_attestor_is_waited_for_and_how_long(sato: Person, report: ExamPass) -> None:
    draft = actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    post = add_post(sato, date(2018, 4, 1), None, "45", "さくらコンタクト")
    asked(sato, post)
    # Tuesday the 24th to Friday the 27th.
    later = TODAY + timedelta(days=3)
    found = glance(draft, later)
    assert found is not None
    assert found.pace is not None
    assert (found.waits, found.pace.since, found.pace.days) == ("阿部 直子さんの返事を待っています", TODAY, 3)
    assert tones(draft, later)["②"] == "wait"


def test_the_usual_time_of_attestors_is_told_from_five_answers_on(sato: Person) -> None:
    start = date(2010, 4, 1)
    for n in range(5):
        post = add_post(
            sato, start + timedelta(days=40 * n), start + timedelta(days=40 * n + 20), "4", f"会社{n}"
        )
        case = experience.case(sato, TODAY)
        assert attestors_pace(case, TODAY) is None
        attest(post, TODAY)
    last = add_post(sato, date(2020, 4, 1), None, "4", "さくらコンタクト")
    asked(sato, last)
    found = attestors_pace(experience.case(sato, TODAY), TODAY)
    assert found is not None
    assert (found.cases, found.usual is None) == (5, False)


def test_what_was_sent_waits_for_its_fee_and_what_is_over_says_nothing(
    submitted: Application, accepted: Application
) -> None:
    assert tones(accepted, PAID_ON) == {"①": "ok", "②": "ok", "③": "ok", "④": "ok"}
    found = glance(accepted, PAID_ON)
    assert found is not None
    assert (found.waits, found.pace and found.pace.step) == ("審査の担当を待っています", "review")
    actions.withdraw(person=accepted.person, application=accepted, version=None, on=PAID_ON, at=at(PAID_ON))
    accepted.refresh_from_db()
    assert glance(accepted, PAID_ON) is None


def test_an_unpaid_fee_is_waited_for(submitted: Application) -> None:
    assert tones(submitted, TODAY)["④"] == "wait"


def test_the_home_page_shows_it(
    submitted: Application, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())
    page = browser(submitted.person).get(reverse("site:my")).content.decode()
    assert "あなたの振込を待っています" in page
    assert "2026年11月24日（火）から2営業日。" in page
    assert "団体での申請" not in page


def test_a_copy_that_nobody_has_looked_at_is_waited_for_and_not_called_useless(
    sato: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    draft = actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    hand_in_copy(
        by=sato.by, person=sato, exam="OMP", number="2025000999", issued_on=date(2025, 4, 1), name="鈴木 健太",
        taken=a_file("写し.pdf", b"x"), on=TODAY, at=at(TODAY),
    )  # fmt: skip
    assert tones(draft, TODAY)["①"] == "wait"
    page = browser(sato).get(reverse("applications:apply", kwargs={"qualification": "OMP"})).content.decode()
    assert "このレポートは使えません" not in page
    for words in ("事務局がまだ比べていません", "登録の氏名とも、前の氏名とも違います", "前の氏名を加える"):
        assert words in page
