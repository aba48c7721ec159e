"""A person entered twice is noticed; only two people merge, and every row finds its way back."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from nintei.people import actions, names, queries
from nintei.people.actions.merging import own_tables
from nintei.people.models import FormerName, Merge, Person, Role
from nintei.people.queries import Why
from nintei.people.tests.conftest import AT, ON, somebody
from nintei.shared.refusals import Refused

BORN = date(1989, 5, 17)
LATER = AT + timedelta(hours=1)


def found() -> list[tuple[str, str, tuple[Why, ...]]]:
    return [(each.one.email, each.other.email, each.why) for each in queries.twins()]


@pytest.mark.parametrize(
    ("kana", "born_on", "why"),
    [
        ("ｻﾄｳ ﾊﾅｺ", BORN, (Why.SAME_NAME,)),
        ("サトー ハナコ", BORN, (Why.NEAR_NAME,)),
        ("サイトウ ハナコ", BORN, (Why.NEAR_NAME,)),
        ("サトウ ハナコ", None, (Why.NO_BIRTHDAY,)),
        ("スズキ ハナコ", BORN, ()),
        ("サトウ ハナコ", date(1990, 5, 17), ()),
    ],
)
def test_a_second_entry_is_noticed(
    sato: Person, kana: str, born_on: date | None, why: tuple[Why, ...]
) -> None:
    other = somebody("second", "佐藤 花子", kana, born_on=born_on, at=LATER)
    assert found() == ([(sato.email, other.email, why)] if why else [])


def test_a_former_name_gives_her_away(sato: Person) -> None:
    other = somebody("second", "田村 花子", "タムラ ハナコ", born_on=BORN, at=LATER)
    assert found() == []
    actions.add_former_name(by=other.by, person=other, name="佐藤 花子", kana="サトウ ハナコ", at=AT)
    assert found() == [(sato.email, other.email, (Why.FORMER_NAME,))]


def test_the_distance_is_levenshteins() -> None:
    def plain(one: str, other: str) -> int:
        if not one or not other:
            return len(one) + len(other)
        cost = one[-1] != other[-1]
        return min(plain(one[:-1], other) + 1, plain(one, other[:-1]) + 1, plain(one[:-1], other[:-1]) + cost)

    words = ["", "ア", "アイ", "アイウ", "イウ", "ウイア", "アアイイ", "アイウエ"]
    pairs = [(one, other) for one in words for other in words]
    assert [names.distance(*pair, 2) for pair in pairs] == [min(plain(*pair), 3) for pair in pairs]


def test_pairs_that_are_two_people_are_not_asked_about_again(sato: Person, ito: Person) -> None:
    other = somebody("second", "佐藤 花子", "サトウ ハナコ", born_on=BORN, at=LATER)
    assert len(found()) == 1
    with pytest.raises(Refused, match=r"people\.say_why"):
        actions.keep_apart(actor=ito, one=other, other=sato, reason=" ", on=ON, at=AT)
    actions.keep_apart(actor=ito, one=other, other=sato, reason="双子の姉妹です。", on=ON, at=AT)
    assert found() == []


@pytest.fixture
def second(sato: Person) -> Person:
    second = somebody("second", "佐藤 花子", "サトウ ハナコ", born_on=BORN, at=LATER)
    actions.add_former_name(by=second.by, person=second, name="高橋 花子", kana="タカハシ ハナコ", at=AT)
    return second


def ask(actor: Person, goes: Person, stays: Person) -> Merge:
    return actions.ask_merge(actor=actor, goes=goes, stays=stays, reason="同じ人です。", on=ON, at=AT)


def test_two_people_merge_and_two_take_it_back(
    sato: Person, second: Person, ito: Person, kato: Person
) -> None:
    merge = ask(ito, second, sato)
    with pytest.raises(Refused, match=r"people\.two_people"):
        actions.agree_merge(actor=ito, merge=merge, on=ON, at=AT)
    actions.agree_merge(actor=kato, merge=merge, on=ON, at=AT)
    second.refresh_from_db()
    assert (second.is_active, second.merged_into) == (False, sato)
    assert FormerName.objects.get(name="高橋 花子").person == sato
    # What comes afterwards stays where it came.
    actions.add_former_name(by=sato.by, person=sato, name="山田 花子", kana="ヤマダ ハナコ", at=AT)
    actions.ask_undo(actor=kato, merge=merge, reason="別の人でした。", on=ON, at=AT)
    with pytest.raises(Refused, match=r"people\.two_people"):
        actions.agree_undo(actor=kato, merge=merge, agreed=True, on=ON, at=AT)
    actions.agree_undo(actor=ito, merge=merge, agreed=True, on=ON, at=AT)
    second.refresh_from_db()
    assert (second.is_active, second.merged_into) == (True, None)
    names_of = {name.name: name.person for name in FormerName.objects.all()}
    assert names_of == {"高橋 花子": second, "山田 花子": sato}


def test_an_asked_merge_can_be_declined(sato: Person, second: Person, ito: Person, kato: Person) -> None:
    merge = ask(ito, second, sato)
    actions.keep_apart(actor=kato, one=second, other=sato, reason="生まれた所が違います。", on=ON, at=AT)
    merge.refresh_from_db()
    assert merge.state == "apart"
    with pytest.raises(Refused, match=r"people\.merge_not_now"):
        actions.agree_merge(actor=kato, merge=merge, on=ON, at=AT)


def test_who_may_not_merge(sato: Person, second: Person, tanaka: Person, ito: Person) -> None:
    with pytest.raises(Refused, match=r"people\.not_entitled"):
        ask(tanaka, second, sato)
    with pytest.raises(Refused, match=r"people\.own_account"):
        ask(ito, second, ito)
    with pytest.raises(Refused, match=r"people\.same_account"):
        ask(ito, sato, sato)
    actions.grant_role(by="system", person=second, role=Role.PROVIDER, from_on=ON, at=AT)
    with pytest.raises(Refused, match=r"people\.has_roles"):
        ask(ito, second, sato)


def test_the_database_itself_wants_two(sato: Person, second: Person, ito: Person) -> None:
    merge = ask(ito, second, sato)
    with pytest.raises(DatabaseError), transaction.atomic():
        Merge.objects.filter(pk=merge.pk).update(state="done", done_by=ito)


def test_every_table_of_somebodys_own_can_move() -> None:
    """A table that is never changed cannot be moved: its key to a person must be called otherwise."""

    def never_changed(model: type) -> bool:
        triggers = getattr(model._meta, "triggers", [])  # type: ignore[attr-defined]
        fixed = [
            t
            for t in triggers
            if isinstance(t, pgtrigger.ReadOnly)
            and ("person" in t.fields if t.fields else "person" not in (t.exclude or ()))
        ]
        closed = [t for t in triggers if type(t) is pgtrigger.Protect and t.condition is None]
        return bool(fixed) or any("UPDATE" in str(t.operation) for t in closed)

    tables = list(own_tables())
    assert {"people.FormerName", "registry.ExamPass", "registry.Certification", "applications.Application",
            "experience.Post", "ledger.Activity", "payments.Fee"} <= {t._meta.label for t in tables}  # fmt: skip
    assert [table._meta.label for table in tables if never_changed(table)] == []
