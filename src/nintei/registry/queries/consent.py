"""What holders let others see."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db.models import Prefetch, Q

from nintei.people.models import Person
from nintei.registry.models import (
    Certification,
    Consent,
    Employer,
    ExamPass,
    HeldName,
    ReportState,
    Shared,
    Sharing,
)
from nintei.registry.numbers import as_printed
from nintei.registry.queries.status import whole


def shown(subject: Certification | ExamPass) -> frozenset[str]:
    """The fields that the holder lets the public page show: `name`, `latin`, `validity`."""
    latest = {each.field: each.given for each in subject.consents.all()}
    return frozenset(field for field, given in latest.items() if given and field in Shared.values)


def to_share(person: Person) -> list[Certification]:
    """A person's certifications with names, consents and the employers that see them: a fixed number of queries."""
    return list(
        whole()
        .filter(person=person)
        .select_related("person")
        .prefetch_related(
            Prefetch("names", HeldName.objects.order_by("pk")),
            *_shares(),
        )
        .order_by("certified_on", "qualification")
    )


def passes_to_share(person: Person, exams: list[str]) -> list[ExamPass]:
    """A person's passes in exams that are the qualification themselves (`exams`), with consents and employers."""
    rows = ExamPass.objects.filter(person=person, exam__in=exams, passed=True, state=ReportState.CONFIRMED)
    return list(rows.prefetch_related(*_shares()))


def _shares() -> tuple[Prefetch[str], Prefetch[str]]:
    """Every yes and no, and the employers who see it now."""
    return (
        Prefetch("consents", Consent.objects.order_by("pk")),
        Prefetch("sharings", Sharing.objects.filter(ended_at=None).select_related("employer")),
    )


def digest(token: str) -> str:
    """What is kept of an employer's token."""
    return hashlib.sha256(token.strip().encode()).hexdigest()


def employer_by_token(token: str) -> Employer | None:
    """The employer who holds a token, unless it was ended."""
    return employer_by_digest(digest(token))


def employer_by_digest(digested: str) -> Employer | None:
    """The same by the hash of its token, which is all that we and its session keep."""
    return Employer.objects.filter(token_sha256=digested, ended_at=None).first() if digested else None


def employer_by_code(code: str) -> Employer | None:
    """The employer with this code, which it tells its people."""
    return Employer.objects.filter(code=as_printed(code), ended_at=None).first()


def employer(pk: UUID) -> Employer | None:
    """One employer."""
    return Employer.objects.filter(pk=pk).first()


def employers() -> list[Employer]:
    """Every employer, by name, with the consents that stand: two queries."""
    open_ = Prefetch("sharings", Sharing.objects.filter(ended_at=None), to_attr="standing")
    return list(Employer.objects.prefetch_related(open_))


def sharing_of(person: Person, pk: UUID) -> Sharing | None:
    """A person's own consent to an employer."""
    own = Q(certification__person=person) | Q(exam_pass__person=person)
    return Sharing.objects.filter(own, pk=pk).first()
