"""What a renewal claims: the claim that stands for a term, its history, and its lines as the kernel reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import rfc8785
from django.db.models import QuerySet

from nintei.ledger.models import Activity, Claim, Evidence
from nintei.people.models import Person
from nintei.registry.models import Certification, Term
from nintei.rules import points, relief
from nintei.rules.balance import left_over
from nintei.rules.decisions import Struck, strike
from nintei.rules.edition import Edition
from nintei.shared.rulebook import edition as edition_on


def claim_for(certification: Certification, term: Term) -> Claim | None:
    """The claim that stands for a term of a certification, if a renewal was filed."""
    return Claim.objects.filter(certification=certification, term=term, released_at=None).first()


def claims_of(person: Person) -> dict[tuple[object, object], Claim]:
    """Every standing claim of a person by (certification, term)."""
    mine = Claim.objects.filter(certification__person=person, released_at=None)
    return {(claim.certification_id, claim.term_id): claim for claim in mine}


def claim_of(activity: Activity) -> Claim | None:
    """The first standing claim that an activity is part of; a line is not changed any more while claimed."""
    of_person = Claim.objects.filter(
        certification__person=activity.person_id,
        released_at=None,
        lines__contains=[{"id": str(activity.id)}],
    )
    return of_person.order_by("filed_on").first()


def evidence_claimed(claim_id: UUID | str) -> list[Evidence]:
    """The files beside the claimed lines (監査時の必要書類), in the order of their days; in two queries."""
    claim = Claim.objects.get(pk=claim_id)
    order = {line["id"]: line["sessions"][0]["on"] for line in claim.lines}
    files = Evidence.objects.filter(activity__in=order, removed_at=None).select_related("activity")
    return sorted(files, key=lambda file: (order[str(file.activity_id)], file.added_at))


def claimed_among(lines: Collection[Activity]) -> set[UUID]:
    """Which of these lines any standing claim has frozen: one query, none for no lines."""
    if not lines:
        return set()
    people = {line.person_id for line in lines}
    standing = Claim.objects.filter(certification__person__in=people, released_at=None)
    claimed = {str(line["id"]) for frozen in standing.values_list("lines", flat=True) for line in frozen}
    return {line.pk for line in lines if str(line.pk) in claimed}


def claims_before(claim: Claim) -> QuerySet[Claim]:
    """The claims of the same term that were released, the newest first."""
    return Claim.objects.filter(term=claim.term_id, ordinal__lt=claim.ordinal).order_by("-ordinal")


def cycle_of_term(
    certification: Certification,
    term: Term,
    claim: Claim | None,
    granted: tuple[points.Relief, ...] = (),
    carried: Fraction = Fraction(0),
) -> points.Cycle:
    """A term as the kernel's cycle; the day a claim was filed closes it (AMB-C3).

    The windows of hardship are those `granted`, or those that the claim has frozen; so are the points `carried`.
    """
    return points.Cycle(
        start=term.starts_on,
        end=term.ends_on,
        submitted_on=claim.filed_on if claim else None,
        certified_on=certification.certified_on,
        qualification=certification.qualification,
        carried=Fraction(claim.balance.get("carried", 0)) if claim else carried,
        relief=relief.read(claim.balance.get("relief", ())) if claim else granted,
    )


def carried_into(
    certification: Certification,
    term: Term,
    edition: Edition,
    claims: Mapping[tuple[object, object], Claim] | None = None,
) -> Fraction:
    """The points that the renewal into a term did not need (AMB-C16); the kernel takes of them what it may.

    `claims` are the standing ones by (certification, term); without them one is asked for, and only where the
    edition carries anything over.
    """
    if not edition.points.carry_over:
        return Fraction(0)
    earlier = [each for each in certification.terms.all() if each.starts_on < term.starts_on]
    if not earlier:
        return Fraction(0)
    before = max(earlier, key=lambda each: each.starts_on)
    found = claim_for(certification, before) if claims is None else claims.get((certification.pk, before.pk))
    told = found.balance if found else {"total": 0, "required": 0}
    return left_over(Fraction(told["total"]), Fraction(told["required"]))


def thaw(lines: Collection[Mapping[str, Any]]) -> tuple[points.Activity, ...]:
    """Frozen lines as the kernel's records, known by the id of their activity; nothing is read again."""
    return tuple(_thawed(line) for line in lines)


def _thawed(line: Mapping[str, Any]) -> points.Activity:
    sessions = [points.Session(date.fromisoformat(each["on"]), each["minutes"]) for each in line["sessions"]]
    return points.Activity(
        id=line["id"],
        category=line["category"],
        sessions=tuple(sessions),
        topic=line["topic"] or None,
        registered_course=line["registered_course"],
        proof=line["proof"],
        same_activity=line["same_activity"] or None,
        items=line.get("items", 0),
        serves=line.get("serves") or None,
    )


def struck_from(claim: Claim, struck: Collection[str], as_other: Collection[str] = ()) -> Struck:
    """A claim before and after lines are struck from it (ids of activities), by its own edition (AMB-C13).

    Lines `as_other` stay without proof: a course counts as self-study (CPD-B.7). Everything is reckoned again
    from what was frozen. `BadInput` for a line that was not claimed.
    """
    edition = edition_on(claim.filed_on)
    cycle = cycle_of_term(claim.certification, claim.term, claim)
    before = strike(edition, cycle, thaw(claim.lines), ()).before
    changed = [line | {"proof": "none"} if line["id"] in as_other else line for line in claim.lines]
    return Struck(before, strike(edition, cycle, thaw(changed), struck).after)


def fingerprint(frozen: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of what a claim freezes: edition, day, cycle, lines, balance."""
    return hashlib.sha256(rfc8785.dumps(dict(frozen))).hexdigest()
