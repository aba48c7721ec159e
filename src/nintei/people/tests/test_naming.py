"""Former names: told by the person, shown by a paper, confirmed by another person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.journal.models import Body
from nintei.people import actions, queries
from nintei.people.models import FormerName, Person, Role
from nintei.people.queries import NameFit
from nintei.people.tests.conftest import AT, ON, photo
from nintei.shared.refusals import Refused


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def former(sato: Person) -> FormerName:
    return actions.add_former_name(
        by=sato.by, person=sato, name="髙橋 花子", kana="たかはし はなこ", at=AT, taken=photo()
    )


def check(former: FormerName, actor: Person, confirmed: bool = True, reason: str = "") -> FormerName:
    return actions.check_former_name(
        actor=actor, former=former, confirmed=confirmed, reason=reason, on=ON, at=AT
    )


def test_a_name_that_nobody_has_checked_is_not_enough(former: FormerName, sato: Person, ito: Person) -> None:
    assert queries.name_fit(sato, "高橋 花子", "タカハシ ハナコ") is NameFit.FORMER_UNSEEN
    check(former, ito)
    assert queries.name_fit(sato, "高橋 花子", "ﾀｶﾊｼ ﾊﾅｺ") is NameFit.FORMER
    assert queries.name_fit(sato, "佐藤 花子", "サトウ ハナコ") is NameFit.OWN
    assert queries.name_fit(sato, "鈴木 花子", "スズキ ハナコ") is NameFit.OTHER


def test_a_declined_name_counts_for_nothing_until_another_paper_comes(
    former: FormerName, sato: Person, ito: Person
) -> None:
    with pytest.raises(Refused, match=r"people\.say_why"):
        check(former, ito, confirmed=False)
    check(former, ito, confirmed=False, reason="写真が読めません。")
    assert queries.name_fit(sato, "髙橋 花子", "タカハシ ハナコ") is NameFit.OTHER
    actions.show_former_name(by=sato.by, former=former, taken=photo(b"2"), at=AT)
    assert [name.pk for name in queries.names_to_check()] == [former.pk]


def test_a_name_without_a_paper_cannot_be_confirmed(sato: Person, ito: Person) -> None:
    bare = actions.add_former_name(by=sato.by, person=sato, name="髙橋 花子", kana="タカハシ", at=AT)
    assert queries.names_to_check() == []
    with pytest.raises(Refused, match=r"people\.no_evidence"):
        check(bare, ito)


def test_only_the_office_checks_and_nobody_their_own(
    former: FormerName, sato: Person, tanaka: Person, kato: Person
) -> None:
    for stranger in (tanaka, kato):
        with pytest.raises(Refused, match=r"people\.not_entitled"):
            check(former, stranger)
    actions.grant_role(by="system", person=sato, role=Role.REVIEWER, from_on=ON, at=AT)
    with pytest.raises(Refused, match=r"people\.own_name"):
        check(former, sato)
    with pytest.raises(DatabaseError), transaction.atomic():
        FormerName.objects.filter(pk=former.pk).update(state="confirmed", checked_by=sato, checked_on=ON)


def test_it_is_checked_once(former: FormerName, ito: Person) -> None:
    check(former, ito)
    with pytest.raises(Refused, match=r"people\.name_checked"):
        check(former, ito, confirmed=False, reason="x")
    verbs = Body.objects.filter(subject=former.person.by).order_by("leaf").values_list("verb", flat=True)
    assert list(verbs) == ["people.add_former_name", "people.show_former_name", "people.check_former_name"]


def test_the_paper_is_seen_by_its_person_and_the_office_only(
    former: FormerName, sato: Person, ito: Person, tanaka: Person
) -> None:
    paper = former.evidence.get()
    assert [queries.name_evidence(paper.pk, to=who, on=ON) for who in (sato, ito, tanaka)] == [
        paper,
        paper,
        None,
    ]


def test_somebody_is_found_by_a_name_they_bore(former: FormerName, sato: Person, tanaka: Person) -> None:
    assert list(queries.people_called("たかはし")) == [sato]
    assert list(queries.people_called("髙橋")) == [sato]
    assert list(queries.people_called("田中")) == [tanaka]


def test_transfers_may_carry_confirmed_names_only(former: FormerName, sato: Person, ito: Person) -> None:
    assert queries.confirmed_kana([sato.pk]) == {}
    check(former, ito)
    assert queries.confirmed_kana([sato.pk]) == {sato.pk: ["タカハシ ハナコ"]}


def test_many_people_without_an_address(db: None, ito: Person) -> None:
    def enter(name: str) -> Person:
        return actions.enter_person(
            by=ito.by, name=name, kana="すずき", born_on=None, postal_address="東京都千代田区1-1",
            language="ja", at=AT,
        )  # fmt: skip

    one, two = enter("鈴木 一"), enter("鈴木 二")
    assert (one.email, two.email, queries.person_by_email("")) == ("", "", None)
    actions.give_email(by=ito.by, person=one, email="Hajime@example.jp", at=AT)
    assert queries.person_by_email("hajime@example.jp") == one
    with pytest.raises(Refused, match=r"people\.email_taken"):
        actions.give_email(by=ito.by, person=two, email="hajime@example.jp", at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.filter(pk=two.pk).update(email="hajime@example.jp")
