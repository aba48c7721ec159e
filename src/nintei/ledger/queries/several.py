"""Several drafts at once: what a table, or a plan for the months to come, would add. Nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nintei.courses.models import Course
from nintei.ledger.drafts import Draft
from nintei.ledger.queries import reliefs
from nintei.ledger.queries.claims import carried_into, claims_of, cycle_of_term
from nintei.ledger.queries.lines import activities, as_rules, drafted
from nintei.ledger.queries.worth import as_filed
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification
from nintei.rules import dates, planning, points
from nintei.rules.balance import Balance, Line
from nintei.rules.edition import Edition
from nintei.shared.rulebook import edition as edition_on


@dataclass(frozen=True, slots=True)
class Several:
    """What drafts would add to one certification; `lines` are the kernel's words on them, in their order."""

    certification: Certification
    edition: Edition
    before: Balance
    after: Balance
    lines: tuple[Line, ...]
    plan: planning.Plan | None = None

    @property
    def added(self) -> Fraction:
        """The points by which the total grows."""
        return self.after.total - self.before.total


def preview_several(person: Person, drafts: Sequence[Draft], on: date) -> tuple[Several, ...]:
    """What drafts will add if the renewal were filed on a (JST) day; the same queries for any number of drafts."""
    known = {each.pk: each for each in Course.objects.filter(pk__in={d.course for d in drafts if d.course})}
    new = [drafted(draft, f"~{number:05}", known) for number, draft in enumerate(drafts)]
    return _several(person, new, on, imagined=False)


def what_if(person: Person, new: Sequence[points.Activity], on: date) -> tuple[Several, ...]:
    """What lines to come would add if the renewal were filed on the last day of its window. Nothing is saved."""
    return _several(person, new, on, imagined=True)


def _several(
    person: Person, new: Sequence[points.Activity], on: date, *, imagined: bool
) -> tuple[Several, ...]:
    edition = edition_on(on)
    mine = tuple(as_rules(each) for each in activities(person))
    claims, granted = claims_of(person), reliefs.of_one(person.pk, edition)
    found = []
    for each in registry.certifications(person):
        term = registry.current_term(each, on)
        carried = carried_into(each, term, edition, claims)
        cycle = cycle_of_term(each, term, claims.get((each.pk, term.pk)), granted, carried)
        closes = dates.renewal_window(edition, cycle.end, on).closes
        filed = as_filed(cycle, max(on, closes) if imagined else on)
        # Where a line serves one qualification, a new one that does not say which is seen as serving this one.
        own = [line if line.serves else line._replace(serves=each.qualification) for line in new]
        before, after = points.evaluate(edition, filed, mine), points.evaluate(edition, filed, (*mine, *own))
        plan = planning.plan(edition, cycle, (*mine, *own), on, closes) if imagined else None
        found.append(Several(each, edition, before, after, after.lines[len(mine) :], plan))
    return tuple(found)
