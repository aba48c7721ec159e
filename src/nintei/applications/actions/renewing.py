"""Filing a renewal (更新審査申請), amending it until the window closes, taking it back; the findings shown before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nintei.applications import queries
from nintei.applications.actions.claims import check_not_held
from nintei.applications.actions.drafting import sign_pledge
from nintei.applications.actions.receiving import _hand_in, accept_if_complete
from nintei.applications.actions.steps import locked, step
from nintei.applications.models import Application, Kind
from nintei.applications.states import CLOSED, Actor, Event
from nintei.journal.actions import record
from nintei.ledger import actions as ledger
from nintei.ledger import queries as logs
from nintei.ledger.models import Claim
from nintei.payments import actions as payments
from nintei.people.models import Person
from nintei.registry import actions as registry
from nintei.registry import queries as holdings
from nintei.registry.models import Certification, Term
from nintei.rules import decisions
from nintei.rules.dates import WindowReason, renewal_window
from nintei.rules.fees import NotSet, fee
from nintei.shared import wording
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@dataclass(frozen=True, slots=True)
class Signed:
    """A pledge signed with a renewal, where the rulebook asks for one: the text's version, the name, the language."""

    text_version: str
    name: str
    language: str


@transaction.atomic
def file_renewal(
    *,
    person: Person,
    certification: Certification,
    on: date,
    at: datetime,
    signed: Signed | None = None,
) -> Application:
    """File a renewal on a (JST) day: freeze the CPD claim and tell the registry (MAN-イ.C3, C4, AMB-V8).

    Outside the window it is refused with the window's days and what lapse means. Too few points do not stop
    it: the findings say so, and people decide. No fee is asked while the association has set none (AMB-F2),
    no pledge unless the rulebook asks for one (AMB-A9). A renewal already filed for this validity is given
    back unchanged (P2); after one that was withdrawn, the lines of today are claimed.
    """
    if certification.person_id != person.pk:
        raise Refused("applications.not_yours")
    Person.objects.select_for_update().get(pk=person.pk)
    term = holdings.current_term(certification, on)
    if known := queries.renewal_of(person, term):
        if known.state in CLOSED:
            raise Refused("applications.already_filed")
        return known
    check_window(term, on)
    row = _begin(person, certification, term, on, at)
    _pledge(row, signed, on, at)
    _hand_in(row, person.by, person, on, at)
    registry.file_renewal(by=person.by, certification=certification, on=on, cause=row.reference, at=at)
    _ask_fee_if_set(row, certification, on, at)
    accept_if_complete(by="system", application=row, on=on, at=at)
    row.refresh_from_db()
    return row


@transaction.atomic
def file_renewals(
    *,
    person: Person,
    certifications: Sequence[Certification],
    on: date,
    at: datetime,
    signed: Signed | None = None,
) -> list[Application]:
    """File several renewals in one go, all or none: one log, a renewal for each qualification (AMB-C15)."""
    return [
        file_renewal(person=person, certification=each, on=on, at=at, signed=signed)
        for each in certifications
    ]


@transaction.atomic
def amend_renewal(
    *, person: Person, application: Application, version: int | None, on: date, at: datetime
) -> Application:
    """Claim the lines of today in a renewal that was filed, while its window is open (AMB-C3).

    The number, the day it was first filed and its place in the queue stay; the earlier claim stays on file.
    What had gone to the decider goes back to the review. Raises `Refused`: the window has closed, an audit
    holds it, it is decided, the lines are the same as before.
    """
    row = _own_renewal(person, application, version)
    Person.objects.select_for_update().get(pk=person.pk)
    check_not_held(row)
    assert row.certification is not None  # a constraint of the table
    term = holdings.current_term(row.certification, on)
    check_window(term, on)
    before = logs.claim_for(row.certification, term)
    frozen = logs.freeze(row.certification, on)
    if before and (before.lines, before.balance) == (frozen["lines"], frozen["balance"]):
        raise Refused("applications.nothing_to_amend")
    kept: dict[str, Any] = {"by": person.by, "certification": row.certification, "term": term, "at": at}
    ledger.release_claim(why="amended", **kept)
    claim = ledger.freeze_claim(on=on, **kept)
    row.claim, row.edition = _told(claim), claim.edition
    told = {"claim": str(claim.pk), "sha256": claim.sha256, "ordinal": claim.ordinal}
    return step(row, Event.AMEND, Actor.APPLICANT, by=person.by, person=person, on=on, at=at, **told)


def check_window(term: Term, on: date) -> None:
    """`Refused` outside the window, with its days and what follows (MAN-イ.C3, C4, AMB-V9)."""
    window = renewal_window(edition(on), term.ends_on, on)
    if window.accepted:
        return
    days = {
        "opens": wording.day(window.opens),
        "closes": wording.day(window.closes),
        "ends": wording.day(term.ends_on),
    }
    codes = {
        WindowReason.TOO_EARLY: "applications.window_early",
        WindowReason.TOO_LATE: "applications.window_late",
    }
    raise Refused(codes.get(window.reason, "applications.window_lapsed"), **days)


def _own_renewal(person: Person, application: Application, version: int | None) -> Application:
    row = locked(application, version)
    if row.person_id != person.pk or row.kind != Kind.RENEWAL:
        raise Refused("applications.not_yours")
    return row


def _begin(person: Person, certification: Certification, term: Term, on: date, at: datetime) -> Application:
    claim = ledger.freeze_claim(by=person.by, certification=certification, term=term, on=on, at=at)
    row = Application.objects.create(
        kind=Kind.RENEWAL,
        person=person,
        qualification=certification.qualification,
        certification=certification,
        exam_pass=certification.exam_pass,
        claim=_told(claim),
        state_since_on=on,
        started_at=at,
        saved_at=at,
    )
    told: dict[str, object] = {"qualification": row.qualification, "kind": row.kind, "claim": str(claim.pk)}
    record(by=person.by, verb="applications.start", subject=row.reference, at=at, data=told)
    return row


def _told(claim: Claim) -> dict[str, Any]:
    """A claim as the case keeps it (P3)."""
    return {
        "id": str(claim.pk),
        "sha256": claim.sha256,
        "ordinal": claim.ordinal,
        "term": str(claim.term_id),
        "expiry": claim.term.ends_on.isoformat(),
        "filed_on": claim.filed_on.isoformat(),
        "balance": claim.balance,
        "lines": claim.lines,
    }


def _pledge(row: Application, signed: Signed | None, on: date, at: datetime) -> None:
    if decisions.PLEDGE not in decisions.renewal_asks(edition(on)):
        return
    if signed is None:
        raise Refused("applications.renewal_pledge_missing")
    sign_pledge(
        person=row.person, application=row, text_version=signed.text_version, signed_name=signed.name,
        language=signed.language, on=on, at=at,
    )  # fmt: skip
    row.refresh_from_db()


def _ask_fee_if_set(row: Application, certification: Certification, on: date, at: datetime) -> None:
    try:
        fee(edition(on), row.kind, on, qualification=row.qualification)
    except NotSet:
        return
    payments.open_fee(
        by="system",
        person=row.person,
        kind=row.kind,
        reference=row.reference,
        qualification=row.qualification,
        pass_number=row.exam_pass.number if row.exam_pass else "",
        certificate_number=certification.number,
        kana=row.person.kana,
        on=on,
        at=at,
    )
