"""What the register decides about a paper: one more copy for a case, and the name that a certificate bears."""

from __future__ import annotations

import pytest

from nintei.certificates.models import Certificate
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import somebody
from nintei.registry.models import CaseKind, Certification
from nintei.registry.tests.conftest import TODAY, a_day, at, fresh, holds_omp, through

__all__ = ["a_day"]
pytestmark = pytest.mark.usefixtures("a_day")


@pytest.fixture
def omp(db: None) -> Certification:
    suzuki = somebody("suzuki", "鈴木 美咲", "スズキ ミサキ")
    holds_omp(suzuki)
    return fresh(suzuki)


def decided(omp: Certification, kind: CaseKind, **new: str) -> None:
    desk = Person.objects.filter(email="ito@example.jp").first() or somebody(
        "ito", "伊藤 結", "イトウ ユイ", Role.REGISTRAR
    )
    decider = Person.objects.filter(email="kato@example.jp").first() or somebody(
        "kato", "加藤 修", "カトウ オサム", Role.DECIDER
    )
    through(desk, decider, omp, kind, TODAY, **new)


def papers() -> list[tuple[int, str]]:
    rows = Certificate.objects.order_by("copy")
    return [(row.copy, row.content["name"]) for row in rows]


def test_another_name_and_a_lost_paper_are_one_more_copy_each(omp: Certification) -> None:
    assert papers() == [(1, "鈴木 美咲")]
    decided(omp, CaseKind.NAME, name="高橋 美咲", kana="タカハシ ミサキ", latin="")
    assert papers() == [(1, "鈴木 美咲"), (2, "高橋 美咲")]
    decided(omp, CaseKind.LOSS)
    assert papers() == [(1, "鈴木 美咲"), (2, "高橋 美咲"), (3, "高橋 美咲")]


def test_what_somebody_writes_on_their_own_page_is_not_on_a_certificate(omp: Certification) -> None:
    person = omp.person
    people.change_name(
        by=person.by,
        person=person,
        name="偽名 太郎",
        kana="ギメイ タロウ",
        latin="",
        born_on=None,
        at=at(TODAY),
    )
    decided(omp, CaseKind.REISSUE)
    assert papers() == [(1, "鈴木 美咲"), (2, "鈴木 美咲")]
