"""The queues: lanes, working days, service levels, search in any spelling, bulk, pages, kept searches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nintei.applications import actions, queries
from nintei.applications.models import Application, SavedFilter
from nintei.applications.queries import Wanted
from nintei.applications.queries.search import key
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    add_post,
    at,
    attest,
    pledge,
    report_for,
    submit,
)
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people import actions as people
from nintei.people.models import Person
from nintei.registry.models import ExamPass
from nintei.shared.workdays import since_for, workdays
from nintei.site.tests.access import browser

URL = reverse("applications:queue")
KEY = "a-key-that-is-long-enough"


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


def one_more(number: int, name: str = "髙橋 凪", kana: str = "タカハシ ナギ") -> Application:
    """Another applicant, all the way to a submitted case."""
    person = Person.objects.create_user(f"p{number}@example.jp", name=name, kana=kana)
    report_for(person, number=f"20240099{number:02}")
    draft = actions.start(person=person, qualification="OMP", on=TODAY, at=at(TODAY))
    attest(add_post(person, TODAY - timedelta(days=3000), None, "45", "みなと電話"))
    pledge(draft)
    return submit(draft)


def numbers(person: Person, on: date = TODAY, **wanted: Any) -> list[str | None]:
    return [row.application.number for row in queries.queue(person, on, Wanted(**wanted)).rows]


def test_the_queue_asks_as_often_for_three_cases_as_for_one(
    submitted: Application, ito: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    office = browser(ito)
    office.get(URL)
    with django_assert_num_queries(13):
        assert office.get(URL).content.decode().count('class="age"') == 1
    one_more(1)
    one_more(2)
    with django_assert_num_queries(13):
        assert office.get(URL).content.decode().count('class="age"') == 3


def test_every_lane_counts_what_it_shows(submitted: Application, in_review: Application, ito: Person) -> None:
    one_more(1)
    page = queries.queue(ito, TODAY, Wanted())
    shown = {lane: len(numbers(ito, lane=lane)) for lane in page.counts}
    assert shown == page.counts
    assert {lane: number for lane, number in shown.items() if number} == {
        "all": 2, "fee": 1, "review": 1, "mine": 1,
    }  # fmt: skip


def test_a_case_that_is_decided_lies_in_its_lane(submitted: Application, sato: Person, ito: Person) -> None:
    actions.withdraw(person=sato, application=submitted, version=None, on=TODAY, at=at(TODAY))
    assert (numbers(ito, lane="decided"), numbers(ito)) == (["2026-0001"], [])


def test_a_draft_lies_in_no_lane(ready: Application, ito: Person) -> None:
    assert set(queries.queue(ito, TODAY, Wanted()).counts.values()) == {0}


SPELLINGS = [
    *("佐藤", "さとう", "ｻﾄｳ", "サトウ　ケンタ", "佐藤健太"),
    *("２０２６－０００１", "2024000417", "0417", "SATO@example.jp"),
]


@pytest.mark.parametrize("words", SPELLINGS)
def test_a_case_is_found_in_any_spelling(submitted: Application, ito: Person, words: str) -> None:
    one_more(1)
    assert numbers(ito, words=words) == ["2026-0001"]


def test_a_case_is_found_by_a_variant_of_the_letter(submitted: Application, ito: Person) -> None:
    other = one_more(1)
    assert numbers(ito, words="高橋") == [other.number] == numbers(ito, words="髙橋 なぎ")
    assert numbers(ito, words="高橋 佐藤") == []


def test_a_case_is_found_by_a_former_name(submitted: Application, ito: Person, sato: Person) -> None:
    people.add_former_name(by=sato.by, person=sato, name="齋藤 健太", kana="サイトウ ケンタ", at=at(TODAY))
    assert numbers(ito, words="さいとう") == []
    actions.assign(actor=ito, application=submitted, version=None, to=ito, on=TODAY, at=at(TODAY))
    assert (
        numbers(ito, words="さいとう")
        == numbers(ito, words="斉藤")
        == numbers(ito, words="斎藤")
        == ["2026-0001"]
    )


def test_a_case_is_found_by_the_number_of_the_certification(
    recommended: Application, kato: Person, ito: Person
) -> None:
    from nintei.applications.tests.conftest import decide
    from nintei.registry.models import Certification

    decide(recommended, kato)
    held = Certification.objects.get(person=recommended.person)
    assert numbers(ito, words=held.number, lane="decided") == ["2026-0001"]


def test_the_key_has_no_width_and_no_kind_of_kana() -> None:
    assert {key(word) for word in ("サトウ ケンタ", "ｻﾄｳｹﾝﾀ", "さとう　けんた")} == {"サトウケンタ"}


def test_the_days_are_working_days(submitted: Application, ito: Person) -> None:
    """24 November 2026 is a Tuesday after a holiday; 8 December is the tenth working day after it."""
    (row,) = queries.queue(ito, date(2026, 12, 8), Wanted()).rows
    assert (row.days, workdays(TODAY, date(2026, 12, 8))) == (10, 10)


@pytest.mark.parametrize("days", range(12))
def test_the_day_since_which_so_many_working_days_have_passed(days: int) -> None:
    on = date(2027, 1, 12)
    earliest = since_for(days, on)
    assert workdays(earliest, on) == days
    assert workdays(earliest - timedelta(days=1), on) == days + 1


def test_a_level_is_near_and_then_passed(submitted: Application, ito: Person, kato: Person) -> None:
    assert [row.level for row in queries.queue(ito, date(2027, 6, 1), Wanted()).rows] == [""]
    actions.set_service_level(actor=kato, state="submitted", days=10, on=TODAY, at=at(TODAY))
    seen = {}
    for working_days in (7, 8, 9, 10, 11):
        on = next(d for n in range(40) if workdays(TODAY, d := TODAY + timedelta(days=n)) == working_days)
        (row,) = queries.queue(ito, on, Wanted()).rows
        late = numbers(ito, on, late=True)
        seen[working_days] = (row.level, len(late), queries.late_counts(on))
    assert seen == {
        7: ("in_time", 0, {"near": 0, "late": 0}),
        8: ("in_time", 0, {"near": 0, "late": 0}),
        9: ("near", 0, {"near": 1, "late": 0}),
        10: ("near", 0, {"near": 1, "late": 0}),
        11: ("late", 1, {"near": 0, "late": 1}),
    }


def test_a_level_that_was_taken_back_is_unset(submitted: Application, kato: Person) -> None:
    for hour, days in ((10, 10), (11, None)):
        actions.set_service_level(actor=kato, state="submitted", days=days, on=TODAY, at=at(TODAY, hour))
    assert queries.service_levels() == {}


def test_narrower_by_qualification_and_kind(submitted: Application, ito: Person) -> None:
    assert numbers(ito, qualification="OMP", kind="first") == ["2026-0001"]
    assert numbers(ito, qualification="CAP") == numbers(ito, kind="renewal") == []


def test_an_address_that_makes_no_sense_is_the_whole_queue() -> None:
    assert Wanted.told({"lane": "moon", "page": "-1", "kind": "x", "late": "yes"}) == Wanted()
    told = Wanted(lane="fee", words="佐藤 健太", late=True)
    assert told.query() == "lane=fee&q=%E4%BD%90%E8%97%A4+%E5%81%A5%E5%A4%AA&late=1"


def test_a_page_holds_so_many_and_the_next_goes_on(submitted: Application, ito: Person) -> None:
    one_more(1)
    one_more(2)
    pages = [queries.queue(ito, TODAY, Wanted(page=page), size=2) for page in (1, 2, 3)]
    assert [[row.application.number for row in page.rows] for page in pages] == [
        ["2026-0001", "2026-0002"], ["2026-0003"], [],
    ]  # fmt: skip
    assert [(page.number, page.pages) for page in pages] == [(3, 2)] * 3


def many(person: Person, **told: Any) -> Any:
    return browser(person).post(reverse("applications:many"), {"once": KEY} | told, follow=True)


def test_several_cases_are_given_to_somebody(submitted: Application, ito: Person, noda: Person) -> None:
    other = one_more(1)
    page = many(ito, case=[submitted.pk, other.pk], to=noda.pk, do="assign")
    assert "2件を野田 葵さんの担当にしました" in page.content.decode()
    assert set(Application.objects.values_list("reviewer", flat=True)) == {noda.pk}


def test_nothing_is_given_to_somebody_who_may_not_have_it(
    submitted: Application, ito: Person, tanaka: Person
) -> None:
    page = many(ito, case=[submitted.pk], to=tanaka.pk, do="assign")
    assert "担当にする人を選んでください" in page.content.decode()
    submitted.refresh_from_db()
    assert submitted.reviewer is None


def test_who_is_waited_for_is_reminded_once_a_day(
    submitted: Application, ito: Person, in_review: Application
) -> None:
    waiting = one_more(1)
    for _twice in range(2):
        many(ito, case=[waiting.pk, in_review.pk], do="remind", q="")
    letters = Letter.objects.filter(template="applications/letters/reminder.txt")
    assert [(letter.to_email, letter.subject) for letter in letters] == [
        ("p1@example.jp", "申請について、お待ちしています（第2026-0002号）")
    ]
    assert Body.objects.filter(verb="applications.remind", subject=in_review.reference).count() == 0


@pytest.mark.parametrize("chosen", [[], ["not-a-number"], ["00000000-0000-4000-8000-000000000000"]])
def test_nothing_chosen_changes_nothing(submitted: Application, ito: Person, chosen: list[str]) -> None:
    page = many(ito, case=chosen, to=ito.pk, do="assign")
    assert "申請を1件以上選んでください" in page.content.decode()


def test_a_search_is_kept_and_forgotten(submitted: Application, ito: Person, noda: Person) -> None:
    office, url = browser(ito), reverse("applications:keep")
    office.post(url, {"once": KEY, "name": "佐藤さんたち", "q": "佐藤", "lane": "fee"})
    (kept,) = SavedFilter.objects.all()
    assert (kept.person, kept.query) == (ito, "lane=fee&q=%E4%BD%90%E8%97%A4")
    assert "佐藤さんたち" in office.get(URL).content.decode()
    stranger = browser(noda)
    assert "佐藤さんたち" not in stranger.get(URL).content.decode()
    assert stranger.post(url, {"once": KEY, "forget": str(kept.pk)}).status_code == 404
    office.post(url, {"once": KEY + "2", "forget": str(kept.pk)})
    assert not SavedFilter.objects.exists()


def test_a_name_with_html_comes_out_as_typed(submitted: Application, ito: Person, sato: Person) -> None:
    Person.objects.filter(pk=sato.pk).update(name="<b>𠮷野</b>")
    page = browser(ito).get(URL, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;𠮷野&lt;/b&gt;" in browser(ito).get(URL).content.decode()


def test_the_index_of_the_queue_is_used_for_its_order(submitted: Application) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM applications_application WHERE state = 'accepted'"
            " ORDER BY state_since_on, started_at LIMIT 50"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using applications_queue" in plan


def test_the_pass_number_of_another_exam_finds_the_case_too(
    submitted: Application, ito: Person, sato: Person
) -> None:
    report_for(sato, exam="CAP", number="2025333333", issued_on=PAID_ON - timedelta(days=300))
    assert ExamPass.objects.filter(person=sato).count() == 2
    assert numbers(ito, words="2025333333") == ["2026-0001"]
