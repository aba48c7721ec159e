"""Everybody at once is everybody one by one: the streams give what the kernel gives, or nothing at all."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nintei.insight import actions, queries
from nintei.insight.models import Run, Standing
from nintei.insight.tests.broken import broken
from nintei.insight.tests.conftest import NOON, ON
from nintei.ledger.models import Activity, Relief
from nintei.ledger.queries.worth import as_filed, balance, cycle_of
from nintei.ledger.tests.conftest import holds_cpt, renewed_with, rulebook_with_relief
from nintei.people.tests.conftest import somebody
from nintei.registry.models import Certification
from nintei.rules.decisions import renewal
from nintei.shared.rulebook import edition


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


def test_what_was_carried_over_and_what_a_line_serves_are_in_the_streams(
    transactional_db: None, settings: Any
) -> None:
    """Under the rulebook `example`: three points of the last cycle, ten hours and two papers for CPT, ten hours
    for nothing held."""
    settings.RULEBOOK, on = "example", date(2028, 11, 1)
    held = holds_cpt(somebody("suzuki", "鈴木 美咲", "スズキ ミサキ"))
    renewed_with(held, "43.0")
    for serves in ("CPT", ""):
        line = Activity.objects.create(
            person=held.person, category="L", title=serves or "-", topic="1", proof="certificate", serves=serves,
            logged_at=NOON,
        )  # fmt: skip
        line.sessions.create(on=date(2028, 9, 1), minutes=600)
    papers = Activity.objects.create(
        person=held.person, category="W", title="W", topic="2", serves="CPT", items=2, logged_at=NOON
    )
    papers.sessions.create(on=date(2028, 9, 2), minutes=0)
    run = evaluate(processes=1, rulebook="example", on=on)
    row = Standing.objects.get(run=run)
    assert Fraction(row.units, row.unit) == balance(held, on).total == 35
