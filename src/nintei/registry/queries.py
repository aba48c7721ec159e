"""What the registry knows: passes, certifications, and what somebody holds on a day.

Days of validity come from the kernel; here rows become its records.
"""

from __future__ import annotations

import hmac
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from nintei.journal.queries import last_place
from nintei.people.models import Person
from nintei.registry.models import Certification, ExamPass, StatusChange, StatusKind, Term
from nintei.rules import dates
from nintei.shared.rulebook import edition


def passes_of(person: Person) -> QuerySet[ExamPass]:
    """The reports a person has shown to be theirs, newest first."""
    return ExamPass.objects.filter(person=person).order_by("-issued_on")


def pass_of(person: Person, qualification: str) -> ExamPass | None:
    """The newest report of a pass in this qualification's exam (MAN-ア.2, 当該資格)."""
    return passes_of(person).filter(exam=qualification, passed=True).first()


def certifications(person: Person) -> list[Certification]:
    """A person's certifications with their terms and changes, in two further queries for any number."""
    return list(_whole().filter(person=person).order_by("certified_on", "qualification"))


def certification_of(person: Person, qualification: str) -> Certification | None:
    """The certification of a person in one qualification."""
    return _whole().filter(person=person, qualification=qualification).first()


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
    """The last renewal filed during this term: still open, refused, or renewed by a later term."""
    filed = [c for c in changes if c.kind == StatusKind.RENEWAL_FILED and c.effective_on <= term.ends_on]
    filed = [c for c in filed if c.effective_on >= term.starts_on]
    if not filed:
        return None
    case = filed[-1]
    for later in certification.terms.all():
        if later.cause == case.cause:
            return dates.RenewalCase(case.effective_on, later.decided_on, renewed=True)
    refused = [c for c in changes if c.kind == StatusKind.RENEWAL_REFUSED and c.cause == case.cause]
    if refused:
        return dates.RenewalCase(case.effective_on, refused[0].effective_on, renewed=False)
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
    """Certifications by number, name, kana or address; without words the newest. At most `most`."""
    found = _whole().select_related("person")
    if words.strip():
        text = words.strip()
        by_person = (
            Q(person__name__icontains=text) | Q(person__kana__icontains=text) | Q(person__email__iexact=text)
        )
        found = found.filter(Q(number__icontains=text) | by_person)
    return list(found.order_by("-certified_on", "-number")[:most])
