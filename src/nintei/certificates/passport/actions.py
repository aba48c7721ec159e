"""A passport asked for, made, deleted: first the intent with its leaf, then the worker signs (decision 0034)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from nintei.certificates import keyring, places
from nintei.certificates.credentials import dataintegrity
from nintei.certificates.credentials.openbadge import Issuer, digest, with_evidence
from nintei.certificates.models import BroughtPassport, Certificate, Passport, PassportPart
from nintei.certificates.pairs import signing_pair
from nintei.certificates.passport.document import Holder, statement
from nintei.certificates.passport.incoming import BadPassport, first_values, read
from nintei.certificates.passport.paper import paper
from nintei.certificates.passport.record import record
from nintei.certificates.passport.unfolding import unfolded
from nintei.certificates.proving import proof_of
from nintei.certificates.queries import known_issuers
from nintei.certificates.verifying.sentences import DETAILS
from nintei.journal.actions import record as tell
from nintei.ledger import actions as ledger
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

MOST_KEPT, MOST_LINES = 12, 400


@transaction.atomic
def ask(*, by: str, person: Person, parts: Collection[str], language: str, at: datetime) -> Passport:
    """Write down the record of today as the holder lets it out, and ask the worker to sign and print it.

    Raises `Refused`: `certificates.passport_empty` (no certification, or no part chosen), `passport_waits` (one is
    being made), `passport_many` (twelve are kept), `passport_long` (more than 400 activities).
    """
    Person.objects.select_for_update().get(pk=person.pk)
    _refuse(person)
    on = at.astimezone(JST).date()
    gathered = record(person, on, set(parts) & set(PassportPart.values))
    if not gathered["certifications"] or not gathered["parts"]:
        raise Refused("certificates.passport_empty")
    if len(gathered["activities"]) > MOST_LINES:
        raise Refused("certificates.passport_long", most=MOST_LINES)
    intent = _draft(person, gathered, language, at)
    facts: dict[str, object] = {"passport": str(intent.pk), "statement": digest(intent.statement)}
    # Shown to strangers in the passport's proof: hashes only, and nobody's name.
    leaf = tell(
        by="system", verb="certificates.intend_passport", subject=f"passport:{intent.pk}", at=at, data=facts
    )
    intent.leaf = leaf.seq
    intent.save(force_insert=True)
    told: dict[str, object] = {"passport": str(intent.pk), "parts": gathered["parts"]}
    tell(by=by, verb="certificates.ask_passport", subject=f"person:{person.pk}", at=at, data=told)
    app.configure_task("certificates.passport", queue="certificates").defer(passport_id=str(intent.pk))
    return intent


def _refuse(person: Person) -> None:
    mine = Passport.objects.filter(person=person)
    if mine.filter(sha256="").exists():
        raise Refused("certificates.passport_waits")
    if mine.count() >= MOST_KEPT:
        raise Refused("certificates.passport_many", most=MOST_KEPT)


def _draft(person: Person, gathered: dict[str, object], language: str, at: datetime) -> Passport:
    pair, passport = signing_pair(at), uuid.uuid4()
    (first, *_), rules = registry.certifications(person), edition(at.astimezone(JST).date())
    called = registry.registered_name(first)
    issuer = Issuer(places.did(pair), rules.name.ja, settings.BASE_URL)
    certified = _credentials(person) if PassportPart.STATUS in gathered["parts"] else []  # type: ignore[operator]
    said = statement(
        passport,
        Holder(called.name, called.latin),
        gathered,
        certified,
        issuer,
        at.astimezone(JST).replace(microsecond=0),
    )
    return Passport(
        id=passport, person=person, language=language, record=gathered, statement=said,
        key=pair.number, intended_at=at,
    )  # fmt: skip


def _credentials(person: Person) -> list[dict[str, object]]:
    """The newest signed credential of each certification."""
    rows = Certificate.objects.filter(term__certification__person=person).exclude(credential={})
    newest: dict[object, dict[str, object]] = {}
    for row in rows.select_related("term").order_by("term__starts_on", "copy"):
        newest[row.term.certification_id] = row.credential
    return list(newest.values())


def make(*, by: str, passport_id: UUID, at: datetime) -> bool:
    """Sign and print an intended passport; True when it was done now (P2).

    As with a certificate the proof is kept first. Raises `proving.NotYet`, `keyring.NoSuchKey`,
    `paper.CannotPrint`: the intent stays.
    """
    intent = Passport.objects.filter(pk=passport_id).first()
    if intent is None or intent.sha256:
        return False
    if not intent.proof:
        Passport.objects.filter(pk=intent.pk, proof="").update(proof=proof_of(intent))
        intent.refresh_from_db()
    keys = keyring.keys_of(places.keys_folder(), intent.key)
    document = with_evidence(intent.statement, intent.proof)
    method = places.method(keys.pair)
    credential = dataintegrity.sign(
        document, keys.ed25519, method, intent.intended_at.astimezone(JST).isoformat()
    )
    return _outcome(by, intent.pk, credential, files.keep(paper(intent, credential, keys)), at)


@transaction.atomic
def _outcome(by: str, pk: UUID, credential: dict[str, object], sha256: str, at: datetime) -> bool:
    passport = Passport.objects.select_for_update().filter(pk=pk, sha256="").first()
    if passport is None:
        return False
    passport.credential, passport.sha256, passport.issued_at = credential, sha256, at
    passport.save(update_fields=["credential", "sha256", "issued_at"])
    facts: dict[str, object] = {"passport": str(pk), "sha256": sha256}
    tell(by=by, verb="certificates.issue_passport", subject=f"passport:{pk}", at=at, data=facts)
    return True


@transaction.atomic
def bring(*, by: str, person: Person, data: bytes, on: date, at: datetime) -> BroughtPassport:
    """Take another association's passport in: each activity becomes a draft, which counts for nothing.

    `data`: JSON, a token, or a PDF with the credential inside, which is then what is kept and compared.
    Raises `Refused`: `certificates.brought_already` (this very credential), `brought_bad` (with the reason), and the
    ledger's `ledger.too_many_drafts`. A newer passport adds only the activities that the older one had not.
    """
    try:
        data = unfolded(data)
        Person.objects.select_for_update().get(pk=person.pk)
        sha256 = hashlib.sha256(data).hexdigest()
        if there := BroughtPassport.objects.filter(person=person, sha256=sha256).first():
            raise Refused("certificates.brought_already", on=there.brought_at.astimezone(JST).date())
        found = read(data, known_issuers(), on)
    except BadPassport as fault:
        why = DETAILS.get(fault.code, DETAILS["credential"])
        raise Refused("certificates.brought_bad", ja=why.ja, en=why.en) from fault
    told: dict[str, object] = {"sha256": sha256, "signature": found.signature.value}
    tell(by=by, verb="certificates.bring_passport", subject=f"person:{person.pk}", at=at, data=told)
    for each in found.activities:
        key = hashlib.sha256(f"{found.issuer}\n{each.id}".encode()).hexdigest()[:40]
        ledger.jot_down(
            by=by, person=person, source="passport", said=first_values(each, found), files=(), found=(),
            at=at, source_key=f"passport:{key}",
        )  # fmt: skip
    return BroughtPassport.objects.create(
        person=person, sha256=sha256, text=data.decode("utf-8", "replace"), issuer=found.issuer, name=found.name,
        made_on=found.made_on, signature=found.signature, activities=len(found.activities), brought_at=at,
    )  # fmt: skip


@transaction.atomic
def delete(*, by: str, passport: Passport, at: datetime) -> None:
    """Delete a passport with its file; whoever has a copy can still check it."""
    sha256 = passport.sha256
    tell(by=by, verb="certificates.delete_passport", subject=f"passport:{passport.pk}", at=at, data={})
    passport.delete()
    if sha256 and not Passport.objects.filter(sha256=sha256).exists():
        transaction.on_commit(lambda: files.forget(sha256))
