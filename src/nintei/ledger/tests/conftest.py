"""The cast of the ledger: Suzuki holds OMP from 1 April 2024, Tanaka holds nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from nintei.courses import actions as courses
from nintei.courses.models import Form
from nintei.ledger.models import Claim
from nintei.people.models import Person
from nintei.registry.actions import certify, file_renewal, renew
from nintei.registry.models import Certification, ExamPass
from nintei.rules.load import SHELF
from nintei.shared.clock import JST
from nintei.site import ready
from nintei.site.cli import main
from nintei.site.demo.suzuki import write_log
from tests.kept import kept

TODAY, CPT_DAY = date(2026, 11, 24), date(2026, 6, 1)


def at(day: date = TODAY) -> datetime:
    """Ten in the morning of a day in Japan."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=JST)


def certified(person: Person, qualification: str, issued_on: date, number: str) -> Certification:
    """A certification through the registry's own action; the kernel gives its validity."""
    report = ExamPass.objects.create(
        exam=qualification,
        number=number,
        name=person.name,
        kana=person.kana,
        passed=True,
        issued_on=issued_on,
        person=person,
        imported_at=at(issued_on),
    )
    return certify(
        by="system",
        person=person,
        qualification=qualification,
        exam_pass=report,
        decided_on=issued_on,
        edition_id="conken:cpd-2026-01+manual-2019-10",
        cause=f"application:{number}",
        at=at(issued_on),
    )


@contextmanager
def already_ready() -> Iterator[None]:
    """pytest has opened the installation: a command must not close it."""
    yield


RELIEF = """
[points.relief]
kinds = ["illness", "childbirth", "disaster"]
points = "0.5"
unit = "point"
source = "cpd-2026-01"
clause = "CPD-1.4"
quote = "更新には30CPDポイント必要です。"
"""


def rulebook_with_relief(folder: Path) -> str:
    """Our rulebook with what an association might set for hardship: half a point less for each whole month."""
    own = folder / "conken"
    shutil.copytree(SHELF / "conken", own)
    with (own / "cpd-2026-01.toml").open("a") as rules:
        rules.write(RELIEF)
    return str(own)


def holds_cpt(person: Person) -> Certification:
    """A certification under the rulebook `example`, valid for two years from 1 June 2026."""
    report = ExamPass.objects.create(
        exam="CPT", number="1", name=person.name, kana=person.kana, passed=True, issued_on=date(2026, 3, 1),
        person=person, imported_at=at(CPT_DAY),
    )  # fmt: skip
    return certify(
        by="k", person=person, qualification="CPT", exam_pass=report, decided_on=CPT_DAY, edition_id="example",
        cause="application:1", at=at(CPT_DAY),
    )  # fmt: skip


def renewed_with(held: Certification, total: str) -> Claim:
    """It renewed for two more years by a claim of so many points, of 40 that were needed."""
    filed, decided = date(2028, 4, 10), date(2028, 5, 1)
    balance = {"total": total, "required": "40.0", "by_category": {}, "unmet": []}
    claim = Claim.objects.create(
        certification=held, term=held.terms.get(), ordinal=1, filed_on=filed, edition="example", lines=[],
        balance=balance, sha256="0" * 64, frozen_at=at(filed),
    )  # fmt: skip
    file_renewal(by="k", certification=held, on=filed, cause="renewal:1", at=at(filed))
    told: dict[str, Any] = {"by": "k", "edition_id": "example", "cause": "renewal:1", "at": at(decided)}
    renew(certification=held, decided_on=decided, **told)
    return claim


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[list[str]], int]:
    """`nintei …` in this process, on the day of the tests."""
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    monkeypatch.setattr(ready, "django_ready", already_ready)
    return main


@pytest.fixture
@kept
def suzuki(db: None) -> Person:
    return Person.objects.create_user("suzuki@example.jp", name="鈴木 美咲", kana="スズキ ミサキ")


@pytest.fixture
@kept
def tanaka(db: None) -> Person:
    return Person.objects.create_user("tanaka@example.jp", name="田中 凪", kana="タナカ ナギ")


@pytest.fixture
@kept
def omp(suzuki: Person) -> Certification:
    """Valid from 2024-04-01 to 2027-03-31."""
    return certified(suzuki, "OMP", date(2023, 10, 11), "0000000318")


@pytest.fixture
@kept
def log(suzuki: Person) -> Person:
    """Suzuki with the seventeen lines of the demo, and the courses they name."""
    for title, minutes in (
        ("要員計画の基礎", 60),
        ("業務量予測のための統計", 240),
        ("モニタリングとコーチングの実践", 90),
    ):
        courses.accredit_course(
            by="system",
            title=title,
            provider="みらいアカデミー",
            minutes=minutes,
            form=Form.ONLINE,
            hosted=False,
            from_on=date(2024, 4, 1),
            until_on=None,
            at=at(date(2024, 4, 1)),
        )
    write_log(suzuki)
    return suzuki
