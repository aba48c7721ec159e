"""A statement that is signed after the case was handed in: the verdict follows until somebody has reviewed it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nintei.applications import actions, queries
from nintei.applications.actions import MarkSaid
from nintei.applications.models import Application, Decision
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    add_post,
    at,
    attest,
    decide,
    pay,
    pledge,
    pledge_text,
    recommend,
    submit,
)
from nintei.experience.models import Post
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.registry.models import ExamPass
from nintei.shared.refusals import Refused
from nintei.site.tests.access import browser
from tests.kept import kept

LATER = date(2026, 11, 30)
WHEN: dict[str, Any] = {"version": None, "on": LATER, "at": at(LATER, 15)}


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", LATER.isoformat())


@pytest.fixture
@kept
def partly(sato: Person, report: ExamPass, mori: Person, ito: Person) -> Application:
    """Ito reviews a case whose first attestor saw only the first year of three: 4 years 1 month are vouched for."""
    draft = actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    first = add_post(sato, date(2020, 4, 1), date(2023, 3, 31), "4", "さくらコンタクト株式会社")
    attest(first, until=date(2021, 3, 31))
    attest(add_post(sato, date(2023, 11, 1), None, "5", "ひなた通販株式会社"))
    pledge_text()
    pledge(draft)
    row = submit(draft)
    pay(row, mori)
    return actions.take_up(actor=ito, application=row, version=None, on=PAID_ON, at=at(PAID_ON))


def first_post(row: Application) -> Post:
    return Post.objects.get(person=row.person, organisation="さくらコンタクト株式会社")


def months(row: Application, on: date = LATER) -> str:
    (total,) = [
        f for p in queries.verdict(row, on).parts for f in p.findings if f.key == "experience.total_months"
    ]
    return f"{total.shown} {total.met}"


def sign_the_rest(row: Application) -> None:
    attest(first_post(row), LATER)


def test_the_verdict_follows_at_once_while_nobody_has_passed_it_on(partly: Application) -> None:
    claim = partly.claim
    assert months(partly) == "244/5 False"
    sign_the_rest(partly)
    partly.refresh_from_db()
    assert months(partly) == "364/5 True"
    assert partly.claim == claim, "what was handed in stays as it was"
    (one,) = queries.statements_since(partly, LATER)
    assert one.post == first_post(partly)


def test_it_is_told_in_the_case_and_to_who_reviews_it(partly: Application, ito: Person) -> None:
    sign_the_rest(partly)
    (leaf,) = Body.objects.filter(subject=partly.reference, verb="applications.statement_came")
    (one,) = queries.statements_since(partly, LATER)
    assert leaf.data == {"statements": [str(one.pk)], "state": "in_review"}
    (letter,) = Letter.objects.filter(template="applications/letters/statement_came.txt")
    assert (letter.to_email, letter.subject) == (ito.email, "証明者の署名が届きました（第2026-0001号）")


def test_the_page_says_so_and_reckons_with_it(partly: Application, ito: Person) -> None:
    url = f"/office/applications/{partly.pk}"
    assert "証明者の署名が1件届きました" not in browser(ito).get(url).content.decode()
    sign_the_rest(partly)
    page = browser(ito).get(url).content.decode()
    assert "申請のあとに、証明者の署名が1件届きました" in page


def test_a_judgement_on_what_was_seen_before_it_is_refused(partly: Application, ito: Person) -> None:
    seen = queries.fingerprint(queries.facts(partly, LATER))
    sign_the_rest(partly)
    told: dict[str, Any] = {"actor": ito, "application": partly, "marks": [], "notes": "", **WHEN}
    with pytest.raises(Refused, match=r"applications\.facts_changed"):
        actions.recommend(looked_at=seen, **told)


def test_after_the_review_nobody_decides_until_it_is_looked_at(
    partly: Application, ito: Person, kato: Person
) -> None:
    recommend(partly, ito)
    partly.refresh_from_db()
    sign_the_rest(partly)
    assert months(partly) == "244/5 False", "what the reviewer saw"
    assert len(queries.statements_since(partly, LATER)) == 1
    refuse: dict[str, Any] = {"reasons": {"experience": "足りません。"}, "on": LATER, "at": at(LATER, 15)}
    with pytest.raises(Refused, match=r"applications\.statement_came"):
        decide(partly, kato, "refused", **refuse)
    assert not Decision.objects.exists()
    row = actions.send_back(actor=kato, application=partly, words="届いた署名を見てください。", **WHEN)
    assert months(row) == "364/5 True"
    marks = [MarkSaid(part.code, "confirm") for part in queries.verdict(row, LATER).parts]
    actions.recommend(actor=ito, application=row, marks=marks, notes="", **WHEN)
    assert decide(row, kato, on=LATER, at=at(LATER, 16)).outcome == "certified"


def test_after_the_decision_nothing_changes_and_an_appeal_reckons_with_it(
    partly: Application, ito: Person, kato: Person, settings: Any
) -> None:
    recommend(partly, ito)
    decision = decide(partly, kato, "refused", reasons={"experience": "足りません。"})
    partly.refresh_from_db()
    sign_the_rest(partly)
    assert queries.facts(partly, LATER) == decision.facts
    assert months(partly) == "244/5 False"
    assert len(queries.statements_since(partly, LATER)) == 1
    assert not Body.objects.filter(verb="applications.statement_came").exists()
    settings.APPEAL_DAYS = 60
    again = actions.appeal(
        actor=partly.person,
        application=partly,
        words="証明が届きました。",
        files=[],
        on=LATER,
        at=at(LATER, 16),
    )
    assert months(again) == "364/5 True"


def test_a_statement_about_another_post_changes_nothing(partly: Application) -> None:
    attest(add_post(partly.person, date(2018, 4, 1), date(2019, 3, 31), "4", "みどり生命"), LATER)
    assert months(partly) == "244/5 False"
    assert queries.statements_since(partly, LATER) == ()
