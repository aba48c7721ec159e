"""An application on paper: keyed in by the office, held while something is missing, then like any other."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from nintei.applications import queries, states
from nintei.applications.actions.receiving import (
    _ask_fee,
    _next_number,
    accept_if_complete,
    check_report,
)
from nintei.applications.actions.steps import check, locked, step, tell
from nintei.applications.gaps import gap_words, missing_parts
from nintei.applications.models import Application, Kind, Pledge, PledgeText
from nintei.applications.models.cases import PaperCase, PaperScan
from nintei.applications.queries import cases
from nintei.applications.states import Actor, Event, State
from nintei.experience import queries as experience
from nintei.journal.actions import record
from nintei.payments import queries as fees
from nintei.people.models import Person
from nintei.people.queries import roles_of
from nintei.registry import queries as registry
from nintei.shared import wording
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

ENVELOPE = "envelope"


@transaction.atomic
def key_in(
    *,
    actor: Person,
    person: Person,
    qualification: str,
    arrived_on: date,
    postmark_on: date | None,
    on: date,
    at: datetime,
) -> Application:
    """Open a case for an application that came on paper: incomplete until the office says it is complete.

    It counts as applied for on the day it arrived (AMB-V5). Raises `Refused`: no such role, a case of one's
    own, an unknown qualification, one already held or applied for, days that cannot be.
    """
    _check_desk(actor, person, on)
    wanted = edition(on).qualifications.get(qualification)
    if wanted is None or not wanted.certified:
        raise Refused("applications.unknown_qualification", qualification=qualification)
    if registry.certification_of(person, qualification):
        raise Refused("applications.already_certified", qualification=qualification)
    if arrived_on > on:
        raise Refused("applications.arrives_later")
    if postmark_on and postmark_on > arrived_on:
        raise Refused("applications.postmark_after_arrival")
    row = _draft(person, qualification, on, at)
    row.number, row.submitted_on, row.submitted_at = _next_number(on), arrived_on, at
    row.edition = edition(arrived_on).id
    told = {"arrived_on": arrived_on.isoformat(), "postmark_on": postmark_on and postmark_on.isoformat()}
    step(row, Event.KEY_IN, None, by=actor.by, person=actor, on=on, at=at, number=row.number, **told)
    PaperCase.objects.create(
        application=row, arrived_on=arrived_on, postmark_on=postmark_on, keyed_by=actor, keyed_at=at
    )
    return row


@transaction.atomic
def add_scan(
    *, actor: Person, application: Application, form: str, taken: TakenFile, on: date, at: datetime
) -> PaperScan:
    """Keep a scanned sheet with a case from paper; the same sheet twice is once."""
    row = _incomplete(application, None, actor, on)
    known = {each.code for each in edition(on).procedure.forms} | {ENVELOPE}
    if form not in known:
        raise Refused("applications.unknown_form", form=form)
    columns = {"kind": taken.kind, "size": taken.size, "pages": taken.pages, "file_name": taken.file_name}
    scan, is_new = PaperScan.objects.get_or_create(
        application=row,
        form=form,
        sha256=taken.sha256,
        defaults={"added_by": actor, "added_at": at, **columns},
    )
    if is_new:
        told = {"what": "scan", "form": form, "sha256": taken.sha256}
        step(row, Event.KEY_IN, None, by=actor.by, person=actor, on=on, at=at, **told)
    return scan


@transaction.atomic
def enter_pledge(
    *,
    actor: Person,
    application: Application,
    text: PledgeText,
    signed_name: str,
    signed_on: date,
    on: date,
    at: datetime,
) -> Pledge:
    """Enter that form (D) was signed by hand: which text it was, the name and the day written there.

    Raises `Refused` where no scan of the form is kept, for a day after today, a name that is not the
    applicant's, and a second signature.
    """
    row = _incomplete(application, None, actor, on)
    if signed_on > on:
        raise Refused("applications.signed_later")
    if queries.pledge_of(row):
        raise Refused("applications.pledge_signed")
    if not PaperScan.objects.filter(application=row, form="form_D_signed").exists():
        raise Refused("applications.scan_first")
    if "".join(signed_name.split()) != "".join(row.person.name.split()):
        raise Refused("applications.pledge_name_differs", name=row.person.name)
    pledge = Pledge.objects.create(
        application=row,
        text=text,
        language="ja",
        text_sha256=cases.text_sha256(text, "ja"),
        signed_name=signed_name.strip(),
        signed_at=at,
        signed_on=signed_on,
    )
    told = {"what": "pledge", "text": text.version, "sha256": pledge.text_sha256, "on_paper": True}
    step(row, Event.KEY_IN, None, by=actor.by, person=actor, on=on, at=at, **told)
    return pledge


@transaction.atomic
def ask_for_missing(
    *, actor: Person, application: Application, version: int | None, words: str, on: date, at: datetime
) -> PaperCase:
    """Write to the applicant what is missing and until when it must come (AMB-A3); again, a new period.

    The period is `settings.SUPPLEMENT_DAYS`. Raises `Refused` where nothing is missing.
    """
    row = _incomplete(application, version, actor, on)
    gaps = missing_parts(row, on)
    if not gaps and not words.strip():
        raise Refused("applications.nothing_missing")
    paper = PaperCase.objects.select_for_update().get(application=row)
    paper.gaps, paper.asked_on = list(gaps), on
    paper.until_on = on + timedelta(days=settings.SUPPLEMENT_DAYS)
    paper.save()
    told = {"what": "gaps", "gaps": list(gaps), "until": paper.until_on.isoformat(), "words": words.strip()}
    step(row, Event.KEY_IN, None, by=actor.by, person=actor, on=on, at=at, **told)
    tell(
        row,
        "missing",
        by=actor.by,
        at=at,
        key=f":{row.version}",
        gaps=gap_words(gaps),
        paper=paper,
        words=words.strip(),
    )
    return paper


@transaction.atomic
def complete(
    *, actor: Person, application: Application, version: int | None, on: date, at: datetime
) -> Application:
    """The papers are complete: freeze them and ask for the fee; from here the case is like any other.

    The report is judged on the day of arrival (AMB-V5). Raises `Refused` for parts that are missing and a
    report that cannot be used.
    """
    row = _incomplete(application, version, actor, on)
    assert row.submitted_on is not None  # set when it was keyed in
    check_report(row, row.submitted_on)
    if gaps := missing_parts(row, on):
        raise Refused("applications.not_complete", gaps=gap_words(gaps))
    row.exam_pass = queries.report_for(row)
    row.claim = {"posts": experience.freeze(experience.case(row.person, on))}
    row.complete_on = on
    step(row, Event.COMPLETE, None, by=actor.by, person=actor, on=on, at=at, number=row.number)
    _ask_fee(row, on, at)
    fee = fees.fee_for(row.reference)
    payer = fees.payer_name_to_write(fee) if fee else ""
    bank, keeps = edition(on).fees.bank, fees.keeps_after_acceptance(on)
    tell(row, "complete", by=actor.by, at=at, fee=fee, payer=payer, bank=bank, keeps=keeps)
    accept_if_complete(by="system", application=row, on=on, at=at)
    row.refresh_from_db()
    return row


@transaction.atomic
def turn_away(
    *, actor: Person, application: Application, version: int | None, words: str, on: date, at: datetime
) -> Application:
    """Close an incomplete case without 受理, because what was missing did not come, or cannot come.

    Raises `Refused` without words, and before the period to supply has ended unless the report is expired.
    """
    row = _incomplete(application, version, actor, on)
    check(row, Event.TURN_AWAY, Actor.REVIEWER, actor, on)
    if not words.strip():
        raise Refused("applications.words_missing")
    paper = PaperCase.objects.get(application=row)
    if not _report_is_spent(row) and (paper.until_on is None or on <= paper.until_on):
        until = wording.day(paper.until_on) if paper.until_on else ""
        raise Refused("applications.period_runs" if until else "applications.ask_first", until=until)
    step(row, Event.TURN_AWAY, Actor.REVIEWER, by=actor.by, person=actor, on=on, at=at, words=words.strip())
    tell(row, "turned_away", by=actor.by, at=at, words=words.strip())
    return row


def _report_is_spent(row: Application) -> bool:
    """Whether the report could no more be used on the day the papers arrived: waiting would not help."""
    assert row.submitted_on is not None
    try:
        check_report(row, row.submitted_on)
    except Refused as refused:
        return refused.code == "applications.report_expired"
    return False


def _check_desk(actor: Person, person: Person, on: date) -> None:
    if actor.pk == person.pk:
        raise Refused("applications.own_case")
    held = {states.ACTS_AS[role] for role in roles_of(actor, on=on) if role in states.ACTS_AS}
    if not held & {Actor.CONTRACTOR, Actor.REVIEWER}:
        raise Refused("applications.not_entitled", event=Event.KEY_IN.label)


def _draft(person: Person, qualification: str, on: date, at: datetime) -> Application:
    Person.objects.select_for_update().get(pk=person.pk)
    try:
        with transaction.atomic():
            row = Application.objects.create(
                kind=Kind.FIRST,
                person=person,
                qualification=qualification,
                state_since_on=on,
                started_at=at,
                saved_at=at,
            )
    except IntegrityError as error:
        raise Refused("applications.open_already", qualification=qualification) from error
    data: dict[str, object] = {"qualification": qualification, "kind": row.kind, "on_paper": True}
    record(by="system", verb="applications.start", subject=row.reference, at=at, data=data)
    return row


def _incomplete(application: Application, version: int | None, actor: Person, on: date) -> Application:
    row = locked(application, version)
    _check_desk(actor, row.person, on)
    if row.state != State.INCOMPLETE:
        raise Refused("applications.not_now", state=State(row.state).label, event=Event.KEY_IN.label)
    return row
