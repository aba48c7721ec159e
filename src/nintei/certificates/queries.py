"""Certificates of a person, and the file behind one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nintei.certificates.models import Certificate
from nintei.people.models import Person
from nintei.shared.files import TakenFile


def certificates(person: Person) -> QuerySet[Certificate]:
    """A person's certificates, newest validity first, with what they certify (one query)."""
    mine = Certificate.objects.filter(term__certification__person=person)
    return mine.select_related("term__certification").order_by("-term__starts_on")


def certificate_of(person: Person, certificate_id: UUID) -> Certificate | None:
    """One of the person's own certificates; None for anybody else's."""
    return certificates(person).filter(pk=certificate_id).first()


def to_issue(most: int = 100) -> QuerySet[Certificate]:
    """Intended and not yet printed, oldest first."""
    return Certificate.objects.filter(sha256="").order_by("intended_at")[:most]


def file_of(certificate: Certificate) -> TakenFile | None:
    """The printed file, once there is one."""
    if not certificate.sha256:
        return None
    return TakenFile(certificate.sha256, "pdf", 0, 1, f"{certificate.content['number']}.pdf")
