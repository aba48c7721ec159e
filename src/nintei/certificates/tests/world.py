"""Certificates for tests: certified, issued, published."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from nintei.certificates import actions, publishing, queries
from nintei.certificates.models import Certificate
from nintei.certificates.verifying.trust import Trust
from nintei.journal.actions import checkpoint
from nintei.people.models import Person
from nintei.registry import actions as registry
from nintei.registry.models import Certification, ExamPass
from nintei.shared import files
from nintei.shared.clock import JST

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def passed(name: str = "髙橋 𠮷之助", email: str = "sato@example.jp", at: datetime = NOON) -> ExamPass:
    """Somebody who passed two years before."""
    person = Person.objects.create_user(email, name=name, latin="TAKAHASHI Kichinosuke")
    return ExamPass.objects.create(
        exam="OMP",
        number=email,
        name=name,
        kana="x",
        passed=True,
        issued_on=date(at.year - 2, 10, 8),
        imported_at=at,
        person=person,
    )


def certify(
    name: str = "髙橋 𠮷之助",
    email: str = "sato@example.jp",
    at: datetime = NOON,
    report: ExamPass | None = None,
) -> Certification:
    """Certified by a decision of that instant."""
    report = report or passed(name, email, at)
    assert report.person
    return registry.certify(
        by="person:kato",
        person=report.person,
        qualification="OMP",
        exam_pass=report,
        decided_on=at.date(),
        edition_id="e",
        cause=f"application:{report.number}",
        at=at,
    )


def issue(certificate: Certificate, at: datetime = NOON) -> bool:
    """The signer's turn, then the worker's."""
    checkpoint(at=at)
    return actions.issue(certificate_id=certificate.pk, at=at)


def issued(name: str = "髙橋 𠮷之助", email: str = "sato@example.jp", at: datetime = NOON) -> Certificate:
    certification = certify(name, email, at)
    certificate = Certificate.objects.get(term__certification=certification)
    assert issue(certificate, at) is True
    return Certificate.objects.get(pk=certificate.pk)


def issue_all() -> None:
    """The worker's round, for what the signer has signed."""
    for intent in queries.to_issue():
        actions.issue(certificate_id=intent.pk, at=NOON)


def trust(at: datetime = NOON) -> Trust:
    """What a reader has who fetched it now."""
    publishing.publish(at)
    return Trust(json.loads((Path(settings.CREDENTIALS_FOLDER) / "trust.json").read_text("utf-8")))


def pdf(certificate: Certificate) -> bytes:
    return pdf_of(certificate.sha256)


def pdf_of(sha256: str) -> bytes:
    return files.place_of(sha256).read_bytes()
