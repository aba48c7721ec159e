"""Chapter 2: courses that the association accredits. Providers and titles are invented."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from nintei.courses import actions, queries
from nintei.courses.models import Form


class Told(NamedTuple):
    """A course of the demo; `minutes` net."""

    title: str
    provider: str
    minutes: int
    form: Form
    hosted: bool
    from_on: date
    until_on: date | None


UNTIL = date(2027, 3, 31)
COURSES = (
    Told("要員計画の基礎", "みらいアカデミー", 60, Form.ONLINE, False, date(2024, 4, 1), None),
    Told("モニタリングとコーチングの実践", "みらいアカデミー", 90, Form.IN_PERSON, False, date(2024, 4, 1), UNTIL),
    Told("オペレーション品質の測り方", "協会", 180, Form.MIXED, True, date(2025, 4, 1), None),
    Told("顧客経験の設計", "ひなた人材研究所", 360, Form.IN_PERSON, False, date(2025, 10, 1), date(2028, 9, 30)),
    Told("カスタマーハラスメントから人を守る", "協会", 120, Form.ON_DEMAND, True, date(2026, 4, 1), None),
    Told("業務量予測のための統計", "つばさ研修センター", 240, Form.ONLINE, False, date(2023, 4, 1), date(2026, 3, 31)),
)  # fmt: skip


def tell(at: datetime) -> None:
    for told in COURSES:
        known = queries.accredited(told.from_on).filter(title=told.title, provider=told.provider)
        if not known.exists():
            actions.accredit_course(by="system", at=at, **told._asdict())
