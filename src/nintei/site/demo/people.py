"""Chapter 1: the people, what they are called, and what the association entrusts them with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nintei.people import actions, queries
from nintei.people.models import Role

BY = "system"
SINCE = date(2024, 4, 1)


@dataclass(frozen=True)
class Character:
    """Somebody of the demo: their address, names, and roles if they have any."""

    email: str
    name: str
    kana: str
    latin: str
    born_on: date | None
    roles: tuple[Role, ...] = ()
    address: str = ""


CAST = (
    Character("sato@example.jp", "佐藤 健太", "サトウ ケンタ", "SATO Kenta", date(1989, 5, 17)),
    Character("suzuki@example.jp", "鈴木 美咲", "スズキ ミサキ", "SUZUKI Misaki", date(1985, 11, 3),
              address="〒100-0000\n東京都千代田区見本町1-2-3\n見本マンション101"),
    Character("ogawa@example.jp", "小川 遥", "オガワ ハルカ", "OGAWA Haruka", date(1990, 9, 14)),
    Character("tanaka@example.jp", "田中 凪", "タナカ ナギ", "TANAKA Nagi", date(1994, 2, 8)),
    Character("abe@example.jp", "阿部 直子", "アベ ナオコ", "ABE Naoko", None),
    Character("ito@example.jp", "伊藤 結", "イトウ ユイ", "ITO Yui", None, (Role.REVIEWER, Role.REGISTRAR)),
    Character("kato@example.jp", "加藤 修", "カトウ オサム", "KATO Osamu", None, (Role.DECIDER,)),
    Character("mori@example.jp", "森 千春", "モリ チハル", "MORI Chiharu", None, (Role.ACCOUNTANT,)),
    Character("academy@example.jp", "みらいアカデミー", "ミライアカデミー", "Mirai Academy", None, (Role.PROVIDER,)),
    Character("board@example.jp", "理事 小野 誠", "リジ オノ マコト", "ONO Makoto", None, (Role.BOARD,)),
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
    if character.address:
        actions.change_address(by=person.by, person=person, postal_address=character.address, at=at)
    for role in character.roles:
        actions.grant_role(by=BY, person=person, role=role, from_on=SINCE, at=at)
