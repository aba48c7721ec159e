"""The cast of the bank day: Sato pays, Mori keeps the accounts, Kato may be the second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.utils import translation

from nintei.payments import actions
from nintei.payments.models import Fee
from nintei.people.models import Person, Role, RoleGrant
from nintei.shared.clock import JST

ON = date(2026, 1, 20)
AT = datetime(2026, 1, 20, 14, 5, tzinfo=JST)


def somebody(name: str, kana: str = "", *roles: Role) -> Person:
    """A person with roles since the beginning of the year."""
    person = Person.objects.create_user(f"{name}@example.jp", name=name, kana=kana)
    for role in roles:
        RoleGrant.objects.create(person=person, role=role, from_on=date(2026, 1, 1))
    return person


def reference_of(name: str) -> str:
    """What a fee is for: some application."""
    return f"application:{uuid5(NAMESPACE_URL, name)}"


def ask_fee(person: Person, number: str, kana: str, reference: str = "", qualification: str = "OMP") -> Fee:
    """A fee of 11,000 yen for a first application."""
    return actions.open_fee(
        by="system",
        person=person,
        kind="first",
        reference=reference_of(reference or number),
        qualification=qualification,
        pass_number=number,
        kana=kana,
        on=ON,
        at=AT,
    )


@pytest.fixture(autouse=True)
def in_japanese() -> Iterator[None]:
    """A page in English leaves its language behind in the thread."""
    with translation.override("ja"):
        yield


@pytest.fixture
def mori(db: None) -> Person:
    return somebody("mori", "モリ ユミ", Role.ACCOUNTANT)


@pytest.fixture
def kato(db: None) -> Person:
    return somebody("kato", "カトウ ケン", Role.DECIDER)


@pytest.fixture
def sato(db: None) -> Person:
    return somebody("sato", "サトウ ハナコ")


@pytest.fixture
def tanaka(db: None) -> Person:
    return somebody("tanaka", "タナカ ケン")


@pytest.fixture
def fee(sato: Person) -> Fee:
    return ask_fee(sato, "2025000123", "サトウ ハナコ")
