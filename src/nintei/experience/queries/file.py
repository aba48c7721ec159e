"""A person's file of experience for the office: posts, attestors, hints, what stands in for months; and papers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from nintei.experience.models import AttestationRequest, Channel, DrawnSignature, RequestState, Scan
from nintei.experience.queries.cases import Away, Case, case
from nintei.experience.queries.cover import strip
from nintei.experience.queries.hints import Hint, hints
from nintei.experience.queries.substitution import Claimed
from nintei.experience.tokens import read_code
from nintei.people.models import Person, Role
from nintei.people.queries import person as by_number
from nintei.shared.rulebook import edition


@dataclass(frozen=True, slots=True)
class File:
    """What the office sees beside a case, on a day."""

    case: Case
    hints: tuple[Hint, ...]

    @property
    def person(self) -> Person:
        """Whose file it is."""
        return self.case.person

    @property
    def substitutions(self) -> tuple[Claimed, ...]:
        """What is claimed to stand in for experience."""
        return self.case.substitutions


# Who has handed something in is known upstairs: `nintei.applications` says so at start, since this room
# knows no applications. What nobody handed in is nobody's business but the applicant's (P8).
_handed_in: list[Callable[[Person], bool]] = []


def open_when(handed_in: Callable[[Person], bool]) -> None:
    """Let the office see the files of those who have handed in an application."""
    _handed_in[:] = [handed_in]


def file_of(person: Person, on: date, until: date | None = None, away: Away | None = None) -> File:
    """A person's file; `until` and `away` as `case` takes them."""
    found = case(person, on, until, away)
    prefetch_related_objects(found.requests, "scans", "drawn")
    return File(found, hints(person, on))


def file_for_office(person_id: uuid.UUID, on: date) -> File | None:
    """The file of somebody who has handed in an application; None for anybody else."""
    person = by_number(person_id)
    if person is None or not any(asks(person) for asks in _handed_in):
        return None
    return file_of(person, on)


def page_of(found: File, mine: Collection[str]) -> dict[str, Any]:
    """What the parts `experience/parts/file_*.html` need, on the page of a case too; `back` leads there again.

    `mine` are the roles of who looks: a decider only reads, and the contractor grants no months (AMB-A6).
    """
    book = edition(found.case.on)
    return {
        "file": found,
        "today": found.case.on,
        "edition": book,
        "strips": [strip(row) for row in found.case.posts],
        "most": book.experience.substitution_cap_months,
        "may_ask": bool({Role.CONTRACTOR, Role.REVIEWER} & set(mine)),
        "may_grant": Role.REVIEWER in mine,
    }


def paper_of(typed: str) -> AttestationRequest | None:
    """The request that a printed form's code finds, as somebody typed it."""
    code = read_code(typed)
    rows = AttestationRequest.objects.filter(code=code, channel=Channel.PAPER).select_related("person")
    return rows.exclude(state=RequestState.WITHDRAWN).first() if code else None


def scan(scan_id: uuid.UUID) -> Scan | None:
    """A scan with its request."""
    return Scan.objects.select_related("request__person").filter(pk=scan_id).first()


def drawn(drawn_id: uuid.UUID) -> DrawnSignature | None:
    """A drawn signature with its request; the door asks whose case it is."""
    return DrawnSignature.objects.select_related("request").filter(pk=drawn_id).first()


def drawn_for(person: Person) -> list[DrawnSignature]:
    """The signatures that a person's attestors have drawn."""
    return list(DrawnSignature.objects.filter(request__person=person).order_by("kept_at", "pk"))


def own_asked(person: Person, request_id: uuid.UUID) -> AttestationRequest | None:
    """A person's own request."""
    return AttestationRequest.objects.filter(pk=request_id, person=person).first()
