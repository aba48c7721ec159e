"""An office for some years, crashes and all: every evening the books agree; the same seed makes the same journal.

`NINTEI_HOLDERS` is how many holders (5 in the normal run, 2000 by hand), `NINTEI_FROM` the first day lived
(2027-02-01; 2024-04-01 for three fiscal years), `NINTEI_SEED` the seed. By hand the years are lived once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.db import connection, transaction

from nintei.applications.models import Application
from nintei.journal import queries as journal
from nintei.ledger import queries as logs

from .chance import restart_counters, seeded
from .evening import DAY
from .office import Office

HOLDERS = int(os.environ.get("NINTEI_HOLDERS", "5"))
FIRST = date.fromisoformat(os.environ.get("NINTEI_FROM", "2027-02-01"))
SEED = int(os.environ.get("NINTEI_SEED", "20260401"))
IS_FULL = HOLDERS > 50
LAST = date(2027, 4, 2) if IS_FULL else date(2027, 3, 24)


@contextmanager
def lived(seed: int, holders: int, first: date, last: date) -> Iterator[Office]:
    """An office that has lived from one day to another; what it wrote is gone afterwards."""
    with transaction.atomic():
        restart_counters()
        with seeded(seed) as chance:
            office = Office(chance, holders)
            _begin(office, first)
            day = first
            while day <= last:
                office.live(day)
                office.check(day)
                office.heads[day] = journal.head()
                _tell(office, day)
                day += DAY
        yield office
        transaction.set_rollback(True)


def _begin(office: Office, first: date) -> None:
    """Who begins in the middle has a log already: thirty points for most, some beyond a cap."""
    if first.year < 2026:
        return
    for n, holder in enumerate(office.holders):
        for year in (2024, 2025, 2026):
            for code in ("B", "C", "D")[: 2 + n % 2]:
                minutes = 300 if n % 5 else 90
                office.write(holder, code, date(year, 6, 5 + ord(code) % 7), minutes, "certificate", first)


def _tell(office: Office, day: date) -> None:
    """Say how far it is; let the planner know how much there is, which a commit would otherwise do."""
    if IS_FULL and day.day == 1:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(day, journal.head()[0], "leaves,", office.died, "died", round(process_time()), "s", flush=True)


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
    if IS_FULL:
        return
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
