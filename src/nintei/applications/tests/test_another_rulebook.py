"""What an applicant of another association is told and gets back, by its rulebook alone: the packaged example."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nintei.applications import actions
from nintei.applications.models import Application
from nintei.applications.tests.conftest import TODAY, add_post, at, attest, pledge, pledge_text, report_for
from nintei.applications.understanding import what_was_understood
from nintei.applications.whenever import whenever
from nintei.people.models import Person
from nintei.rules.edition import Start
from nintei.rules.load import load
from nintei.shared.rulebook import edition
from nintei.site.tests.access import browser

ISSUED = date(2026, 10, 8)


@pytest.fixture
def guild(settings: Any) -> None:
    """The rulebook of the piano tuners' guild."""
    settings.RULEBOOK = "example"


@pytest.fixture
def tuner(guild: None, sato: Person) -> Application:
    """Sato's draft for the guild's qualification, with everything; in both of its required fields."""
    report_for(sato, exam="CPT", issued_on=ISSUED)
    draft = actions.start(person=sato, qualification="CPT", on=TODAY, at=at(TODAY))
    attest(add_post(sato, date(2020, 4, 1), None, "12", "さくらピアノ"))
    pledge_text()
    pledge(draft)
    draft.refresh_from_db()
    return draft


def test_a_validity_from_the_certification_moves_and_one_from_the_report_shrinks() -> None:
    guild = load("example", TODAY)
    moving = whenever(guild, ISSUED, TODAY)
    validity = moving.late.validity
    assert (validity.start, validity.end) == (TODAY, date(2028, 11, 23))
    assert (moving.months, moving.counts_before, moving.past_days) == ((), False, 0)
    assert moving.headline == "有効期間は、認定された日から始まります"
    reported = guild._replace(validity=guild.validity._replace(start=Start.REPORT_ISSUE))
    fixed = whenever(reported, ISSUED, TODAY)
    assert (fixed.late.validity.start, fixed.past_days, fixed.counts_before) == (ISSUED, 47, True)
    assert [each.on for each in fixed.months[:2]] == [TODAY, date(2026, 12, 1)]
    assert [each.days_left for each in fixed.months[:2]] == [684, 677]
    assert fixed.headline == whenever(load("conken", TODAY), ISSUED, TODAY).headline
    assert fixed.headline == "有効期間は、いつ申請しても同じです"


def test_before_paying_an_applicant_reads_what_this_rulebook_says(
    tuner: Application, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    page = browser(tuner.person).get(reverse("applications:check", args=["CPT"])).content.decode()
    assert "有効期間は、認定された日から始まります" in page
    assert "架空ピアノ調律師会 認定規程" in page
    for untrue in (
        "いつ申請しても同じ",
        "認定の前でも数えます",
        "申請する月ごとに見る",
        "認定申請マニュアル",
    ):
        assert untrue not in page
    report = tuner.person.exam_passes.get()
    told = what_was_understood(tuner, report, TODAY)
    assert (told["begins"], told["start"], told["days_left"]) == ("certification", "2026-11-24", 731)
    assert told["edition"] == edition(TODAY).id
