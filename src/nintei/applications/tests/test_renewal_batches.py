"""Renewals in bulk: one puts forward what has nothing open, another decides; one effect whoever else comes by."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection

from nintei.applications import actions, queries
from nintei.applications.models import Application, AuditHold, BatchLine, Decision, RenewalBatch
from nintei.applications.tests.conftest import _person, at
from nintei.applications.tests.renewing import amend, certified, file, log, thirty, withdraw
from nintei.applications.tests.test_two_at_once import at_once
from nintei.journal import queries as journal
from nintei.journal.models import Body
from nintei.ledger.models import Claim
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.registry.models import Certification, Term
from nintei.shared.refusals import Refused

LATER = date(2027, 2, 3)
WHEN: dict[str, Any] = {"on": LATER, "at": at(LATER)}
NEXT = (date(2027, 4, 1), date(2030, 3, 31))


def ready(n: int) -> Application:
    """A holder with thirty points who has filed."""
    person = _person(f"h{n}@example.jp", f"更新 {n}", "コウシン")
    thirty(person)
    return file(certified(person, number=f"2023{n:06}"))


def propose(actor: Person, *rows: Application) -> RenewalBatch:
    return actions.propose_batch(actor=actor, chosen=[row.pk for row in rows], **WHEN)


def settle(actor: Person, batch: RenewalBatch, *left_out: Application) -> dict[Any, str]:
    lines = actions.settle_batch(actor=actor, batch=batch, left_out=[row.pk for row in left_out], **WHEN)
    return {line.application_id: line.left_out for line in lines}


def renewed(row: Application) -> bool:
    terms = Term.objects.filter(cause=row.reference)
    return [(term.starts_on, term.ends_on) for term in terms] == [NEXT]


def test_two_people_renew_in_bulk_and_what_changed_is_left_out(db: None, ito: Person, kato: Person) -> None:
    plain, amended, gone, drawn, sent_back = (ready(n) for n in range(5))
    batch = propose(ito, plain, amended, gone, drawn, sent_back)
    assert set(Application.objects.values_list("state", flat=True)) == {"recommended"}
    log(amended.person, "D", date(2026, 9, 1))
    amend(amended, LATER)
    withdraw(gone, LATER)
    actions.hold_for_audit(by="system", applications=[drawn], cause="draw:one", **WHEN)
    assert settle(kato, batch, sent_back) == {
        plain.pk: "",
        amended.pk: "applications.not_now",
        gone.pk: "applications.not_now",
        drawn.pk: "applications.under_audit",
        sent_back.pk: "applications.left_by_decider",
    }
    assert [renewed(row) for row in (plain, amended, gone, drawn, sent_back)] == [True] + [False] * 4
    decision = Decision.objects.get()
    assert (decision.reviewer, decision.decider, queries.redecide(decision)) == (ito, kato, decision.findings)
    assert journal.history(f"batch:{batch.pk}")[-1].data["renewed"] == [plain.number]
    with pytest.raises(Refused, match=r"applications\.batch_settled"):
        settle(kato, batch)


def test_whoever_puts_forward_does_not_decide(db: None, ito: Person, kato: Person) -> None:
    people.grant_role(
        by="system", person=ito, role=Role.DECIDER, from_on=date(2024, 4, 1), at=at(LATER)
    )  # fmt: skip
    row = ready(1)
    batch = propose(ito, row)
    with pytest.raises(Refused, match=r"applications\.batch_own"):
        settle(ito, batch)
    assert not renewed(row)
    assert settle(kato, batch) == {row.pk: ""}


def test_who_may_not_decide_settles_nothing(
    db: None, ito: Person, noda: Person, kudo: Person, kato: Person
) -> None:
    row = ready(1)
    with pytest.raises(Refused, match=r"applications\.not_entitled"):
        propose(kudo, row)
    batch = propose(ito, row)
    for other in (noda, kudo):
        with pytest.raises(Refused, match=r"applications\.not_entitled"):
            settle(other, batch)
    assert settle(kato, batch) == {row.pk: ""}


def test_what_is_not_ready_takes_the_whole_batch_back(db: None, ito: Person) -> None:
    good = ready(1)
    short = file(certified(_person("short@example.jp", "不足 一", "フソク"), number="2023000777"))
    with pytest.raises(Refused, match=r"applications\.not_ready"):
        propose(ito, good, short)
    with pytest.raises(Refused, match=r"applications\.batch_empty"):
        propose(ito)
    assert RenewalBatch.objects.count() == BatchLine.objects.count() == 0
    assert set(Application.objects.values_list("state", flat=True)) == {"accepted"}


# --- at the same moment, on real connections ------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_devices_file_once() -> None:
    person = _person("twice@example.jp", "二台 葵", "ニダイ")
    omp = certified(person)
    told = at_once(*[lambda: file(omp)] * 4)
    assert (told, Application.objects.count(), Claim.objects.count()) == (["done"] * 4, 1, 1)
    assert Body.objects.filter(verb="applications.submit").count() == 1
    _the_control_files_twice(omp)


def _the_control_files_twice(omp: Certification) -> None:
    """The control: look first, write then, without the lock and the index; two claims stand."""
    term, both_looked = Claim.objects.get().term, Barrier(2)
    told = {"certification": omp, "term": term, "edition": "e", "lines": [], "balance": {}}

    def blind(ordinal: int) -> None:
        assert Claim.objects.filter(term=term).count() == 1
        both_looked.wait(10)
        Claim.objects.create(**told, ordinal=ordinal, filed_on=LATER, frozen_at=at(LATER))

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX ledger_one_standing_claim")
        told_ = at_once(lambda: blind(2), lambda: blind(3))
        standing = Claim.objects.filter(released_at=None).count()
        cursor.execute("ALTER TABLE ledger_claim DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM ledger_claim WHERE ordinal > 1")
        cursor.execute("ALTER TABLE ledger_claim ENABLE TRIGGER USER")
        cursor.execute(
            "CREATE UNIQUE INDEX ledger_one_standing_claim ON ledger_claim (certification_id, term_id)"
            " WHERE released_at IS NULL"
        )
    assert (told_, standing) == (["done", "done"], 3)


@pytest.mark.django_db(transaction=True)
def test_amended_on_two_devices_at_once_one_claim_stands() -> None:
    row = ready(1)
    log(row.person, "D", date(2026, 9, 1))
    told = at_once(lambda: amend(row, LATER), lambda: amend(row, LATER))
    assert told == ["applications.nothing_to_amend", "done"]
    assert list(Claim.objects.order_by("ordinal").values_list("ordinal", "released_at")) == [
        (1, at(LATER)),
        (2, None),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_a_bulk_decision_and_a_draw_one_comes_first(ito: Person, kato: Person) -> None:
    rows = [ready(n) for n in range(4)]
    batch = propose(ito, *rows)
    told = at_once(
        lambda: settle(kato, batch),
        lambda: actions.hold_for_audit(by="system", applications=rows, cause="draw:one", **WHEN),
        lambda: settle(kato, batch),
    )
    assert told == ["applications.batch_settled", "done", "done"]
    assert [renewed(row) is not held(row) for row in rows] == [True] * 4
    assert Decision.objects.count() == Term.objects.filter(starts_on=NEXT[0]).count()
    assert Decision.objects.count() + AuditHold.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_draw_without_the_lock_would_hold_what_is_decided(ito: Person, kato: Person) -> None:
    """The control of the test before: who looks without locking holds what was renewed meanwhile."""
    row = ready(1)
    batch = propose(ito, row)
    looked, decided = Event(), Event()

    def blind() -> None:
        assert Application.objects.get(pk=row.pk).state == "recommended"
        looked.set()
        decided.wait(10)
        told = {"claim_id": row.claim["id"], "cause": "draw:one", "held_on": LATER, "held_at": at(LATER)}
        AuditHold.objects.create(application=row, **told)

    def bulk() -> None:
        looked.wait(10)
        settle(kato, batch)
        decided.set()

    assert at_once(blind, bulk) == ["done", "done"]
    assert (renewed(row), held(row)) == (True, True)


def held(row: Application) -> bool:
    return AuditHold.objects.filter(application=row, outcome="").exists()
