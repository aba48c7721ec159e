"""Accounts, names and roles: kept as written, entrusted from a day until another, told to the journal."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from nintei.journal.models import Body
from nintei.people import actions, queries
from nintei.people.models import FormerName, Person, Role, RoleGrant
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
DAY = NOON.date()


@pytest.fixture
def sato(db: None) -> Person:
    return actions.register(by="", email="Sato@Example.JP", language="ja", at=NOON)


def call(person: Person, name: str = "佐藤 健太", kana: str = "サトウ ケンタ", at: datetime = NOON) -> Person:
    return actions.change_name(
        by=person.by, person=person, name=name, kana=kana, latin="", born_on=None, at=at
    )


def verbs() -> list[str]:
    return list(Body.objects.order_by("leaf__seq").values_list("verb", flat=True))


def test_it_keeps_one_account_for_an_address_in_any_case(sato: Person) -> None:
    assert sato.email == "sato@example.jp"
    assert queries.person_by_email(" SATO@example.jp ") == sato
    with pytest.raises(Refused) as refused:
        actions.register(by="", email="sato@EXAMPLE.jp", language="en", at=NOON)
    assert refused.value.code == "people.email_taken"
    assert "sato@example.jp" in refused.value.sentence("en")
    assert (Person.objects.count(), verbs()) == (1, ["people.register"])


def test_it_keeps_a_name_letter_for_letter(sato: Person) -> None:
    written = "髙橋 𠮷之助㈱①"
    assert call(sato, name=f"  {written}\u3000", kana="たかはし ｷﾁﾉｽｹ").name == written
    assert Person.objects.get().kana == "タカハシ キチノスケ"


@pytest.mark.parametrize("kana", ["佐藤", "Sato", "サトウ1", "サトウ!", "・サトウ"])
def test_it_refuses_a_reading_that_is_no_kana(sato: Person, kana: str) -> None:
    with pytest.raises(Refused) as refused:
        call(sato, kana=kana)
    assert refused.value.code == "people.kana_only"
    assert (Person.objects.get().name, verbs()) == ("", ["people.register"])


def test_a_changed_name_leaves_a_former_one(sato: Person) -> None:
    call(sato)
    assert list(FormerName.objects.all()) == []
    call(sato, name="鈴木 健太", kana="スズキ ケンタ", at=datetime(2027, 1, 10, 9, tzinfo=JST))
    (former,) = queries.former_names(sato)
    assert (former.name, former.kana, former.until_on) == ("佐藤 健太", "サトウ ケンタ", date(2027, 1, 9))
    last = Body.objects.order_by("-leaf__seq")[0].data
    assert last == {
        "changed": {"name": ["佐藤 健太", "鈴木 健太"], "kana": ["サトウ ケンタ", "スズキ ケンタ"]}
    }


def test_the_same_name_again_changes_nothing(sato: Person) -> None:
    call(sato)
    call(sato)
    assert verbs() == ["people.register", "people.change_name"]


def test_a_former_name_is_noted_once(sato: Person) -> None:
    for _again in range(2):
        actions.add_former_name(by=sato.by, person=sato, name="山田 健太", kana="ヤマダ ケンタ", at=NOON)
    assert [former.name for former in queries.former_names(sato)] == ["山田 健太"]
    assert verbs() == ["people.register", "people.add_former_name"]


def test_a_role_holds_from_its_first_day_through_its_last(sato: Person) -> None:
    actions.grant_role(by="system", person=sato, role=Role.REVIEWER, from_on=date(2026, 4, 1), at=NOON)
    actions.end_role(by="system", person=sato, role=Role.REVIEWER, until_on=date(2027, 3, 31), at=NOON)
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)]
    held = [queries.roles_of(sato, on=day) for day in days]
    assert held == [frozenset(), {Role.REVIEWER}, {Role.REVIEWER}, frozenset()]
    assert queries.people_with_roles(["nobody@example.jp", sato.email], on=DAY) == [(sato, {Role.REVIEWER})]


def test_a_role_can_be_held_again_after_it_ended(sato: Person) -> None:
    actions.grant_role(by="system", person=sato, role=Role.BOARD, from_on=date(2024, 4, 1), at=NOON)
    actions.end_role(by="system", person=sato, role=Role.BOARD, until_on=date(2025, 3, 31), at=NOON)
    actions.grant_role(by="system", person=sato, role=Role.BOARD, from_on=date(2026, 4, 1), at=NOON)
    assert queries.roles_of(sato, on=date(2025, 6, 1)) == frozenset()
    assert queries.roles_of(sato, on=DAY) == {Role.BOARD}


def test_what_may_not_happen_to_a_role_is_refused(sato: Person) -> None:
    def code(verb: object, **more: object) -> str:
        with pytest.raises(Refused) as refused:
            verb(by="system", person=sato, role=Role.DECIDER, at=NOON, **more)  # type: ignore[operator]
        assert refused.value.sentence("ja") != refused.value.sentence("en")
        return refused.value.code

    assert code(actions.end_role, until_on=DAY) == "people.role_not_held"
    actions.grant_role(by="system", person=sato, role=Role.DECIDER, from_on=DAY, at=NOON)
    assert code(actions.grant_role, from_on=DAY) == "people.role_held"
    assert code(actions.end_role, until_on=date(2026, 11, 23)) == "people.role_ends_before_it_begins"
    assert queries.roles_of(sato, on=DAY) == {Role.DECIDER}


def test_the_database_refuses_two_open_grants_of_a_role(sato: Person) -> None:
    RoleGrant.objects.create(person=sato, role=Role.BOARD, from_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(person=sato, role=Role.BOARD, from_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(person=sato, role=Role.DECIDER, from_on=DAY, until_on=date(2026, 11, 23))


def test_the_profile_keeps_what_is_typed_and_shows_it_again(sato: Person, client: object) -> None:
    client.force_login(sato)  # type: ignore[attr-defined]
    typed = {
        "form": "name",
        "name": "髙橋 𠮷之助",
        "kana": "たかはし きちのすけ",
        "latin": "TAKAHASHI Kichinosuke",
    }
    day = {"born_on_year": "１９９０", "born_on_month": "2", "born_on_day": "28", "once": "a" * 20}
    answer = client.post("/my/profile", typed | day)  # type: ignore[attr-defined]
    assert (answer.status_code, answer.url) == (302, "/my/profile")
    sato.refresh_from_db()
    assert (sato.name, sato.kana, sato.born_on) == ("髙橋 𠮷之助", "タカハシ キチノスケ", date(1990, 2, 28))
    assert 'value="髙橋 𠮷之助"' in client.get("/my/profile").content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "氏名を書いてください"),
        ({"kana": "佐藤"}, "フリガナは、カタカナで書いてください"),
        ({"latin": "サトウ"}, "ローマ字は、英字で書いてください"),
        ({"born_on_day": ""}, "年、月、日をすべて書いてください"),
        ({"born_on_month": "13"}, "この日は暦にありません"),
        ({"born_on_year": "5"}, "この日は暦にありません"),
        ({"born_on_year": "2090"}, "生年月日は、今日より前の日にしてください"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    sato: Person, client: object, change: dict[str, str], said: str
) -> None:
    client.force_login(sato)  # type: ignore[attr-defined]
    typed = {"form": "name", "name": "佐藤", "kana": "サトウ", "latin": "", "once": "a" * 20}
    day = {"born_on_year": "1990", "born_on_month": "2", "born_on_day": "28"}
    answer = client.post("/my/profile", typed | day | change)  # type: ignore[attr-defined]
    # Once in the summary as a link, once beside the field.
    assert (answer.status_code, answer.content.decode().count(said)) == (200, 2)
    assert (Person.objects.get().name, verbs()) == ("", ["people.register"])
