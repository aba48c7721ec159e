"""From a draft to 受理: what is asked, what is frozen, and on which day it is accepted."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions, queries
from nintei.applications.models import Application, Pledge
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    add_post,
    at,
    attest,
    pay,
    pledge,
    pledge_text,
    report_for,
    submit,
)
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.payments import queries as fees
from nintei.people.models import Person
from nintei.registry.models import ExamPass
from nintei.shared.refusals import Refused


def start(person: Person, qualification: str = "OMP") -> Application:
    return actions.start(person=person, qualification=qualification, on=TODAY, at=at(TODAY))


def test_a_draft_is_opened_once(sato: Person) -> None:
    assert start(sato).pk == start(sato).pk
    assert Application.objects.count() == 1


@pytest.mark.parametrize("qualification", ["SV", "OP", "EN", "XX"])
def test_what_needs_no_certification_cannot_be_applied_for(sato: Person, qualification: str) -> None:
    with pytest.raises(Refused, match=r"applications\.unknown_qualification"):
        start(sato, qualification)


def test_sending_freezes_the_posts_and_asks_for_the_fee(submitted: Application) -> None:
    assert (submitted.state, submitted.number, submitted.submitted_on) == ("submitted", "2026-0001", TODAY)
    assert [post["started_on"] for post in submitted.claim["posts"]] == ["2020-04-01", "2023-04-01"]
    fee = fees.fee_for(submitted.reference)
    assert fee is not None
    assert (fee.total, fees.payer_name_to_write(fee)) == (11000, "0417サトウケンタ")


def test_it_is_accepted_on_the_day_the_fee_is_confirmed(submitted: Application, mori: Person) -> None:
    pay(submitted, mori)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.accepted_on) == ("accepted", PAID_ON)
    fee = fees.fee_for(submitted.reference)
    assert fee is not None
    assert fee.accepted_on == PAID_ON
    letters = Letter.objects.filter(template="applications/letters/accepted.txt")
    assert [letter.subject for letter in letters] == ["申請を受理しました（第2026-0001号）"]


def test_accepting_twice_is_once(accepted: Application) -> None:
    assert not actions.accept_if_complete(by="system", application=accepted, on=PAID_ON, at=at(PAID_ON))
    assert Body.objects.filter(subject=accepted.reference, verb="applications.accept").count() == 1


def test_it_is_not_accepted_without_the_fee(submitted: Application) -> None:
    assert not actions.accept_if_complete(by="system", application=submitted, on=TODAY, at=at(TODAY))


@pytest.mark.parametrize(
    ("more", "on", "code"),
    [
        ({}, date(2027, 10, 9), "applications.report_expired"),
        ({"issued_on": date(2026, 11, 25)}, TODAY, "applications.report_before_issue"),
        ({"exam": "CAP"}, TODAY, "applications.report_wrong_exam"),
        ({"passed": False}, TODAY, "applications.report_not_a_pass"),
    ],
)
def test_it_refuses_a_report_that_cannot_be_used(
    sato: Person, more: dict[str, object], on: date, code: str
) -> None:
    report_for(sato, **more)
    draft = start(sato)
    with pytest.raises(Refused) as refused:
        submit(draft, on=on)
    assert refused.value.code == code
    draft.refresh_from_db()
    assert (draft.state, draft.number, fees.fee_for(draft.reference)) == ("draft", None, None)


def test_the_last_usable_day_still_counts(ready: Application) -> None:
    assert submit(ready, on=date(2027, 10, 8)).state == "submitted"


def test_it_refuses_without_any_report(sato: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.no_report"):
        submit(start(sato))


def test_it_names_every_missing_part(sato: Person, report: ExamPass) -> None:
    draft = start(sato)
    with pytest.raises(Refused) as refused:
        submit(draft)
    assert refused.value.sentence("ja") == "まだ送れません。足りないもの: 業務経験、業務経験の証明、宣誓"
    attest(add_post(sato, date(2020, 4, 1), None, "45", "さくら"))
    add_post(sato, date(2018, 4, 1), date(2019, 3, 31), "4", "ひなた")
    with pytest.raises(Refused) as refused:
        submit(draft)
    assert refused.value.data == {"gaps": "業務経験の証明、宣誓"}


def test_it_refuses_when_the_box_is_not_ticked(ready: Application) -> None:
    with pytest.raises(Refused, match=r"applications\.not_understood"):
        submit(ready, understood=False)


def test_somebody_else_cannot_send_it(ready: Application, tanaka: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.not_yours"):
        actions.submit(
            person=tanaka, application=ready, version=None, understood=True, on=TODAY, at=at(TODAY)
        )


def test_too_little_experience_is_shown_and_not_decided(sato: Person, report: ExamPass) -> None:
    draft = start(sato)
    attest(add_post(sato, date(2024, 4, 1), None, "45", "さくら"))
    pledge_text()
    pledge(draft)
    assert queries.verdict(draft, TODAY).outcome == "NOT_EXAMINED"  # the fee is not there yet
    assert [part.met for part in queries.verdict(draft, TODAY).parts] == [True, False, True, False]
    assert submit(draft).state == "submitted"


def test_without_a_text_nobody_can_pledge(sato: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.no_pledge_text"):
        pledge(start(sato))


def test_a_pledge_keeps_the_hash_of_the_exact_text(ready: Application) -> None:
    signed = Pledge.objects.get(application=ready)
    assert signed.text_sha256 == hashlib.sha256("これは見本です。".encode()).hexdigest()
    with pytest.raises(DatabaseError), transaction.atomic():
        Pledge.objects.update(signed_name="x")


def test_a_newer_text_has_to_be_read_first(sato: Person) -> None:
    draft = start(sato)
    pledge_text()
    pledge_text("見本-2")
    with pytest.raises(Refused, match=r"applications\.pledge_text_changed"):
        pledge(draft)


def test_withdrawing_before_the_fee_stops_asking_for_it(submitted: Application, sato: Person) -> None:
    row = actions.withdraw(person=sato, application=submitted, version=None, on=TODAY, at=at(TODAY))
    fee = fees.fee_for(row.reference)
    assert fee is not None
    assert (row.state, fee.cancelled_at) == ("withdrawn", at(TODAY))


def test_the_second_of_two_is_told(submitted: Application, sato: Person) -> None:
    stale = submitted.version
    actions.withdraw(person=sato, application=submitted, version=stale, on=TODAY, at=at(TODAY))
    with pytest.raises(Refused, match=r"applications\.changed_meanwhile"):
        actions.withdraw(person=sato, application=submitted, version=stale, on=TODAY, at=at(TODAY))
