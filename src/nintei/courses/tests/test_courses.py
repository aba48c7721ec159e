"""Accredited courses: from a day until another, found by anyone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nintei.courses import actions, queries
from nintei.courses.models import Course, Form
from nintei.courses.states import LISTED, State
from nintei.journal.models import Body
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def accredit(title: str = "要員計画の基礎", minutes: int = 60, **more: Any) -> Course:
    told: dict[str, Any] = {
        "from_on": FIRST,
        "until_on": LAST,
        "form": Form.ONLINE,
        "hosted": False,
        **more,
    }
    return actions.accredit_course(
        by="system", title=title, provider="アカデミー", minutes=minutes, at=NOON, **told
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2026, 3, 31), False), (FIRST, True), (LAST, True), (date(2027, 4, 1), False)],
)
def test_a_course_counts_from_its_first_day_through_its_last(on: date, counts: bool) -> None:
    course = accredit()
    assert queries.is_accredited(course, on) is counts
    assert list(queries.accredited(on)) == ([course] if counts else [])


@pytest.mark.django_db
def test_the_list_of_a_day_is_what_the_rule_says_of_each_course() -> None:
    """On and off the list, with and without a last day, ended before, on and after it: the database agrees."""
    ends: list[tuple[State, date | None]] = [(State.DRAFT, None), (State.ACCREDITED, None)]
    ends += [(State.ENDED, day) for day in (FIRST, date(2026, 6, 1), date(2027, 6, 1))]
    for until_on in (None, LAST):
        for state, ended_on in ends:
            course = accredit(f"{until_on} {ended_on}") if state in LISTED else proposed()
            told = {"state": state, "accredited_until": until_on, "ended_on": ended_on}
            Course.objects.filter(pk=course.pk).update(**told)
    courses, counted = list(Course.objects.all()), []
    days = (date(2026, 3, 31), FIRST, date(2026, 5, 31), date(2026, 6, 1), LAST, date(2027, 4, 1))
    for on in (*days, date(2027, 6, 1)):
        found = {each.pk for each in courses if queries.is_accredited(each, on)}
        assert {each.pk for each in queries.accredited(on)} == found
        counted.append(len(found))
    assert counted == [0, 6, 6, 4, 4, 2, 1]


def proposed() -> Course:
    return Course.objects.create(
        title="下書き", provider="x", minutes=60, form="online", accredited_from=FIRST, state=State.DRAFT
    )


@pytest.mark.django_db
def test_a_course_without_an_end_counts_until_further_notice() -> None:
    course = accredit(until_on=None)
    assert queries.is_accredited(course, date(2099, 1, 1))
    assert list(queries.accredited(date(2099, 1, 1))) == [course]


@pytest.mark.django_db
def test_accrediting_is_told_to_the_journal() -> None:
    course = accredit()
    body = Body.objects.get()
    assert (body.verb, body.subject) == ("courses.accredit_course", f"course:{course.pk}")
    assert (body.data["minutes"], body.data["from_on"], body.data["until_on"]) == (
        60,
        "2026-04-01",
        "2027-03-31",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"minutes": 0}, "courses.no_time"),
        ({"until_on": date(2026, 3, 31)}, "courses.ends_before_it_begins"),
        ({}, "courses.already_accredited"),
    ],
)
def test_what_may_not_happen_is_refused(change: dict[str, Any], code: str) -> None:
    if not change:
        accredit()
    before = Course.objects.count()
    with pytest.raises(Refused) as refused:
        accredit(**change)
    assert refused.value.code == code
    assert refused.value.sentence("ja") != refused.value.sentence("en")
    assert Course.objects.count() == before == Body.objects.count()


@pytest.mark.django_db
def test_the_database_refuses_a_course_without_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.create(title="x", provider="y", minutes=0, form=Form.ONLINE, accredited_from=FIRST)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_as_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        accredit(f"研修{number}", until_on=None)
    with django_assert_num_queries(3):
        page = client.get("/courses").content.decode()
    assert page.count('<h2 class="fs-18">') == count


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("要員", 1),
        ("アカデミー 基礎", 1),
        ("アカデミー 応用", 0),
        ("%", 0),
        ("'; drop table", 0),
        ("\x00", 1),
        ("x" * 5000, 0),
    ],
)
def test_anyone_finds_a_course_by_its_words(client: Client, words: str, found: int) -> None:
    accredit(until_on=None)
    answer = client.get("/courses", {"q": words})
    assert (answer.status_code, answer.content.decode().count('<h2 class="fs-18">')) == (200, found)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["0", "-1", "99", "x", ""])
def test_a_page_that_is_not_there_shows_the_nearest(client: Client, page: str) -> None:
    accredit(until_on=None)
    assert client.get("/courses", {"page": page}).status_code == 200
