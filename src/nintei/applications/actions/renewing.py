"""Filing a renewal (更新審査申請): the window by the kernel, the lines frozen, the findings shown before."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.applications.actions.receiving import _hand_in, accept_if_complete
from nintei.applications.models import Application, Kind
from nintei.applications.states import CLOSED, State
from nintei.journal.actions import record
from nintei.ledger import actions as ledger
from nintei.payments import actions as payments
from nintei.people.models import Person
from nintei.registry import actions as registry
from nintei.registry import queries as holdings
from nintei.registry.models import Certification
from nintei.rules.dates import WindowReason, renewal_window
from nintei.rules.fees import NotSet, fee
from nintei.shared import wording
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def file_renewal(*, person: Person, certification: Certification, on: date, at: datetime) -> Application:
    """File a renewal on a (JST) day: freeze the CPD claim and tell the registry (MAN-イ.C3, C4, AMB-V8).

    Outside the window it is refused with the window's days. Too few points do not stop it: the findings
    say so, and people decide. No fee is asked while the association has set none (AMB-F2). A renewal
    already filed for this validity is given back unchanged (P2).
    """
    if certification.person_id != person.pk:
        raise Refused("applications.not_yours")
    Person.objects.select_for_update().get(pk=person.pk)
    term = holdings.current_term(certification, on)
    mine = Application.objects.filter(certification=certification, kind=Kind.RENEWAL)
    if known := mine.filter(claim__term=str(term.pk)).exclude(state=State.WITHDRAWN).first():
        if known.state in CLOSED:
            raise Refused("applications.already_filed")
        return known
    _check_window(term.ends_on, on)
    by = person.by
    claim = ledger.freeze_claim(by=by, certification=certification, term=term, on=on, at=at)
    row = Application.objects.create(
        kind=Kind.RENEWAL,
        person=person,
        qualification=certification.qualification,
        certification=certification,
        exam_pass=certification.exam_pass,
        claim={
            "id": str(claim.pk),
            "term": str(term.pk),
            "expiry": term.ends_on.isoformat(),
            "filed_on": claim.filed_on.isoformat(),
            "balance": claim.balance,
            "lines": claim.lines,
        },
        state_since_on=on,
        started_at=at,
        saved_at=at,
    )
    data: dict[str, object] = {"qualification": row.qualification, "kind": row.kind}
    record(by=by, verb="applications.start", subject=row.reference, at=at, data=data)
    _hand_in(row, by, person, on, at)
    registry.file_renewal(by=by, certification=certification, on=on, cause=row.reference, at=at)
    _ask_fee_if_set(row, certification, on, at)
    accept_if_complete(by="system", application=row, on=on, at=at)
    row.refresh_from_db()
    return row


def _check_window(expiry: date, on: date) -> None:
    window = renewal_window(edition(on), expiry, on)
    if window.accepted:
        return
    days = {"opens": wording.day(window.opens), "closes": wording.day(window.closes)}
    if window.reason == WindowReason.TOO_EARLY:
        raise Refused("applications.window_early", **days)
    raise Refused("applications.window_late", **days)


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
