"""A holder's record on a day as JSON: only what the holder lets out. Points are the kernel's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from nintei.certificates.models import PassportPart
from nintei.certificates.queries import days_of
from nintei.courses import queries as courses
from nintei.ledger import queries as ledger
from nintei.ledger.models import Activity, Claim
from nintei.ledger.queries import reliefs
from nintei.ledger.queries.claims import carried_into, claims_of, cycle_of_term
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification, Term
from nintei.rules import points
from nintei.rules.balance import Balance, Line
from nintei.rules.edition import Edition, Text
from nintei.shared.rulebook import edition as edition_on

OUTSIDE = {"BEFORE_CYCLE", "AFTER_CYCLE", "AFTER_SUBMISSION"}
"""Reasons of a line that a cycle has nothing to do with."""


class Counted(NamedTuple):
    """A cycle as it was counted: `claimed_on` is the day a renewal claimed it, None while it can still grow."""

    term: Term
    edition: Edition
    claimed_on: date | None
    worth: Balance
    ids: tuple[str, ...]


def record(person: Person, on: date, parts: Collection[str]) -> dict[str, Any]:
    """What stands on record on a (JST) day, in a fixed order: certifications, cycles, activities.

    Points are decimal text; nothing is reckoned here.
    """
    edition, rows = edition_on(on), list(ledger.activities(person))
    held, claims = registry.certifications(person), claims_of(person)
    counted = {each.pk: _cycles(each, rows, claims, on) for each in held}
    said: dict[str, Any] = {
        "on": on.isoformat(),
        "edition": {"id": edition.id, **_both("association", edition.name)},
        "parts": sorted(parts),
        "certifications": [_certification(each, counted[each.pk], edition, on, parts) for each in held],
        "activities": [],
    }
    if PassportPart.LINES in parts:
        confirmed = courses.latest([row.pk for row in rows])
        where = [(each, cycle) for each in held for cycle in counted[each.pk]]
        found = [_activity(row, where, set(confirmed), edition, parts) for row in rows]
        said["activities"] = sorted(found, key=lambda each: (each["days"][0][0], each["id"]))
    return said


def _cycles(
    certification: Certification,
    rows: Sequence[Activity],
    claims: dict[tuple[object, object], Claim],
    on: date,
) -> list[Counted]:
    begun = [term for term in certification.terms.all() if term.starts_on <= on]
    return [
        _counted(certification, term, rows, claims.get((certification.pk, term.pk)), on)
        for term in sorted(begun, key=lambda term: term.starts_on)
    ]


def _counted(
    certification: Certification, term: Term, rows: Sequence[Activity], claim: Claim | None, on: date
) -> Counted:
    """What was claimed is as it was claimed, by the edition of that day (AMB-C19); else as if filed today."""
    edition = edition_on(on)
    granted = reliefs.of_one(certification.person_id, edition)
    cycle = cycle_of_term(certification, term, claim, granted, carried_into(certification, term, edition))
    if claim is not None:
        edition, lines = edition_on(claim.filed_on), ledger.thaw(claim.lines)
        ids = tuple(str(line.id) for line in lines)
        return Counted(term, edition, claim.filed_on, points.evaluate(edition, cycle, lines), ids)
    worth = points.evaluate(
        edition_on(on), cycle._replace(submitted_on=on), [ledger.as_rules(row) for row in rows]
    )
    return Counted(term, edition_on(on), None, worth, tuple(str(row.pk) for row in rows))


def _certification(
    held: Certification, cycles: Sequence[Counted], edition: Edition, on: date, parts: Collection[str]
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "number": held.number,
        "qualification": held.qualification,
        **_both("title", edition.qualifications[held.qualification].name),
        "certified_on": held.certified_on.isoformat(),
    }
    if PassportPart.STATUS in parts:
        said["history"] = [[day.isoformat(), code.value] for day, code in days_of(held, on) if day <= on]
    if PassportPart.POINTS in parts:
        said["cycles"] = [_cycle(each) for each in cycles]
    return said


def _cycle(counted: Counted) -> dict[str, Any]:
    worth = counted.worth
    return {
        "start": counted.term.starts_on.isoformat(),
        "end": counted.term.ends_on.isoformat(),
        "claimed_on": counted.claimed_on.isoformat() if counted.claimed_on else "",
        "edition": counted.edition.id,
        "total": ledger.decimal(worth.total),
        "required": ledger.decimal(worth.required),
        "by_category": {code: ledger.decimal(sum_) for code, sum_ in worth.by_category.items()},
        "years": [
            {
                "first": year.first.isoformat(),
                "last": year.last.isoformat(),
                "by_category": _in_year(worth, year.number),
            }
            for year in worth.years
        ],
    }


def _in_year(worth: Balance, number: int) -> dict[str, str]:
    sums = dict.fromkeys(worth.by_category, Fraction(0))
    for line in worth.lines:
        for share in line.years:
            if share.year == number and line.category in sums:
                sums[line.category] += share.credited
    return {code: ledger.decimal(sum_) for code, sum_ in sums.items()}


def _activity(
    row: Activity,
    where: Sequence[tuple[Certification, Counted]],
    confirmed: Collection[object],
    edition: Edition,
    parts: Collection[str],
) -> dict[str, Any]:
    category = edition.categories.get(row.category)
    said: dict[str, Any] = {
        "id": str(row.pk),
        "category": row.category,
        **_both("category", category.name if category else Text(row.category, row.category)),
        "days": [[each.on.isoformat(), each.minutes] for each in row.sessions.all()],
        **({"items": row.items} if row.items else {}),
        "topic": row.topic,
        "counted": [told for held, cycle in where if (told := _told(row, held, cycle))],
    }
    if PassportPart.TITLES in parts:
        said |= {"title": row.title, "organiser": row.organiser}
    if PassportPart.ATTENDANCE in parts and row.pk in confirmed and row.course is not None:
        said["confirmed_by"] = row.course.provider
    return said


def _told(row: Activity, held: Certification, cycle: Counted) -> dict[str, str] | None:
    """What a line counts in one cycle, with the clause that decided; None where it has no part in it."""
    if str(row.pk) not in cycle.ids:
        return None
    line: Line = cycle.worth.lines[cycle.ids.index(str(row.pk))]
    if line.reason in OUTSIDE:
        return None
    return {
        "number": held.number,
        "cycle": cycle.term.starts_on.isoformat(),
        "category": line.category,
        "claimed": ledger.decimal(line.claimed),
        "credited": ledger.decimal(line.credited),
        "reason": line.reason,
        "clause": f"{line.cite.source} {line.cite.clause}",
    }


def _both(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_ja": text.ja, f"{name}_en": text.en}
