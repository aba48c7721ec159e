"""The office's renewals: what is ready, what needs a person, what waits for the second one, what is to come.

Every function asks a number of queries that does not grow with the renewals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from nintei.applications.judging import Judgement, Part, judge
from nintei.applications.models import (
    Application,
    AuditHold,
    AuditOutcome,
    BatchLine,
    Kind,
    Pledge,
    RenewalBatch,
)
from nintei.applications.queries.renewals import open_renewals
from nintei.applications.states import State
from nintei.ledger import queries as ledger
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification, Term
from nintei.rules.dates import StatusCode, renewal_window
from nintei.shared.rulebook import edition

PAGE = 50
# A window closes before the validity ends, in no rulebook more than this many days.
MARGIN = 186


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A filed renewal as the office sees it: the machine's findings, whether an audit holds it."""

    application: Application
    total: str
    required: str
    judged: Judgement
    held: bool

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """What the machine cannot call met."""
        return self.judged.unmet

    @property
    def is_ready(self) -> bool:
        """Everything is met, nothing is sampled, and nobody else has it: a person may put it forward."""
        in_hand = (State.ACCEPTED, State.IN_REVIEW)
        return not self.open_parts and not self.held and self.application.state in in_hand


@dataclass(frozen=True, slots=True)
class Desk:
    """The renewals that are open, by what has to happen to them."""

    ready: list[DeskRow]
    looked_at: list[DeskRow]
    held: list[DeskRow]
    number_ready: int


def desk(person: Person, on: date) -> Desk:
    """Renewals that wait for a first person, as this one sees them: nobody's own, nobody else's (five queries).

    `ready` shows at most a page, oldest first, and `number_ready` how many there are.
    """
    rows = [row for row in _rows(open_renewals().exclude(person=person)) if _is_at_hand(row, person)]
    ready = [row for row in rows if row.is_ready]
    held = [row for row in rows if row.held]
    rest = [row for row in rows if row.open_parts and not row.held]
    return Desk(ready[:PAGE], rest[:PAGE], held[:PAGE], len(ready))


def _is_at_hand(row: DeskRow, person: Person) -> bool:
    others = row.application.reviewer_id not in (None, person.pk)
    return row.held or not (others or row.application.state == State.RECOMMENDED)


def _rows(found: QuerySet[Application]) -> list[DeskRow]:
    rows = list(found.defer("claim").order_by("submitted_at", "number"))
    claims = {row["pk"]: row for row in found.values("pk", *_OF_CLAIM)}
    signed = set(Pledge.objects.filter(application__in=rows).values_list("application_id", flat=True))
    holds: dict[UUID, AuditHold] = {}
    for hold in AuditHold.objects.filter(application__in=rows).order_by("held_at"):
        if hold.outcome != AuditOutcome.NOT_DRAWN:
            holds[hold.application_id] = hold
    return [_row(row, claims[row.pk], row.pk in signed, holds.get(row.pk)) for row in rows]


_OF_CLAIM = ("claim__expiry", "claim__filed_on", "claim__balance")


def _row(row: Application, claim: Mapping[str, Any], signed: bool, hold: AuditHold | None) -> DeskRow:
    """By the same judgement as the case itself, from less: what was accepted has paid; the door looks again."""
    balance, filed_on = claim["claim__balance"], claim["claim__filed_on"]
    facts = {
        "kind": row.kind,
        "applied_on": filed_on,
        "expiry": claim["claim__expiry"],
        "claim": {"balance": balance},
        "pledge": {"signed": True} if signed else None,
        "fee": {"settled": row.accepted_on is not None},
        "audit": hold.told if hold and hold.outcome else None,
    }
    judged = judge(edition(date.fromisoformat(filed_on)), facts)
    return DeskRow(row, balance["total"], balance["required"], judged, bool(hold and not hold.outcome))


def batches() -> QuerySet[RenewalBatch]:
    """What was put forward and waits for another person, with its renewals: three queries."""
    lines = BatchLine.objects.select_related("application__person").order_by("application__number")
    rows = RenewalBatch.objects.filter(settled_at=None).select_related("proposed_by")
    return rows.prefetch_related(Prefetch("lines", lines)).order_by("proposed_at")


def settled_batches(most: int = 10) -> QuerySet[RenewalBatch]:
    """The newest batches that were decided."""
    lines = BatchLine.objects.select_related("application__person").order_by("application__number")
    rows = RenewalBatch.objects.exclude(settled_at=None).select_related("proposed_by", "settled_by")
    return rows.prefetch_related(Prefetch("lines", lines)).order_by("-settled_at")[:most]


def batch(pk: UUID) -> RenewalBatch | None:
    """A batch by its key."""
    return RenewalBatch.objects.filter(pk=pk).first()


# --- what is to come ------------------------------------------------------------------------------

# How far somebody is from the points they need: nothing missing, up to five, up to ten, more.
GAPS: tuple[tuple[str, int | None], ...] = (("met", 0), ("near", 5), ("some", 10), ("far", None))


@dataclass(frozen=True, slots=True)
class Load:
    """One window of one qualification: who may file in it, by what they still miss, and who has filed."""

    opens: date
    closes: date
    qualification: str
    filed: int
    gaps: tuple[tuple[str, int], ...]

    @property
    def number(self) -> int:
        """Everybody whose validity ends with this window."""
        return self.filed + sum(count for _, count in self.gaps)


@dataclass(frozen=True, slots=True)
class Coming:
    """A certification whose window is open or comes."""

    certification: Certification
    term: Term
    opens: date
    closes: date
    filed: bool


def coming(on: date, within: int = 366) -> list[Coming]:
    """Certifications that run and whose window closes within so many days of a (JST) day, five queries for any number.

    One that is suspended runs: its renewal can be filed.
    """
    last = on + timedelta(days=within + MARGIN)
    terms = Term.objects.filter(ends_on__gte=on, ends_on__lte=last, starts_on__lte=on)
    held = registry.certifications_with(terms)
    found = [(each, registry.current_term(each, on)) for each in held]
    running = (StatusCode.VALID, StatusCode.VALID_PENDING_RENEWAL, StatusCode.SUSPENDED)
    found = [(each, term) for each, term in found if registry.status_on(each, on).code in running]
    filed = set(_filed_terms([term for _, term in found]))
    return [
        Coming(each, term, *_window(term.ends_on, on), str(term.pk) in filed)
        for each, term in found
        if on <= _window(term.ends_on, on)[1] <= on + timedelta(days=within)
    ]


def forecast(on: date) -> list[Load]:
    """The windows of the coming year, each with how many may file, by the gap they have today (nine queries).

    What is missing is by the log as it is on the (JST) day, as if the renewal were filed.
    """
    found = coming(on)
    missing = ledger.shortfalls([(each.certification, each.term) for each in found if not each.filed], on)
    groups: dict[tuple[date, date, str], list[Coming]] = {}
    for each in found:
        key = (each.opens, each.closes, each.certification.qualification)
        groups.setdefault(key, []).append(each)
    return [_load(key, rows, missing) for key, rows in sorted(groups.items())]


def _load(key: tuple[date, date, str], rows: Sequence[Coming], missing: Mapping[UUID, Fraction]) -> Load:
    counted = Counter(_gap(missing[row.certification.pk]) for row in rows if not row.filed)
    gaps = tuple((name, counted[name]) for name, _ in GAPS)
    return Load(*key, sum(row.filed for row in rows), gaps)


def _gap(missing: Fraction) -> str:
    return next(name for name, most in GAPS if most is None or missing <= most)


@lru_cache(maxsize=512)
def _window(ends_on: date, on: date) -> tuple[date, date]:
    window = renewal_window(edition(on), ends_on, on)
    return window.opens, window.closes


def _filed_terms(terms: list[Term]) -> Iterable[str]:
    rows = Application.objects.filter(kind=Kind.RENEWAL, claim__term__in=[str(term.pk) for term in terms])
    return (
        rows.exclude(state=State.WITHDRAWN).exclude(submitted_on=None).values_list("claim__term", flat=True)
    )
