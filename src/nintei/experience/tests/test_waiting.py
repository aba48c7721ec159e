"""Reminders and endings: once each, whoever runs them; another attestor; half an answer; the attestor's box."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from nintei.experience import actions, queries
from nintei.experience.answering import open_link
from nintei.experience.models import AttestationRequest, HalfAnswer, Post, RequestState
from nintei.experience.tasks import wait
from nintei.experience.tests.conftest import TODAY, at, box_secret, sign, token_in
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.shared.refusals import Refused

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def run(day: date) -> tuple[int, int]:
    """What the worker sends on a day: reminders, news of endings."""
    reminded = actions.remind_due(by="system", at=at(day), on=day)
    return reminded, actions.tell_expired(by="system", at=at(day), on=day)


@pytest.fixture
def asked(save: Save, ask: Ask) -> AttestationRequest:
    return ask(save(date(2021, 4, 1), None, "4"))[0]


def test_reminders_leave_at_14_and_28_days_and_the_end_is_told_after_42(asked: AttestationRequest) -> None:
    sent = {day: found for day in range(60) for found in [run(after(day))] if found != (0, 0)}
    assert sent == {14: (1, 0), 28: (1, 0), 43: (0, 1)}
    to_abe = [
        letter.template for letter in Letter.objects.filter(to_email="abe@example.jp").order_by("written_at")
    ]
    assert [name.rpartition("/")[2] for name in to_abe] == ["asked.txt", "reminded.txt", "reminded.txt"]
    told = Letter.objects.get(to_email="sato@example.jp")
    assert told.subject == "阿部 直子さんから返事がないまま、期限が過ぎました"
    assert "さくらコンタクト株式会社" in told.body


def test_each_leaves_once_however_often_the_worker_runs(asked: AttestationRequest) -> None:
    assert [run(after(14)) for _n in range(3)] == [(1, 0), (0, 0), (0, 0)]
    assert [run(after(43)) for _n in range(3)] == [(0, 1), (0, 0), (0, 0)]
    verbs = Body.objects.filter(subject=asked.reference).order_by("leaf_id").values_list("verb", flat=True)
    assert list(verbs) == ["experience.ask_attestor", "experience.remind", "experience.expire"]


def test_after_a_break_of_the_worker_only_the_newest_reminder_leaves(asked: AttestationRequest) -> None:
    assert run(after(30)) == (1, 0)
    assert run(after(31)) == (0, 0)


def test_nobody_is_reminded_within_a_week_of_a_link_sent_by_hand(
    asked: AttestationRequest, sato: Person
) -> None:
    actions.remind(by=sato.by, person=sato, request_id=asked.pk, at=at(after(12)), on=after(12))
    assert [run(after(day)) for day in (14, 18, 19)] == [(0, 0), (0, 0), (1, 0)]


def test_the_workers_task_does_all_of_it(
    asked: AttestationRequest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    for day, done in ((14, "reminded"), (43, "expired")):
        monkeypatch.setenv("NINTEI_TODAY", after(day).isoformat())
        assert {key for key, number in wait(0).items() if number} == {done}
        assert set(wait(0).values()) == {0}


def test_days_are_settings(asked: AttestationRequest, settings: Any) -> None:
    settings.ATTESTATION_REMIND_DAYS = [7]
    assert [run(after(day))[0] for day in (6, 7, 14)] == [0, 1, 0]
    settings.ATTESTATION_REMIND_DAYS = []
    assert run(after(14)) == (0, 0)


def test_an_answered_or_withdrawn_request_is_left_alone(save: Save, ask: Ask, sato: Person) -> None:
    one, other = save(date(2019, 4, 1), date(2020, 3, 31), "4"), save(date(2021, 4, 1), None, "4")
    sign(ask(one)[1], one)
    actions.withdraw_request(by=sato.by, person=sato, request_id=ask(other)[0].pk, at=at(TODAY))
    assert [run(after(day)) for day in (14, 28, 43)] == [(0, 0), (0, 0), (0, 0)]


def test_an_expired_request_sent_again_gets_its_whole_time(asked: AttestationRequest, sato: Person) -> None:
    run(after(43))
    again = actions.remind(by=sato.by, person=sato, request_id=asked.pk, at=at(after(50)), on=after(50))
    assert again.expires_on == after(92)
    assert open_link(token=token_in(again), on=after(92)).pk == asked.pk
    assert [run(after(day)) for day in (63, 64, 93)] == [(0, 0), (1, 0), (0, 1)]


def test_another_attestor_is_asked_the_same_and_the_first_link_ends(
    save: Save, ask: Ask, sato: Person
) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    old, token = ask(post)
    new = actions.replace_attestor(
        by="person:office",
        person=sato,
        request_id=old.pk,
        attestor_name="原 健",
        attestor_email="hara@example.jp",
        relation="superior",
        at=at(TODAY),
        on=TODAY,
    )
    old.refresh_from_db()
    assert (old.state, [p.pk for p in new.posts.all()]) == (RequestState.WITHDRAWN, [post.pk])
    with pytest.raises(Refused, match=r"experience\.link_withdrawn"):
        open_link(token=token, on=TODAY)


def test_replacing_by_oneself_is_refused_and_the_first_request_stays(
    asked: AttestationRequest, sato: Person
) -> None:
    with pytest.raises(Refused, match=r"experience\.attestor_is_applicant"):
        actions.replace_attestor(
            by=sato.by,
            person=sato,
            request_id=asked.pk,
            attestor_name="佐藤",
            attestor_email="Sato+2@example.jp",
            relation="superior",
            at=at(TODAY),
            on=TODAY,
        )
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_half_an_answer_is_kept_and_goes_with_the_request(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    _request, token = ask(post)
    for role in ("課", "課長"):
        actions.keep_half_answer(token=token, told={"role": [role]}, at=at(TODAY), on=TODAY)
    assert HalfAnswer.objects.get().told == {"role": ["課長"]}
    sign(token, post)
    assert HalfAnswer.objects.count() == 0
    with pytest.raises(Refused, match=r"experience\.link_used"):
        actions.keep_half_answer(token=token, told={"role": ["部長"]}, at=at(TODAY), on=TODAY)


def test_half_an_answer_goes_when_the_request_expires_or_is_withdrawn(
    save: Save, ask: Ask, sato: Person
) -> None:
    for end in (lambda _request: run(after(43)), lambda request: withdrawn(sato, request)):
        request, token = ask(save(date(2021, 4, 1), None, "4"))
        actions.keep_half_answer(token=token, told={}, at=at(TODAY), on=TODAY)
        assert queries.half_answer(request) is not None
        end(request)
        assert queries.half_answer(request) is None


def withdrawn(person: Person, request: AttestationRequest) -> None:
    actions.withdraw_request(by=person.by, person=person, request_id=request.pk, at=at(TODAY))


@pytest.fixture
def two(save: Save, ask: Ask, tanaka: Person) -> list[tuple[AttestationRequest, str]]:
    """Abe is asked by Sato and by Tanaka."""
    mine = ask(save(date(2021, 4, 1), None, "4"))
    theirs = save(date(2021, 4, 1), None, "4", person=tanaka)
    return [mine, ask(theirs, person=tanaka, by=tanaka.by, on=TODAY + timedelta(days=1))]


def test_the_list_of_what_else_waits_is_mailed_to_the_attestors_own_address(
    two: list[tuple[AttestationRequest, str]],
) -> None:
    (mine, token), (theirs, _token) = two
    box = actions.mail_box(token=token, at=at(after(1), 11), on=after(1))
    assert box is not None
    letter = Letter.objects.get(key=f"experience.box:{box.pk}")
    secret = box_secret("abe@example.jp")
    assert (letter.to_email, secret in letter.body) == ("abe@example.jp", True)
    found = queries.box(secret, after(1))
    assert found is not None
    assert [r.pk for r in found.waiting] == [mine.pk, theirs.pk]
    assert open_link(token=f"{secret}.{theirs.pk}", on=after(1)).pk == theirs.pk
    post = theirs.posts.get()
    assert len(sign(f"{secret}.{theirs.pk}", post, after(1))) == 1
    then = queries.box(secret, after(1))
    assert then is not None
    assert ([r.pk for r in then.waiting], [r.pk for r in then.answered]) == ([mine.pk], [theirs.pk])


def test_the_list_opens_nothing_of_another_address_and_ends(
    two: list[tuple[AttestationRequest, str]], save: Save, ask: Ask, sato: Person
) -> None:
    (mine, token), _theirs = two
    foreign, _token = ask(save(date(2019, 4, 1), date(2020, 3, 31), "4"), attestor_email="hara@example.jp")
    actions.mail_box(token=token, at=at(after(1), 11), on=after(1))
    secret = box_secret("abe@example.jp")
    for wrong in (f"{secret}.{foreign.pk}", f"{secret}.nothing", f"x.{mine.pk}", f"{token}.{mine.pk}"):
        with pytest.raises(Refused, match=r"experience\.link_unknown"):
            open_link(token=wrong, on=after(1))
    assert queries.box(secret, after(3)) is not None
    assert queries.box(secret, after(4)) is None
    assert queries.box(token, after(1)) is None


def test_the_list_is_mailed_once_a_day_and_only_where_something_waits(
    two: list[tuple[AttestationRequest, str]], sato: Person, tanaka: Person
) -> None:
    (_mine, token), (theirs, _token) = two
    for _n in range(3):
        actions.mail_box(token=token, at=at(after(1), 11), on=after(1))
    assert Letter.objects.filter(template="experience/letters/box.txt").count() == 1
    withdrawn(tanaka, theirs)
    assert actions.mail_box(token=token, at=at(after(2)), on=after(2)) is None
