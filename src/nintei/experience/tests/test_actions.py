"""What an applicant may do with posts and requests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from nintei.experience import actions
from nintei.experience.answering import answer, open_link
from nintei.experience.models import AttestationRequest, Link, Post, RequestState
from nintei.experience.said import Said, Tenure
from nintei.experience.tests.conftest import TODAY, at, token_in
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.shared.refusals import Refused

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]


def test_it_keeps_a_post_with_its_fields_and_a_leaf(save: Save) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "45", department="品質管理課")
    assert [row.field for row in post.fields.all()] == ["4", "5"]
    leaf = Body.objects.get(subject=f"post:{post.pk}")
    assert (leaf.verb, leaf.data["fields"]) == ("experience.save_post", ["4", "5"])


def test_it_widens_months_to_their_first_and_last_day(save: Save) -> None:
    post = save(date(2023, 2, 15), date(2024, 2, 3), "4", precision="month")
    assert (post.started_on, post.ended_on) == (date(2023, 2, 1), date(2024, 2, 29))


def test_a_month_that_still_runs_ends_today(save: Save) -> None:
    assert save(date(2023, 2, 1), TODAY, "4", precision="month").ended_on == TODAY


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2026, 11, 25), None, "experience.starts_after_today"),
        (date(2026, 1, 1), date(2026, 11, 25), "experience.ends_after_today"),
        (date(2026, 2, 1), date(2026, 1, 31), "experience.ends_before_start"),
        (date(1990, 5, 5), date(2020, 1, 1), "experience.before_birth"),
        (date(1899, 12, 31), date(2020, 1, 1), "experience.before_1900"),
    ],
)
def test_it_refuses_impossible_days(save: Save, start: date, end: date | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        save(start, end, "4")
    assert refused.value.code == code
    assert refused.value.sentence("ja") != refused.value.sentence("en")
    assert Post.objects.count() == 0


@pytest.mark.parametrize(("fields", "code"), [("", "experience.no_field"), ("8", "experience.unknown_field")])
def test_it_refuses_a_post_without_a_known_field(save: Save, fields: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        save(date(2021, 4, 1), None, fields)
    assert refused.value.code == code


def test_it_refuses_to_change_somebody_elses_post(save: Save, tanaka: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    with pytest.raises(Refused, match=r"experience\.not_yours"):
        save(date(2021, 4, 1), None, "5", post_id=post.pk, person=tanaka)
    with pytest.raises(Refused, match=r"experience\.not_yours"):
        actions.remove_post(by="person:x", person=tanaka, post_id=post.pk, at=at(TODAY))


def test_the_link_is_kept_only_as_a_hash_and_ends_after_the_set_days(save: Save, ask: Ask) -> None:
    request, token = ask(save(date(2021, 4, 1), None, "4"))
    assert bytes(request.links.get().sha256) == hashlib.sha256(token.encode()).digest()
    assert request.expires_on == TODAY + timedelta(days=42)
    assert len(token) == 43  # 256 bits
    assert token not in str([*AttestationRequest.objects.values(), *Link.objects.values()])


@pytest.mark.parametrize("address", ["sato@example.jp", " SATO@example.jp "])
def test_an_applicant_cannot_attest_their_own_work(save: Save, ask: Ask, address: str) -> None:
    post = save(date(2021, 4, 1), None, "4")
    with pytest.raises(Refused, match=r"experience\.attestor_is_applicant"):
        ask(post, attestor_email=address)
    assert Letter.objects.count() == 0


def test_a_post_is_asked_about_once_until_the_request_is_withdrawn(
    save: Save, ask: Ask, sato: Person
) -> None:
    post = save(date(2021, 4, 1), None, "4")
    request, _ = ask(post)
    with pytest.raises(Refused, match=r"experience\.already_asked"):
        ask(post, attestor_email="other@example.jp")
    actions.withdraw_request(by="person:x", person=sato, request_id=request.pk, at=at(TODAY))
    assert ask(post, attestor_email="other@example.jp")[0].state == RequestState.OPEN


def test_an_expired_request_makes_room_for_a_new_one(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), None, "4")
    old, _ = ask(post)
    new, _ = ask(post, on=TODAY + timedelta(days=43))
    old.refresh_from_db()
    assert (old.state, new.state) == (RequestState.WITHDRAWN, RequestState.OPEN)


def test_a_post_that_was_asked_about_stays_as_it_is(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    ask(post)
    with pytest.raises(Refused, match=r"experience\.post_waits"):
        save(date(2020, 4, 1), None, "4", post_id=post.pk)
    with pytest.raises(Refused, match=r"experience\.post_waits"):
        actions.remove_post(by="person:x", person=sato, post_id=post.pk, at=at(TODAY))


def test_an_attested_post_stays_for_ever(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    _, token = ask(post)
    answer(
        token=token,
        said=[Said(post.pk, "confirmed")],
        tenure=Tenure(since=date(2020, 1, 1)),
        signed_name="阿部 直子",
        language="ja",
        at=at(TODAY),
        on=TODAY,
    )
    with pytest.raises(Refused, match=r"experience\.post_attested"):
        actions.remove_post(by="person:x", person=sato, post_id=post.pk, at=at(TODAY))


def test_a_reminder_sends_a_new_link_and_the_old_one_stays_good(save: Save, ask: Ask, sato: Person) -> None:
    request, old = ask(save(date(2021, 4, 1), None, "4"))
    later = TODAY + timedelta(days=14)
    reminded = actions.remind(by="system", person=sato, request_id=request.pk, at=at(later), on=later)
    new = token_in(reminded)
    assert new != old
    for token in (old, new):
        assert open_link(token=token, on=later).pk == request.pk
    assert reminded.expires_on == request.expires_on
    with pytest.raises(Refused, match=r"experience\.reminded_today"):
        actions.remind(by="system", person=sato, request_id=request.pk, at=at(later), on=later)


def test_the_database_refuses_to_reopen_a_request(save: Save, ask: Ask, sato: Person) -> None:
    request, _ = ask(save(date(2021, 4, 1), None, "4"))
    actions.withdraw_request(by="person:x", person=sato, request_id=request.pk, at=at(TODAY))
    with pytest.raises(DatabaseError), transaction.atomic():
        AttestationRequest.objects.filter(pk=request.pk).update(state="open")
