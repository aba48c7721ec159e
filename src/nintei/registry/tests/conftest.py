"""Suzuki holds OMP since April 2024; Ito is of the desk, Kato decides."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from nintei.people.models import Person, Role
from nintei.people.tests.conftest import photo, somebody
from nintei.registry import actions, queries
from nintei.registry.models import Case, CaseKind, Certification, ExamPass
from nintei.shared.clock import JST

TODAY = date(2026, 11, 24)
CERTIFIED_ON = date(2024, 1, 10)


def at(day: date, hour: int = 12) -> datetime:
    """An instant of a day, in Japan."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=JST)


@pytest.fixture
def a_day(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """24 November 2026, with files in the test's own folder."""
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


def holds_omp(person: Person, cause: str = "application:1") -> Certification:
    """A certification decided in January 2024 on a report of October 2023: valid 2024-04-01 to 2027-03-31."""
    report = ExamPass.objects.create(
        exam="OMP", number=cause, name=person.name, kana=person.kana, passed=True,
        issued_on=date(2023, 10, 8), imported_at=at(CERTIFIED_ON),
    )  # fmt: skip
    return actions.certify(
        by="k", person=person, qualification="OMP", exam_pass=report, decided_on=CERTIFIED_ON,
        edition_id="conken", cause=cause, at=at(CERTIFIED_ON),
    )  # fmt: skip


def passed_sv(person: Person) -> ExamPass:
    """SV, which its exam alone gives (MAN-表.5): a report of October 2024."""
    return ExamPass.objects.create(
        exam="SV", number="2024000777", name=person.name, kana=person.kana, passed=True,
        issued_on=date(2024, 10, 8), imported_at=at(date(2024, 10, 20)), person=person,
    )  # fmt: skip


@pytest.fixture
def suzuki(db: None) -> Person:
    person = somebody("suzuki", "鈴木 美咲", "スズキ ミサキ")
    Person.objects.filter(pk=person.pk).update(latin="SUZUKI Misaki")
    person.refresh_from_db()
    return person


@pytest.fixture
def omp(suzuki: Person) -> Certification:
    holds_omp(suzuki)
    return fresh(suzuki)


@pytest.fixture
def ito(db: None) -> Person:
    return somebody("ito", "伊藤 結", "イトウ ユイ", Role.REGISTRAR)


@pytest.fixture
def kato(db: None) -> Person:
    return somebody("kato", "加藤 修", "カトウ オサム", Role.DECIDER)


def fresh(person: Person) -> Certification:
    """The certification as the registry has it now."""
    found = queries.certification_of(person, "OMP")
    assert found
    return found


def open_case(actor: Person, held: Certification, kind: CaseKind, day: date, **new: str) -> Case:
    """A case with a photograph for its paper, asked on its own day."""
    told = actions.Told(day, "届がありました。", **new)
    return actions.ask_case(
        actor=actor, certification=held, kind=kind, told=told, papers=[photo()], on=day, at=at(day, 9)
    )


def through(
    desk: Person, decider: Person, held: Certification, kind: CaseKind, day: date, **new: str
) -> Case:
    """A case that the office opens and the second person grants on the same day."""
    case = open_case(desk, held, kind, day, **new)
    return actions.decide_case(actor=decider, case=case, granted=True, answer="", on=day, at=at(day, 10))
