"""What the log is worth: the bridge to the kernel. No number is reckoned here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity
from nintei.ledger.queries import reliefs
from nintei.ledger.queries.claims import carried_into, claim_for, cycle_of_term
from nintei.ledger.queries.lines import (
    activities,
    activities_for_rules,
    as_rules,
    drafted,
)
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification
from nintei.rules import dates, planning, points, relief
from nintei.rules.balance import Balance, Line
from nintei.rules.days import check_days
from nintei.rules.edition import Edition
from nintei.rules.findings import BadInput, Finding
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on


def cycle_of(certification: Certification, on: date) -> points.Cycle:
    """The cycle of the term that runs on a (JST) day, closed by a filed renewal (AMB-C3)."""
    term, edition = registry.current_term(certification, on), edition_on(on)
    granted = reliefs.of_one(certification.person_id, edition)
    carried = carried_into(certification, term, edition)
    return cycle_of_term(certification, term, claim_for(certification, term), granted, carried)


def balance(certification: Certification, on: date) -> Balance:
    """What the holder's lines are worth for this certification if the renewal were filed on a (JST) day.

    By the edition in force on that day (AMB-C19). Points are Fractions.
    """
    return points.evaluate(
        edition_on(on), as_filed(cycle_of(certification, on), on), activities_for_rules(certification.person)
    )


def plan(certification: Certification, on: date) -> planning.Plan:
    """What is still within reach on a (JST) day: room that perishes, the least A, the next steps."""
    cycle = cycle_of(certification, on)
    closes = dates.renewal_window(edition_on(on), cycle.end, on).closes
    return planning.plan(edition_on(on), cycle, activities_for_rules(certification.person), on, closes)


def as_filed(cycle: points.Cycle, on: date) -> points.Cycle:
    """The cycle as a renewal filed on a (JST) day closes it; a renewal already filed closed it first."""
    return cycle if cycle.submitted_on else cycle._replace(submitted_on=on)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would add to one certification. `line` is the kernel's word on it; `better` is a category
    of the same group, without a list of courses, in which the same hours would add more."""

    certification: Certification
    before: Balance
    after: Balance
    line: Line
    better: tuple[str, Fraction] | None

    @property
    def added(self) -> Fraction:
        """The points by which the total grows."""
        return self.after.total - self.before.total


def preview(
    person: Person, draft: Draft, on: date, others: Sequence[Activity] | None = None
) -> tuple[Preview, ...]:
    """What a draft will add to each certification of a person, before anything is saved (JST day).

    `others` are the lines beside it; without them every live line of the person is.
    """
    lines = tuple(as_rules(each) for each in (activities(person) if others is None else others))
    return tuple(_preview(each, lines, draft, on) for each in registry.certifications(person))


def _preview(
    certification: Certification, lines: tuple[points.Activity, ...], draft: Draft, on: date
) -> Preview:
    edition, cycle = edition_on(on), as_filed(cycle_of(certification, on), on)
    before = points.evaluate(edition, cycle, lines)
    after = points.evaluate(edition, cycle, (*lines, drafted(draft)))
    others = _in_other_categories(edition, draft)
    totals = {other.category: points.evaluate(edition, cycle, (*lines, other)).total for other in others}
    best = max(totals, key=lambda code: totals[code], default="")
    better = (best, totals[best] - before.total) if best and totals[best] > after.total else None
    return Preview(certification, before, after, after.lines[-1], better)


def claimed(edition: Edition, draft: Draft) -> Fraction:
    """The points that a draft would claim before any cap, for somebody who holds nothing yet."""
    if not draft.items:
        return points.points_for(edition, draft.minutes, draft.category)[0]
    last = max(draft.by_day())
    return points.evaluate(edition, points.Cycle(last, last), [drafted(draft)]).lines[0].claimed


def long_days(draft: Draft, on: date, others: Sequence[Activity]) -> tuple[Finding, ...]:
    """The days of a draft that hold more hours than the rulebook lets pass without a word (AMB-C21).

    `others` are the lines beside it. Raises `Refused` (`ledger.day_too_long`) for a day longer than a day,
    and where a session alone is.
    """
    try:
        doubtful = check_days(edition_on(on), (*map(as_rules, others), drafted(draft)))
    except BadInput as bad:
        raise Refused("ledger.day_too_long", on=bad.data["on"], minutes=bad.data["minutes"]) from bad
    return tuple(finding for finding in doubtful if date.fromisoformat(finding.note) in draft.by_day())


def _in_other_categories(edition: Edition, draft: Draft) -> Iterable[points.Activity]:
    chosen = edition.categories[draft.category]
    for code, category in edition.categories.items():
        if code != draft.category and category.group == chosen.group and not category.needs_registered_course:
            yield drafted(replace(draft, category=code, course=None, proof="certificate"))


def freeze(certification: Certification, on: date) -> dict[str, Any]:
    """What a renewal filed on a (JST) day claims, as JSON: edition, day, every line with its outcome, sums.

    Points are decimal text, so that re-deciding from what is stored gives the same (promise P3). What was
    filed before plays no part: amended on a later day, the renewal counts up to that day (AMB-C3).
    """
    rows = list(activities(certification.person))
    term = registry.current_term(certification, on)
    granted = reliefs.of_one(certification.person_id, edition_on(on))
    carried = carried_into(certification, term, edition_on(on))
    cycle = as_filed(cycle_of_term(certification, term, None, granted, carried), on)
    worth = points.evaluate(edition_on(on), cycle, [as_rules(row) for row in rows])
    lines = [_frozen(row, line) for row, line in zip(rows, worth.lines, strict=True)]
    return {
        "edition": edition_on(on).id,
        "on": on.isoformat(),
        "cycle": {"start": cycle.start.isoformat(), "end": cycle.end.isoformat()},
        "lines": lines,
        "balance": balance_told(worth),
    }


def balance_told(worth: Balance) -> dict[str, Any]:
    """A balance as JSON, as a claim keeps it."""
    return {
        "total": decimal(worth.total),
        "required": decimal(worth.required),
        "by_category": {code: decimal(sum_) for code, sum_ in worth.by_category.items()},
        **({"carried": decimal(worth.carried)} if worth.carried else {}),
        **({"relief": relief.told(worth.cycle.relief)} if worth.cycle.relief else {}),
        "unmet": [[each.key, str(each.shown), str(each.wanted)] for each in worth.unmet],
    }


def _frozen(row: Activity, line: Line) -> dict[str, object]:
    sessions = [{"on": each.on.isoformat(), "minutes": each.minutes} for each in row.sessions.all()]
    return {
        "id": str(row.id),
        "title": row.title,
        "organiser": row.organiser,
        "category": row.category,
        "topic": row.topic,
        "competency": row.competency,
        "proof": row.proof,
        "course": str(row.course_id) if row.course_id else None,
        "registered_course": as_rules(row).registered_course,
        "same_activity": row.same_activity,
        **({"serves": row.serves} if row.serves else {}),
        "sessions": sessions,
        **({"items": row.items} if row.items else {}),
        "evidence": [file.sha256 for file in row.evidence.all()],
        "claimed": decimal(line.claimed),
        "credited": decimal(line.credited),
        "reason": line.reason,
    }


def decimal(value: Fraction) -> str:
    """Points as exact decimal text where they are decimal (`2.5`), as a fraction otherwise (`1/3`).

    >>> decimal(Fraction(5, 2)), decimal(Fraction(30)), decimal(Fraction(1, 3))
    ('2.5', '30.0', '1/3')
    """
    tenths = value * 10
    return f"{int(tenths) // 10}.{int(tenths) % 10}" if tenths.denominator == 1 and value >= 0 else str(value)
