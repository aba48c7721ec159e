"""Chapter 1: the people, what they are called, and what the association entrusts them with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nintei.people import actions, queries
from nintei.people.models import Role
from nintei.rules.edition import Text

BY = "system"
SINCE = date(2024, 4, 1)


@dataclass(frozen=True)
class Character:
    """Somebody of the demo: their address, names, part in the story, and role if they have one."""

    email: str
    name: str
    kana: str
    latin: str
    born_on: date | None
    part: Text
    role: Role | None = None


CAST = (
    Character(
        "sato@example.jp", "佐藤 健太", "サトウ ケンタ", "SATO Kenta", date(1989, 5, 17),
        Text("試験に合格し、これから認定を申請します", "Passed the exam and is about to apply"),
    ),
    Character(
        "suzuki@example.jp", "鈴木 美咲", "スズキ ミサキ", "SUZUKI Misaki", date(1985, 11, 3),
        Text("OMPを持ち、CPDを記録しています", "Holds OMP and logs CPD"),
    ),
    Character(
        "tanaka@example.jp", "田中 凪", "タナカ ナギ", "TANAKA Nagi", date(1994, 2, 8),
        Text("まだ何も持っていません", "Holds nothing yet"),
    ),
    Character(
        "abe@example.jp", "阿部 直子", "アベ ナオコ", "ABE Naoko", None,
        Text("佐藤さんの元の上司で、業務経験を証明します", "Sato's former manager, who attests the experience"),
    ),
    Character(
        "ito@example.jp", "伊藤 結", "イトウ ユイ", "ITO Yui", None,
        Text("申請を審査します", "Reviews applications"), Role.REVIEWER,
    ),
    Character(
        "kato@example.jp", "加藤 修", "カトウ オサム", "KATO Osamu", None,
        Text("認定を決めます", "Decides on certification"), Role.DECIDER,
    ),
    Character(
        "mori@example.jp", "森 千春", "モリ チハル", "MORI Chiharu", None,
        Text("入金を確かめます", "Keeps the accounts"), Role.ACCOUNTANT,
    ),
    Character(
        "academy@example.jp", "みらいアカデミー", "ミライアカデミー", "Mirai Academy", None,
        Text("研修を提供します", "Provides training"), Role.PROVIDER,
    ),
    Character(
        "board@example.jp", "理事 小野 誠", "リジ オノ マコト", "ONO Makoto", None,
        Text("協会の数字を読みます", "Reads the association's figures"), Role.BOARD,
    ),
)  # fmt: skip


def tell(at: datetime) -> None:
    for character in CAST:
        _introduce(character, at)


@transaction.atomic
def _introduce(character: Character, at: datetime) -> None:
    person = queries.person_by_email(character.email)
    if person:
        return
    person = actions.register(by=BY, email=character.email, language="ja", at=at)
    actions.change_name(
        by=BY, person=person, name=character.name, kana=character.kana, latin=character.latin,
        born_on=character.born_on, at=at,
    )  # fmt: skip
    if character.role:
        actions.grant_role(by=BY, person=person, role=character.role, from_on=SINCE, at=at)
