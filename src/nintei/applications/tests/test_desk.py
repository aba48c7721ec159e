"""The desk: assignment, hold, notes, telephone checks, filters, service levels."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions
from nintei.applications.models import Application, Hold, Note, PhoneCheck, SavedFilter, ServiceLevel
from nintei.applications.states import State
from nintei.applications.tests.conftest import PAID_ON, at, pay, recommend
from nintei.experience.models import AttestationRequest
from nintei.journal.models import Body
from nintei.people.models import Person
from nintei.shared.refusals import Refused

WHEN: dict[str, Any] = {"on": PAID_ON, "at": at(PAID_ON)}


def assign(row: Application, actor: Person, to: Person, version: int | None = None) -> Application:
    return actions.assign(actor=actor, application=row, version=version, to=to, **WHEN)


def test_an_accepted_case_that_is_given_to_somebody_is_in_review(
    accepted: Application, kato: Person, ito: Person
) -> None:
    row = assign(accepted, kato, ito)
    assert (row.state, row.reviewer) == (State.IN_REVIEW, ito)


def test_a_case_that_waits_keeps_waiting_for_whoever_has_it(
    submitted: Application, ito: Person, kudo: Person
) -> None:
    row = assign(submitted, ito, kudo)
    assert (row.state, row.reviewer) == (State.SUBMITTED, kudo)
    assert assign(row, kudo, ito).reviewer == ito


def test_a_case_that_was_given_before_acceptance_is_in_review_with_it(
    submitted: Application, ito: Person, mori: Person
) -> None:
    assign(submitted, ito, ito)
    pay(submitted, mori)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.reviewer, submitted.accepted_on) == ("in_review", ito, PAID_ON)


def test_who_takes_a_case_over_has_it_alone(in_review: Application, ito: Person, noda: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.other_reviewer"):
        recommend(in_review, noda)
    assign(in_review, noda, noda)
    with pytest.raises(Refused, match=r"applications\.other_reviewer"):
        recommend(in_review, ito)
    recommend(in_review, noda)


@pytest.mark.parametrize("name", ["kato", "mori", "tanaka"])
def test_only_who_may_review_is_given_a_case(
    accepted: Application, ito: Person, name: str, request: pytest.FixtureRequest
) -> None:
    to: Person = request.getfixturevalue(name)
    with pytest.raises(Refused) as refused:
        assign(accepted, ito, to)
    assert (refused.value.code, refused.value.data) == ("applications.cannot_be_assigned", {"name": to.name})


def test_nobody_is_given_a_case_of_their_own(accepted: Application, ito: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.own_case"):
        assign(accepted, ito, accepted.person)


def test_several_cases_are_given_together_or_not_at_all(
    accepted: Application, kato: Person, ito: Person, noda: Person, recommended: Application
) -> None:
    with pytest.raises(Refused, match=r"applications\.not_now"):
        actions.assign_many(actor=kato, applications=[recommended], to=noda, **WHEN)
    recommended.refresh_from_db()
    assert recommended.reviewer == ito


def test_the_contractor_prepares_and_does_not_recommend(
    accepted: Application, kudo: Person, ito: Person
) -> None:
    row = actions.take_up(actor=kudo, application=accepted, version=None, **WHEN)
    assert row.reviewer == kudo
    with pytest.raises(Refused, match=r"applications\.not_entitled"):
        recommend(row, kudo)
    assign(row, kudo, ito)
    recommend(row, ito)


def test_a_case_on_hold_says_why_and_until_when(in_review: Application, ito: Person) -> None:
    again = PAID_ON + timedelta(days=7)
    told: dict[str, Any] = {"actor": ito, "application": in_review, "version": None, **WHEN}
    actions.hold(why="rule_asked", words="副業の扱い", look_again_on=again, **told)
    in_review.refresh_from_db()
    kept = Hold.objects.get(application=in_review)
    assert (in_review.state, kept.reason, kept.look_again_on) == (State.ON_HOLD, "rule_asked", again)
    row = actions.release(words="協会から答えがありました。", **told)
    kept.refresh_from_db()
    assert (row.state, kept.released_by, kept.released_words) == (
        State.IN_REVIEW, ito, "協会から答えがありました。",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("why", "words", "days", "code"),
    [
        ("weather", "雨", 7, "applications.hold_why"),
        ("other", " ", 7, "applications.hold_why"),
        ("rule_asked", "", 0, "applications.look_again_past"),
    ],
)
def test_a_hold_without_a_good_reason_is_refused(
    in_review: Application, ito: Person, why: str, words: str, days: int, code: str
) -> None:
    again = PAID_ON + timedelta(days=days)
    told: dict[str, Any] = {"actor": ito, "application": in_review, "version": None, **WHEN}
    with pytest.raises(Refused) as refused:
        actions.hold(why=why, words=words, look_again_on=again, **told)
    assert (refused.value.code, Hold.objects.count()) == (code, 0)


def test_a_note_stays_in_the_office_and_out_of_the_journal(in_review: Application, ito: Person) -> None:
    actions.add_note(actor=ito, application=in_review, words="電話で話した印象は良い。", **WHEN)
    note = Note.objects.get(application=in_review)
    leaf = Body.objects.get(subject=in_review.reference, verb="applications.note")
    assert (note.words, leaf.data) == ("電話で話した印象は良い。", {"note": note.pk})
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.update(words="x")


@pytest.mark.parametrize("name", ["sato", "tanaka", "mori"])
def test_only_the_office_keeps_notes(
    in_review: Application, ito: Person, name: str, request: pytest.FixtureRequest
) -> None:
    actions.add_note(actor=ito, application=in_review, words="メモ", **WHEN)
    with pytest.raises(Refused):
        actions.add_note(actor=request.getfixturevalue(name), application=in_review, words="メモ", **WHEN)
    assert Note.objects.count() == 1


def call(row: Application, actor: Person) -> PhoneCheck:
    asked = AttestationRequest.objects.filter(person=row.person).first()
    assert asked is not None
    question = "2020年から2023年まで佐藤さんの上司でしたか。"
    return actions.ask_for_call(actor=actor, application=row, request=asked, question=question, **WHEN)


def test_a_call_is_a_task_until_somebody_writes_what_was_said(
    in_review: Application, ito: Person, kudo: Person
) -> None:
    task = call(in_review, ito)
    assert call(in_review, ito).pk == task.pk
    told: dict[str, Any] = {"actor": kudo, "call": task, **WHEN}
    with pytest.raises(Refused, match=r"applications\.call_needs_outcome"):
        actions.tell_call(outcome="confirmed", told=" ", **told)
    done = actions.tell_call(outcome="confirmed", told="はい、課長でした。", **told)
    assert (done.outcome, done.done_by, done.told) == ("confirmed", kudo, "はい、課長でした。")
    with pytest.raises(Refused, match=r"applications\.call_told"):
        actions.tell_call(outcome="denied", told="いいえ", **told)


def test_an_attestor_of_somebody_else_is_not_called(
    in_review: Application, tanaka: Person, ito: Person
) -> None:
    foreign = AttestationRequest.objects.filter(person=in_review.person).first()
    assert foreign is not None
    AttestationRequest.objects.filter(pk=foreign.pk).update(person=tanaka)
    foreign.refresh_from_db()
    with pytest.raises(Refused, match=r"applications\.not_their_attestor"):
        actions.ask_for_call(actor=ito, application=in_review, request=foreign, question="?", **WHEN)


def test_a_filter_is_kept_under_a_name_of_ones_own(ito: Person, noda: Person) -> None:
    actions.save_filter(actor=ito, name="CAPだけ", query="q=CAP")
    kept = actions.save_filter(actor=ito, name="CAPだけ", query="q=CAP&tab=free")
    actions.save_filter(actor=noda, name="CAPだけ", query="q=CAP")
    actions.drop_filter(actor=noda, saved=kept)
    assert [f.query for f in SavedFilter.objects.filter(person=ito)] == ["q=CAP&tab=free"]


def test_a_decider_sets_the_service_level(kato: Person, ito: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.levels_by_decider"):
        actions.set_service_level(actor=ito, state="in_review", days=10, **WHEN)
    for state, days in (("in_review", 0), ("certified", 5), ("in_review", 366)):
        with pytest.raises(Refused, match=r"applications\.level_out_of_range"):
            actions.set_service_level(actor=kato, state=state, days=days, **WHEN)
    level = actions.set_service_level(actor=kato, state="in_review", days=10, **WHEN)
    assert (level.state, level.days) == ("in_review", 10)
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceLevel.objects.update(days=20)
