"""An office for some years, crashes and all: every evening the books agree; the same seed makes the same journal.

Five holders through the last weeks of a renewal; `python -m tests.years` lives three fiscal years with 2,000.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from nintei.applications.models import Application
from nintei.journal import queries as journal
from nintei.ledger import queries as logs

from .chance import restart_counters, seeded
from .evening import DAY
from .office import Office

HOLDERS, SEED = 5, 20260401
FIRST, LAST = date(2027, 2, 1), date(2027, 3, 24)


@contextmanager
def lived(seed: int, holders: int, first: date, last: date) -> Iterator[Office]:
    """An office that has lived from one day to another; what it wrote is gone afterwards."""
    with transaction.atomic():
        restart_counters()
        with seeded(seed) as chance:
            office = Office(chance, holders)
            office.begin(first)
            day = first
            while day <= last:
                office.live(day)
                office.check(day)
                office.heads[day] = journal.head()
                day += DAY
        yield office
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet(db: None, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def test_every_evening_the_books_agree_and_the_same_seed_makes_the_same_journal() -> None:
    with lived(SEED, HOLDERS, FIRST, LAST) as office:
        verified = journal.verify()
        states = sorted(Application.objects.values_list("state", flat=True))
        print(dict(office.counts), f"{office.died} died", {each: states.count(each) for each in set(states)})
    assert (verified.faults, verified.size) == ((), office.evening.seen)
    assert {"certified"} <= set(states)
    assert office.died > 0
    again = FIRST + 10 * DAY
    with lived(SEED, HOLDERS, FIRST, again):
        assert journal.head() == office.heads[again]
    with lived(SEED + 1, HOLDERS, FIRST, FIRST):
        assert journal.head() != office.heads[FIRST]


@pytest.mark.parametrize("spoil", ["book", "caps", "journal"])
def test_a_book_that_differs_would_be_seen(spoil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a line that is not in the ledger, a cap that is broken, a leaf that is another."""
    with lived(SEED, 1, FIRST, FIRST) as office:
        (holder,) = office.holders
        if spoil == "book":
            holder.lines.popitem()
        elif spoil == "caps":
            true = logs.balance(holder.held[0], FIRST)
            years = [line._replace(credited=line.credited + 16) for line in true.lines]
            true.lines = tuple(years)
            monkeypatch.setattr(logs, "balance", lambda *_: true)
        else:
            office.evening.subtrees = (b"x" * 32,) * len(office.evening.subtrees)
        with pytest.raises(AssertionError):
            office.check(FIRST)
