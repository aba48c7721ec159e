"""What an employer sees: of those who say yes to it now, and of nobody else."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Prefetch

from nintei.registry.models import Certification, Employer, ExamPass, HeldName, ReportState, Sharing
from nintei.registry.numbers import as_printed
from nintei.registry.queries.status import current_term, is_known, registered_name, status_on, whole
from nintei.rules.dates import RenewalWindow, Status, StatusCode, renewal_window
from nintei.rules.edition import Edition
from nintei.shared.rulebook import edition


class Seen(NamedTuple):
    """One certification with its status and the days that matter, or one exam-only qualification.

    What was revoked is not renewed: it has no `window`. What an exam alone gives has the day of its report
    (`passed_on`) and nothing that could end (MAN-表.5–8): `status`, `ends_on` and `window` are None.
    """

    number: str
    qualification: str
    name: str
    kana: str
    status: Status | None = None
    ends_on: date | None = None
    window: RenewalWindow | None = None
    passed_on: date | None = None


def look(employer: Employer, on: date, known: datetime | None = None) -> list[Seen]:
    """Who says yes to an employer now, by kana, with what they were on a (JST) day and until when they could renew.

    With `known`, by what was on record at that instant; who was not on record yet is left out. A fixed number of
    queries.
    """
    rules = edition(on)
    held = [_certified(each, rules, on, known) for each in staff(employer) if is_known(each, known)]
    passed = [_passed(each) for each in staff_passed(employer, on, known)]
    return sorted(held + passed, key=lambda each: (each.kana, each.number))


def answered(
    employer: Employer, numbers: list[str], on: date, known: datetime | None = None
) -> list[tuple[str, Seen | None]]:
    """For each number, in the order asked, what was consented to as of a day, or nothing: never *valid* unasked.

    Whether another number exists is nobody's business here.
    """
    found = {as_printed(each.number): each for each in look(employer, on, known)}
    return [(number, found.get(number)) for number in dict.fromkeys(map(as_printed, numbers))]


def staff(employer: Employer) -> list[Certification]:
    """The certifications whose holders let an employer see them; a fixed number of queries."""
    held = Sharing.objects.filter(employer=employer, ended_at=None).values("certification")
    rows = whole().filter(pk__in=held, person__is_active=True).select_related("person")
    return list(rows.prefetch_related(Prefetch("names", HeldName.objects.order_by("pk"))))


def staff_passed(employer: Employer, on: date, known: datetime | None = None) -> list[ExamPass]:
    """The exam-only qualifications whose holders let an employer see them, passed by a day. One query."""
    held = Sharing.objects.filter(employer=employer, ended_at=None).values("exam_pass")
    rows = ExamPass.objects.filter(pk__in=held, person__is_active=True, state=ReportState.CONFIRMED)
    rows = rows.filter(imported_at__lte=known) if known else rows
    return list(rows.filter(passed=True, issued_on__lte=on))


def _certified(held: Certification, rules: Edition, on: date, known: datetime | None) -> Seen:
    ends_on, status = current_term(held, on, known).ends_on, status_on(held, on, known)
    called = registered_name(held, known)
    window = renewal_window(rules, ends_on, on) if status.code is not StatusCode.REVOKED else None
    last_day = min(ends_on, status.valid_until)
    return Seen(held.number, held.qualification, called.name, called.kana, status, last_day, window)


def _passed(found: ExamPass) -> Seen:
    return Seen(found.printed_number, found.exam, found.name, found.kana, passed_on=found.issued_on)
