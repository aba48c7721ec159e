"""Claiming that a qualification or training stands in for experience, and granting months for it (MAN-ウ②.※1)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from nintei.experience.models import Substitution, SubstitutionFile, SubstitutionGrant
from nintei.journal.actions import record
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared import wording
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def claim_substitution(
    *,
    by: str,
    person: Person,
    kind: str,
    name: str,
    issuer: str,
    obtained_on: date,
    evidence: Sequence[TakenFile],
    at: datetime,
    on: date,
) -> Substitution:
    """Say what stands in for experience, with its evidence. How many months it is worth the office says.

    Refused: no name or issuer, no evidence, a day in the future or before birth.
    """
    if not name.strip() or not issuer.strip():
        raise Refused("experience.substitution_unnamed")
    if not evidence:
        raise Refused("experience.no_evidence")
    if obtained_on > on or (person.born_on and obtained_on < person.born_on):
        raise Refused("experience.obtained_when", day=wording.day(obtained_on))
    claim = Substitution.objects.create(
        person=person,
        kind=kind,
        name=name.strip(),
        issuer=issuer.strip(),
        obtained_on=obtained_on,
        saved_at=at,
    )
    SubstitutionFile.objects.bulk_create(
        SubstitutionFile(substitution=claim, kept_at=at, **file._asdict()) for file in evidence
    )
    data: dict[str, object] = {"kind": kind, "name": claim.name, "issuer": claim.issuer}
    data |= {"obtained_on": obtained_on.isoformat(), "evidence": [file.sha256 for file in evidence]}
    record(by=by, verb="experience.claim_substitution", subject=claim.reference, at=at, data=data)
    return claim


@transaction.atomic
def remove_substitution(*, by: str, person: Person, claim_id: uuid.UUID, at: datetime) -> None:
    """Take a claim back; refused once the office has granted months for it."""
    claim = _locked(claim_id)
    if claim.person_id != person.pk:
        raise Refused("experience.not_yours")
    if claim.grants.exists():
        raise Refused("experience.substitution_granted")
    claim.removed_at = at
    claim.save(update_fields=["removed_at"])
    record(by=by, verb="experience.remove_substitution", subject=claim.reference, at=at, data={})


@transaction.atomic
def grant_substitution(
    *, actor: Person, claim_id: uuid.UUID, months: int, reason: str, at: datetime, on: date
) -> SubstitutionGrant:
    """Grant months for a claim, none included; a later grant takes the place of this one, which stays.

    Refused: no reviewer, the reviewer's own claim, no reason, more months than the edition lets count.
    """
    if Role.REVIEWER not in roles_of(actor, on=on):
        raise Refused("experience.only_reviewers")
    claim = _locked(claim_id)
    if claim.person_id == actor.pk:
        raise Refused("experience.own_case")
    most = edition(on).experience.substitution_cap_months
    if not 0 <= months <= most:
        raise Refused("experience.months_beyond", most=most)
    if not reason.strip():
        raise Refused("experience.grant_without_reason")
    grant = SubstitutionGrant.objects.create(
        substitution=claim,
        months=months,
        reason=reason.strip(),
        granted_by=actor,
        granted_on=on,
        granted_at=at,
    )
    data: dict[str, object] = {"months": months, "reason": grant.reason}
    record(by=actor.by, verb="experience.grant_substitution", subject=claim.reference, at=at, data=data)
    return grant


def _locked(claim_id: uuid.UUID) -> Substitution:
    claim = Substitution.objects.select_for_update().filter(pk=claim_id, removed_at=None).first()
    if claim is None:
        raise Refused("experience.not_yours")
    return claim
