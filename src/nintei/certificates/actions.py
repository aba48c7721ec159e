"""Intent, then effect: what shall be printed is written down first, and the file follows once.

The intent stands in the transaction of the certification; the worker prints; the outcome is a leaf of
its own. Killed in between, the next round finds the intent and finishes it (promise P1).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from nintei.certificates.models import Certificate
from nintei.certificates.printing import printed
from nintei.certificates.words import content_of
from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.registry.models import Term
from nintei.shared import files
from nintei.shared.rulebook import edition

TEMPLATE = "certificate-1"


@transaction.atomic
def intend(*, by: str, term: Term, at: datetime) -> Certificate:
    """Write down what the certificate of a term will say, and ask the worker to print it."""
    content = content_of(edition(term.decided_on), term, settings.BASE_URL)
    certificate, new = Certificate.objects.get_or_create(
        term=term, defaults={"template": TEMPLATE, "content": content, "intended_at": at}
    )
    if new:
        subject = f"certification:{term.certification_id}"
        facts: dict[str, object] = {
            "certificate": str(certificate.pk),
            "content": content,
            "template": TEMPLATE,
        }
        record(by=by, verb="certificates.intend", subject=subject, at=at, data=facts)
        app.configure_task("certificates.issue", queue="certificates").defer(
            certificate_id=str(certificate.pk)
        )
    return certificate


def issue(*, certificate_id: UUID, at: datetime) -> bool:
    """Print an intended certificate and tell its holder; True when it was printed now (P2).

    The same intent gives the same bytes, so a print that was lost before its outcome was written is
    simply made again. Raises `paper.CannotPrint` when a glyph is missing; the intent stays.
    """
    intent = Certificate.objects.get(pk=certificate_id)
    if intent.sha256:
        return False
    digest = files.keep(printed(intent.content, intent.template, intent.intended_at))
    with transaction.atomic():
        certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
        if certificate.sha256:
            return False
        certificate.sha256, certificate.issued_at = digest, at
        certificate.save(update_fields=["sha256", "issued_at"])
        _tell(certificate, at)
    return True


def _tell(certificate: Certificate, at: datetime) -> None:
    certification = certificate.term.certification
    person = certification.person
    post(
        by="system",
        key=f"certificates.issued:{certificate.pk}",
        template="certificates/letters/issued.txt",
        to_email=person.email,
        to_person=person,
        language=person.language,
        at=at,
        context={"certificate": certificate, "person": person, "base": settings.BASE_URL},
    )
    facts: dict[str, object] = {"certificate": str(certificate.pk), "sha256": certificate.sha256}
    record(
        by="system", verb="certificates.issue", subject=f"certification:{certification.pk}", at=at, data=facts
    )
