"""What the office's desk looks at: the register with its filters, one certification, and the cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from nintei.people import queries as people
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.registry.case_states import ACTS_AS, OPEN, As, CaseKind
from nintei.registry.models import (
    Case,
    CaseFile,
    Certification,
    Footing,
    HeldName,
    StatusChange,
    StatusKind,
    Term,
)
from nintei.registry.numbers import as_printed
from nintei.registry.queries.status import state_on, whole
from nintei.registry.states import State
from nintei.rules.fees import NotSet, fee
from nintei.shared.rulebook import edition

# So many rows are read for a question about states, which only the kernel can answer.
MOST = 50
CHUNK = 200


class Found(NamedTuple):
    """What a search of the register finds: at most `MOST`, and whether there are more."""

    certifications: list[Certification]
    has_more: bool


def search(words: str, most: int = MOST) -> list[Certification]:
    """Certifications by number, any name now or before, or address; without words the newest. At most `most`."""
    return find(words, most=most).certifications


def find(
    words: str, qualification: str = "", state: str = "", on: date | None = None, most: int = MOST
) -> Found:
    """The register by words, qualification and the state on a day.

    The database leaves out what cannot be in the state, by the days of terms and records; the kernel judges the
    rest row by row. Nothing is kept that could grow old.
    """
    found = whole().select_related("person").order_by("-certified_on", "-number")
    if text := words.strip():
        by_name = Q(person__in=people.people_called(text)) | Q(
            pk__in=HeldName.objects.filter(name__icontains=text).values("certification")
        )
        found = found.filter(Q(number__icontains=as_printed(text)) | by_name)
    if qualification:
        found = found.filter(qualification=qualification)
    if not state or on is None:
        rows = list(found[: most + 1])
        return Found(rows[:most], len(rows) > most)
    kept: list[Certification] = []
    for row in found.filter(_may_be(state, on)).iterator(chunk_size=CHUNK):
        if state_on(row, on) == state:
            kept.append(row)
        if len(kept) > most:
            break
    return Found(kept[:most], len(kept) > most)


def _may_be(state: str, on: date) -> Q:
    """What has to be so for a certification to be in a state on a day; seldom more than is."""
    if state in (Footing.REVOKED, Footing.ENDED, Footing.SUSPENDED):
        return Q(footing=state)
    terms = Term.objects.filter(certification=OuterRef("pk"), starts_on__lte=on)
    begun, running = Exists(terms), Exists(terms.filter(ends_on__gte=on))
    in_force = Q(footing=Footing.IN_FORCE)
    filed = Exists(
        StatusChange.objects.filter(
            certification=OuterRef("pk"), kind=StatusKind.RENEWAL_FILED, effective_on__lte=on
        )
    )
    return {
        State.NONE: Q(certified_on__gt=on),
        State.NOT_STARTED: in_force & Q(certified_on__lte=on) & ~Q(begun),
        State.VALID: in_force & Q(running),
        State.PENDING: in_force & Q(begun) & ~Q(running) & Q(filed),
        # One that ran out while it was suspended has lapsed all the same.
        State.LAPSED: Q(footing__in=(Footing.IN_FORCE, Footing.SUSPENDED)) & Q(begun) & ~Q(running),
    }[State(state)]


def certification(pk: UUID) -> Certification | None:
    """One certification with terms, changes, names, consents and cases, for the office."""
    return (
        whole()
        .select_related("person", "exam_pass")
        .prefetch_related(Prefetch("names", HeldName.objects.order_by("pk")), "consents")
        .filter(pk=pk)
        .first()
    )


def own_certification(person: Person, pk: UUID) -> Certification | None:
    """A person's own certification."""
    return whole().select_related("person").prefetch_related("names").filter(person=person, pk=pk).first()


# --- cases --------------------------------------------------------------------------------------------


def acts_as(person: Person, on: date) -> frozenset[As]:
    """As whom of the office somebody acts on a (JST) day."""
    return frozenset(ACTS_AS[role] for role in roles_of(person, on=on) if role in ACTS_AS)


def open_cases() -> list[Case]:
    """Cases that wait for somebody, the oldest first, with people and files: a fixed number of queries."""
    return list(_cases().filter(state__in=OPEN))


def waiting() -> int:
    """How many cases wait for somebody."""
    return Case.objects.filter(state__in=OPEN).count()


def closed_cases(most: int = 30) -> list[Case]:
    """Cases that were decided or taken back, the newest first."""
    return list(_cases().exclude(state__in=OPEN).order_by("-asked_at")[:most])


def cases_of(certification: Certification) -> list[Case]:
    """Every case about a certification, the newest first."""
    return list(_cases().filter(certification=certification).order_by("-asked_at"))


def own_cases(person: Person) -> list[Case]:
    """What a holder has asked for, and its outcome, the newest first. What the office opens is told by letter."""
    mine = _cases().filter(
        certification__person=person, kind__in=(CaseKind.NAME, CaseKind.REISSUE, CaseKind.LOSS)
    )
    return list(mine.order_by("-asked_at"))


def case(pk: UUID) -> Case | None:
    """One case, for the office."""
    return _cases().filter(pk=pk).first()


def own_case(person: Person, pk: UUID) -> Case | None:
    """A case that a holder asked for."""
    return _cases().filter(pk=pk, asked_by=person, certification__person=person).first()


def case_file(pk: UUID, *, to: Person, on: date) -> CaseFile | None:
    """A paper of a case, for whoever handed it in and for those who decide about cases."""
    found = CaseFile.objects.filter(pk=pk).select_related("case__certification").first()
    if found is None or found.case.asked_by_id == to.pk:
        return found
    return found if roles_of(to, on=on) & {Role.REGISTRAR, Role.REVIEWER, Role.DECIDER} else None


def _cases() -> QuerySet[Case]:
    rows = Case.objects.select_related("certification__person", "asked_by", "proposed_by", "decided_by")
    return rows.prefetch_related("files").order_by("asked_at")


def reissue_fee(on: date) -> int | None:
    """Yen for a paper issued again, by the rulebook of the day; None while the association has set no price."""
    try:
        return fee(edition(on), "reissue", on).total
    except NotSet:
        return None


def waits_since(case: Case) -> datetime:
    """Since when a case waits for its next person."""
    return case.proposed_at or case.asked_at
