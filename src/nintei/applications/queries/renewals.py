"""Renewals as the office and the audits see them: what was filed in a window, what is ready, who may file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from nintei.applications import states
from nintei.applications.models import Application, AuditHold, Kind
from nintei.applications.queries.case import whole
from nintei.applications.states import State
from nintei.ledger import queries as ledger
from nintei.people.models import Person
from nintei.registry.models import Term


@dataclass(frozen=True, slots=True)
class Filed:
    """A renewal in the frame of an audit: the case, and the claim as it stands with its hash.

    `complete` says that every line that counts has evidence on file.
    """

    application: Application
    claim: UUID
    sha256: str
    filed_on: date
    total: str
    complete: bool

    @property
    def ticket(self) -> str:
        """How a draw names it without naming a person: the hash of its claim."""
        return self.sha256


def filed(first: date, last: date) -> list[Filed]:
    """The renewals first filed from one (JST) day to another, both included: the frame of an audit.

    Not those that are decided, withdrawn, or held by an audit already; in the order of their numbers.
    """
    held = AuditHold.objects.filter(application=OuterRef("pk"), outcome="")
    rows = open_renewals().filter(submitted_on__gte=first, submitted_on__lte=last)
    return [_filed(row) for row in rows.exclude(Exists(held)).order_by("number")]


def open_renewals() -> QuerySet[Application]:
    """Renewals that were filed and are neither decided nor withdrawn."""
    rows = whole().filter(kind=Kind.RENEWAL).exclude(submitted_on=None)
    return rows.exclude(state__in=states.CLOSED)


def audit_hold(application: Application) -> AuditHold | None:
    """The audit that holds a renewal now, if one does."""
    return AuditHold.objects.filter(application=application, outcome="").select_related("claim").first()


def audit_holds(cause: str) -> QuerySet[AuditHold]:
    """Every renewal that an audit has held, with its case and claim, in the order of the case numbers."""
    rows = AuditHold.objects.filter(cause=cause).select_related("application__person", "claim")
    return rows.order_by("application__number")


def _filed(row: Application) -> Filed:
    claim: dict[str, Any] = row.claim
    counted = [line for line in claim["lines"] if line["credited"] != "0.0"]
    return Filed(
        application=row,
        claim=UUID(claim["id"]),
        sha256=claim.get("sha256", ""),
        filed_on=date.fromisoformat(claim["filed_on"]),
        total=claim["balance"]["total"],
        complete=bool(counted) and all(line["evidence"] for line in counted),
    )


@dataclass(frozen=True, slots=True)
class Amendment:
    """What amending a renewal today would change: points before and after, and the titles of the lines."""

    before: Fraction
    after: Fraction
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_less(self) -> bool:
        """Whether the renewal would then claim fewer points than now."""
        return self.after < self.before


def amendment(application: Application, on: date) -> Amendment | None:
    """What amending a filed renewal on a (JST) day would change; None where the log is as it was filed."""
    assert application.certification is not None  # a constraint of the table
    now = ledger.freeze(application.certification, on)
    old = {line["id"]: line for line in application.claim["lines"]}
    new = {line["id"]: line for line in now["lines"]}
    if old == new:
        return None
    both = old.keys() & new.keys()
    return Amendment(
        Fraction(application.claim["balance"]["total"]),
        Fraction(now["balance"]["total"]),
        tuple(line["title"] for key, line in new.items() if key not in old),
        tuple(new[key]["title"] for key in new if key in both and new[key] != old[key]),
        tuple(line["title"] for key, line in old.items() if key not in new),
    )


def renewal_of(person: Person, term: Term) -> Application | None:
    """The newest renewal that a person has filed for a validity and not withdrawn."""
    mine = whole().filter(person=person, kind=Kind.RENEWAL, claim__term=str(term.pk))
    return mine.exclude(state=State.WITHDRAWN).order_by("-started_at").first()


def own_renewal(person: Person, pk: UUID) -> Application | None:
    """A renewal of this person by its key; None for somebody else's."""
    return whole().filter(person=person, pk=pk, kind=Kind.RENEWAL).first()
