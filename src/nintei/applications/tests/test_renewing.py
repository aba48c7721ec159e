"""Renewals: the window by the kernel, the lines frozen, no fee invented, two people decide."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nintei.applications import actions, queries
from nintei.applications.models import Application
from nintei.applications.tests.conftest import at, decide, pay, recommend
from nintei.applications.tests.renewing import IN_WINDOW, certified, file, review
from nintei.payments import queries as fees
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.registry import queries as holdings
from nintei.registry.models import Certification, Term
from nintei.rules.dates import renewal_window
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition
from tests.kept import kept


@pytest.fixture
@kept
def omp(sato: Person) -> Certification:
    return certified(sato)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 12, 31), "applications.window_early"),
        (date(2027, 3, 1), "applications.window_late"),
        (date(2027, 4, 1), "applications.window_lapsed"),
    ],
)
def test_outside_the_window_it_is_refused_with_the_days(omp: Certification, on: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        file(omp, on)
    assert refused.value.code == code
    assert "2027年1月1日（金）から2027年2月28日（日）" in refused.value.sentence("ja")
    assert Application.objects.count() == 0


@pytest.mark.parametrize("on", [date(2027, 1, 1), date(2027, 2, 28)])
def test_both_ends_of_the_window_count(omp: Certification, on: date) -> None:
    assert file(omp, on).state == "accepted"


def test_no_fee_is_asked_and_it_is_accepted_when_filed(omp: Certification) -> None:
    row = file(omp)
    assert (row.state, row.accepted_on, fees.fee_for(row.reference)) == ("accepted", IN_WINDOW, None)
    assert row.claim["balance"]["total"] == "0.0"


def test_too_few_points_are_shown_and_people_decide(omp: Certification, ito: Person, kato: Person) -> None:
    row = file(omp)
    verdict = queries.verdict(row, IN_WINDOW)
    assert (verdict.outcome, [part.met for part in verdict.parts]) == ("FAILS", [False, True])
    row = actions.take_up(actor=ito, application=row, version=None, on=IN_WINDOW, at=at(IN_WINDOW))
    recommend(row, ito, points=("doubt", "30ポイントに届いていません。"))
    decide(row, kato, "refused", reasons={"points": "30ポイントに届いていません。"}, on=IN_WINDOW)
    later = date(2027, 4, 1)
    fresh = holdings.certification_of(omp.person, "OMP")
    assert fresh is not None
    assert holdings.status_on(fresh, later).code == "EXPIRED"


def test_a_renewal_leads_to_the_next_three_years(omp: Certification, ito: Person, kato: Person) -> None:
    row = file(omp)
    row = actions.take_up(actor=ito, application=row, version=None, on=IN_WINDOW, at=at(IN_WINDOW))
    recommend(row, ito, points=("override", "書類で30ポイントを確かめました。"))
    decision = decide(row, kato, on=IN_WINDOW)
    term = Term.objects.get(cause=row.reference)
    assert (term.starts_on, term.ends_on) == (date(2027, 4, 1), date(2030, 3, 31))
    assert queries.redecide(decision) == decision.findings


def test_filing_twice_is_once(omp: Certification) -> None:
    assert file(omp).pk == file(omp).pk


def test_somebody_elses_certification_cannot_be_renewed(omp: Certification, tanaka: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.not_yours"):
        actions.file_renewal(person=tanaka, certification=omp, on=IN_WINDOW, at=at(IN_WINDOW))


# --- what another rulebook asks for ---------------------------------------------------------------


def test_where_a_fee_is_set_the_renewal_waits_for_it_and_then_is_accepted(
    settings: Any, sato: Person, mori: Person, ito: Person, kato: Person
) -> None:
    settings.RULEBOOK = "example"
    book = edition(date(2027, 1, 15))
    code = next(each.code for each in book.qualifications.values() if each.certified)
    held = certified(sato, code)
    ends_on = held.terms.get().ends_on
    on = renewal_window(book, ends_on, ends_on).opens
    row = file(held, on)
    fee = fees.fee_for(row.reference)
    assert fee is not None
    assert (row.state, fee.kind, fee.base) == ("submitted", "renewal", 5000)
    parts = {part.code: part.met for part in queries.verdict(row, on).parts}
    assert parts["fee"] is False
    pay(row, mori, on)
    row.refresh_from_db()
    assert (row.state, row.accepted_on) == ("accepted", on)
    assert {part.code: part.met for part in queries.verdict(row, on).parts}["fee"] is True
    row = review(row, ito, on, points=("override", "確かめました。"))
    with pytest.raises(Refused, match=r"applications\.matched_the_fee"):
        decide(row, _decider(mori), on=on)
    assert decide(row, kato, on=on).outcome == "certified"


def _decider(mori: Person) -> Person:
    people.grant_role(
        by="system", person=mori, role=Role.DECIDER, from_on=date(2024, 4, 1), at=at(IN_WINDOW)
    )  # fmt: skip
    return mori
