"""Killed at every write, a full disk, two issuers: one certificate for a term, no number given twice (P1).

A child process does the work and kills itself right after its n-th write to the database or to the disk, for
n = 1, 4, 7, … (NINTEI_KILL_STEP=1: at every one) until it comes through; what is left is then finished by the next
round of the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from nintei.certificates import actions, queries, tasks
from nintei.certificates.models import Certificate, StatusPlace
from nintei.certificates.tests.world import DAY, NOON, certify, issue_all, passed, trust
from nintei.certificates.verifying.judging import judge
from nintei.journal.actions import checkpoint
from nintei.journal.queries import verify
from nintei.notices.models import Letter
from nintei.registry.models import Certification, ExamPass, NumberSeries, Term
from nintei.shared import files
from tests.faults.killing import (
    CLEAN,
    FULL,
    REFUSED,
    STEP,
    FullDisk,
    WithoutLock,
    WithoutTransactions,
    Work,
    ended,
    killed_after,
)

FREE = 1_000_000

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.JOURNAL_KEY = str(tmp_path / "journal.ed25519")
    settings.ISSUING_KEYS = str(tmp_path / "issuing")


@pytest.fixture
def report() -> ExamPass:
    return passed()


def counts() -> tuple[int, ...]:
    kinds = (Certification, Term, Certificate, StatusPlace, Letter)
    return tuple(model._default_manager.count() for model in kinds)


def rounds(work: Work, check: Callable[[], None]) -> int:
    """Kill after the first write, a later one, …; after each the check; the last write that was not survived."""
    n = 1
    while killed_after(n, work):
        check()
        n += STEP
        assert n < 200
    return n - STEP


def test_killed_at_any_write_of_certifying_nothing_is_left_and_of_issuing_the_intent_is(
    report: ExamPass,
) -> None:
    def nothing() -> None:
        assert counts() == (0, 0, 0, 0, 0)
        assert NumberSeries.objects.count() == 0

    assert rounds(partial(certify, report=report), nothing) >= 10
    assert counts() == (1, 1, 1, 1, 0)
    (intent,) = queries.to_issue()
    checkpoint(at=NOON)

    def intended() -> None:
        assert [each.pk for each in queries.to_issue()] == [intent.pk]
        assert verify().faults == ()

    assert rounds(issue_all, intended) >= 7
    assert (counts(), queries.to_issue().count()) == ((1, 1, 1, 1, 1), 0)
    made = Certificate.objects.get()
    assert made.content["number"] == "OMP-2026-000001"
    assert judge(files.place_of(made.sha256).read_bytes(), trust(), DAY).answer == "valid"


def test_without_transactions_a_killed_one_would_leave_a_half(report: ExamPass) -> None:
    """The control of the kills at certifying: the same process, the same death, each statement by itself."""
    assert killed_after(4, WithoutTransactions(partial(certify, report=report)))
    assert counts() != (0, 0, 0, 0, 0)
    assert NumberSeries.objects.count() == 1


def test_two_issuers_by_mistake_make_one_certificate() -> None:
    certify()
    checkpoint(at=NOON)
    assert ended(issue_all, issue_all) == [0, 0]
    assert (Certificate.objects.exclude(sha256="").count(), Letter.objects.count()) == (1, 1)
    assert verify().faults == ()
    assert (
        judge(files.place_of(Certificate.objects.get().sha256).read_bytes(), trust(), DAY).answer == "valid"
    )


def test_two_deciders_at_once_give_two_numbers_and_without_the_lock_one_would_be_refused() -> None:
    """The control: both have read the last number before one writes; then only the constraint is left."""
    reports = [passed(email=f"p{n}@example.jp") for n in range(4)]
    several = [partial(certify, report=report) for report in reports]
    assert ended(*several[:2]) == [0, 0]
    assert numbers() == ["OMP-2026-000001", "OMP-2026-000002"]
    everybody = CLEAN.Barrier(2)
    loose = [WithoutLock("registry_numberseries", everybody, work) for work in several[2:]]
    assert sorted(ended(*loose)) == [0, REFUSED]
    assert numbers() == ["OMP-2026-000001", "OMP-2026-000002", "OMP-2026-000003"]


def numbers() -> list[str]:
    return list(Certification.objects.order_by("number").values_list("number", flat=True))


def test_a_full_disk_leaves_the_intent_and_the_next_round_finishes_it(tmp_path: Path) -> None:
    """For the signer nothing fits, then the tree's files; for the worker nothing, then all but the paper."""
    certify()
    signing = partial(checkpoint, at=NOON)
    turns = ((0, signing), (40, signing), (FREE, signing), (0, issue_all), (20_000, issue_all))
    for most, work in turns:
        assert ended(FullDisk(most, work)) == [0 if most == FREE else FULL], most
        assert (queries.to_issue().count(), Letter.objects.count()) == (1, 0)
        assert [path for path in kept_papers() if path.parent.name != "incoming"] == []
        assert verify().faults == ()
    assert tasks.finish(0) == 1
    assert verify().faults == ()
    assert [path.name for path in kept_papers()] == [Certificate.objects.get().sha256]
    place = tmp_path / "plain"
    assert ended(FullDisk(20_000, partial(place.write_bytes, b"x" * 30_000))) == [FULL]
    assert place.stat().st_size == 20_000  # the control: written under its own name, half of it would stay


def kept_papers() -> list[Path]:
    return [path for path in files.store().rglob("*") if path.is_file()]


def test_without_the_database_s_guards_an_issued_certificate_could_be_made_again() -> None:
    """The control: with its trigger off, what was issued is overwritten and its holder is told twice."""
    certify()
    checkpoint(at=NOON)
    issue_all()
    made = Certificate.objects.get()
    with connection.cursor() as cursor:
        for table in ("certificate", "posting"):
            cursor.execute(f"ALTER TABLE certificates_{table} DISABLE TRIGGER USER")
        try:
            cursor.execute("UPDATE certificates_certificate SET sha256 = '', issued_at = NULL")
            cursor.execute("DELETE FROM certificates_posting")  # which would refuse a second one too
        finally:
            for table in ("certificate", "posting"):
                cursor.execute(f"ALTER TABLE certificates_{table} ENABLE TRIGGER USER")
    Letter.objects.all().delete()
    assert actions.issue(certificate_id=made.pk, at=NOON) is True
