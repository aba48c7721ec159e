"""From the lines of a claim to the kernel and back: struck lines are reckoned again, never subtracted (AMB-C13).

Lines are the JSON that a claim froze (`ledger.queries.freeze`); nothing here reads a table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from nintei.rules import decisions, points
from nintei.rules.balance import Balance
from nintei.rules.edition import Category, Edition

Line = Mapping[str, Any]
NO_PROOF = "none"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim before and after an audit. `meets`: the points and minimums that a renewal needs are there."""

    before: Balance
    after: Balance

    @property
    def less(self) -> bool:
        """Whether points were lost."""
        return self.after.total < self.before.total

    @property
    def meets(self) -> bool:
        """Whether what remains is enough."""
        return self.after.met

    def credited(self, line: str) -> Fraction:
        """What a line is worth afterwards; nothing where it was struck."""
        return next((each.credited for each in self.after.lines if plain_id(each.id) == line), Fraction(0))


def activity(told: Line, place: int, *, without_proof: bool = False) -> points.Activity:
    """A claimed line as the kernel's record. `place` is its place in the log: of two lines of one day the one
    logged first is credited first (AMB-C4)."""
    sessions = tuple(points.Session(date.fromisoformat(s["on"]), s["minutes"]) for s in told["sessions"])
    return points.Activity(
        id=f"{place:06}:{told['id']}",
        category=told["category"],
        sessions=sessions,
        topic=told.get("topic") or None,
        registered_course=bool(told.get("registered_course")),
        proof=NO_PROOF if without_proof else told["proof"],
        same_activity=told.get("same_activity") or None,
        items=told.get("items", 0),
        serves=told.get("serves") or None,
    )


def plain_id(kernel_id: str) -> str:
    """The line's own id out of the kernel's."""
    return kernel_id.partition(":")[2]


def weigh(
    edition: Edition,
    cycle: points.Cycle,
    lines: Sequence[Line],
    struck: Collection[str] = (),
    as_other: Collection[str] = (),
) -> Weighed:
    """The balance as claimed, and after `struck` lines fell away and `as_other` lines stand without proof (B → C,
    CPD-B.7). `lines` are in the order in which they were logged."""
    claimed = [activity(told, place) for place, told in enumerate(lines)]
    changed = [
        activity(told, place, without_proof=told["id"] in as_other) for place, told in enumerate(lines)
    ]
    gone = [each.id for each in changed if plain_id(each.id) in struck]
    before = decisions.strike(edition, cycle, claimed, ()).before
    return Weighed(before, decisions.strike(edition, cycle, changed, gone).after)


def worth_as_other(
    edition: Edition, cycle: points.Cycle, lines: Sequence[Line], line: str
) -> tuple[str, Fraction] | None:
    """The category that a line may be claimed as without proof and what it is worth there; None without a way."""
    told = next(each for each in lines if each["id"] == line)
    other = edition.categories[told["category"]].without_proof
    if other is None or told["proof"] == NO_PROOF:
        return None
    return other, weigh(edition, cycle, lines, as_other=[line]).credited(line)


def wanted(category: Category) -> tuple[str, ...]:
    """Everything that a document of a category may show, each once (CPD-A.7, B.6, C.7, D.10)."""
    return tuple(dict.fromkeys(name for option in category.evidence for name in option.shows))


def found(edition: Edition, told: Line, shows: Collection[str], clear: bool) -> decisions.EvidenceFound:
    """What the kernel says of the documents of a line."""
    return decisions.evidence_for_audit(
        edition, told["category"], {name: name in shows for name in shows}, clear
    )
