"""The attestor's answer: once, whole, about the asked posts, with the exact text kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from nintei.experience import queries
from nintei.experience.answering import answer, prepare
from nintei.experience.models import AttestationRequest, Post, RequestState, Statement
from nintei.experience.said import Said, Tenure
from nintei.experience.signals import attested
from nintei.experience.tests.conftest import TODAY, at
from nintei.experience.wording import fingerprint
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.rules.experience import AttestedBy, months_of, weigh
from nintei.rules.experience import Span as Days
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
THERE = Tenure(since=date(2020, 4, 1), role="品質管理課長")


def sign(token: str, *said: Said, tenure: Tenure = THERE, **more: object) -> tuple[Statement, ...]:
    told: dict[str, object] = {"signed_name": "阿部 直子", "language": "ja", "at": at(TODAY), "on": TODAY}
    return answer(token=token, said=said, tenure=tenure, **(told | more))  # type: ignore[arg-type]


def test_a_confirmed_post_counts_for_the_kernel(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    _, token = ask(post)
    assert [p.attested_by for p in queries.posts_for_rules(sato, TODAY)] == [AttestedBy.NONE]
    sign(token, Said(post.pk, "confirmed"))
    posts = queries.posts_for_rules(sato, TODAY)
    assert [(p.start, p.end, p.attested_by) for p in posts] == [
        (date(2021, 4, 1), date(2024, 3, 31), AttestedBy.FORMER_SUPERVISOR_WHO_LEFT)
    ]
    assert weigh(edition(TODAY), "OMP", posts, TODAY).actual == 36


def test_only_the_supervised_time_is_covered(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    _, token = ask(post)
    tenure = Tenure(since=date(2021, 4, 1), until=date(2023, 9, 30))
    sign(token, Said(post.pk, "confirmed"), tenure=tenure)
    cut = queries.case(sato, TODAY).posts[0].stretches
    assert [(s.start, s.end, s.attested_by == AttestedBy.NONE) for s in cut] == [
        (date(2021, 4, 1), date(2023, 9, 30), False),
        (date(2023, 10, 1), date(2024, 3, 31), True),
    ]


def test_other_days_and_fewer_fields_leave_the_rest_uncovered(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "45")
    _, token = ask(post)
    sign(token, Said(post.pk, "differs", until_on=date(2023, 9, 30), fields=("4",)))
    posts = queries.posts_for_rules(sato, TODAY)
    vouched = [p for p in posts if p.attested_by != AttestedBy.NONE]
    assert [(p.end, p.fields) for p in vouched] == [(date(2023, 9, 30), frozenset("4"))]
    assert months_of(Days(p.start, p.end or TODAY) for p in posts) == 36


def test_a_present_post_runs_on_while_the_attestor_is_there(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2023, 10, 1), None, "5")
    _, token = ask(post)
    sign(token, Said(post.pk, "confirmed"), tenure=Tenure(since=date(2023, 10, 1), belongs_still=True))
    later = TODAY + timedelta(days=30)
    row = queries.case(sato, later).posts[0]
    assert [(s.end, s.attested_by) for s in row.stretches] == [(later, AttestedBy.SUPERVISOR_THERE)]
    assert row.days_after_signature == 30


def test_a_present_employers_word_for_an_earlier_post_goes_to_review(
    save: Save, ask: Ask, sato: Person
) -> None:
    post = save(date(2018, 4, 1), date(2023, 3, 31), "45")
    _, token = ask(post)
    sign(token, Said(post.pk, "confirmed"), tenure=Tenure(since=date(2018, 4, 1), was_there=False))
    weighed = weigh(edition(TODAY), "OMP", queries.posts_for_rules(sato, TODAY), TODAY)
    assert (weighed.result, weighed.flags) == ("REVIEW", ("ATTESTOR_OTHER_ORG",))


def test_i_cannot_confirm_needs_nothing_else(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    request, token = ask(post)
    (statement,) = sign(token, Said(post.pk, "cannot"), tenure=Tenure(), signed_name="")
    assert (statement.answer, statement.from_on, statement.fields) == ("cannot", None, [])
    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    assert [p.attested_by for p in queries.posts_for_rules(sato, TODAY)] == [AttestedBy.NONE]


def test_each_statement_has_its_text_its_hash_and_a_leaf_of_its_own(save: Save, ask: Ask) -> None:
    posts = [save(date(2021, 4, 1), date(2022, 3, 31), "4"), save(date(2022, 4, 1), None, "5")]
    request, token = ask(*posts)
    kept = sign(token, *(Said(post.pk, "confirmed") for post in posts))
    for statement in kept:
        leaf = Body.objects.get(subject=f"statement:{statement.pk}")
        assert (leaf.actor, leaf.data["sha256"]) == (f"attestor:{request.pk}", statement.text_sha256)
        assert statement.text_sha256 == hashlib.sha256(statement.text.encode()).hexdigest()
    assert kept[0].text == (
        "業務経験の証明\n申請者: 佐藤 健太\n勤務先: さくらコンタクト株式会社\n"
        "申請者が書いた期間: 2021年4月1日（木） から 2022年3月31日（木）\n申請者が書いた分野: 4 オペレーション\n"
        "返事: はい。\n証明する期間: 2021年4月1日（木） から 2022年3月31日（木）\n証明する分野: 4 オペレーション\n"
        "監督していた期間: 2020年4月1日（水） から 現在\n当時の役職: 品質管理課長\n"
        "当時、この勤務先で上司か監督者でした。\nいまはこの勤務先に所属していません。\n署名: 阿部 直子\n"
    )


def test_what_was_read_is_what_is_signed(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    request, token = ask(post)
    said = [Said(post.pk, "confirmed")]
    texts = prepare(
        request=request, said=said, tenure=THERE, signed_name="阿部 直子", language="ja", on=TODAY
    )
    read = fingerprint(draft.text for draft in texts)
    with pytest.raises(Refused, match=r"experience\.text_changed"):
        sign(token, *said, signed_name="阿部 真子", read=read)
    assert sign(token, *said, read=read)[0].text == texts[0].text


def test_a_link_works_once(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), None, "4")
    _, token = ask(post)
    sign(token, Said(post.pk, "confirmed"))
    with pytest.raises(Refused, match=r"experience\.link_used"):
        sign(token, Said(post.pk, "cannot"))
    assert Statement.objects.count() == 1


def test_a_link_ends_after_its_last_day(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), None, "4")
    request, token = ask(post)
    last = request.expires_on
    assert last
    late = last + timedelta(days=1)
    with pytest.raises(Refused, match=r"experience\.link_expired"):
        sign(token, Said(post.pk, "confirmed"), at=at(late), on=late)
    assert len(sign(token, Said(post.pk, "confirmed"), at=at(last), on=last)) == 1


def test_an_unknown_or_cut_link_is_refused(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), None, "4")
    _, token = ask(post)
    for wrong in (token[:-1], "", "x" * 43):
        with pytest.raises(Refused, match=r"experience\.link_unknown"):
            sign(wrong, Said(post.pk, "confirmed"))


def test_a_link_says_nothing_about_another_applicants_post(save: Save, ask: Ask, tanaka: Person) -> None:
    mine, theirs = save(date(2021, 4, 1), None, "4"), save(date(2021, 4, 1), None, "4", person=tanaka)
    request, token = ask(mine)
    with pytest.raises(Refused, match=r"experience\.other_post"):
        sign(token, Said(mine.pk, "confirmed"), Said(theirs.pk, "confirmed"))
    request.refresh_from_db()
    assert (Statement.objects.count(), request.state) == (0, RequestState.OPEN)


@pytest.mark.parametrize(
    ("tenure", "name", "code"),
    [
        (Tenure(), "阿部 直子", "experience.no_tenure"),
        (THERE, " ", "experience.no_signature"),
        (Tenure(since=date(2023, 1, 1), until=date(2022, 1, 1)), "阿部", "experience.tenure_order"),
        (Tenure(since=date(2026, 11, 25)), "阿部", "experience.tenure_after_today"),
        (Tenure(since=date(2015, 1, 1), until=date(2016, 1, 1)), "阿部", "experience.outside_tenure"),
    ],
)
def test_a_signature_that_is_not_whole_is_refused(
    save: Save, ask: Ask, tenure: Tenure, name: str, code: str
) -> None:
    post = save(date(2021, 4, 1), None, "4")
    request, token = ask(post)
    with pytest.raises(Refused) as refused:
        sign(token, Said(post.pk, "confirmed"), tenure=tenure, signed_name=name)
    assert refused.value.code == code
    request.refresh_from_db()
    assert (Statement.objects.count(), request.state) == (0, RequestState.OPEN)


def test_every_asked_post_needs_an_answer(save: Save, ask: Ask) -> None:
    posts = [save(date(2021, 4, 1), date(2022, 3, 31), "4"), save(date(2022, 4, 1), None, "5")]
    _, token = ask(*posts)
    with pytest.raises(Refused, match=r"experience\.line_without_answer"):
        sign(token, Said(posts[0].pk, "confirmed"))


def test_a_little_different_says_how(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    _, token = ask(post)
    with pytest.raises(Refused, match=r"experience\.differs_how"):
        sign(token, Said(post.pk, "differs", fields=("4",)))


def test_the_applicant_is_told_once_and_upstairs_hears(save: Save, ask: Ask, sato: Person) -> None:
    heard: list[object] = []

    def hear(person: Person, **rest: object) -> None:
        heard.append(person.pk)

    attested.connect(hear)
    post = save(date(2021, 4, 1), None, "4")
    _, token = ask(post)
    sign(token, Said(post.pk, "confirmed"))
    attested.disconnect(hear)
    assert heard == [sato.pk]
    letter = Letter.objects.get(to_email="sato@example.jp")
    assert letter.subject == "阿部 直子さんから返事がありました"


def test_a_statement_can_be_neither_changed_nor_deleted(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), None, "4")
    _, token = ask(post)
    sign(token, Said(post.pk, "confirmed"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.update(comment="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.all().delete()


def test_a_frozen_case_weighs_the_same(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "45")
    _, token = ask(post)
    sign(token, Said(post.pk, "differs", until_on=date(2023, 9, 30), fields=("4",)))
    assert queries.thaw(queries.freeze(queries.case(sato, TODAY))) == queries.posts_for_rules(sato, TODAY)
