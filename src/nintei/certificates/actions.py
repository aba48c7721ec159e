"""Intent, then effect: what shall be printed and signed is written down first, and the files follow once.

The intent stands in the transaction of the certification, with a leaf that commits to the paper's words and to the
credential; the worker signs and prints only what a published checkpoint includes; the outcome is a leaf of its own.
Killed in between, the next round finds the intent and finishes it (promises P1, P6).
"""

from __future__ import annotations

import secrets
import uuid
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nintei.certificates import keyring, places
from nintei.certificates.credentials.openbadge import Issuer, digest
from nintei.certificates.credentials.statuslist import LENGTH
from nintei.certificates.keyring import NoSuchKey, Pair
from nintei.certificates.models import Certificate, StatusPlace
from nintei.certificates.pairs import signing_pair
from nintei.certificates.posting.actions import begin
from nintei.certificates.printing import Made, made
from nintei.certificates.proving import NotYet, proof_of
from nintei.certificates.words import content_of, statement_of
from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.registry import queries as registry
from nintei.registry.models import Certification, Term
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

__all__ = ["NotYet", "forget_key", "intend", "issue", "new_key", "publish_soon"]

TEMPLATE = "certificate-1"
HALF = LENGTH // 2


@transaction.atomic
def intend(*, by: str, term: Term, at: datetime, cause: str = "") -> Certificate:
    """Write down what the certificate of a term will say, and ask the worker to sign and print it.

    One for a term; another only for a `cause` (a reissue), once for each. The leaf holds hashes, no names: it is
    opened in every certificate. Raises `NoSuchKey` where certificates were issued and the keys are gone.
    """
    known = Certificate.objects.select_for_update().filter(term=term)
    if already := known.filter(cause=cause).first():
        return already
    pair = signing_pair(at)
    intent = _draft(term, pair, known.count() + 1, at.astimezone(JST).date())
    subject = f"certification:{term.certification_id}"
    facts: dict[str, object] = {
        "certificate": str(intent.pk),
        "content": digest(intent.content),
        "statement": digest(intent.statement),
        "template": TEMPLATE,
        "cause": cause,
    }
    # The actor of the decision stands in the leaf before this one; this one is shown to strangers.
    intent.leaf = record(by="system", verb="certificates.intend", subject=subject, at=at, data=facts).seq
    intent.cause, intent.intended_at = cause, at
    intent.save(force_insert=True)
    app.configure_task("certificates.issue", queue="certificates").defer(certificate_id=str(intent.pk))
    return intent


def _draft(term: Term, pair: Pair, copy: int, on: date) -> Certificate:
    rules, certification = edition(term.decided_on), term.certification
    called = registry.registered_name(certification)
    name = (called.name, called.latin)
    issuer = Issuer(places.did(pair), rules.name.ja, settings.BASE_URL)
    place = _place_of(certification)
    return Certificate(
        id=uuid.uuid4(),
        term=term,
        copy=copy,
        template=TEMPLATE,
        content=content_of(rules, term, name, on, copy),
        statement=statement_of(rules, term, name[0], place, issuer),
        key=pair.number,
    )


def _place_of(certification: Certification) -> StatusPlace:
    """The place of a certification in the lists, drawn by lot among the free ones at its first certificate.

    A list is filled to the half, so that a lot seldom meets a taken place; the constraint decides.
    """
    while True:
        if known := StatusPlace.objects.filter(certification=certification).first():
            return known
        number = StatusPlace.objects.count() // HALF + 1
        try:
            with transaction.atomic():
                index = secrets.randbelow(LENGTH)
                return StatusPlace.objects.create(certification=certification, number=number, index=index)
        except IntegrityError:
            continue


@transaction.atomic
def new_key(*, by: str, at: datetime) -> Pair:
    """A new pair signs from now on; what was intended before is still signed by the old one."""
    pair = keyring.make(places.keys_folder(), settings.JOURNAL_ORIGIN, at)
    facts: dict[str, object] = {"number": pair.number, "public": pair.public.hex()}
    record(by=by, verb="certificates.new_key", subject="keys:issuing", at=at, data=facts)
    return pair


@transaction.atomic
def forget_key(*, by: str, number: int, at: datetime) -> None:
    """Delete the private keys of a pair that was replaced, once nothing waits for them. Raises `NoSuchKey`."""
    if Certificate.objects.filter(key=number, sha256="").exists():
        raise NoSuchKey(f"key {number} still has certificates to sign")
    facts: dict[str, object] = {"number": number}
    record(by=by, verb="certificates.forget_key", subject="keys:issuing", at=at, data=facts)
    keyring.forget(places.keys_folder(), number)


def publish_soon(*, by: str) -> None:
    """Ask the worker for new public lists, once for any number of changes that wait."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("certificates.publish", queueing_lock="certificates.publish").defer()


def issue(*, certificate_id: UUID, at: datetime) -> bool:
    """Sign and print an intended certificate and tell its holder; True when it was done now (P2).

    The proof is kept first: from it on, the same intent gives the same bytes, so a print that was lost before its
    outcome was written is simply made again. Raises `paper.CannotPrint` when a glyph is missing, `NotYet` while no
    checkpoint has its leaf, `NoSuchKey`: the intent stays.
    """
    intent = Certificate.objects.get(pk=certificate_id)
    if intent.sha256:
        return False
    if not intent.proof:
        proof = proof_of(intent)
        Certificate.objects.filter(pk=certificate_id, proof="").update(proof=proof)
        intent.refresh_from_db()
    papers = made(intent)
    return _outcome(certificate_id, papers, files.keep(papers.pdf), at)


@transaction.atomic
def _outcome(certificate_id: UUID, papers: Made, sha256: str, at: datetime) -> bool:
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    if certificate.sha256:
        return False
    certificate.credential, certificate.token = papers.credential, papers.token
    certificate.sha256, certificate.issued_at = sha256, at
    certificate.save(update_fields=["credential", "token", "sha256", "issued_at"])
    begin(by="system", certificate=certificate)
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
    publish_soon(by="system")
