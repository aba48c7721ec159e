"""A category that counts items and not time, as another association's rulebook has one: the guild's papers (W)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from nintei.journal import queries as journal
from nintei.ledger import actions, queries
from nintei.ledger.drafts import Draft, draft_of
from nintei.ledger.models import Activity
from nintei.ledger.tests.conftest import TODAY, at, holds_cpt
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.rules import points
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

PAPERS = Draft(
    category="W", title="調律の歴史", sessions=((date(2026, 10, 5), 0),), topic="1", items=2, serves="CPT"
)
READ = Draft(category="L", title="講習会", sessions=((date(2026, 10, 6), 90),), topic="1", serves="CPT")


TABLE = "区分,日付,件数,時間,内容,分野\nW,2026-09-01,3,,整調の論文,2\nW,2026-09-02,1,2,時間もある論文,2"


@pytest.fixture
def tuner(settings: Any, suzuki: Person, monkeypatch: pytest.MonkeyPatch) -> Certification:
    """Suzuki, certified by the guild on 1 June 2026: valid to 31 May 2028."""
    settings.RULEBOOK = "example"
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    return holds_cpt(suzuki)


def logged(person: Person, draft: Draft = PAPERS) -> Activity:
    return actions.log_activity(by=person.by, person=person, draft=draft, at=at())


def test_two_papers_are_worth_what_the_kernel_says_wherever_they_are_reckoned(
    tuner: Certification, suzuki: Person
) -> None:
    line, _ = logged(suzuki), logged(suzuki, READ)
    assert queries.as_rules(line).items == 2
    worth = queries.balance(tuner, TODAY)
    assert [(each.category, each.claimed, each.credited, each.reason) for each in worth.lines] == [
        ("L", 3, 3, "OK"), ("W", 12, 12, "OK"),
    ]  # fmt: skip
    term = tuner.terms.get()
    assert queries.balances([(tuner, term)], TODAY)[tuner.pk].total == worth.total
    frozen = queries.freeze(tuner, TODAY)
    told = {each["category"]: each.get("items") for each in frozen["lines"]}
    assert told == {"L": None, "W": 2}
    again = points.evaluate(edition(TODAY), worth.cycle, queries.thaw(frozen["lines"]))
    assert again.total == worth.total
    line.refresh_from_db()
    actions.amend_activity(by=suzuki.by, activity=line, draft=replace(draft_of(line), items=1), at=at())
    assert queries.balance(tuner, TODAY).total == worth.total - 6
    [_, amended] = journal.history(f"activity:{line.pk}")
    assert (amended.data["before"]["items"], amended.data["after"]["items"]) == (2, 1)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(PAPERS, items=0), "ledger.items_missing"),
        (replace(PAPERS, items=1000), "ledger.items_missing"),
        (replace(PAPERS, sessions=((date(2026, 10, 5), 90),)), "ledger.minutes_not_asked"),
        (
            replace(PAPERS, sessions=((date(2026, 10, 5), 0), (date(2026, 10, 6), 0))),
            "ledger.items_on_one_day",
        ),
        (replace(PAPERS, from_on=date(2026, 10, 1)), "ledger.items_on_one_day"),
        (replace(READ, items=1), "ledger.items_not_asked"),
        (replace(READ, sessions=((date(2026, 10, 6), 0),)), "ledger.minutes_not_positive"),
    ],
)
def test_it_refuses_time_for_items_and_items_for_time(
    tuner: Certification, suzuki: Person, draft: Draft, code: str
) -> None:
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        logged(suzuki, draft)


def test_the_database_keeps_no_day_without_minutes_but_of_items(tuner: Certification, suzuki: Person) -> None:
    line = logged(suzuki, READ)
    with pytest.raises(DatabaseError, match="counts items"), transaction.atomic():
        line.sessions.update(minutes=0)
    with pytest.raises(DatabaseError, match="ledger_items_of_a_line"), transaction.atomic():
        Activity.objects.filter(pk=line.pk).update(items=1000)


def typed(**changes: object) -> dict[str, object]:
    """The form as a browser sends it: group 1 is what was achieved (実績), W its papers."""
    return {
        "once": "x" * 20, "title": "調律の歴史", "s-TOTAL_FORMS": 1, "s-INITIAL_FORMS": 0,
        "s-0-on_year": 2026, "s-0-on_month": 10, "s-0-on_day": 5, "s-0-hours": "", "s-0-minutes": "",
        "group": "1", "category": "W", "topic": "1", "items": "2",
    } | changes  # fmt: skip


def words(response: Any) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_form_asks_how_many_and_every_page_says_it(tuner: Certification, suzuki: Person) -> None:
    browser = Client()
    browser.force_login(suzuki)
    form = browser.get("/my/cpd/new")
    assert "論文の発表は1件につき6ポイントです。" in words(form)
    looked = words(browser.post("/my/cpd/preview", typed(**{"s-0-hours": "7"})))
    assert "+12.0" in looked
    wrong = browser.post("/my/cpd/new", typed(items=""))
    assert (wrong.status_code, Activity.objects.count()) == (200, 0)
    assert "「件数」を書いてください" in words(wrong)
    assert browser.post("/my/cpd/new", typed(**{"s-0-hours": "7"})).status_code == 302
    line = Activity.objects.get()
    assert (line.items, draft_of(line).sessions) == (2, PAPERS.sessions)
    assert "申告 2件" in words(browser.get("/my/cpd"))
    assert "claimed 2 items" in words(browser.get(f"/en/my/cpd/{line.pk}")).lower()
    amended = browser.post(f"/my/cpd/{line.pk}/edit", typed(items="1", once="y" * 20))
    assert amended.status_code == 302
    history = words(browser.get(f"/my/cpd/{line.pk}"))
    assert "2026-10-05 2件 → 2026-10-05 1件" in history
    table = words(browser.post("/my/cpd/bring", {"once": "z" * 20, "text": TABLE}))
    assert "申告 3件" in table
    assert "区分Wは件数で数えるので、時間（120分）は書きません。" in table
    assert 'name="items"' in browser.get(f"/my/cpd/new?from={line.pk}").content.decode()


def test_hours_go_on_as_before_and_conken_asks_for_no_items(omp: Certification, suzuki: Person) -> None:
    browser = Client()
    browser.force_login(suzuki)
    for path in ("/my/cpd/new", "/my/cpd/what-if", "/check/cpd"):
        page = browser.get(path)
        assert (page.status_code, "件数" in words(page)) == (200, False)
    line = logged(suzuki, replace(READ, category="C", serves=""))
    [logged_] = journal.history(f"activity:{line.pk}")
    assert "items" not in logged_.data
    assert ["items" in each for each in queries.freeze(omp, TODAY)["lines"]] == [False]


def test_anyone_may_check_papers(tuner: Certification) -> None:
    told = {
        "count": "1", "do": "answer", "starts_year": 2026, "starts_month": 6, "starts_day": 1, "a0-category": "W",
        "a0-date_year": 2026, "a0-date_month": 10, "a0-date_day": 5, "a0-field": "1",
    }  # fmt: skip
    answer = Client().post("/check/cpd", told | {"a0-items": "2"})
    assert "申告 2件" in words(answer)
    refused = Client().post("/check/cpd", told)
    assert (refused.status_code, "「件数」を書いてください" in words(refused)) == (422, True)
