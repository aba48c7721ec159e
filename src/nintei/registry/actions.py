"""The only writers of passes, certifications and validity. The kernel gives the days."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.registry.models import (
    Certification,
    ExamPass,
    NumberSeries,
    PassFile,
    StatusChange,
    StatusKind,
    Term,
)
from nintei.registry.passfile import Fault, Row, read
from nintei.registry.signals import status_changed
from nintei.rules import dates
from nintei.rules.edition import Text
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


class Import(NamedTuple):
    """What a file of exam results did, or (with faults) would not do."""

    new: int
    known: int
    faults: tuple[Fault, ...]


def preview_passes(*, data: bytes, on: date) -> Import:
    """What importing the file would do; nothing is kept."""
    reading = read(data, frozenset(edition(on).qualifications), on)
    known = _known(reading.rows)
    faults = (*reading.faults, *(_differs(row) for row in reading.rows if _conflicts(row, known)))
    new = sum((row.exam, row.number) not in known for row in reading.rows)
    return Import(new, len(reading.rows) - new, faults)


@transaction.atomic
def import_passes(*, by: str, data: bytes, name: str, on: date, at: datetime) -> Import:
    """Take in a file of exam results, all of it or nothing; the same rows again change nothing (P2).

    Raises `Refused("registry.file_has_faults")` with the faults in its data.
    """
    outcome = preview_passes(data=data, on=on)
    if outcome.faults:
        raise Refused("registry.file_has_faults", count=len(outcome.faults), faults=outcome.faults)
    rows = read(data, frozenset(edition(on).qualifications), on).rows
    known = _known(rows)
    fresh = [_report(row, at) for row in rows if (row.exam, row.number) not in known]
    # A second import of the same file at the same moment meets the unique constraint and adds nothing.
    ExamPass.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=2000)
    digest = hashlib.sha256(data).hexdigest()
    PassFile.objects.get_or_create(
        sha256=digest, defaults={"name": name, "rows": len(rows), "imported_at": at}
    )
    facts = {"file": digest, "name": name, "rows": len(rows), "new": outcome.new}
    record(by=by, verb="registry.import_passes", subject=f"passfile:{digest}", at=at, data=facts)
    return outcome


def _report(row: Row, at: datetime) -> ExamPass:
    said = row._asdict()
    del said["line"]
    return ExamPass(**said, imported_at=at)


def _known(rows: tuple[Row, ...]) -> dict[tuple[str, str], ExamPass]:
    found = ExamPass.objects.filter(number__in=[row.number for row in rows])
    return {(report.exam, report.number): report for report in found}


def _conflicts(row: Row, known: dict[tuple[str, str], ExamPass]) -> bool:
    report = known.get((row.exam, row.number))
    if report is None:
        return False
    return (report.kana, report.passed, report.issued_on) != (row.kana, row.passed, row.issued_on)


def _differs(row: Row) -> Fault:
    refusal = Refused("registry.report_differs", line=row.line, exam=row.exam, number=row.number)
    return Fault(row.line, "合格者番号", Text(refusal.sentence("ja"), refusal.sentence("en")))


@transaction.atomic
def claim_by_email(*, by: str, person: Person, at: datetime) -> int:
    """Link the reports that were imported with the person's own, confirmed address; how many."""
    reports = ExamPass.objects.select_for_update().filter(person=None, email=person.email.lower())
    return sum(_link(report, by=by, person=person, at=at) for report in reports.exclude(email=""))


@transaction.atomic
def claim_report(*, by: str, person: Person, number: str, born_on: date, at: datetime) -> ExamPass:
    """Link a report that the person shows to be theirs by its number and their birth date.

    Raises `Refused("registry.report_not_found")`, the same for a wrong number and a wrong birth date.
    """
    mine = Q(person=None) | Q(person=person)
    found = ExamPass.objects.select_for_update(of=("self",)).filter(
        mine, number=number.strip(), born_on=born_on
    )
    report = found.first()
    if report is None:
        raise Refused("registry.report_not_found", number=number)
    _link(report, by=by, person=person, at=at)
    return report


def _link(report: ExamPass, *, by: str, person: Person, at: datetime) -> int:
    if report.person_id == person.pk:
        return 0
    report.person = person
    report.save(update_fields=["person"])
    facts: dict[str, object] = {"exam": report.exam, "report": str(report.pk)}
    record(by=by, verb="registry.claim_report", subject=f"person:{person.pk}", at=at, data=facts)
    return 1


@transaction.atomic
def certify(
    *,
    by: str,
    person: Person,
    qualification: str,
    exam_pass: ExamPass,
    decided_on: date,
    edition_id: str,
    cause: str,
    at: datetime,
) -> Certification:
    """Enter a certification with its first validity (MAN-イ.C1: fixed by the report, not by the decision).

    `cause` is the decision (`application:<uuid>`); the same cause again gives the same certification.
    Raises `Refused("registry.already_certified")`.
    """
    known = Certification.objects.filter(person=person, qualification=qualification).first()
    if known:
        if known.terms.filter(cause=cause).exists():
            return known
        raise Refused("registry.already_certified", qualification=qualification)
    validity = dates.validity_of_report(edition(decided_on), exam_pass.issued_on, decided_on)
    certification = Certification.objects.create(
        person=person,
        qualification=qualification,
        number=_next_number(qualification, decided_on),
        verify_id=secrets.token_urlsafe(16),
        exam_pass=exam_pass,
        certified_on=decided_on,
    )
    term = _enter(certification, validity.start, validity.end, decided_on, edition_id, cause, at)
    _tell("registry.certify", certification, term, by=by, at=at)
    return certification


def file_renewal(
    *, by: str, certification: Certification, on: date, cause: str, at: datetime
) -> StatusChange:
    """Note that a renewal was filed in time: the certification stays valid until it is decided (AMB-V8)."""
    return _note("file_renewal", StatusKind.RENEWAL_FILED, certification, by=by, on=on, cause=cause, at=at)


@transaction.atomic
def renew(
    *, by: str, certification: Certification, decided_on: date, edition_id: str, cause: str, at: datetime
) -> Term:
    """Enter the next validity, from the day after the present one ends (AMB-V10); the number stays."""
    locked = Certification.objects.select_for_update().get(pk=certification.pk)
    if known := locked.terms.filter(cause=cause).first():
        return known
    last = locked.terms.order_by("-ends_on").first()
    if last is None:
        raise Refused("registry.no_certification")
    following = dates.renewed_term(edition(decided_on), last.ends_on)
    term = _enter(locked, following.start, following.end, decided_on, edition_id, cause, at)
    _tell("registry.renew", locked, term, by=by, at=at)
    return term


def refuse_renewal(
    *, by: str, certification: Certification, on: date, cause: str, at: datetime
) -> StatusChange:
    """Note that a filed renewal was refused: the certification ends with its present validity."""
    return _note(
        "refuse_renewal", StatusKind.RENEWAL_REFUSED, certification, by=by, on=on, cause=cause, at=at
    )


@transaction.atomic
def _note(
    verb: str,
    kind: StatusKind,
    certification: Certification,
    *,
    by: str,
    on: date,
    cause: str,
    at: datetime,
) -> StatusChange:
    """Append a change of status once for a cause, and tell whoever hears it."""
    change, new = StatusChange.objects.get_or_create(
        certification=certification,
        kind=kind,
        cause=cause,
        defaults={"effective_on": on, "recorded_at": at},
    )
    if new:
        facts: dict[str, object] = {"certification": str(certification.pk), "on": on.isoformat()}
        record(by=by, verb=f"registry.{verb}", subject=cause, at=at, data=facts)
        status_changed.send(Certification, certification=certification, term=None, at=at, by=by)
    return change


@transaction.atomic
def show_name(*, by: str, certification: Certification, shows: bool, at: datetime) -> None:
    """The holder's consent that the public page names them, or its withdrawal."""
    Certification.objects.filter(pk=certification.pk).update(shows_name=shows)
    facts: dict[str, object] = {"certification": str(certification.pk), "shows": shows}
    record(by=by, verb="registry.show_name", subject=f"certification:{certification.pk}", at=at, data=facts)


def _next_number(qualification: str, on: date) -> str:
    """The form of the number is ours until the association sets one (mock/README: a placeholder)."""
    key = f"{qualification}-{on.year}"
    NumberSeries.objects.get_or_create(key=key)
    series = NumberSeries.objects.select_for_update().get(key=key)
    series.last += 1
    series.save()
    return f"{key}-{series.last:06}"


def _enter(
    certification: Certification,
    start: date,
    end: date,
    decided_on: date,
    edition_id: str,
    cause: str,
    at: datetime,
) -> Term:
    return Term.objects.create(
        certification=certification,
        starts_on=start,
        ends_on=end,
        decided_on=decided_on,
        edition=edition_id,
        cause=cause,
        recorded_at=at,
    )


def _tell(verb: str, certification: Certification, term: Term, *, by: str, at: datetime) -> None:
    facts: dict[str, object] = {
        "number": certification.number,
        "qualification": certification.qualification,
        "starts_on": term.starts_on.isoformat(),
        "ends_on": term.ends_on.isoformat(),
        "edition": term.edition,
        "cause": term.cause,
    }
    record(by=by, verb=verb, subject=f"certification:{certification.pk}", at=at, data=facts)
    status_changed.send(Certification, certification=certification, term=term, at=at, by=by)
