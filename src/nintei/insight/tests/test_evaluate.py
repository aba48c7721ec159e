"""Everybody at once is everybody one by one: the streams give what the kernel gives, or nothing at all."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nintei.courses.models import Course
from nintei.insight import actions, queries
from nintei.insight.models import Run, Standing
from nintei.insight.tests.broken import broken
from nintei.ledger.models import Activity, ActivitySession, Claim, Relief
from nintei.ledger.queries.worth import as_filed, balance, cycle_of
from nintei.ledger.tests.conftest import rulebook_with_relief
from nintei.people.models import Person
from nintei.registry.models import Certification, Term
from nintei.rules.decisions import renewal
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

ON = date(2027, 2, 10)
NOON = datetime(2027, 2, 10, 12, tzinfo=JST)


def holder(number: int, pick: random.Random, courses: list[Course]) -> Certification:
    """Somebody with a certification and up to twelve lines of every kind."""
    person = Person.objects.create_user(f"h{number}@example.jp")
    start = date(pick.choice((2023, 2024, 2025)), 4, 1)
    certification = Certification.objects.create(
        person=person,
        qualification="OMP",
        number=f"OMP-{number}",
        verify_id=str(number),
        certified_on=start - timedelta(days=60),
    )
    for nth in range(1 if pick.random() < 0.7 else 2):
        begins = start.replace(year=start.year + 3 * nth)
        Term.objects.create(
            certification=certification,
            starts_on=begins,
            ends_on=begins.replace(year=begins.year + 3) - timedelta(days=1),
            decided_on=start,
            edition="e",
            cause=f"{number}-{nth}",
            recorded_at=NOON,
        )
    for _ in range(pick.randrange(13)):
        line(person, pick, start, courses)
    return certification


def line(person: Person, pick: random.Random, start: date, courses: list[Course]) -> None:
    category = pick.choice("ABCD")
    activity = Activity.objects.create(
        person=person,
        category=category,
        title="t",
        topic=pick.choice(("", "1", "4", "7")),
        proof=pick.choice(("certificate", "document", "record", "none")),
        course=pick.choice(courses) if category == "A" else None,
        same_activity=pick.choice(("", "", "", "k")),
        logged_at=NOON,
        withdrawn_at=NOON if pick.random() < 0.1 else None,
    )
    first = start + timedelta(days=pick.randrange(-30, 1150))
    for day in range(pick.choice((1, 1, 1, 3))):
        minutes = pick.choice((20, 45, 60, 120, 300))
        ActivitySession.objects.create(activity=activity, on=first + timedelta(days=day), minutes=minutes)


@pytest.fixture
def population(transactional_db: None) -> list[Certification]:
    pick = random.Random(20270210)
    said = {"provider": "みらいアカデミー", "minutes": 60, "form": "classroom"}
    courses = [
        Course.objects.create(title="いまも", accredited_from=date(2020, 4, 1), **said),
        Course.objects.create(
            title="途中まで", accredited_from=date(2020, 4, 1), accredited_until=date(2025, 9, 30), **said
        ),
        Course.objects.create(title="取消し", accredited_from=date(2020, 4, 1), **said),
        Course.objects.create(title="下書き", accredited_from=date(2020, 4, 1), state="draft", **said),
    ]
    Course.objects.filter(title="取消し").update(state="ended", ended_on=date(2025, 6, 1))
    people = [holder(number, pick, courses) for number in range(60)]
    term = people[0].terms.order_by("starts_on").last()
    assert term
    filed = {"certification": people[0], "term": term, "filed_on": term.starts_on + timedelta(days=400)}
    Claim.objects.create(
        **filed, edition="e", lines=[], balance={"relief": ["illness 2024-05-01/2024-09-30"]}, frozen_at=NOON
    )
    return people


def evaluate(**changed: object) -> Run:
    how = {"on": ON, "at": NOON, "rulebook": "conken", "clock": lambda: NOON, **changed}
    return actions.evaluate(by="system", **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_the_streams_give_what_the_kernel_gives_for_each(
    population: list[Certification], processes: int, settings: Any, tmp_path: Path
) -> None:
    if processes == 3:  # a rulebook that says what hardship changes; one claim has frozen its window
        settings.RULEBOOK = rulebook_with_relief(tmp_path)
        days = {"kind": "illness", "from_on": date(2025, 1, 10), "until_on": ON, "reason": "r"}
        for held in population[:9]:
            Relief.objects.create(person=held.person, granted_by="x", granted_at=NOON, **days)
    run = evaluate(processes=processes, rulebook=settings.RULEBOOK)
    found = {
        row.certification_id: (Fraction(row.units, row.unit), row.met, row.outcome)
        for row in Standing.objects.filter(run=run)
    }
    wanted = {}
    for certification in Certification.objects.all():
        given, cycle = balance(certification, ON), as_filed(cycle_of(certification, ON), ON)
        assert cycle.submitted_on
        end = renewal(edition(ON), cycle.end, cycle.submitted_on, given.total, (), given.required)
        outcome = "+".join((str(end.outcome), *end.reasons))
        wanted[certification.pk] = (given.total, given.met, outcome)
    assert found == wanted
    assert len({points for points, _, _ in found.values()}) > 10
    assert run.holders == len(population)


def test_a_run_that_fails_leaves_nothing(population: list[Certification]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        evaluate(judged=broken)
    assert (Run.objects.count(), Standing.objects.count()) == (0, 0)


def test_progress_is_told_and_never_beyond_everybody(population: list[Certification]) -> None:
    heard: list[int] = []
    evaluate(tell=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == len(population)


def test_nobody_at_all_is_a_run_too(transactional_db: None) -> None:
    run = evaluate()
    assert (run.holders, queries.outcomes(run), queries.newest()) == (0, [], run)


def test_the_list_is_numbers_and_codes_only(population: list[Certification]) -> None:
    lines = queries.as_csv(evaluate()).splitlines()
    assert lines[0] == "number,qualification,points,met,outcome"
    assert len(lines) == len(population) + 1
    assert not [each for each in lines if each[0] in "=+-@\t"]


def test_a_worker_loads_no_django() -> None:
    script = "import sys, nintei.insight.stream; print('django' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
