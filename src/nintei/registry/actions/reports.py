"""Exam passes: imported by the office, claimed by their people, or handed in as a copy."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.registry.models import ExamPass, PassFile, ReportState
from nintei.registry.passfile import Row, read
from nintei.registry.tablefile import Fault
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
    seen = ExamPass.objects.filter(state=ReportState.CONFIRMED)
    found = seen.filter(number__in=[row.number for row in rows])
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
    report = _imported(person, number, born_on).first()
    if report is None:
        raise Refused("registry.report_not_found", number=number)
    _link(report, by=by, person=person, at=at)
    return report


def _imported(person: Person, number: str, born_on: date) -> QuerySet[ExamPass]:
    """Imported reports with this number and birth date that are nobody else's, locked."""
    mine = Q(person=None) | Q(person=person)
    seen = ExamPass.objects.select_for_update(of=("self",)).filter(state=ReportState.CONFIRMED)
    return seen.filter(mine, number=number.strip(), born_on=born_on)


def _link(report: ExamPass, *, by: str, person: Person, at: datetime) -> int:
    if report.person_id == person.pk:
        return 0
    report.person = person
    report.save(update_fields=["person"])
    facts: dict[str, object] = {"exam": report.exam, "report": str(report.pk)}
    record(by=by, verb="registry.claim_report", subject=f"person:{person.pk}", at=at, data=facts)
    return 1
