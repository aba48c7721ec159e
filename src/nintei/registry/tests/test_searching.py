"""The register searched by state: what the database leaves out, the kernel would have left out too.

`NINTEI_REGISTER=50000` makes the register as large as that, and prints how long a search takes.
"""

from __future__ import annotations

import os
import random
import time
from datetime import date, timedelta
from typing import Any

import pytest

from nintei.people.models import Person
from nintei.registry import queries
from nintei.registry.models import Certification, StatusChange, StatusKind, Term
from nintei.registry.states import State
from nintei.registry.tests.conftest import TODAY, at

SIZE = int(os.environ.get("NINTEI_REGISTER", "240"))
KINDS = (
    (), (), (), (StatusKind.RENEWAL_FILED,), (StatusKind.RENEWAL_FILED, StatusKind.RENEWAL_REFUSED),
    (StatusKind.SUSPENDED,), (StatusKind.SUSPENDED, StatusKind.RELEASED), (StatusKind.REVOKED,),
    (StatusKind.REVOKED, StatusKind.REINSTATED), (StatusKind.ENDED,),
)  # fmt: skip


def fill(size: int) -> None:
    """Certifications whose terms end on every side of today, some renewed, with every kind of record."""
    dice = random.Random(7)
    people = Person.objects.bulk_create(Person(email=f"p{n}@example.jp", name=f"人{n}") for n in range(size))
    rows, terms, changes = [], [], []
    for n, person in enumerate(people):
        ends = TODAY + timedelta(days=dice.randrange(-500, 1400))
        starts = ends - timedelta(days=1095)
        certified = min(starts - timedelta(days=30), TODAY + timedelta(days=dice.randrange(-20, 5)))
        row = Certification(
            person=person,
            qualification="OMP",
            number=f"OMP-{n:06}",
            verify_id=f"v{n}",
            certified_on=certified,
        )
        rows.append(row)
        terms.append(_term(row, starts, ends))
        if n % 4 == 0:
            terms.append(_term(row, ends + timedelta(days=1), ends + timedelta(days=1096)))
        day = ends - timedelta(days=dice.randrange(5, 170))
        changes += [
            StatusChange(
                certification=row, kind=kind, effective_on=day + timedelta(days=later), recorded_at=at(TODAY),
                cause=f"c{n}" if kind in (StatusKind.RENEWAL_FILED, StatusKind.RENEWAL_REFUSED) else f"c{n}.{later}",
            )
            for later, kind in enumerate(KINDS[n % len(KINDS)])
            if day + timedelta(days=later) <= TODAY
        ]  # fmt: skip
    Certification.objects.bulk_create(rows, batch_size=5000)
    Term.objects.bulk_create(terms, batch_size=5000)
    StatusChange.objects.bulk_create(changes, batch_size=5000)


def _term(row: Certification, starts: date, ends: date) -> Term:
    return Term(
        certification=row, starts_on=starts, ends_on=ends, decided_on=starts, edition="e",
        cause=f"{row.number}:{starts}", recorded_at=at(TODAY),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_search_by_state_finds_what_the_kernel_says_and_asks_little(
    django_assert_max_num_queries: Any,
) -> None:
    fill(SIZE)
    looked_at = Certification.objects.order_by("-certified_on", "-number")
    if SIZE <= 1000:
        every = queries.find("", most=SIZE).certifications
        assert len(every) == SIZE == looked_at.count()
        told = {
            state: [row.number for row in every if queries.state_on(row, TODAY) == state] for state in State
        }
        seen = {state for state, numbers in told.items() if numbers}
        assert seen >= set(State) - {State.NONE, State.NOT_STARTED}
        for state in State:
            found = queries.find("", state=state, on=TODAY, most=SIZE)
            assert [row.number for row in found.certifications] == told[state], state
    for state in State:
        begun = time.perf_counter()
        with django_assert_max_num_queries(3):
            found = queries.find("", state=state, on=TODAY)
        if SIZE > 1000:
            took = (time.perf_counter() - begun) * 1000
            print(f"{SIZE} certifications, {state}: {took:.0f} ms, {len(found.certifications)} rows")
