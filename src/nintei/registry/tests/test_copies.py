"""A copy of a report: usable at once, believed only after the office has looked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.notices.models import Letter
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.queries import Why
from nintei.people.tests.conftest import photo, somebody
from nintei.registry import actions, queries
from nintei.registry.models import ExamPass
from nintei.registry.tests.access import DAY, NOON
from nintei.shared.refusals import Refused

ISSUED = date(2024, 10, 8)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def sato(db: None) -> Person:
    return somebody("sato", "佐藤 健太", "サトウ ケンタ", born_on=date(1989, 5, 17))


@pytest.fixture
def ito(db: None) -> Person:
    return somebody("ito", "伊藤 結", "イトウ ユイ", Role.REGISTRAR)


def hand_in(person: Person, number: str = "2024000417", **more: Any) -> ExamPass:
    told: dict[str, Any] = {"exam": "OMP", "issued_on": ISSUED, "name": person.name, "taken": photo()} | more
    return actions.hand_in_copy(by=person.by, person=person, number=number, on=DAY, at=NOON, **told)


def check(report: ExamPass, actor: Person, confirmed: bool = True, reason: str = "") -> ExamPass:
    return actions.check_copy(actor=actor, report=report, confirmed=confirmed, reason=reason, on=DAY, at=NOON)


def imported(number: str, born_on: str = "1989-05-17", issued_on: str = "2024-10-08") -> ExamPass:
    heads = "試験,合格者番号,氏名,カナ,生年月日,メール,合否,発行日"
    text = f"{heads}\nOMP,{number},佐藤 健太,サトウ ケンタ,{born_on},,合格,{issued_on}\n"
    actions.import_passes(by="system", data=text.encode(), name="x.csv", on=DAY, at=NOON)
    return ExamPass.objects.get(number=number, state="confirmed")


def test_a_copy_waits_for_the_office_and_can_be_used_meanwhile(sato: Person, ito: Person) -> None:
    report = hand_in(sato)
    assert (report.state, queries.pass_of(sato, "OMP")) == ("unseen", report)
    assert [each.pk for each in queries.copies_to_check()] == [report.pk]
    assert check(report, ito).state == "confirmed"
    assert list(queries.copies_to_check()) == []


def test_a_second_photograph_is_laid_beside_the_first(sato: Person) -> None:
    one = hand_in(sato)
    assert hand_in(sato, taken=photo(b"back")) == one
    assert hand_in(sato) == one
    assert one.copies.count() == 2


def test_what_the_office_could_not_confirm_is_told_with_its_reason(sato: Person, ito: Person) -> None:
    report = hand_in(sato)
    with pytest.raises(Refused, match=r"registry\.say_why"):
        check(report, ito, confirmed=False)
    check(report, ito, confirmed=False, reason="写真がぼけています。")
    assert queries.pass_of(sato, "OMP") is None
    assert "写真がぼけています。" in Letter.objects.get(to_person=sato).body
    with pytest.raises(Refused, match=r"registry\.copy_checked"):
        check(report, ito)


def test_an_imported_report_with_the_birth_date_needs_no_copy(sato: Person) -> None:
    known = imported("2024000417")
    assert hand_in(sato) == known
    known.refresh_from_db()
    assert (known.person, known.state) == (sato, "confirmed")


def test_the_imported_report_takes_the_copys_place(sato: Person, ito: Person) -> None:
    copy = hand_in(sato)
    known = imported("2024000417", born_on="")
    assert check(copy, ito) == known
    copy.refresh_from_db()
    assert (copy.state, queries.standing_report(copy)) == ("replaced", known)
    assert queries.pass_of(sato, "OMP") == known


def test_a_copy_that_says_something_else_than_the_import_is_not_confirmed(sato: Person, ito: Person) -> None:
    copy = hand_in(sato)
    imported("2024000417", born_on="", issued_on="2024-10-09")
    with pytest.raises(Refused, match=r"registry\.copy_differs"):
        check(copy, ito)


def test_a_number_that_is_anothers_shows_a_person_entered_twice(sato: Person, ito: Person) -> None:
    other = somebody("other", "佐藤 健", "サトウ ケン", born_on=date(1989, 5, 18))
    known = imported("2024000417", born_on="1989-05-18")
    actions.claim_report(by=other.by, person=other, number="2024000417", born_on=date(1989, 5, 18), at=NOON)
    copy = hand_in(sato)
    known.refresh_from_db()
    assert (known.person, copy.state) == (other, "unseen")
    with pytest.raises(Refused, match=r"registry\.copy_of_another"):
        check(copy, ito)
    assert [(each.one, each.other, each.why) for each in queries.twins()] == [
        (other, sato, (Why.SAME_NUMBER,))
    ]


def test_somebody_elses_claim_does_not_block_the_true_report(sato: Person) -> None:
    """Whoever types a stranger's number first must not keep the stranger's report out of the registry."""
    tanaka = somebody("tanaka", "田中 凪", "タナカ ナギ")
    hand_in(tanaka)
    assert imported("2024000417").person is None
    assert hand_in(sato).state == "confirmed"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"exam": "XYZ"}, "registry.unknown_exam"),
        ({"issued_on": date(2026, 11, 25)}, "registry.issued_later"),
        ({"number": "  "}, "registry.number_missing"),
    ],
)
def test_senseless_copies_are_refused(sato: Person, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        hand_in(sato, **more)


def test_nobody_checks_their_own_and_strangers_none(sato: Person) -> None:
    report = hand_in(sato)
    tanaka = somebody("tanaka", "田中 凪", "タナカ ナギ")
    with pytest.raises(Refused, match=r"registry\.not_entitled"):
        check(report, tanaka)
    people.grant_role(by="system", person=sato, role=Role.REGISTRAR, from_on=DAY, at=NOON)
    with pytest.raises(Refused, match=r"registry\.own_copy"):
        check(report, sato)
    with pytest.raises(DatabaseError), transaction.atomic():
        ExamPass.objects.filter(pk=report.pk).update(state="confirmed", checked_by=sato)


def test_a_person_with_two_files_keeps_both_reports_when_merged(sato: Person, ito: Person) -> None:
    second = somebody("second", "佐藤 健太", "サトウ ケンタ", born_on=date(1989, 5, 17))
    kato = somebody("kato", "加藤 修", "カトウ オサム", Role.DECIDER)
    report = hand_in(second)
    merge = people.ask_merge(actor=ito, goes=second, stays=sato, reason="同じ人です。", on=DAY, at=NOON)
    people.agree_merge(actor=kato, merge=merge, on=DAY, at=NOON)
    assert queries.pass_of(sato, "OMP") == report
    people.ask_undo(actor=ito, merge=merge, reason="別の人でした。", on=DAY, at=NOON)
    people.agree_undo(actor=kato, merge=merge, agreed=True, on=DAY, at=NOON)
    assert (queries.pass_of(sato, "OMP"), queries.pass_of(second, "OMP")) == (None, report)
