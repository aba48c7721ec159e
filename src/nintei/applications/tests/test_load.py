"""The queue with many cases: as many queries as for one. `NINTEI_CASES=2000` for the full size."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.urls import reverse

from nintei.applications.models import Application
from nintei.applications.queries.search import key
from nintei.applications.states import State
from nintei.applications.tests.conftest import TODAY, at
from nintei.people.models import Person
from nintei.site.tests.access import browser

CASES = int(os.environ.get("NINTEI_CASES", "120"))
STATES = (State.SUBMITTED, State.ACCEPTED, State.RETURNED)


@pytest.fixture
def many(db: None) -> None:
    """Cases in three lanes, written past the table of states: only their number matters here."""
    people = Person.objects.bulk_create(
        Person(email=f"n{n}@example.jp", name=f"山田 {n}", kana=f"ヤマダ {n}", password="!")
        for n in range(CASES)
    )
    with pgtrigger.ignore("applications.Application:begins_as_draft"):
        Application.objects.bulk_create(
            Application(
                person=person,
                kind="first",
                qualification="OMP",
                number=f"2026-{n:05}",
                state=STATES[n % 3],
                names=key(person.kana),
                submitted_on=TODAY,
                complete_on=TODAY,
                accepted_on=TODAY if n % 3 == 1 else None,
                state_since_on=TODAY - timedelta(days=n % 200),
                started_at=at(TODAY),
                saved_at=at(TODAY),
            )
            for n, person in enumerate(people)
        )


def test_a_page_of_many_asks_as_often_as_of_one(
    many: None, ito: Person, settings: Any, monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    office, url = browser(ito), reverse("applications:queue")
    office.get(url)
    for told in ({}, {"page": "2"}, {"q": "ﾔﾏﾀﾞ"}, {"lane": "received", "qualification": "OMP"}):
        with django_assert_num_queries(13):
            page = office.get(url, told).content.decode()
        assert page.count('class="age"') == (CASES // 3 if "lane" in told and CASES < 150 else 50)
