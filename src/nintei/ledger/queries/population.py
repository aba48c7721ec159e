"""What many holders still miss, in a few queries for any number of them: for forecasts and reminders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

from nintei.courses import queries as courses
from nintei.courses.models import Course
from nintei.ledger.models import Activity, ActivitySession, Claim
from nintei.ledger.queries import reliefs
from nintei.ledger.queries.claims import carried_into, cycle_of_term
from nintei.registry.models import Certification, Term
from nintei.rules import points
from nintei.rules.balance import Balance
from nintei.rules.edition import Edition
from nintei.shared.rulebook import edition as edition_on

_COLUMNS = ("pk", "person_id", "category", "topic", "proof", "course_id", "same_activity", "serves", "items")


def shortfalls(held: Sequence[tuple[Certification, Term]], on: date) -> dict[UUID, Fraction]:
    """The points that each certification misses for its term if it were renewed on a (JST) day.

    The same answer as `balance`, in three queries. Points are Fractions.
    """
    return {key: worth.shortfall for key, worth in _worth(held, {}, on).items()}


def balances(held: Sequence[tuple[Certification, Term]], on: date) -> dict[UUID, Balance]:
    """What each certification's lines are worth for its term on a (JST) day, closed by a renewal already filed.

    The same sums as `balance`, in four queries; the lines go by the ids of their activities.
    """
    standing = Claim.objects.filter(term__in=[term.pk for _, term in held], released_at=None)
    filed = {claim.term_id: claim for claim in standing.only("term", "filed_on", "balance")}
    return _worth(held, filed, on)


def _earlier(
    held: Sequence[tuple[Certification, Term]], edition: Edition
) -> dict[tuple[object, object], Claim]:
    """Every standing claim of these certifications, where something of one may be carried over (AMB-C16)."""
    if not edition.points.carry_over:
        return {}
    rows = Claim.objects.filter(certification__in=[each.pk for each, _ in held], released_at=None)
    return {(row.certification_id, row.term_id): row for row in rows}


def _worth(
    held: Sequence[tuple[Certification, Term]], filed: Mapping[UUID, Claim], on: date
) -> dict[UUID, Balance]:
    if not held:
        return {}
    lines, edition = _lines([certification.person_id for certification, _ in held]), edition_on(on)
    granted = reliefs.for_rules([certification.person_id for certification, _ in held], edition)
    claims = _earlier(held, edition)
    found = {}
    for certification, term in held:
        cycle = cycle_of_term(
            certification, term, filed.get(term.pk), granted.get(certification.person_id, ()),
            carried_into(certification, term, edition, claims),
        )  # fmt: skip
        closed = cycle if cycle.submitted_on else cycle._replace(submitted_on=on)
        found[certification.pk] = points.evaluate(edition, closed, lines[certification.person_id])
    return found


def _lines(people: Sequence[UUID]) -> dict[UUID, list[points.Activity]]:
    """The live lines of many people as the kernel reads them."""
    rows = list(Activity.objects.filter(person__in=people, withdrawn_at=None).values_list(*_COLUMNS))
    sessions: dict[UUID, list[points.Session]] = defaultdict(list)
    of_people = ActivitySession.objects.filter(
        activity__person__in=people, activity__withdrawn_at=None
    ).order_by("on")
    for activity, day, minutes in of_people.values_list("activity_id", "on", "minutes"):
        sessions[activity].append(points.Session(day, minutes))
    known = Course.objects.in_bulk({row[5] for row in rows if row[5]})
    found: dict[UUID, list[points.Activity]] = defaultdict(list)
    for key, person, category, topic, proof, course, same, serves, items in rows:
        days, listed = sessions[key], known.get(course) if course else None
        found[person].append(
            points.Activity(
                id=str(key),
                category=category,
                sessions=tuple(days),
                topic=topic or None,
                registered_course=listed is not None
                and all(courses.is_accredited(listed, day) for day, _ in days),
                proof=proof,
                same_activity=same or None,
                items=items,
                serves=serves or None,
            )
        )
    return found
