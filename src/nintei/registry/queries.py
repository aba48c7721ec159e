"""What the registry knows: passes, certifications, and what somebody holds on a day.

Days of validity come from the kernel; here rows become its records.
"""

from __future__ import annotations

import hmac
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from nintei.journal.queries import last_place
from nintei.people import queries as people
from nintei.people.models import Person, Role
from nintei.people.queries import Twins, Why, roles_of
from nintei.registry.models import (
    Certification,
    ExamPass,
    ReportCopy,
    ReportState,
    StatusChange,
    StatusKind,
    Term,
)
from nintei.rules import dates
from nintei.shared.rulebook import edition

STANDING = (ReportState.CONFIRMED, ReportState.UNSEEN)


def passes_of(person: Person) -> QuerySet[ExamPass]:
    """The reports a person has shown to be theirs or handed in as a copy, newest first."""
    return ExamPass.objects.filter(person=person, state__in=STANDING).order_by("-issued_on")


def pass_of(person: Person, qualification: str) -> ExamPass | None:
    """The newest report of a pass in this qualification's exam (MAN-ア.2, 当該資格); a seen one before a copy."""
    mine = passes_of(person).filter(exam=qualification, passed=True)
    return mine.filter(state=ReportState.CONFIRMED).first() or mine.first()


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


def certifications(person: Person) -> list[Certification]:
    """A person's certifications with their terms and changes, in two further queries for any number."""
    return list(_whole().filter(person=person).order_by("certified_on", "qualification"))


def certification_of(person: Person, qualification: str) -> Certification | None:
    """The certification of a person in one qualification."""
    return _whole().filter(person=person, qualification=qualification).first()


def certifications_with(terms: QuerySet[Term]) -> list[Certification]:
    """The certifications that have one of these terms, with people, terms and changes: three queries."""
    found = _whole().filter(pk__in=terms.values("certification_id")).select_related("person")
    return list(found.order_by("number"))


def by_number(number: str) -> Certification | None:
    """The certification with this number, as printed: width and case of letters do not matter."""
    return _whole().select_related("person").filter(number=number.strip().upper()).first()


def by_verify_id(verify_id: str) -> Certification | None:
    """The certification behind an unguessable id of a QR."""
    return _whole().select_related("person").filter(verify_id=verify_id).first()


class PublicAnswer(NamedTuple):
    """What anybody may know of a certification. `name` is empty where the holder has not consented."""

    number: str
    qualification: str
    status: dates.Status
    starts_on: date
    ends_on: date
    name: str
    latin: str
    place: int | None


def public_answer(*, number: str, verify_id: str, on: date) -> PublicAnswer | None:
    """The public answer for a number on a day; None for a number that does not exist.

    The holder is named if they consented, or to whoever holds the id that only their QR carries.
    """
    certification = by_number(number)
    if certification is None:
        return None
    named = certification.shows_name or hmac.compare_digest(
        verify_id.encode(), certification.verify_id.encode()
    )
    term = current_term(certification, on)
    holder = certification.person
    return PublicAnswer(
        number=certification.number,
        qualification=certification.qualification,
        status=status_on(certification, on),
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        name=holder.name if named else "",
        latin=holder.latin if named else "",
        place=last_place(f"certification:{certification.pk}"),
    )


def current_term(certification: Certification, on: date) -> Term:
    """The term that runs on a day; before the first begins, the first; after the last, the last."""
    terms = sorted(certification.terms.all(), key=lambda term: term.starts_on)
    begun = [term for term in terms if term.starts_on <= on]
    return begun[-1] if begun else terms[0]


def status_on(certification: Certification, on: date) -> dates.Status:
    """What the certification is on a (JST) day, with the clauses it rests on."""
    term = current_term(certification, on)
    return dates.status_on(edition(on), _holding(certification, term), on)


def _whole() -> QuerySet[Certification]:
    terms = Prefetch("terms", Term.objects.order_by("starts_on"))
    changes = Prefetch("changes", StatusChange.objects.order_by("effective_on", "id"))
    return Certification.objects.prefetch_related(terms, changes)


def _holding(certification: Certification, term: Term) -> dates.Holding:
    changes = list(certification.changes.all())
    revoked = [c.effective_on for c in changes if c.kind == StatusKind.REVOKED]
    return dates.Holding(
        start=term.starts_on,
        end=term.ends_on,
        certified_on=certification.certified_on,
        renewal=_renewal(certification, term, changes),
        suspensions=_suspensions(changes),
        revoked_on=min(revoked, default=None),
    )


def _renewal(
    certification: Certification, term: Term, changes: list[StatusChange]
) -> dates.RenewalCase | None:
    """The last renewal filed during this term: still open, refused, withdrawn, or renewed by a later term.

    From the day it was withdrawn it keeps nothing valid, like one that was refused.
    """
    filed = [c for c in changes if c.kind == StatusKind.RENEWAL_FILED and c.effective_on <= term.ends_on]
    filed = [c for c in filed if c.effective_on >= term.starts_on]
    if not filed:
        return None
    case = filed[-1]
    for later in certification.terms.all():
        if later.cause == case.cause:
            return dates.RenewalCase(case.effective_on, later.decided_on, renewed=True)
    ends = (StatusKind.RENEWAL_REFUSED, StatusKind.RENEWAL_WITHDRAWN)
    ended = [c for c in changes if c.kind in ends and c.cause == case.cause]
    if ended:
        return dates.RenewalCase(case.effective_on, ended[0].effective_on, renewed=False)
    return dates.RenewalCase(case.effective_on)


def _suspensions(changes: list[StatusChange]) -> tuple[dates.Suspension, ...]:
    spans: list[dates.Suspension] = []
    begun: date | None = None
    for change in changes:
        if change.kind == StatusKind.SUSPENDED and begun is None:
            begun = change.effective_on
        elif change.kind == StatusKind.RELEASED and begun is not None:
            # The day of release is the first free one.
            spans.append(dates.Suspension(begun, change.effective_on - timedelta(days=1)))
            begun = None
    return (*spans, dates.Suspension(begun)) if begun else tuple(spans)


def search(words: str, most: int = 50) -> list[Certification]:
    """Certifications by number, any name now or before, or address; without words the newest. At most `most`."""
    found = _whole().select_related("person")
    if words.strip():
        text = words.strip()
        found = found.filter(Q(number__icontains=text) | Q(person__in=people.people_called(text)))
    return list(found.order_by("-certified_on", "-number")[:most])
