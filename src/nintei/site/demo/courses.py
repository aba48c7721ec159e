"""Chapter 2: a provider, and the courses that the association accredits. Organisations and titles are invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from nintei.courses import actions, queries, timetable
from nintei.courses.actions import CourseDraft
from nintei.courses.models import Form, Provider
from nintei.courses.states import Event
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.site.cast import DOMAIN

ACADEMY = "みらいアカデミー"


class Told(NamedTuple):
    """A course of the demo; `minutes` net."""

    title: str
    provider: str
    minutes: int
    form: Form
    hosted: bool
    from_on: date
    until_on: date | None
    topics: tuple[str, ...] = ()
    summary: str = ""


UNTIL = date(2027, 3, 31)
COURSES = (
    Told("要員計画の基礎", ACADEMY, 60, Form.ONLINE, False, date(2024, 4, 1), None, ("4",),
         "入電の波を読み、席の数とシフトを決めるまでを、手を動かして学びます。"),
    Told("モニタリングとコーチングの実践", ACADEMY, 90, Form.IN_PERSON, False, date(2024, 4, 1), UNTIL, ("4", "5"),
         "通話を聴いて評価をそろえ、本人に伝わる言葉で返します。"),
    Told("オペレーション品質の測り方", "協会", 180, Form.MIXED, True, date(2025, 4, 1), None, ("4",),
         "応対品質と業務品質を測るものさしを作ります。"),
    Told("顧客経験の設計", "ひなた人材研究所", 360, Form.IN_PERSON, False, date(2025, 10, 1), date(2028, 9, 30),
         ("2", "3"), "カスタマージャーニーを描き、手間のかからない応対に直します。"),
    Told("カスタマーハラスメントから人を守る", "協会", 120, Form.ON_DEMAND, True, date(2026, 4, 1), None, ("2", "5"),
         "見分け方、断り方、働く人の守り方を、事例で学びます。"),
    Told("業務量予測のための統計", "つばさ研修センター", 240, Form.ONLINE, False, date(2023, 4, 1), date(2026, 3, 31),
         ("4",), "予測の誤差を測り、直します。"),
)  # fmt: skip
# Title, days from the demo's first day, what is said of the day, place.
SESSIONS = (
    ("要員計画の基礎", -4, "19:00-20:00", "オンライン"),
    ("要員計画の基礎", 16, "19:00-20:00", "オンライン"),
    ("モニタリングとコーチングの実践", 0, "13:00-14:45 休憩 15分", "東京 大手町"),
    ("モニタリングとコーチングの実践", 23, "13:00-14:45 休憩 15分", "大阪 梅田"),
    ("オペレーション品質の測り方", 30, "13:00-16:15 休憩 14:30-14:45", "東京 丸の内とオンライン"),
)
SEATS = 8


def tell(at: datetime) -> None:
    reviewer, contact = _cast("ito"), _cast("academy")
    academy = queries.provider_of(contact) or _academy(contact, reviewer, at)
    for told in COURSES:
        known = queries.accredited(told.from_on).filter(title=told.title, provider=told.provider)
        if not known.exists():
            mine = academy if told.provider == ACADEMY else None
            actions.accredit_course(by="system", at=at, offered_by=mine, **told._asdict())
    if not any(course.sessions.exists() for course in queries.courses_of(academy)):
        _sessions(contact, at)
        _proposals(academy, at)


def _cast(who: str) -> Person:
    person = person_by_email(f"{who}@{DOMAIN}")
    assert person
    return person


def _academy(contact: Person, reviewer: Person, at: datetime) -> Provider:
    on = at.date()
    provider = actions.save_provider(
        by=contact.by, contact=contact, name=ACADEMY, kana="ミライアカデミー", address="東京都千代田区大手町0-0-0",
        teaches="コンタクトセンターの管理者に、要員計画、品質、コーチングを10年教えています。", on=on, at=at,
    )  # fmt: skip
    actions.propose_provider(by=contact.by, provider=provider, on=on, at=at)
    actions.rule_on_provider(
        actor=reviewer, provider=provider, event=Event.ACCREDIT, on=on, at=at,
        reason="教材と講師の経歴を確かめました。",
    )  # fmt: skip
    return provider


def _sessions(contact: Person, at: datetime) -> None:
    """Holdings around the demo's first day; the one of that day has attendance codes."""
    for title, days, times, place in SESSIONS:
        on = at.date() + timedelta(days=days)
        course = queries.accredited(on).get(title=title)
        session = actions.open_session(
            by=contact.by, course=course, days=timetable.read(f"{on} {times}"), first_on=None, last_on=None,
            place=place, at=at,
        )  # fmt: skip
        if not days:
            actions.issue_codes(by=contact.by, session=session, day=0, seats=SEATS, at=at)


def _proposals(academy: Provider, at: datetime) -> None:
    """A course that waits for the committee, one still being written, and an organisation that waits."""
    on, by = at.date(), academy.contact.by
    waiting = CourseDraft(
        "在宅オペレーターの育成", "10:00-16:30 休憩 12:00-13:00 14:30-14:45\n10:00-12:00", Form.IN_PERSON,
        "離れて働く人の教え方、見守り方、評価のしかた。", "演習が半分以上、修了テストがあります。",
        ("5",), ("HR-3", "HR-5"), on, date(on.year + 3, 3, 31),
    )  # fmt: skip
    course = actions.save_course(by=by, provider=academy, draft=waiting, on=on, at=at)
    actions.propose_course(by=by, course=course, on=on, at=at)
    draft = CourseDraft(
        "問い合わせ理由の分析", "90分", Form.ON_DEMAND, "なぜ電話が来るのかを数えます。", "録画と確認テスト。",
        ("4",), ("OP-9",), on, None,
    )  # fmt: skip
    actions.save_course(by=by, provider=academy, draft=draft, on=on, at=at)
    abe = _cast("abe")
    other = actions.save_provider(
        by=abe.by, contact=abe, name="つばさ研修センター", kana="ツバサケンシュウセンター",
        address="大阪市北区梅田0-0-0",
        teaches="統計と業務量予測の研修を、企業の中で行っています。", on=on, at=at,
    )  # fmt: skip
    actions.propose_provider(by=abe.by, provider=other, on=on, at=at)
