"""The cast at the office. Sato holds a report of OMP and two attested posts; the day is 2026年11月24日."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from nintei.applications import actions, queries
from nintei.applications.actions import MarkSaid
from nintei.applications.models import Application
from nintei.experience import actions as experience
from nintei.experience.answering import answer
from nintei.experience.models import Post
from nintei.experience.said import Said, Tenure
from nintei.notices.models import Letter
from nintei.payments import actions as payments
from nintei.payments import queries as fees
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.registry.models import ExamPass
from nintei.shared.clock import JST
from tests.kept import kept

TODAY = date(2026, 11, 24)
PAID_ON = date(2026, 11, 26)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JST)


def _person(email: str, name: str, kana: str, role: Role | None = None) -> Person:
    person = Person.objects.create_user(email, name=name, kana=kana, born_on=date(1989, 5, 17))
    if role:
        people.grant_role(by="system", person=person, role=role, from_on=date(2024, 4, 1), at=at(TODAY))
    return person


@pytest.fixture
@kept
def sato(db: None) -> Person:
    return _person("sato@example.jp", "佐藤 健太", "サトウ ケンタ")


@pytest.fixture
@kept
def tanaka(db: None) -> Person:
    return _person("tanaka@example.jp", "田中 凪", "タナカ ナギ")


@pytest.fixture
@kept
def ito(db: None) -> Person:
    return _person("ito@example.jp", "伊藤 結", "イトウ ユイ", Role.REVIEWER)


@pytest.fixture
@kept
def noda(db: None) -> Person:
    """Another reviewer."""
    return _person("noda@example.jp", "野田 葵", "ノダ アオイ", Role.REVIEWER)


@pytest.fixture
@kept
def kudo(db: None) -> Person:
    """Works for the contractor: prepares, and decides nothing."""
    return _person("kudo@example.jp", "工藤 遥", "クドウ ハルカ", Role.CONTRACTOR)


@pytest.fixture
@kept
def kato(db: None) -> Person:
    return _person("kato@example.jp", "加藤 修", "カトウ オサム", Role.DECIDER)


@pytest.fixture
@kept
def mori(db: None) -> Person:
    return _person("mori@example.jp", "森 千春", "モリ チハル", Role.ACCOUNTANT)


@pytest.fixture
@kept
def report(sato: Person) -> ExamPass:
    return report_for(sato)


def report_for(person: Person, **more: Any) -> ExamPass:
    told: dict[str, Any] = {
        "exam": "OMP",
        "number": "2024000417",
        "passed": True,
        "issued_on": date(2024, 10, 8),
    }
    return ExamPass.objects.create(
        person=person, name=person.name, kana=person.kana, imported_at=at(TODAY), **(told | more)
    )


def add_post(person: Person, start: date, end: date | None, fields: str, organisation: str) -> Post:
    return experience.save_post(
        by=person.by,
        person=person,
        at=at(TODAY),
        on=TODAY,
        organisation=organisation,
        started_on=start,
        ended_on=end,
        fields=dict.fromkeys(fields, ""),
    )


def attest(post: Post, day: date = TODAY, **tenure: Any) -> None:
    request = experience.ask_attestor(
        by=post.person.by,
        person=post.person,
        attestor_name="阿部 直子",
        attestor_email="abe@example.jp",
        relation="superior",
        post_ids=[post.pk],
        at=at(day, 9),
        on=day,
    )
    letter = Letter.objects.get(key__startswith=f"experience.asked:{request.pk}")
    token = next(line for line in letter.body.splitlines() if "/attest/" in line).rpartition("/")[2]
    told: dict[str, Any] = {"since": post.started_on, "belongs_still": True} | tenure
    stood = Tenure(**told)
    answer(
        token=token,
        said=[Said(post.pk, "confirmed")],
        tenure=stood,
        signed_name="阿部 直子",
        language="ja",
        at=at(day, 11),
        on=day,
    )


def pledge_text(version: str = "見本-1") -> None:
    actions.publish_pledge_text(
        by="system",
        version=version,
        ja="これは見本です。",
        en="This is a sample.",
        is_sample=True,
        from_on=date(2024, 4, 1),
        at=at(TODAY),
    )


def pledge(draft: Application) -> None:
    actions.sign_pledge(
        person=draft.person,
        application=draft,
        text_version="見本-1",
        signed_name=draft.person.name,
        language="ja",
        on=TODAY,
        at=at(TODAY),
    )


@pytest.fixture
@kept
def ready(sato: Person, report: ExamPass) -> Application:
    """A draft with everything: two posts attested (3 years, then 3 years 1 month), the pledge signed."""
    draft = actions.start(person=sato, qualification="OMP", on=TODAY, at=at(TODAY))
    attest(add_post(sato, date(2020, 4, 1), date(2023, 3, 31), "4", "さくらコンタクト株式会社"))
    attest(add_post(sato, date(2023, 4, 1), None, "5", "さくらコンタクト株式会社"))
    pledge_text()
    pledge(draft)
    draft.refresh_from_db()
    return draft


def submit(draft: Application, on: date = TODAY, **more: Any) -> Application:
    told: dict[str, Any] = {"version": None, "understood": True} | more
    return actions.submit(person=draft.person, application=draft, on=on, at=at(on), **told)


@pytest.fixture
@kept
def submitted(ready: Application) -> Application:
    return submit(ready)


def pay(application: Application, by: Person, on: date = PAID_ON) -> None:
    """A bank file with the one transfer comes in; the machine settles it."""
    fee = fees.fee_for(application.reference)
    assert fee is not None
    payer = fees.payer_name_to_write(fee)
    day = f"{on.year}/{on.month}/{on.day}"
    text = f"日付,摘要,お支払金額,お預り金額,残高\r\n{day},振込 {payer},,{fee.total},100000\r\n"
    payments.import_file(by=by.by, content=text.encode("cp932"), name="bank.csv", on=on, at=at(on))


@pytest.fixture
@kept
def accepted(submitted: Application, mori: Person) -> Application:
    pay(submitted, mori)
    submitted.refresh_from_db()
    return submitted


@pytest.fixture
@kept
def in_review(accepted: Application, ito: Person) -> Application:
    return actions.take_up(actor=ito, application=accepted, version=None, on=PAID_ON, at=at(PAID_ON))


def marks(application: Application, **said: tuple[str, str]) -> list[MarkSaid]:
    parts = queries.verdict(application, PAID_ON).parts
    return [MarkSaid(part.code, *said.get(part.code, ("confirm", ""))) for part in parts]


@pytest.fixture
@kept
def recommended(in_review: Application, ito: Person) -> Application:
    recommend(in_review, ito)
    in_review.refresh_from_db()
    return in_review


def recommend(row: Application, actor: Person, **said: tuple[str, str]) -> None:
    actions.recommend(
        actor=actor,
        application=row,
        version=None,
        marks=marks(row, **said),
        notes="",
        on=PAID_ON,
        at=at(PAID_ON),
    )


def decide(row: Application, actor: Person, outcome: str = "certified", **more: Any) -> Any:
    told: dict[str, Any] = {
        "reasons": {},
        "words": "",
        "version": None,
        "on": PAID_ON,
        "at": at(PAID_ON),
    } | more
    return actions.decide(actor=actor, application=row, outcome=outcome, **told)


Decide = Callable[..., Any]
