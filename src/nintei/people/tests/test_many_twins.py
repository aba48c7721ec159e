"""Finding a person entered twice among many: as often asked as among few. `NINTEI_PEOPLE=50000` for the full size."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from nintei.people import queries
from nintei.people.models import Person

PEOPLE = int(os.environ.get("NINTEI_PEOPLE", "2000"))
LETTERS = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"


@pytest.fixture
def many(db: None) -> None:
    """People with readings and birth dates as they come, and every thousandth entered twice with a slip."""
    chance = random.Random(1)
    word = [["".join(chance.choices(LETTERS, k=n)) for _ in range(900)] for n in (2, 3, 3)]

    def person(n: int, kana: str, born_on: date) -> Person:
        return Person(email=f"n{n}@example.jp", name=f"人 {n}", kana=kana, born_on=born_on, password="!")

    rows = []
    for n in range(PEOPLE):
        kana = f"{chance.choice(word[n % 3])} {chance.choice(word[1])}"
        born_on = date(1960, 1, 1) + timedelta(days=chance.randrange(14_600))
        rows.append(person(n, kana, born_on))
        if n % 1000 == 0:
            rows.append(person(PEOPLE + n, kana[:-1] + "ン", born_on))
    Person.objects.bulk_create(rows)


def test_the_planted_pairs_are_found_in_four_queries_and_in_time(
    many: None, django_assert_num_queries: Callable[[int], Any]
) -> None:
    began = time.process_time()
    with django_assert_num_queries(4):
        found = queries.twins()
    took = time.process_time() - began
    planted = {(f"n{n}@example.jp", f"n{PEOPLE + n}@example.jp") for n in range(0, PEOPLE, 1000)}
    pairs = {(each.one.email, each.other.email) for each in found}
    assert planted <= pairs | {(other, one) for one, other in pairs}
    print(f"{PEOPLE} people: {took:.2f} s of processor, {len(found)} pairs")
    assert took < 2 * max(1, PEOPLE / 50_000)
