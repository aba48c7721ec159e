"""Killed at every write, a full disk, two issuers: one certificate for a term, no number given twice (P1).

A child process does the work and kills itself right after its n-th write to the database or to the disk, for
n = 1, 2, … until it comes through; what is left is then finished by the next round of the worker.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from nintei.certificates import actions, queries, tasks
from nintei.certificates.models import Certificate, StatusPlace
from nintei.certificates.tests.killing import killed_after
from nintei.certificates.tests.world import DAY, NOON, certify, passed, trust
from nintei.certificates.verifying.judging import judge
from nintei.journal.queries import verify
from nintei.notices.models import Letter
from nintei.registry.models import Certification, NumberSeries, Term
from nintei.shared import files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.JOURNAL_KEY = str(tmp_path / "journal.ed25519")
    settings.ISSUING_KEYS = str(tmp_path / "issuing")


def counts() -> tuple[int, ...]:
    kinds = (Certification, Term, Certificate, StatusPlace, Letter)
    return tuple(model._default_manager.count() for model in kinds)


def rounds(work: Callable[[], object], check: Callable[[], None]) -> int:
    n = 1
    while killed_after(n, work):
        check()
        n += 1
        assert n < 200
    return n


def issue_all() -> None:
    for intent in queries.to_issue():
        actions.issue(certificate_id=intent.pk, at=NOON)


def test_killed_at_any_write_of_certifying_nothing_is_left_and_of_issuing_the_intent_is() -> None:
    def nothing() -> None:
        assert counts() == (0, 0, 0, 0, 0)
        assert NumberSeries.objects.count() == 0

    report = passed()
    assert rounds(partial(certify, report=report), nothing) > 10
    assert counts() == (1, 1, 1, 1, 0)
    (intent,) = queries.to_issue()

    def intended() -> None:
        assert [each.pk for each in queries.to_issue()] == [intent.pk]
        assert verify().faults == ()

    assert rounds(issue_all, intended) > 7
    assert (counts(), queries.to_issue().count()) == ((1, 1, 1, 1, 1), 0)
    made = Certificate.objects.get()
    assert made.content["number"] == "OMP-2026-000001"
    assert judge(files.place_of(made.sha256).read_bytes(), trust(), DAY).answer == "valid"


def test_two_issuers_by_mistake_make_one_certificate() -> None:
    certify()
    (intent,) = queries.to_issue()
    done: list[bool] = []

    def run() -> None:
        try:
            done.append(actions.issue(certificate_id=intent.pk, at=NOON))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(done) == [False, False, False, True]
    assert (Certificate.objects.count(), Letter.objects.count()) == (1, 1)


def test_a_full_disk_leaves_the_intent_and_the_next_round_finishes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certify()
    (intent,) = queries.to_issue()

    def full(place: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        actions.issue(certificate_id=intent.pk, at=NOON)
    assert (queries.to_issue().count(), Letter.objects.count()) == (1, 0)
    monkeypatch.undo()
    assert tasks.finish(0) == 1
    assert verify().faults == ()


def test_without_the_database_s_guards_an_issued_certificate_could_be_made_again() -> None:
    """The control: with its trigger off, what was issued is overwritten and its holder is told twice."""
    certify()
    issue_all()
    made = Certificate.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE certificates_certificate DISABLE TRIGGER USER")
        try:
            cursor.execute("UPDATE certificates_certificate SET sha256 = '', issued_at = NULL")
        finally:
            cursor.execute("ALTER TABLE certificates_certificate ENABLE TRIGGER USER")
    Letter.objects.all().delete()
    assert actions.issue(certificate_id=made.pk, at=NOON) is True
