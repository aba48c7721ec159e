"""Hints, never verdicts: each has a planted case that shows it with its reason, and a clean case that shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from nintei.experience import queries
from nintei.experience.models import AttestationRequest, Post, Trace
from nintei.experience.said import Tenure
from nintei.experience.seen import Seen
from nintei.experience.tests.conftest import TODAY, at, sign
from nintei.experience.traces import drop_traces, leave_trace
from nintei.people import actions as people
from nintei.people.models import Person
from nintei.rules.experience import weigh
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
HOME, WORK = Seen("browser-1", "192.0.2.1"), Seen("browser-2", "198.51.100.7")


def kinds(person: Person) -> list[str]:
    return [hint.kind for hint in queries.hints(person, TODAY)]


@pytest.fixture
def past(save: Save) -> Post:
    return save(date(2018, 4, 1), date(2023, 3, 31), "45")


def test_an_ordinary_attestation_shows_no_hint(past: Post, ask: Ask, sato: Person) -> None:
    """The clean case of them all: a firm's address, another name, another place, read at leisure."""
    leave_trace(by=sato.by, person=sato, seen=HOME, at=at(TODAY, 9), on=TODAY)
    sign(ask(past)[1], past, seen=WORK, read_seconds=60)
    assert kinds(sato) == []


def test_the_applicants_name_as_signature(past: Post, ask: Ask, sato: Person) -> None:
    sign(ask(past)[1], past, signed_name="佐藤健太")
    assert kinds(sato) == ["same_name"]


def test_a_former_name_of_the_applicant_as_attestor(past: Post, ask: Ask, sato: Person) -> None:
    people.change_name(
        by=sato.by, person=sato, name="鈴木 健太", kana="スズキ ケンタ", latin="", born_on=None, at=at(TODAY)
    )
    ask(past, attestor_name="佐藤 健太")
    assert kinds(sato) == ["same_name"]


def test_the_present_employers_word_for_a_past_post(past: Post, ask: Ask, sato: Person) -> None:
    sign(ask(past)[1], past, tenure=Tenure(since=date(2018, 4, 1), was_there=False, role="部長"))
    (hint,) = queries.hints(sato, TODAY)
    assert (hint.kind, "さくらコンタクト株式会社の職歴です" in hint.reason) == ("present_employer", True)


def test_one_attestor_for_a_past_post_and_the_present_one_elsewhere(
    past: Post, save: Save, ask: Ask, sato: Person
) -> None:
    now = save(date(2023, 4, 1), None, "4", organisation="ひなた通販")
    sign(ask(past)[1], past)
    assert kinds(sato) == []
    sign(ask(now)[1], now)
    assert kinds(sato) == ["present_employer"]


def test_one_attestor_for_two_posts_at_one_organisation_is_no_hint(
    past: Post, save: Save, ask: Ask, sato: Person
) -> None:
    now = save(date(2023, 4, 1), None, "4")
    for post in (past, now):
        sign(ask(post)[1], post)
    assert kinds(sato) == []


def test_an_address_that_anybody_can_open(past: Post, ask: Ask, sato: Person) -> None:
    ask(past, attestor_email="Abe.Naoko@Gmail.com")
    (hint,) = queries.hints(sato, TODAY)
    assert (hint.kind, "gmail.com" in hint.reason) == ("free_mail", True)


@pytest.mark.parametrize(
    ("seen", "hours", "found"),
    [
        (HOME, 23, ["same_device"]),
        (HOME, 25, []),
        (Seen("browser-2", HOME.network), 1, ["same_network"]),
        (WORK, 1, []),
        (Seen("", ""), 1, []),
    ],
)
def test_the_applicants_device_or_network_within_a_day(
    past: Post, ask: Ask, sato: Person, seen: Seen, hours: int, found: list[str]
) -> None:
    signed_at = at(TODAY, 12)
    leave_trace(by=sato.by, person=sato, seen=HOME, at=signed_at - timedelta(hours=hours), on=TODAY)
    sign(ask(past)[1], past, seen=seen)
    assert kinds(sato) == found


def test_the_applicant_who_comes_after_the_signature_is_seen_too(past: Post, ask: Ask, sato: Person) -> None:
    sign(ask(past)[1], past, seen=HOME)
    leave_trace(by=sato.by, person=sato, seen=HOME, at=at(TODAY, 14), on=TODAY)
    assert kinds(sato) == ["same_device"]


def test_traces_are_salted_with_the_applicant_and_thrown_away(
    sato: Person, tanaka: Person, settings: Any
) -> None:
    mine = leave_trace(by=sato.by, person=sato, seen=HOME, at=at(TODAY), on=TODAY)
    theirs = leave_trace(by=tanaka.by, person=tanaka, seen=HOME, at=at(TODAY), on=TODAY)
    assert mine.device != theirs.device
    assert mine.network != theirs.network
    assert "192.0.2.1" not in str([*Trace.objects.values()])
    last = TODAY + timedelta(days=settings.TRACE_DAYS)
    assert [drop_traces(by="system", on=day) for day in (last, last + timedelta(days=1))] == [0, 2]


def test_one_attestor_for_many_applicants(
    past: Post, ask: Ask, save: Save, sato: Person, settings: Any
) -> None:
    settings.HINT_APPLICANTS = 3
    ask(past)
    for number in range(2):
        assert kinds(sato) == []
        other = Person.objects.create_user(f"other-{number}@example.jp", name=f"他 {number}")
        post = save(date(2021, 4, 1), None, "4", person=other)
        ask(post, person=other, by=other.by, attestor_email="ABE@example.jp")
    assert kinds(sato) == ["many_applicants"]


def test_two_who_attest_for_each_other(
    past: Post, ask: Ask, save: Save, sato: Person, tanaka: Person
) -> None:
    ask(past, attestor_email="tanaka@example.jp")
    assert kinds(sato) == []
    theirs = save(date(2021, 4, 1), None, "4", person=tanaka)
    ask(theirs, person=tanaka, by=tanaka.by, attestor_email="sato@example.jp")
    assert (kinds(sato), kinds(tanaka)) == (["mutual"], ["mutual"])


def test_a_signature_faster_than_one_can_read(past: Post, ask: Ask, sato: Person) -> None:
    (statement,) = sign(ask(past)[1], past, seen=WORK, read_seconds=2)
    (hint,) = queries.hints(sato, TODAY)
    assert (hint.kind, f"{len(statement.text)}字の文を2秒で" in hint.reason) == ("too_fast", True)


@pytest.mark.parametrize("seconds", [None, 10])
def test_a_signature_in_good_time_or_unmeasured_is_no_hint(
    past: Post, ask: Ask, sato: Person, seconds: int | None
) -> None:
    sign(ask(past)[1], past, seen=WORK, read_seconds=seconds)
    assert kinds(sato) == []


@pytest.mark.parametrize("address", ["sato+abe@example.jp", "kenta@example.jp"])
def test_the_applicant_under_another_address_is_refused(
    past: Post, ask: Ask, sato: Person, address: str
) -> None:
    """A tag on the address, or a second address of the account."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=sato, email="kenta@example.jp")
    with pytest.raises(Refused, match=r"experience\.attestor_is_applicant"):
        ask(past, attestor_email=address)


def test_a_hint_is_no_verdict(past: Post, ask: Ask, sato: Person) -> None:
    """The kernel says the same with every hint there is as with none."""
    leave_trace(by=sato.by, person=sato, seen=HOME, at=at(TODAY, 9), on=TODAY)
    sign(
        ask(past, attestor_email="abe@gmail.com")[1], past, seen=HOME, read_seconds=0, signed_name="佐藤健太"
    )
    assert kinds(sato) == ["same_name", "free_mail", "same_device", "too_fast"]
    weighed = weigh(edition(TODAY), "OMP", queries.posts_for_rules(sato, TODAY), TODAY)
    assert (weighed.result, weighed.flags) == ("ELIGIBLE", ())


def test_hints_ask_as_often_for_three_as_for_one(
    past: Post, save: Save, ask: Ask, sato: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    ask(past)
    with django_assert_num_queries(7):
        queries.hints(sato, TODAY)
    for year in (2010, 2012):
        ask(save(date(year, 4, 1), date(year + 1, 3, 31), "4"))
    with django_assert_num_queries(7):
        queries.hints(sato, TODAY)
