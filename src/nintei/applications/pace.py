"""How long a step usually takes: the median of our own decided cases, in working days; unset while there are few."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import Any

from django.db.models import Max, QuerySet

from nintei.applications.models import Application
from nintei.applications.states import State
from nintei.experience.queries import Case, answered_within
from nintei.shared.clock import JST
from nintei.shared.workdays import workdays

# Fewer cases would tell of single people; older ones of another office.
FEWEST, WITHIN, MOST = 5, timedelta(days=365), 300

PAYMENT, REVIEW, DECISION, ATTESTATION = "payment", "review", "decision", "attestation"
STEPS = {
    State.SUBMITTED: PAYMENT,
    State.ACCEPTED: REVIEW,
    State.IN_REVIEW: REVIEW,
    State.RECOMMENDED: DECISION,
}


@dataclass(frozen=True, slots=True)
class Pace:
    """The step an application is in: since when, for how many working days, and what is usual.

    `usual` is None while fewer than `fewest` cases of the kind were decided (or attestors have answered)
    within a year.
    """

    step: str
    since: date
    days: int
    usual: int | None
    cases: int
    fewest: int = FEWEST


def pace(application: Application, on: date) -> Pace | None:
    """Where an application stands in its step on a (JST) day; None where no step of the office's runs."""
    step = STEPS.get(State(application.state))
    if step is None:
        return None
    since = application.state_since_on
    if step == REVIEW and application.accepted_on:
        since = application.accepted_on
    took = _took(application.kind, step, on)
    return Pace(step, since, workdays(since, on), _median(took), len(took))


def usual(kind: str, on: date) -> dict[str, int | None]:
    """What is usual for each step of a kind: working days; None while few were decided within a year."""
    rows = list(_decided(kind, on))
    steps = (PAYMENT, REVIEW, DECISION)
    return {step: _median([workdays(*span) for span in _spans(rows, step)]) for step in steps}


def attestors_pace(case: Case, on: date) -> Pace | None:
    """How long the attestor asked first has been waited for; None where nobody is."""
    if not case.waiting:
        return None
    since = min(request.asked_on for request in case.waiting)
    took = [workdays(*span) for span in answered_within(on, WITHIN, MOST)]
    return Pace(ATTESTATION, since, workdays(since, on), _median(took), len(took))


def _median(took: list[int]) -> int | None:
    return median_low(took) if len(took) >= FEWEST else None


def _took(kind: str, step: str, on: date) -> list[int]:
    """The working days that a step took in the cases decided within a year, the newest 300."""
    return [workdays(*span) for span in _spans(_decided(kind, on), step)]


def _decided(kind: str, on: date) -> QuerySet[Application, Any]:
    closed = (State.CERTIFIED, State.REFUSED)
    decided = Application.objects.filter(
        kind=kind, state__in=closed, decided_on__gt=on - WITHIN, decided_on__lte=on
    )
    return decided.annotate(reviewed_at=Max("reviews__reviewed_at")).order_by("-decided_on")[:MOST]


def _spans(rows: Iterable[Application], step: str) -> Iterable[tuple[date, date]]:
    for row in rows:
        reviewed_at = row.reviewed_at  # type: ignore[attr-defined]
        reviewed_on = reviewed_at.astimezone(JST).date() if reviewed_at else row.decided_on
        start, end = {
            PAYMENT: (row.submitted_on, row.accepted_on),
            REVIEW: (row.accepted_on, reviewed_on),
            DECISION: (reviewed_on, row.decided_on),
        }[step]
        if start and end and start <= end:
            yield start, end
