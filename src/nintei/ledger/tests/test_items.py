"""A category that counts items and not time, as another association's rulebook has one: the guild's papers (W)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.journal import queries as journal
from nintei.ledger import actions, queries
from nintei.ledger.drafts import Draft, draft_of
from nintei.ledger.models import Activity
from nintei.ledger.tests.conftest import TODAY, at, certified
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.rules import points
from nintei.rules.load import SHELF
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

PAPERS = Draft(category="W", title="調律の歴史", sessions=((date(2026, 10, 5), 0),), topic="1", items=2)
READ = Draft(category="L", title="講習会", sessions=((date(2026, 10, 6), 90),), topic="1")


def one_log(folder: Path) -> str:
    """The guild's rulebook with one log for all its qualifications: a line need not say which one it is for."""
    own = folder / "example"
    shutil.copytree(SHELF / "example", own)
    handbook = own / "handbook-2025.toml"
    rules = handbook.read_text()
    assert rules.count("[points.shared_ledger]\nvalue = false") == 1
    handbook.write_text(
        rules.replace("[points.shared_ledger]\nvalue = false", "[points.shared_ledger]\nvalue = true")
    )
    return str(own)


@pytest.fixture
def tuner(settings: Any, suzuki: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Certification:
    """Suzuki, certified by the guild on 1 June 2026: valid to 31 May 2028."""
    settings.RULEBOOK = one_log(tmp_path)
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    return certified(suzuki, "CPT", date(2026, 6, 1), "0000000900")


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
