"""A refusal can be appealed within a period: a new case, other people, and the old decision stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions, queries
from nintei.applications.models import Application, Decision, Reopening
from nintei.applications.queries import cases
from nintei.applications.tests.conftest import PAID_ON, _person, at, decide, recommend
from nintei.notices.models import Letter
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import photo
from nintei.registry import queries as registry
from nintei.registry.models import Certification
from nintei.shared.refusals import Refused
from tests.kept import kept

WHY = {"experience": "在籍の期間を確かめられませんでした。"}
DAYS = 60


@pytest.fixture(autouse=True)
def period(settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.APPEAL_DAYS = tmp_path, DAYS


@pytest.fixture
@kept
def ogawa(db: None) -> Person:
    return _person("ogawa@example.jp", "小川 蓮", "オガワ レン", Role.REVIEWER)


@pytest.fixture
@kept
def hara(db: None) -> Person:
    return _person("hara@example.jp", "原 愛", "ハラ アイ", Role.DECIDER)


@pytest.fixture
@kept
def refused(recommended: Application, kato: Person) -> Application:
    decide(recommended, kato, "refused", reasons=WHY)
    recommended.refresh_from_db()
    return recommended


def appeal(
    old: Application, on: date = PAID_ON, words: str = "在籍証明書を添えます。", **more: Any
) -> Application:
    told: dict[str, Any] = {"actor": old.person, "files": [photo()]} | more
    return actions.appeal(application=old, words=words, on=on, at=at(on), **told)


def take_up(row: Application, actor: Person) -> Application:
    return actions.take_up(actor=actor, application=row, version=None, on=PAID_ON, at=at(PAID_ON))


def judged_again(row: Application, reviewer: Person) -> Application:
    take_up(row, reviewer)
    recommend(row, reviewer)
    row.refresh_from_db()
    return row


def test_other_people_reverse_a_refusal_by_a_new_decision(
    refused: Application, ogawa: Person, hara: Person
) -> None:
    before = Decision.objects.get()
    row = appeal(refused)
    assert (row.state, row.earlier, row.again) == ("accepted", refused, "appeal")
    assert (row.submitted_on, row.claim) == (refused.submitted_on, refused.claim)
    decision = decide(judged_again(row, ogawa), hara)
    refused.refresh_from_db()
    assert (refused.state, decision.outcome) == ("refused", "certified")
    assert Decision.objects.get(pk=before.pk).outcome == "refused"
    assert row.reopening.decision == before
    assert Certification.objects.get(person=row.person).terms.get().cause == row.reference
    assert queries.redecide(decision) == decision.findings


def test_an_appeal_may_be_refused_as_well(refused: Application, ogawa: Person, hara: Person) -> None:
    row = judged_again(appeal(refused), ogawa)
    decide(row, hara, "refused", reasons=WHY)
    assert Certification.objects.count() == 0
    # The second refusal can be contested in its turn, by yet others; the first one no more.
    with pytest.raises(Refused, match=r"applications\.appealed_already"):
        appeal(refused)
    row.refresh_from_db()
    assert appeal(row).earlier == row


def test_the_period_is_the_associations_and_without_one_there_is_no_appeal(
    refused: Application, settings: Any
) -> None:
    last = PAID_ON + timedelta(days=DAYS)
    with pytest.raises(Refused, match=r"applications\.appeal_late"):
        appeal(refused, last + timedelta(days=1))
    settings.APPEAL_DAYS = None
    with pytest.raises(Refused, match=r"applications\.appeal_unset"):
        appeal(refused)
    way = cases.way_to_appeal(refused, PAID_ON)
    assert way
    assert (way.is_open, way.is_unset) == (False, True)
    settings.APPEAL_DAYS = DAYS
    assert appeal(refused, last).state == "accepted"


def test_whoever_judged_before_does_not_judge_again(
    refused: Application, ito: Person, kato: Person, ogawa: Person
) -> None:
    row = appeal(refused)
    with pytest.raises(Refused, match=r"applications\.reviewed_before"):
        take_up(row, ito)
    with pytest.raises(Refused, match=r"applications\.reviewed_before"):
        actions.assign(actor=ogawa, application=row, version=None, to=ito, on=PAID_ON, at=at(PAID_ON))
    judged_again(row, ogawa)
    with pytest.raises(Refused, match=r"applications\.decided_before"):
        decide(row, kato)


def test_the_first_reviewer_does_not_decide_the_appeal(
    refused: Application, ito: Person, ogawa: Person
) -> None:
    from nintei.people.actions import grant_role

    grant_role(by="system", person=ito, role=Role.DECIDER, from_on=PAID_ON, at=at(PAID_ON))
    row = judged_again(appeal(refused), ogawa)
    with pytest.raises(Refused, match=r"applications\.decided_before"):
        decide(row, ito)


def test_the_database_itself_wants_other_people(
    refused: Application, ito: Person, kato: Person, ogawa: Person, hara: Person
) -> None:
    """Also where somebody writes past the actions; another decider passes the same guard."""
    row = judged_again(appeal(refused), ogawa)
    review = row.reviews.get()
    told: dict[str, Any] = {
        "application": row,
        "review": review,
        "reviewer": ogawa,
        "outcome": "certified",
        "facts": {},
    }
    told |= {"findings": {}, "evidence": [], "edition": "x", "day": PAID_ON, "matched_by": []}
    told |= {"decided_on": PAID_ON, "decided_at": at(PAID_ON)}
    for before in (ito, kato):
        with pytest.raises(DatabaseError, match="earlier case"), transaction.atomic():
            Decision.objects.create(decider=before, **told)
        with pytest.raises(DatabaseError, match="earlier case"), transaction.atomic():
            Application.objects.filter(pk=row.pk).update(reviewer=before)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(earlier=None, again="")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reopening.objects.update(words="x")
    Decision.objects.create(decider=hara, **told)


def test_only_the_refused_person_appeals_and_says_why(
    refused: Application, tanaka: Person, recommended: Application
) -> None:
    with pytest.raises(Refused, match=r"applications\.not_yours"):
        appeal(refused, actor=tanaka)
    with pytest.raises(Refused, match=r"applications\.appeal_words"):
        appeal(refused, words="  ")
    assert Reopening.objects.count() == 0


def test_nothing_is_appealed_that_was_not_refused(recommended: Application, kato: Person) -> None:
    decide(recommended, kato)
    recommended.refresh_from_db()
    with pytest.raises(Refused, match=r"applications\.nothing_to_appeal"):
        appeal(recommended)


def test_an_appeal_asks_for_no_fee_and_tells_the_person(refused: Application) -> None:
    from nintei.payments.models import Fee

    row = appeal(refused)
    assert Fee.objects.count() == 1
    assert queries.facts(row, PAID_ON)["fee"]["settled"] is True
    assert Letter.objects.filter(template="applications/letters/appealed.txt").count() == 1
    assert row.reopening.files.count() == 1


def reopen(old: Application, actor: Person, words: str = "証明書が偽造でした。") -> Application:
    return actions.reopen(actor=actor, application=old, words=words, on=PAID_ON, at=at(PAID_ON))


def test_the_association_takes_a_certification_back_only_by_a_new_decision(
    recommended: Application, kato: Person, hara: Person, ogawa: Person
) -> None:
    decide(recommended, kato)
    recommended.refresh_from_db()
    row = reopen(recommended, kato)
    assert row.again == "reversal"
    with pytest.raises(Refused, match=r"applications\.words_missing"):
        reopen(recommended, kato, " ")
    take_up(row, ogawa)
    recommend(row, ogawa, experience=("doubt", "証明書が偽造でした。"))
    row.refresh_from_db()
    with pytest.raises(Refused, match=r"applications\.decided_before"):
        decide(row, kato, "refused", reasons=WHY)
    decide(row, hara, "refused", reasons=WHY)
    held = registry.certification_of(row.person, "OMP")
    assert held
    assert registry.status_on(held, PAID_ON).code == "REVOKED"


def test_a_certification_that_is_upheld_stays_as_it_was(
    recommended: Application, kato: Person, hara: Person, ogawa: Person
) -> None:
    decide(recommended, kato)
    recommended.refresh_from_db()
    decide(judged_again(reopen(recommended, kato), ogawa), hara)
    held = registry.certification_of(recommended.person, "OMP")
    assert held
    assert (held.terms.count(), held.changes.count()) == (1, 0)


def test_only_deciders_take_a_decision_up_again(
    refused: Application, ito: Person, mori: Person, tanaka: Person
) -> None:
    for stranger in (ito, mori, tanaka, refused.person):
        with pytest.raises(Refused, match=r"applications\.not_entitled"):
            reopen(refused, stranger)
