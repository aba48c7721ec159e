"""What is usual for a step, warnings before a report ends, and what a withdrawal costs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nintei.applications import actions
from nintei.applications.models import Application
from nintei.applications.pace import FEWEST, pace
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    add_post,
    at,
    attest,
    decide,
    pay,
    pledge,
    recommend,
    report_for,
    submit,
)
from nintei.notices.models import Letter
from nintei.payments import queries as fees
from nintei.people.models import Person
from nintei.registry.models import ExamPass
from nintei.site.tests.access import browser


def decided(number: int, mori: Person, ito: Person, kato: Person) -> Application:
    """A case that was paid on PAID_ON, reviewed and decided on the same day."""
    names = ("サトウ", "スズキ", "タカハシ", "イシイ", "モリタ", "ハヤシ")
    person = Person.objects.create_user(f"p{number}@example.jp", name=f"髙橋 {number}", kana=names[number])
    report_for(person, number=f"20240099{number:02}")
    draft = actions.start(person=person, qualification="OMP", on=TODAY, at=at(TODAY))
    attest(add_post(person, TODAY - timedelta(days=3000), None, "45", "みなと電話"))
    pledge(draft)
    row = submit(draft)
    pay(row, mori)
    row.refresh_from_db()
    row = actions.take_up(actor=ito, application=row, version=None, on=PAID_ON, at=at(PAID_ON))
    recommend(row, ito)
    row.refresh_from_db()
    decide(row, kato)
    return row


def test_what_is_usual_is_unset_while_few_are_decided_and_then_the_median(
    submitted: Application, mori: Person, ito: Person, kato: Person
) -> None:
    for number in range(FEWEST - 1):
        decided(number, mori, ito, kato)
    first = pace(submitted, PAID_ON)
    assert first is not None
    assert (first.step, first.since, first.days, first.usual, first.cases) == ("payment", TODAY, 2, None, 4)
    decided(FEWEST - 1, mori, ito, kato)
    second = pace(submitted, PAID_ON)
    assert second is not None
    # Sent on Tuesday the 24th, paid on Thursday the 26th.
    assert (second.usual, second.cases) == (2, 5)
    assert pace(submitted, PAID_ON + timedelta(days=366)).usual is None


def test_the_review_is_counted_from_acceptance(in_review: Application) -> None:
    found = pace(in_review, PAID_ON + timedelta(days=4))
    assert found is not None
    assert (found.step, found.since, found.days) == ("review", PAID_ON, 2)


def test_the_page_says_since_when_and_that_nothing_is_usual_yet(
    submitted: Application, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())
    url = reverse("applications:apply", kwargs={"qualification": "OMP"})
    page = browser(submitted.person).get(url).content.decode()
    assert "2026年11月24日（火）から2営業日。" in page
    assert "決定した申請が5件になるまで示しません" in page


# --- the report ends ------------------------------------------------------------------------------

LAST = date(2027, 10, 8)


def warn(on: date) -> list[str]:
    """The subjects of the letters that are there after the worker's round of a day."""
    actions.warn_of_expiry(by="system", on=on, at=at(on))
    letters = Letter.objects.filter(template="applications/letters/report_expires.txt")
    return [letter.subject for letter in letters.order_by("written_at", "key")]


def test_the_end_of_the_report_is_told_90_30_and_7_days_before_and_once_each(
    sato: Person, report: ExamPass
) -> None:
    actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    rounds = (91, 90, 90, 60, 30, 29, 7, 1, 0, -1)
    told = {left: len(warn(LAST - timedelta(days=left))) for left in rounds}
    assert told == {91: 0, 90: 1, 60: 1, 30: 2, 29: 2, 7: 3, 1: 3, 0: 3, -1: 3}
    assert warn(LAST)[0] == "試験結果レポートが使えるのは、あと90日です"


def test_who_begins_late_is_told_the_nearest_only(sato: Person, report: ExamPass) -> None:
    actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    assert warn(LAST - timedelta(days=5)) == ["試験結果レポートが使えるのは、あと5日です"]


def test_who_has_sent_or_has_no_report_is_not_told(submitted: Application, tanaka: Person) -> None:
    actions.start(person=tanaka, qualification="OMP", on=TODAY, at=at(TODAY))
    assert warn(LAST - timedelta(days=7)) == []


def test_it_is_told_in_the_applicants_language(sato: Person, report: ExamPass) -> None:
    Person.objects.filter(pk=sato.pk).update(language="en")
    actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    assert warn(LAST - timedelta(days=30)) == ["Your exam result report can be used: 30 days left"]
    assert "/en/my/apply/OMP" in Letter.objects.get().body


# --- withdrawing ----------------------------------------------------------------------------------


@pytest.fixture
def asked_back(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The page before the last click."""

    def page(row: Application) -> str:
        settings.DEMO = True
        monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())
        url = reverse("applications:withdraw", kwargs={"qualification": "OMP"})
        return str(browser(row.person).get(url).content.decode())

    return page


def test_before_the_fee_is_paid_nothing_is_owed(submitted: Application, asked_back: Any) -> None:
    assert "手数料を払う必要はなくなります" in asked_back(submitted)


def test_after_acceptance_nothing_comes_back_and_the_page_says_so_first(
    accepted: Application, asked_back: Any
) -> None:
    page = asked_back(accepted)
    assert "手数料は返りません" in page
    assert "申請の取り下げが発生した場合や審査の結果がいかなる場合でも返金されません" in page


# --- what was understood --------------------------------------------------------------------------


def test_what_was_understood_is_kept_in_figures(submitted: Application) -> None:
    kept = dict(submitted.claim["understood"])
    assert kept.pop("not_returned").startswith("※認定審査手数料は、申請書類の受理後")
    assert kept.pop("edition")
    assert kept == {
        "on": "2026-11-24",
        "begins": "next_fiscal_year",
        "start": "2025-04-01",
        "end": "2028-03-31",
        "days_left": 494,
        "flags": ["VALIDITY_ALREADY_RUNNING"],
        "total": 11000,
    }
    fee = fees.fee_for(submitted.reference)
    assert fee is not None
    assert fee.total == kept["total"]
