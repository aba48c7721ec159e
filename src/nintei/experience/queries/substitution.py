"""What stands in for experience, and how many months the office has granted for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nintei.experience.models import Substitution, SubstitutionFile, SubstitutionGrant
from nintei.people.models import Person


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with its evidence and its grants up to a day, the newest last; `months` None: not looked at yet."""

    claim: Substitution
    files: tuple[SubstitutionFile, ...]
    grants: tuple[SubstitutionGrant, ...]

    @property
    def months(self) -> int | None:
        """What counts of it: the newest grant."""
        return self.grants[-1].months if self.grants else None


def substitutions(person: Person, on: date) -> tuple[Claimed, ...]:
    """A person's claims with what was granted up to a day, in three queries for any number."""
    rows = Substitution.objects.filter(person=person, removed_at=None)
    return tuple(
        Claimed(
            row,
            tuple(row.files.all()),
            tuple(grant for grant in row.grants.all() if grant.granted_on <= on),
        )
        for row in rows.prefetch_related("files", "grants__granted_by")
    )


def frozen_substitution(claims: Iterable[Claimed]) -> dict[str, object]:
    """The months with the grants they rest on, as JSON to be kept with a decision (P3)."""
    claims = tuple(claims)
    return {
        "months": sum(each.months or 0 for each in claims),
        "grants": [_frozen(c) for c in claims if c.grants],
    }


def _frozen(claimed: Claimed) -> dict[str, object]:
    grant, claim = claimed.grants[-1], claimed.claim
    return {
        "claim": str(claim.pk),
        "name": claim.name,
        "months": grant.months,
        "reason": grant.reason,
        "granted_by": grant.granted_by.by,
        "granted_on": grant.granted_on.isoformat(),
        "evidence": sorted(file.sha256 for file in claimed.files),
    }


def evidence(file_id: uuid.UUID) -> SubstitutionFile | None:
    """A file of evidence with its claim; the door asks whose it is."""
    return SubstitutionFile.objects.select_related("substitution__person").filter(pk=file_id).first()
