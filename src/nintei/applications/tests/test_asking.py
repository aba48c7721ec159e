"""Asking the applicant for specific things: each with its reason and words, answered one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions, queries
from nintei.applications.actions import ItemSaid
from nintei.applications.models import Application, AskedItem, ItemAnswer
from nintei.applications.states import State
from nintei.applications.tests.conftest import PAID_ON, TODAY, add_post, at, attest, submit
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.payments import queries as fees
from nintei.people.models import Person
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused

ROLE = ItemSaid("attestor_role", "阿部さんが当時どの部署にいたかを教えてください。")
LEAVE = ItemSaid("leave_unclear", "2021年の休職の期間を教えてください。")
SCAN = TakenFile("ab" * 32, "pdf", 1200, 1, "在籍証明.pdf")


def ask(row: Application, actor: Person, *items: ItemSaid, version: int | None = None) -> list[AskedItem]:
    return actions.ask_items(
        actor=actor,
        application=row,
        version=version,
        items=items or (ROLE, LEAVE),
        on=PAID_ON,
        at=at(PAID_ON),
    )


def answer(item: AskedItem, words: str = "", *files: TakenFile, person: Person | None = None) -> ItemAnswer:
    who = person or item.application.person
    return actions.answer_item(
        person=who, item=item, words=words, files=files, on=PAID_ON, at=at(PAID_ON, 15)
    )


def test_the_case_waits_for_the_applicant_and_each_thing_is_mailed(
    in_review: Application, ito: Person
) -> None:
    first, second = ask(in_review, ito)
    in_review.refresh_from_db()
    assert (in_review.state, first.ordinal, second.ordinal) == (State.RETURNED, 1, 2)
    letter = Letter.objects.get(template="applications/letters/asked.txt")
    assert letter.subject == "申請について、お尋ねします（第2026-0001号）"
    assert (
        "1. 証明者の当時の立場を教えてください\n阿部さんが当時どの部署にいたかを教えてください。"
        in letter.body
    )
    assert "2. 休んでいた期間を教えてください" in letter.body


def test_an_applicant_who_reads_english_gets_the_reason_in_english(
    in_review: Application, ito: Person
) -> None:
    Person.objects.filter(pk=in_review.person_id).update(language="en")
    ask(in_review, ito)
    letter = Letter.objects.get(template="applications/letters/asked.txt")
    assert "1. Tell us the attestor's position at the time\n阿部さん" in letter.body


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "applications.items_number"),
        ([ROLE] * 21, "applications.items_number"),
        ([ItemSaid("weather", "雨ですか。")], "applications.item_needs_reason"),
        ([ItemSaid("not_attested", "断る理由で尋ねます。")], "applications.item_needs_reason"),
        ([ROLE, ItemSaid("leave_unclear", " ")], "applications.item_needs_reason"),
    ],
)
def test_it_asks_nothing_without_a_reason_and_words(
    in_review: Application, ito: Person, items: list[ItemSaid], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.ask_items(
            actor=ito, application=in_review, version=None, items=items, on=PAID_ON, at=at(PAID_ON)
        )
    assert (refused.value.code, AskedItem.objects.count()) == (code, 0)


def test_only_who_has_the_case_asks(in_review: Application, noda: Person, kato: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.other_reviewer"):
        ask(in_review, noda)
    with pytest.raises(Refused, match=r"applications\.not_entitled"):
        ask(in_review, kato)


def test_it_is_sent_again_when_every_question_has_its_answer(in_review: Application, ito: Person) -> None:
    first, second = ask(in_review, ito)
    answer(first, "受注センターの課長でした。")
    with pytest.raises(Refused) as refused:
        submit(in_review, on=PAID_ON)
    assert (refused.value.code, refused.value.data) == ("applications.items_open", {"number": 1})
    answer(second, "休職はありません。", SCAN)
    again = submit(in_review, on=PAID_ON + timedelta(days=2), understood=False)
    assert (again.state, again.reviewer, again.submitted_on, again.accepted_on) == (
        "in_review", ito, TODAY, PAID_ON,
    )  # fmt: skip
    shown = [
        (item.ordinal, item.answer.words, [file.file_name for file in item.kept_files], item.closed_on)
        for item in queries.asked(again)
    ]
    leaves = Body.objects.filter(subject=again.reference, verb="applications.accept")
    assert leaves.count() == 1, "受理 happens once"
    back = PAID_ON + timedelta(days=2)
    assert shown == [
        (1, "受注センターの課長でした。", [], back),
        (2, "休職はありません。", ["在籍証明.pdf"], back),
    ]


def test_what_is_sent_again_holds_the_posts_as_they_are_then(in_review: Application, ito: Person) -> None:
    (item,) = ask(in_review, ito, ItemSaid("not_attested_yet", "2018年度の証明をお願いしてください。"))
    attest(
        add_post(in_review.person, TODAY.replace(year=2018), TODAY.replace(year=2019), "4", "ひなた通販"),
        PAID_ON,
    )
    answer(item, "証明をもらいました。")
    again = submit(in_review, on=PAID_ON)
    assert len(again.claim["posts"]) == 3


def test_the_fee_is_asked_for_once(submitted: Application, ito: Person) -> None:
    (item,) = ask(submitted, ito, ROLE)
    answer(item, "課長でした。")
    again = submit(submitted, on=PAID_ON)
    assert (again.state, again.complete_on, again.submitted_on) == ("submitted", PAID_ON, TODAY)
    assert Body.objects.filter(subject=again.reference, verb="payments.open_fee").count() == 1
    fee = fees.fee_for(again.reference)
    assert fee is not None
    assert fee.priced_on == TODAY


def test_an_answer_may_be_changed_until_it_is_sent(in_review: Application, ito: Person) -> None:
    (item,) = ask(in_review, ito, ROLE)
    answer(item, "係長でした。", SCAN, SCAN)
    answer(item, "課長でした。")
    item = queries.asked(in_review)[0]
    assert item.answer.words == "課長でした。"
    assert [file.sha256 for file in item.kept_files] == [SCAN.sha256]
    actions.remove_item_file(person=in_review.person, file=item.kept_files[0], on=PAID_ON, at=at(PAID_ON, 16))
    assert queries.asked(in_review)[0].kept_files == []
    submit(in_review, on=PAID_ON)
    with pytest.raises(Refused, match=r"applications\.item_closed"):
        answer(item, "部長でした。")


@pytest.mark.parametrize(
    ("words", "files", "code"),
    [
        (" ", [], "applications.answer_empty"),
        ("六つ", [SCAN._replace(sha256=f"{n:064x}") for n in range(6)], "applications.answer_files"),
    ],
)
def test_an_answer_says_something(
    in_review: Application, ito: Person, words: str, files: list[TakenFile], code: str
) -> None:
    (item,) = ask(in_review, ito, ROLE)
    with pytest.raises(Refused) as refused:
        answer(item, words, *files)
    assert (refused.value.code, ItemAnswer.objects.count()) == (code, 0)


def test_nobody_answers_for_somebody_else(in_review: Application, ito: Person, tanaka: Person) -> None:
    (item,) = ask(in_review, ito, ROLE)
    assert answer(item, "課長でした。").words == "課長でした。"
    for person in (tanaka, ito):
        with pytest.raises(Refused, match=r"applications\.not_yours"):
            answer(item, "部長でした。", person=person)


def test_the_office_need_not_wait_for_ever(in_review: Application, ito: Person) -> None:
    first, _second = ask(in_review, ito)
    answer(first, "課長でした。")
    told: dict[str, Any] = {
        "actor": ito,
        "application": in_review,
        "version": None,
        "on": PAID_ON,
        "at": at(PAID_ON),
    }
    with pytest.raises(Refused, match=r"applications\.words_missing"):
        actions.resume(words=" ", **told)
    row = actions.resume(words="期限を過ぎても答えがありません。", **told)
    assert row.state == State.IN_REVIEW
    assert [item.closed_on for item in queries.asked(row)] == [PAID_ON, PAID_ON]


def test_before_acceptance_there_is_no_review_to_resume(submitted: Application, ito: Person) -> None:
    ask(submitted, ito, ROLE)
    with pytest.raises(Refused, match=r"applications\.not_accepted_yet"):
        actions.resume(
            actor=ito, application=submitted, version=None, words="待ちません。", on=PAID_ON, at=at(PAID_ON)
        )


def test_the_database_wants_words_and_one_number_each(in_review: Application, ito: Person) -> None:
    (item,) = ask(in_review, ito, ROLE)
    with pytest.raises(DatabaseError), transaction.atomic():
        AskedItem.objects.filter(pk=item.pk).update(words="")
    item.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        item.save(force_insert=True)
