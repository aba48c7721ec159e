"""The office's queue and case, and the applicant's pages, through their doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nintei.applications import actions
from nintei.applications.models import Application, Review
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    add_post,
    at,
    marks,
)
from nintei.people.models import Person
from nintei.site.tests.access import browser

KEY = "a-key-that-is-long-enough"
Queries = Any


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


def test_the_applicants_page_asks_as_often_for_many_posts(
    sato: Person, ready: Application, ito: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """The applicant's page: the queries do not grow with the posts."""
    applicant = browser(sato)
    url = reverse("applications:apply", kwargs={"qualification": "OMP"})
    applicant.get(url)
    with django_assert_num_queries(27):
        applicant.get(url)
    add_post(sato, TODAY - timedelta(days=4000), TODAY - timedelta(days=3900), "1", "ひなた通販")
    add_post(sato, TODAY - timedelta(days=3800), TODAY - timedelta(days=3700), "2", "ひなた通販")
    with django_assert_num_queries(27):
        applicant.get(url)


def send(client: Client, application: Application, event: str, **more: str) -> Any:
    told = {"event": event, "version": str(application.version), "once": f"{KEY}-{event}"} | more
    return client.post(reverse("applications:case", kwargs={"pk": application.pk}), told)


def test_a_reviewer_takes_up_and_passes_on_and_a_decider_certifies(
    accepted: Application, ito: Person, kato: Person
) -> None:
    reviewer, decider = browser(ito), browser(kato)
    assert send(reviewer, accepted, "take_up").status_code == 302
    accepted.refresh_from_db()
    said = {f"mark_{mark.criterion}": "confirm" for mark in marks(accepted)}
    assert send(reviewer, accepted, "recommend", **said).status_code == 302
    accepted.refresh_from_db()
    assert send(decider, accepted, "certify", words="おめでとうございます。").status_code == 302
    accepted.refresh_from_db()
    assert accepted.state == "certified"


def test_a_missing_mark_is_named_and_nothing_is_kept(in_review: Application, ito: Person) -> None:
    answer = send(browser(ito), in_review, "recommend")
    assert answer.status_code == 422
    assert "summary-box" in answer.content.decode()
    assert Review.objects.count() == 0


def test_the_second_of_two_reviewers_is_told_on_the_page(
    accepted: Application, ito: Person, kato: Person
) -> None:
    stale = accepted.version
    actions.take_up(actor=ito, application=accepted, version=stale, on=PAID_ON, at=at(PAID_ON))
    accepted.version = stale
    asked = {"rows": "2", "reason_1": "attestor_role", "words_1": "どの部署でしたか。"}
    answer = send(browser(ito), accepted, "ask", **asked)
    assert answer.status_code == 422
    assert "ほかの人が先にこの申請を変えました" in answer.content.decode()
    accepted.refresh_from_db()
    assert accepted.state == "in_review"


def test_a_button_of_an_overtaken_page_changes_nothing(in_review: Application, ito: Person) -> None:
    office = browser(ito)
    answer = office.post(
        reverse("applications:case", kwargs={"pk": in_review.pk}),
        {"event": "take_up", "version": str(in_review.version), "once": KEY},
        follow=True,
    )
    assert "ほかの人が先にこの申請を変えました" in answer.content.decode()


def test_the_same_click_twice_is_one_effect(accepted: Application, ito: Person) -> None:
    office = browser(ito)
    first, second = send(office, accepted, "take_up"), send(office, accepted, "take_up")
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    accepted.refresh_from_db()
    assert accepted.version == 4


def test_a_draft_is_nobody_elses_business(ready: Application, ito: Person, sato: Person) -> None:
    mine = browser(sato).get(reverse("applications:apply", kwargs={"qualification": "OMP"}))
    assert "さくらコンタクト株式会社" in mine.content.decode()
    url = reverse("applications:case", kwargs={"pk": ready.pk})
    assert browser(ito).get(url).status_code == 404


@pytest.mark.parametrize("qualification", ["SV", "XX", "omp"])
def test_what_needs_no_certification_has_no_page(sato: Person, qualification: str) -> None:
    url = reverse("applications:apply", kwargs={"qualification": qualification})
    assert browser(sato).get(url).status_code == 404


def test_html_and_odd_letters_come_out_as_typed(submitted: Application, sato: Person, ito: Person) -> None:
    Person.objects.filter(pk=sato.pk).update(name="<b>𠮷野</b> 髙")
    page = browser(ito).get(reverse("applications:case", kwargs={"pk": submitted.pk})).content.decode()
    assert "&lt;b&gt;𠮷野&lt;/b&gt; 髙" in page
    assert "<b>𠮷野" not in page
