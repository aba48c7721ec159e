"""The cast, for names, roles and accounts. Ito looks at papers, Kato decides, Ono is of the board."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from nintei.people.actions import grant_role
from nintei.people.models import Person, Role
from nintei.shared.clock import JST
from nintei.shared.files import TakenFile, take_in
from nintei.shared.tests.test_pictures import png

ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 10, tzinfo=JST)
# A picture that can be drawn: the office sees papers as pictures only.
PNG = png(16, 8)


class Photo:
    """What a form hands over."""

    name: str | None = "photo.png"

    def __init__(self, data: bytes) -> None:
        self.data = data

    def chunks(self) -> list[bytes]:
        return [self.data]


def photo(more: bytes = b"") -> TakenFile:
    """A photograph of a paper, taken in; `more` makes it another one."""
    return take_in(Photo(PNG + more))


def somebody(
    who: str, name: str, kana: str, *roles: Role, born_on: date | None = None, at: datetime = AT
) -> Person:
    """A person of the test with roles since 2024."""
    person = Person.objects.create_user(
        f"{who}@example.jp", name=name, kana=kana, born_on=born_on, joined_at=at
    )
    for role in roles:
        grant_role(by="system", person=person, role=role, from_on=date(2024, 4, 1), at=AT)
    return person


@pytest.fixture
def sato(db: None) -> Person:
    return somebody("sato", "佐藤 花子", "サトウ ハナコ", born_on=date(1989, 5, 17))


@pytest.fixture
def tanaka(db: None) -> Person:
    return somebody("tanaka", "田中 凪", "タナカ ナギ", born_on=date(1994, 2, 8))


@pytest.fixture
def ito(db: None) -> Person:
    return somebody("ito", "伊藤 結", "イトウ ユイ", Role.REVIEWER, Role.REGISTRAR)


@pytest.fixture
def kato(db: None) -> Person:
    return somebody("kato", "加藤 修", "カトウ オサム", Role.DECIDER)


@pytest.fixture
def ono(db: None) -> Person:
    return somebody("ono", "小野 誠", "オノ マコト", Role.BOARD)
