"""Renewals as the office and the audits see them: what was filed in a window, what is ready, who may file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from nintei.applications import states
from nintei.applications.models import Application, AuditHold, Kind
from nintei.applications.queries.case import whole


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
