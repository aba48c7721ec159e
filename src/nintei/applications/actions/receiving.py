"""Sending an application, its acceptance (受理), and taking it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.applications import queries
from nintei.applications.actions.asking import check_answered, close_items
from nintei.applications.actions.claims import check_not_held, let_go_of_claim
from nintei.applications.actions.steps import locked, step, tell
from nintei.applications.gaps import gap_words, missing_parts
from nintei.applications.models import Application, CaseSeries, Kind
from nintei.applications.states import Actor, Event, State
from nintei.applications.understanding import what_was_understood
from nintei.experience import queries as experience
from nintei.payments import actions as payments
from nintei.payments import queries as fees
from nintei.people.models import Person
from nintei.registry.models import ExamPass
from nintei.rules import decisions
from nintei.rules.dates import ReportReason, ReportUse, report_use
from nintei.shared import wording
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def submit(
    *,
    person: Person,
    application: Application,
    version: int | None,
    understood: bool,
    on: date,
    at: datetime,
) -> Application:
    """Hand a first application in: freeze what it says, ask for the fee (MAN-ウ④). What came back with
    questions is sent again when each is answered; its fee has been asked for.

    The first day of sending decides whether the report can be used (AMB-V5) and up to when experience
    counts (AMB-E6); papers that were sent back keep it. Raises `Refused`: a report expired, from the
    future, not a pass or for another exam; parts missing; the box about validity and fee not ticked; a
    question not answered; not in this state. Nothing is kept then.
    """
    row = locked(application, version)
    if row.person_id != person.pk:
        raise Refused("applications.not_yours")
    is_again = row.state == State.RETURNED
    if is_again:
        check_answered(row)
        close_items(row, on)
    if row.kind == Kind.FIRST:
        _freeze(row, on)
    if not (understood or is_again):
        kept = fees.keeps_after_acceptance(on)
        raise Refused("applications.not_understood" if kept else "applications.refund_not_understood")
    row.understood_on = row.understood_on or on
    _hand_in(row, person.by, person, on, at)
    if not is_again:
        _ask_fee(row, on, at)
    accept_if_complete(by="system", application=row, on=on, at=at)
    row.refresh_from_db()
    return row


def _freeze(row: Application, on: date) -> None:
    """Keep what is handed in: the report, and the posts with their statements as they are now."""
    check_report(row, row.submitted_on or on)
    gaps = missing_parts(row, on)
    if gaps:
        raise Refused("applications.not_complete", gaps=gap_words(gaps))
    report = queries.report_for(row)
    assert report is not None  # check_report has found it
    told = row.claim.get("understood") or what_was_understood(row, report, on)
    case = experience.case(row.person, on)
    row.exam_pass, row.claim = report, {"posts": experience.freeze(case), "understood": told}


def check_report(row: Application, on: date, report: ExamPass | None = None) -> ReportUse:
    """The kernel's word on the report; raises `Refused` with a sentence where it cannot be used.

    `report` saves asking for it again where it is at hand.
    """
    report = report or queries.report_for(row)
    if report is None:
        raise Refused("applications.no_report", qualification=row.qualification)
    use = report_use(edition(on), report.issued_on, on, row.qualification, report.exam, report.passed)
    data = {
        "exam": report.exam,
        "qualification": row.qualification,
        "issued": wording.day(report.issued_on),
        "last": wording.day(use.last_day),
    }
    if not use.usable:
        raise Refused(_REPORT_REFUSALS[use.reason], **data)
    return use


_REPORT_REFUSALS = {
    ReportReason.NOT_A_PASS: "applications.report_not_a_pass",
    ReportReason.WRONG_EXAM: "applications.report_wrong_exam",
    ReportReason.APPLICATION_BEFORE_ISSUE: "applications.report_before_issue",
    ReportReason.REPORT_EXPIRED: "applications.report_expired",
}


@transaction.atomic
def accept_if_complete(
    *, by: str, application: Application, on: date, at: datetime, tells: bool = True
) -> bool:
    """受理: when complete papers and the confirmed fee are both there, on the later day (MAN-ウ④.※1, AMB-F4).

    Nothing else accepts. A renewal has no fee as long as the association has set none (AMB-F2): it is
    accepted when it is handed in. The applicant is told unless the caller does that (`tells`). True if it was
    accepted now.
    """
    row = locked(application)
    if row.state != State.SUBMITTED:
        return False
    if row.accepted_on:
        # 受理 has happened, and happens once: what came back with answers goes on where it was.
        step(row, Event.RESUME, Actor.RULE, by=by, person=None, on=on, at=at)
        return False
    accepted_on = _accepted_on(row)
    if accepted_on is None:
        return False
    row.accepted_on = accepted_on
    told = accepted_on.isoformat()
    step(row, Event.ACCEPT, Actor.RULE, by=by, person=None, on=on, at=at, accepted_on=told)
    fee = fees.fee_for(row.reference)
    if fee:
        payments.mark_accepted(by=by, fee=fee, on=accepted_on, at=at)
    if tells:
        tell(row, "accepted", by=by, at=at, applications=[row], keeps=fees.keeps_after_acceptance(on))
    if row.reviewer_id:
        step(row, Event.RESUME, Actor.RULE, by=by, person=None, on=on, at=at)
    return True


def _accepted_on(row: Application) -> date | None:
    assert row.submitted_on is not None
    assert row.complete_on is not None  # constraints of the table
    if row.earlier_id:
        return row.complete_on
    fee = fees.fee_for(row.reference)
    if fee is None:
        return row.complete_on if row.kind == Kind.RENEWAL else None
    match = fees.standing_match(fee)
    if row.kind == Kind.RENEWAL:
        return max(row.complete_on, match.confirmed_on) if match else None
    book = edition(row.submitted_on)
    received = [form.code for form in book.procedure.forms]
    confirmed_on = match.confirmed_on if match else None
    return decisions.acceptance(book, row.qualification, received, row.complete_on, confirmed_on).accepted_on


@transaction.atomic
def withdraw(
    *, person: Person, application: Application, version: int | None, on: date, at: datetime
) -> Application:
    """Take an application back. Before 受理 its fee is not asked for any more, or goes back if it was paid
    (AMB-F3); after 受理 it is kept, and owed where its payment was undone (MAN-ウ④.※2, decision 0021), unless the
    edition of the day gives it back."""
    row = locked(application, version)
    if row.person_id != person.pk:
        raise Refused("applications.not_yours")
    check_not_held(row)
    accepted = row.accepted_on is not None
    step(
        row,
        Event.WITHDRAW,
        Actor.APPLICANT,
        by=person.by,
        person=person,
        on=on,
        at=at,
        after_acceptance=accepted,
    )
    fee = fees.fee_for(row.reference)
    if fee and not fees.is_kept(fee, on):
        payments.refund_due(by=person.by, fee=fee, reason="申請の取下げ", at=at)
    let_go_of_claim(row, person.by, on, at)
    return row


def _hand_in(row: Application, by: str, person: Person, on: date, at: datetime) -> None:
    again = row.state == State.RETURNED
    row.number = row.number or _next_number(on)
    row.submitted_at, row.submitted_on = row.submitted_at or at, row.submitted_on or on
    if row.accepted_on is None:
        row.complete_on = on
    row.edition = edition(row.submitted_on).id
    step(
        row, Event.SUBMIT, Actor.APPLICANT, by=by, person=person, on=on, at=at, number=row.number, again=again
    )


def _ask_fee(row: Application, on: date, at: datetime) -> None:
    report = queries.report_for(row)
    payments.open_fee(
        by="system",
        person=row.person,
        kind=row.kind,
        reference=row.reference,
        qualification=row.qualification,
        pass_number=report.number if report else "",
        kana=row.person.kana,
        on=on,
        at=at,
    )


def _next_number(on: date) -> str:
    """The form of the case number is ours until the association sets one."""
    CaseSeries.objects.get_or_create(year=on.year)
    series = CaseSeries.objects.select_for_update().get(year=on.year)
    series.last += 1
    series.save()
    return f"{on.year}-{series.last:04}"
