"""What a renewal claims: amended until the window closes, let go at a withdrawal, held for an audit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions, queries
from nintei.applications.models import Application, AuditHold, Decision
from nintei.applications.tests.conftest import at, decide
from nintei.applications.tests.renewing import (
    IN_WINDOW,
    amend,
    certified,
    file,
    log,
    review,
    thirty,
    total,
    withdraw,
)
from nintei.applications.tests.test_one_page import picture
from nintei.journal import queries as journal
from nintei.ledger import actions as ledger
from nintei.ledger import queries as logs
from nintei.ledger.models import Claim
from nintei.people.models import Person
from nintei.registry import queries as holdings
from nintei.registry.models import Certification, Term
from nintei.rules.findings import BadInput
from nintei.shared import files
from nintei.shared.refusals import Refused
from tests.kept import kept

LATER = date(2027, 2, 3)
LAPSED = date(2027, 4, 1)


@pytest.fixture
@kept
def omp(sato: Person) -> Certification:
    return certified(sato)


def test_a_claim_names_its_lines_its_edition_and_their_hash(omp: Certification) -> None:
    thirty(omp.person)
    row = file(omp)
    claim = Claim.objects.get(pk=row.claim["id"])
    frozen = journal.history(f"claim:{claim.pk}")[0].data
    assert (claim.edition, len(claim.lines), total(row)) == (row.edition, 6, "30.0")
    kept = {name: frozen[name] for name in ("edition", "on", "cycle", "lines", "balance")}
    assert logs.fingerprint(kept) == claim.sha256 == frozen["sha256"] == row.claim["sha256"]
    assert (kept["lines"], kept["balance"]) == (claim.lines, claim.balance)
    assert logs.struck_from(claim, ()).after.total == 30


def test_a_line_added_in_the_window_is_claimed_by_amending(omp: Certification) -> None:
    row = file(omp)
    log(omp.person, "C", date(2027, 1, 30), 120)
    assert total(row) == "0.0"
    amended = amend(row, LATER)
    assert (amended.pk, amended.number, amended.state) == (row.pk, row.number, "accepted")
    assert (amended.submitted_on, amended.claim["filed_on"], total(amended)) == (
        IN_WINDOW,
        "2027-02-03",
        "2.0",
    )
    old, new = Claim.objects.order_by("ordinal")
    assert (old.balance["total"], old.released_at, new.released_at) == ("0.0", at(LATER), None)
    assert list(logs.claims_before(new)) == [old]
    verbs = [entry.data["ordinal"] for entry in journal.history(f"claim:{new.pk}")]
    assert (verbs, amended.claim["sha256"]) == ([2], new.sha256)


def test_to_amend_without_anything_new_is_refused(omp: Certification) -> None:
    row = file(omp)
    with pytest.raises(Refused, match=r"applications\.nothing_to_amend"):
        amend(row, LATER)
    assert Claim.objects.filter(released_at=None).count() == 1


def test_after_the_window_nothing_is_amended(omp: Certification) -> None:
    row = file(omp)
    log(omp.person, "C", date(2027, 2, 27))
    assert total(amend(row, date(2027, 2, 28))) == "5.0"
    log(omp.person, "B", date(2027, 2, 28))
    with pytest.raises(Refused, match=r"applications\.window_late"):
        amend(row, date(2027, 3, 1))
    row.refresh_from_db()
    assert total(row) == "5.0"


def test_what_had_gone_to_the_decider_goes_back_to_the_review(
    omp: Certification, ito: Person, kato: Person
) -> None:
    thirty(omp.person)
    row = review(file(omp), ito)
    log(omp.person, "D", date(2026, 9, 1))
    row = amend(row, LATER)
    assert (row.state, row.reviewer) == ("in_review", ito)
    with pytest.raises(Refused, match=r"applications\.not_now"):
        decide(row, kato, on=LATER)


def test_somebody_else_amends_nothing(omp: Certification, tanaka: Person) -> None:
    row = file(omp)
    log(omp.person, "C", date(2027, 1, 30), 120)
    with pytest.raises(Refused, match=r"applications\.not_yours"):
        actions.amend_renewal(person=tanaka, application=row, version=None, on=LATER, at=at(LATER))
    assert total(amend(row, LATER)) == "2.0"


def test_one_that_was_withdrawn_and_filed_again_claims_the_new_lines(omp: Certification) -> None:
    line = log(omp.person, "C", date(2026, 12, 1), 120)
    first = file(omp)
    with pytest.raises(Refused, match=r"ledger\.already_claimed"):
        ledger.withdraw_activity(by=omp.person.by, activity=line, at=at(IN_WINDOW))
    withdraw(first, LATER)
    ledger.withdraw_activity(by=omp.person.by, activity=line, at=at(LATER))
    log(omp.person, "C", date(2027, 1, 30), 60)
    again = file(omp, date(2027, 2, 10))
    assert (again.pk != first.pk, total(again), total(first)) == (True, "1.0", "2.0")
    assert [claim.ordinal for claim in Claim.objects.order_by("ordinal")] == [1, 2]
    fresh = holdings.certification_of(omp.person, "OMP")
    assert fresh is not None
    assert holdings.status_on(fresh, LAPSED).code == "VALID_PENDING_RENEWAL"


def test_one_that_was_withdrawn_keeps_nothing_valid(omp: Certification) -> None:
    row = file(omp)
    fresh = holdings.certification_of(omp.person, "OMP")
    assert fresh is not None
    assert holdings.status_on(fresh, LAPSED).code == "VALID_PENDING_RENEWAL"
    withdraw(row, date(2027, 4, 5))
    fresh = holdings.certification_of(omp.person, "OMP")
    assert fresh is not None
    days = [date(2027, 3, 31), LAPSED, date(2027, 4, 4), date(2027, 4, 5)]
    codes = [holdings.status_on(fresh, day).code for day in days]
    assert codes == ["VALID", "VALID_PENDING_RENEWAL", "VALID_PENDING_RENEWAL", "EXPIRED"]


def test_the_database_keeps_one_standing_claim_and_changes_none(omp: Certification) -> None:
    claim = Claim.objects.get(pk=file(omp).claim["id"])
    twin = {"certification": omp, "term": claim.term, "filed_on": IN_WINDOW, "edition": "e", "lines": []}
    for attempt in (
        lambda: Claim.objects.create(**twin, ordinal=2, balance={}, frozen_at=at(IN_WINDOW)),
        lambda: Claim.objects.filter(pk=claim.pk).update(released_at=at(LATER), lines=[1]),
        lambda: Claim.objects.filter(pk=claim.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    Claim.objects.filter(pk=claim.pk).update(released_at=at(LATER))
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(released_at=None)


# --- the audit's side -----------------------------------------------------------------------------

DRAW = "draw:one"


def held(row: Application, on: date = LATER) -> AuditHold:
    holds = actions.hold_for_audit(by="system", applications=[row], cause=DRAW, on=on, at=at(on))
    assert len(holds) == 1
    return holds[0]


def test_the_frame_is_what_was_filed_in_the_window_and_is_open(
    omp: Certification, ito: Person, tanaka: Person
) -> None:
    thirty(omp.person)
    row, other = file(omp), file(certified(tanaka, number="2023000418"), LATER)
    frame = queries.filed(date(2027, 1, 1), date(2027, 2, 28))
    assert [(f.application.pk, f.total, f.complete) for f in frame] == [
        (row.pk, "30.0", False),
        (other.pk, "0.0", False),
    ]
    assert [f.sha256 for f in frame] == [row.claim["sha256"], other.claim["sha256"]]
    assert [f.application for f in queries.filed(LATER, LATER)] == [other]
    withdraw(other, LATER)
    held(row)
    assert queries.filed(date(2027, 1, 1), date(2027, 2, 28)) == []


def test_what_an_audit_holds_is_neither_decided_nor_amended_nor_withdrawn(
    omp: Certification, ito: Person, kato: Person
) -> None:
    thirty(omp.person)
    row = review(file(omp), ito)
    assert held(row).pk == held(row).pk
    log(omp.person, "D", date(2026, 9, 1))
    for act in (
        lambda: decide(row, kato, on=LATER),
        lambda: amend(row, LATER),
        lambda: withdraw(row, LATER),
    ):
        with pytest.raises(Refused, match=r"applications\.under_audit"):
            act()
    assert actions.let_go(by="system", cause=DRAW, applications=[row], on=LATER, at=at(LATER)) == 1
    assert decide(row, kato, on=LATER).outcome == "certified"
    assert Term.objects.filter(cause=row.reference).count() == 1


def test_points_are_reduced_by_reckoning_again_without_the_struck_lines(
    omp: Certification, ito: Person, kato: Person
) -> None:
    lines = thirty(omp.person)
    log(omp.person, "B", date(2024, 7, 1), 60)  # beyond the cap of its year, until another line is struck
    row = file(omp)
    held(row)
    actions.settle_audit(
        by=kato.by, application=row, cause=DRAW, outcome="reduced", struck=[lines[0].pk], words="受講証なし",
        on=LATER, at=at(LATER),
    )  # fmt: skip
    verdict = queries.verdict(row, LATER)
    assert [(part.code, part.met) for part in verdict.parts] == [
        ("points", False),
        ("window", True),
        ("audit", True),
    ]
    shown = {finding.key: finding.shown for part in verdict.parts for finding in part.findings}
    assert shown["points.required"] == 26
    row = review(row, ito, LATER, points=("doubt", "監査で外れた記録があります。"))
    decision = decide(row, kato, "refused", reasons={"points": "足りません。"}, on=LATER)
    assert queries.redecide(decision) == decision.findings


@pytest.mark.parametrize(("outcome", "verdict"), [("upheld", True), ("refused", False), ("referred", None)])
def test_the_outcome_of_an_audit_is_a_finding(omp: Certification, outcome: str, verdict: object) -> None:
    thirty(omp.person)
    row = file(omp)
    held(row)
    actions.settle_audit(
        by="system", application=row, cause=DRAW, outcome=outcome, on=LATER, at=at(LATER)
    )  # fmt: skip
    found = {part.code: part.met for part in queries.verdict(row, LATER).parts}
    assert found.get("audit", "none") == verdict
    with pytest.raises(Refused, match=r"applications\.not_held"):
        actions.settle_audit(
            by="system", application=row, cause=DRAW, outcome=outcome, on=LATER, at=at(LATER)
        )  # fmt: skip


def test_an_outcome_that_makes_no_sense_is_refused(omp: Certification) -> None:
    row = file(omp)
    held(row)
    told: dict[str, Any] = {"by": "system", "application": row, "cause": DRAW, "on": LATER, "at": at(LATER)}
    for outcome in ("reduced", "gone", "not_drawn"):
        with pytest.raises(Refused, match=r"applications\.audit_outcome"):
            actions.settle_audit(outcome=outcome, **told)
    with pytest.raises(BadInput, match=r"audit\.unknown_line"):
        actions.settle_audit(outcome="reduced", struck=[omp.pk], **told)


def test_the_database_refuses_a_decision_while_an_audit_holds(
    omp: Certification, ito: Person, kato: Person
) -> None:
    thirty(omp.person)
    row = review(file(omp), ito)
    held(row)
    waiting = AuditHold.objects.get()
    told = {
        "outcome": "certified", "decider": kato, "reviewer": ito, "review": row.reviews.get(), "facts": {},
        "findings": {}, "evidence": [], "edition": "e", "day": LATER, "decided_on": LATER, "decided_at": at(LATER),
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="Held for an audit"), transaction.atomic():
        Decision.objects.create(application=row, **told)
    actions.let_go(by="system", cause=waiting.cause, applications=[row], on=LATER, at=at(LATER))
    Decision.objects.create(application=row, **told)


def test_the_evidence_of_the_claimed_lines_is_kept_with_the_decision(
    omp: Certification, ito: Person, kato: Person
) -> None:
    lines = thirty(omp.person)
    proof = picture("修了証.png", 21)
    for line, taken in ((lines[1], proof), (lines[0], picture("受講証.png", 22))):
        ledger.attach_evidence(by=omp.person.by, activity=line, taken=taken, at=at(IN_WINDOW))
    row = file(omp)
    assert [paper.row.file_name for paper in queries.papers(row)] == ["受講証.png", "修了証.png"]
    decision = Decision.objects.get(pk=decide(review(row, ito), kato, on=LATER).pk)
    assert {"source": "cpd", "sha256": proof.sha256} in decision.facts["papers"]
    assert len(decision.evidence) == 2
    assert queries.is_whole(decision)
    files.place_of(proof.sha256).unlink()
    assert not queries.is_whole(decision)
