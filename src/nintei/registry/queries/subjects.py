"""What the journal calls a certification, an exam-only qualification or an employer, for people who read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from nintei.registry.models import Certification, Employer, ExamPass
from nintei.registry.numbers import spellings


class Subject(NamedTuple):
    """`number` is empty for an employer; `key` leads to the page of a certification, nothing else has one."""

    key: UUID | None
    number: str
    name: str


def subjects(names: Iterable[str]) -> dict[str, Subject]:
    """Certifications, passes and employers among the journal's subjects; at most a query for each of the three."""
    keys: dict[str, list[UUID]] = {"certification": [], "exam_pass": [], "employer": []}
    for name in names:
        kind, _, key = name.partition(":")
        if kind in keys:
            keys[kind].append(UUID(key))
    found: dict[str, Subject] = {}
    if keys["certification"]:
        rows = Certification.objects.filter(pk__in=keys["certification"]).select_related("person")
        found |= {row.subject: Subject(row.pk, row.number, row.person.name) for row in rows}
    if keys["exam_pass"]:
        passes = ExamPass.objects.filter(pk__in=keys["exam_pass"])
        found |= {row.subject: Subject(None, row.printed_number, row.name) for row in passes}
    if keys["employer"]:
        employers = Employer.objects.filter(pk__in=keys["employer"])
        found |= {f"employer:{row.pk}": Subject(None, "", row.name) for row in employers}
    return found


def subjects_of(words: str, people: Iterable[UUID]) -> list[str]:
    """What the journal calls the certification with this number, and those of some people. One query."""
    asked = Q(number__in=spellings(words)) | Q(person__in=list(people))
    return [row.subject for row in Certification.objects.filter(asked).only("pk")]
