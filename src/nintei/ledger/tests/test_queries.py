"""The log through the kernel: Suzuki's figures, previews, claims, and queries that no line adds to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nintei.ledger import actions, queries
from nintei.ledger.drafts import Draft
from nintei.ledger.queries import home
from nintei.ledger.tests.conftest import TODAY, at, certified
from nintei.people.models import Person
from nintei.registry.models import Certification

TALK = Draft(
    category="C", title="在宅勤務の品質管理 講演会", sessions=((date(2026, 11, 21), 195),), topic="4"
)


def half(*values: float) -> list[Fraction]:
    return [Fraction(value) for value in values]


def test_suzukis_seventeen_lines_make_21_and_a_half(log: Person, omp: Certification) -> None:
    balance = queries.balance(omp, TODAY)
    assert len(balance.lines) == 17
    assert [sum(year.values()) for year in balance.by_year.values()] == half(7, 8.5, 6)
    assert list(balance.by_category.values()) == half(4.5, 6.5, 9, 1.5)
    assert (balance.total, balance.required, balance.shortfall) == (Fraction(43, 2), 30, Fraction(17, 2))


def test_the_three_steps_end_at_exactly_thirty(log: Person, omp: Certification) -> None:
    plan = queries.plan(omp, TODAY)
    steps = [(step.categories, step.points, step.total) for step in plan.steps]
    assert steps == [
        (("D",), Fraction(5), Fraction(53, 2)),
        (("C",), Fraction(5, 2), Fraction(29)),
        (("A", "B"), Fraction(1), Fraction(30)),
    ]
    assert (plan.reachable, plan.last_day, plan.on_course) == (Fraction(21, 2), date(2027, 2, 28), True)


def test_a_preview_shows_what_the_phone_of_the_mock_shows(log: Person, omp: Certification) -> None:
    [shown] = queries.preview(log, TALK, TODAY)
    assert (shown.line.claimed, shown.line.credited, shown.line.reason) == (3, Fraction(5, 2), "YEAR_CAP")
    assert (shown.added, shown.after.total) == (Fraction(5, 2), 24)
    assert shown.better == ("B", 3)


def test_a_preview_saves_nothing_and_saving_gives_what_it_said(log: Person, omp: Certification) -> None:
    [shown] = queries.preview(log, TALK, TODAY)
    assert queries.activities(log).count() == 17
    actions.log_activity(by="x", person=log, draft=TALK, at=at())
    assert queries.balance(omp, TODAY).total == shown.after.total


def test_a_preview_of_an_amendment_does_not_count_the_line_twice(log: Person, omp: Certification) -> None:
    book = queries.activities(log).get(title="『応対品質の測り方』を読む")
    longer = replace(TALK, sessions=((date(2026, 11, 18), 120),))
    [shown] = queries.preview(log, longer, TODAY, [each for each in queries.activities(log) if each != book])
    assert (shown.before.total, shown.added) == (Fraction(41, 2), 2)


@pytest.mark.parametrize(
    ("minutes", "points", "reason"),
    [(29, 0, "BELOW_UNIT"), (30, "1/2", "OK"), (45, "1/2", "OK"), (60, 1, "OK")],
)
def test_45_minutes_show_half_a_point(
    suzuki: Person, omp: Certification, minutes: int, points: str, reason: str
) -> None:
    [shown] = queries.preview(suzuki, replace(TALK, sessions=((TODAY, minutes),)), TODAY)
    assert (shown.added, shown.line.reason) == (Fraction(points), reason)


def test_a_sixth_point_of_b_in_a_year_shows_nothing_and_the_clause(
    suzuki: Person, omp: Certification
) -> None:
    b = replace(TALK, category="B", proof="certificate", sessions=((TODAY, 300),))
    actions.log_activity(by="x", person=suzuki, draft=b, at=at())
    [shown] = queries.preview(suzuki, replace(b, sessions=((TODAY, 60),)), TODAY)
    assert (shown.added, shown.line.reason) == (0, "YEAR_CAP")
    assert shown.line.cite is not None
    assert shown.line.cite.clause == "CPD-B.5d"


def test_two_certifications_count_one_log_each_in_its_own_cycle(log: Person, omp: Certification) -> None:
    cap = certified(log, "CAP", date(2025, 1, 15), "0000000777")
    assert (cap.terms.get().starts_on, cap.terms.get().ends_on) == (date(2025, 4, 1), date(2028, 3, 31))
    totals = [standing.balance.total for standing in home(log, TODAY).standings]
    assert sorted(totals) == half(14.5, 21.5)


def test_somebody_who_holds_nothing_has_a_home_without_standings(log: Person, tanaka: Person) -> None:
    assert len(home(log, TODAY).entries) == 17
    shown = home(tanaka, TODAY)
    assert (shown.standings, shown.entries) == ((), ())


def test_nobody_reaches_a_line_of_somebody_else(log: Person, tanaka: Person) -> None:
    key = queries.activities(log)[0].pk
    assert queries.activity_of(log, key) is not None
    assert queries.activity_of(tanaka, key) is None


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_the_home_takes_eight_queries_for_any_number_of_lines(
    suzuki: Person, omp: Certification, lines: int
) -> None:
    for number in range(lines):
        day = TODAY - timedelta(days=number)
        draft = replace(TALK, sessions=((day, 60), (day - timedelta(days=1), 30)))
        actions.log_activity(by="x", person=suzuki, draft=draft, at=at())
    with CaptureQueriesContext(connection) as asked:
        assert len(home(suzuki, TODAY).entries) == lines
    assert len(asked) == 8


def test_evaluating_what_a_claim_froze_gives_what_it_froze(log: Person, omp: Certification) -> None:
    day = date(2027, 1, 10)
    frozen = queries.freeze(omp, day)
    assert frozen["balance"] == {
        "total": "21.5",
        "required": "30.0",
        "by_category": {"A": "4.5", "B": "6.5", "C": "9.0", "D": "1.5"},
        "unmet": [],
    }
    assert queries.balance(omp, day).total == Fraction(43, 2)
