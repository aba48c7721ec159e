"""Reports of exams: whose they are, and the copies that wait for somebody to look."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from nintei.people import queries as people
from nintei.people.models import Person, Role
from nintei.people.queries import Twins, Why, roles_of
from nintei.registry.models import ExamPass, ReportCopy, ReportState

STANDING = (ReportState.CONFIRMED, ReportState.UNSEEN)


def passes_of(person: Person) -> QuerySet[ExamPass]:
    """The reports a person has shown to be theirs or handed in as a copy, newest first."""
    return ExamPass.objects.filter(person=person, state__in=STANDING).order_by("-issued_on")


def pass_of(person: Person, qualification: str) -> ExamPass | None:
    """The newest report of a pass in this qualification's exam (MAN-ア.2, 当該資格); a seen one before a copy."""
    mine = passes_of(person).filter(exam=qualification, passed=True)
    return mine.filter(state=ReportState.CONFIRMED).first() or mine.first()


def own_pass(person: Person, pk: UUID) -> ExamPass | None:
    """A pass of one's own that the office stands behind."""
    mine = ExamPass.objects.filter(person=person, passed=True, state=ReportState.CONFIRMED)
    return mine.filter(pk=pk).first()


def standing_report(report: ExamPass) -> ExamPass:
    """The report that counts: for a copy the office has found among its imports, the imported one."""
    return report.replaced_by or report


def declined_copies(person: Person) -> QuerySet[ExamPass]:
    """Copies the office could not confirm, with its reasons, for the person who handed them in."""
    return ExamPass.objects.filter(person=person, state=ReportState.DECLINED).order_by("-checked_on")


def copies_to_check() -> QuerySet[ExamPass]:
    """Reports of which only a copy is there, the oldest first, with people and copies: two queries."""
    rows = ExamPass.objects.filter(state=ReportState.UNSEEN).select_related("person")
    return rows.prefetch_related("copies").order_by("imported_at", "pk")


def copy_to_check(pk: UUID) -> ExamPass | None:
    """One report of which a copy was handed in."""
    return ExamPass.objects.filter(pk=pk, copies__isnull=False).select_related("person").first()


def imported_like(report: ExamPass) -> ExamPass | None:
    """The report that the office stands behind under the same exam and number, if there is one."""
    same = ExamPass.objects.filter(exam=report.exam, number=report.number, state=ReportState.CONFIRMED)
    return same.exclude(pk=report.pk).select_related("person").first()


def copy_file(pk: UUID, *, to: Person, on: date) -> ReportCopy | None:
    """A copy, for whose it is and for those who check it."""
    copy = ReportCopy.objects.filter(pk=pk).select_related("exam_pass").first()
    if copy is None or copy.exam_pass.person_id == to.pk:
        return copy
    return copy if roles_of(to, on=on) & {Role.REGISTRAR, Role.REVIEWER, Role.DECIDER} else None


def twins() -> list[Twins]:
    """Accounts that may be one person: by name and birth date, and by a number that two of them name."""
    found = people.twins()
    known = {frozenset((each.one.pk, each.other.pk)) for each in found} | people.settled_pairs()
    unseen = list(ExamPass.objects.filter(state=ReportState.UNSEEN).select_related("person"))
    same = ExamPass.objects.filter(state=ReportState.CONFIRMED, number__in={each.number for each in unseen})
    imported = {(each.exam, each.number): each for each in same.select_related("person")}
    for report in unseen:
        like = imported.get((report.exam, report.number))
        if like is None or like.person is None or report.person is None or like.person_id == report.person_id:
            continue
        if frozenset((like.person.pk, report.person.pk)) not in known:
            known.add(frozenset((like.person.pk, report.person.pk)))
            found.append(Twins(like.person, report.person, (Why.SAME_NUMBER,)))
    return found
