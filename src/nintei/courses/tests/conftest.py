"""The cast of the courses: Academy teaches, Ito reviews, Suzuki attends, Tanaka must see nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from nintei.courses import actions, timetable
from nintei.courses.actions import CourseDraft
from nintei.courses.models import Course, CourseSession, Provider, Roster
from nintei.courses.states import Event
from nintei.ledger.tests.conftest import certified
from nintei.people.actions import grant_role
from nintei.people.models import Person, Role
from nintei.registry.models import Certification
from nintei.shared.clock import JST
from tests.kept import kept

ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 10, tzinfo=JST)
HELD = "2026-11-20 10:00-17:00 休憩 12:00-13:00"


def somebody(name: str, kana: str, email: str, *roles: Role) -> Person:
    person = Person.objects.create_user(f"{email}@example.jp", name=name, kana=kana)
    for role in roles:
        grant_role(by="system", person=person, role=role, from_on=date(2024, 4, 1), at=AT)
    return person


def provided(contact: Person, reviewer: Person, name: str = "みらいアカデミー") -> Provider:
    """An accredited organisation, from its own words to the ruling."""
    provider = actions.save_provider(
        by=contact.by, contact=contact, name=name, kana="ミライアカデミー", address="東京都千代田区1-1",
        teaches="品質とコーチング", on=ON, at=AT,
    )  # fmt: skip
    actions.propose_provider(by=contact.by, provider=provider, on=ON, at=AT)
    actions.rule_on_provider(
        actor=reviewer, provider=provider, event=Event.ACCREDIT, reason="実績を確かめた", on=ON, at=AT
    )
    provider.refresh_from_db()
    return provider


def draft(**more: Any) -> CourseDraft:
    told: dict[str, Any] = {
        "title": "モニタリングの実践", "timetable": "10:00-17:00 休憩 12:00-13:00", "form": "in_person",
        "summary": "応対を聴いて育てる", "standard": "6時間の演習を含む", "topics": ("4",),
        "competencies": ("OP-6",), "from_on": date(2026, 4, 1), "until_on": date(2029, 3, 31), **more,
    }  # fmt: skip
    return CourseDraft(**told)


def accredited(provider: Provider, reviewer: Person, **more: Any) -> Course:
    course = actions.save_course(by=provider.contact.by, provider=provider, draft=draft(**more), on=ON, at=AT)
    actions.propose_course(by=provider.contact.by, course=course, on=ON, at=AT)
    actions.rule_on_course(
        actor=reviewer, course=course, event=Event.ACCREDIT, reason="基準に合う", on=ON, at=AT
    )
    course.refresh_from_db()
    return course


def opened(course: Course, held: str = HELD, place: str = "東京 大手町") -> CourseSession:
    return actions.open_session(
        by="system", course=course, days=timetable.read(held), first_on=None, last_on=None, place=place, at=AT
    )


@pytest.fixture
@kept
def academy(db: None) -> Person:
    return somebody("研修 花", "ケンシュウ ハナ", "academy")


@pytest.fixture
@kept
def ito(db: None) -> Person:
    return somebody("伊藤 誠", "イトウ マコト", "ito", Role.REVIEWER)


@pytest.fixture
@kept
def suzuki(db: None) -> Person:
    return somebody("鈴木 美咲", "スズキ ミサキ", "suzuki")


@pytest.fixture
@kept
def tanaka(db: None) -> Person:
    return somebody("田中 凪", "タナカ ナギ", "tanaka")


@pytest.fixture
@kept
def omp(suzuki: Person) -> Certification:
    """Suzuki's, valid from 2024-04-01 to 2027-03-31."""
    return certified(suzuki, "OMP", date(2023, 10, 11), "0000000318")


@pytest.fixture
@kept
def provider(academy: Person, ito: Person) -> Provider:
    return provided(academy, ito)


@pytest.fixture
@kept
def course(provider: Provider, ito: Person) -> Course:
    return accredited(provider, ito)


@pytest.fixture
@kept
def session(course: Course) -> CourseSession:
    """Held on 20 November 2026 for 360 net minutes."""
    return opened(course)


Take = Callable[..., Roster]


def roster(*rows: str, headings: str = "認定番号,カナ,受講日,受講分数") -> bytes:
    return "\n".join([headings, *rows, ""]).encode()


@pytest.fixture
def take(tmp_path: Path, settings: Any) -> Take:
    """`take(session, rows…)`: drop, confirm and carry out a roster."""
    settings.VAR = tmp_path

    def taken(session: CourseSession, *rows: str, partial: bool = False, at: datetime = AT) -> Roster:
        dropped = actions.drop_roster(
            by="person:academy", session=session, data=roster(*rows), name="名簿.csv", at=at
        )
        actions.confirm_roster(by="person:academy", roster=dropped, partial=partial, on=at.date(), at=at)
        actions.carry_out(by="system", roster=dropped.pk, at=at)
        dropped.refresh_from_db()
        return dropped

    return taken
