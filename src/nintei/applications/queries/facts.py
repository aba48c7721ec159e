"""The facts of a case: what was handed in, what is on file about it since, and the verdict on them (P3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from nintei.applications import states
from nintei.applications.judging import Judgement, as_json, judge
from nintei.applications.models import Application, Decision, Kind, Pledge, SubtractedLeave
from nintei.applications.queries.case import (
    audit_of,
    decision_of,
    latest_review,
    origin,
    pledge_of,
    report_for,
)
from nintei.applications.queries.papers import evidence_of
from nintei.applications.states import State
from nintei.experience import queries as experience
from nintei.experience.models import Statement
from nintei.experience.queries import Case
from nintei.payments import queries as payments
from nintei.people.models import Person
from nintei.people.queries import name_fit
from nintei.registry.models import ExamPass, ReportState
from nintei.rules.experience import Span
from nintei.shared.rulebook import edition

# What was handed in, with every statement that has come since (decision 0023).
FOLLOWING = (State.SUBMITTED, State.ACCEPTED, State.IN_REVIEW, State.ON_HOLD)
DECIDED = (State.CERTIFIED, State.REFUSED)


def facts(application: Application, on: date, case: Case | None = None) -> dict[str, Any]:
    """What the kernel judges, on a day: of a draft as it is; of what was handed in, with the statements that have
    come since; of what was reviewed, as the reviewer saw it; of a decided case, what was decided (decision 0023).
    """
    decided = decision_of(application) if application.state in DECIDED else None
    if decided is not None:
        return dict(decided.facts)
    told: dict[str, Any] = {
        "kind": application.kind,
        "qualification": application.qualification,
        "applied_on": (application.submitted_on or on).isoformat(),
        "fee": _fee(origin(application)),
    }
    if application.kind == Kind.RENEWAL:
        return told | _renewal(application)
    claims = case.substitutions if case else experience.substitutions(application.person, on)
    return (
        told
        | {
            "report": _report(report_for(application), application.person),
            "substitution": experience.frozen_substitution(claims),
            "pledge": _pledge(pledge_of(origin(application))),
        }
        | _posts(application, on, case)
    )


def _renewal(application: Application) -> dict[str, Any]:
    """What a renewal rests on: the claim of the day it was filed or last amended, the pledge, the audit.

    That day counts for the points and the edition (AMB-C3, C19); it lies within the same window.
    """
    claim, audit = application.claim, audit_of(application)
    told = {"expiry": claim["expiry"], "claim": claim, "applied_on": claim["filed_on"]}
    return told | {"pledge": _pledge(pledge_of(origin(application))), "audit": audit}


def proof(application: Application, on: date) -> dict[str, Any]:
    """The facts, and the hashes of every file and journal leaf they rest on: kept with a review and a decision."""
    told = facts(application, on)
    return told | evidence_of(application, told)


def fingerprint(told: Mapping[str, Any]) -> str:
    """A short name of the facts somebody looked at (without the list of hashes); other facts have another."""
    seen = {key: value for key, value in told.items() if key not in ("papers", "leaves")}
    text = json.dumps(seen, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def statements_since(application: Application, on: date) -> tuple[Statement, ...]:
    """What attestors have signed about a case since it was handed in, reviewed or decided, whichever was last."""
    ended = application.state in (State.WITHDRAWN, State.TURNED_AWAY)
    if application.kind == Kind.RENEWAL or ended or "posts" not in application.claim:
        return ()
    return experience.with_statements(_kept(application), on)[1]


def subtracted(application: Application) -> list[SubtractedLeave]:
    """The leaves the reviewer has taken off, the oldest first; those taken back are not there."""
    rows = SubtractedLeave.objects.filter(application=application, taken_back_at=None)
    return list(rows.select_related("by", "post"))


def away(application: Application) -> dict[str, tuple[Span, ...]]:
    """The same as the kernel's spans, by post."""
    spans: dict[str, tuple[Span, ...]] = {}
    for leave in subtracted(application):
        key = str(leave.post_id)
        spans[key] = (*spans.get(key, ()), Span(leave.from_on, leave.until_on or date.max))
    return spans


def verdict(application: Application, on: date, case: Case | None = None) -> Judgement:
    """The machine's findings on a case, by the edition of the day of application (AMB-C19)."""
    return verdict_on(facts(application, on, case))


def verdict_on(told: Mapping[str, Any]) -> Judgement:
    """The machine's findings on some facts."""
    return judge(edition(date.fromisoformat(told["applied_on"])), told)


def redecide(decision: Decision) -> dict[str, object]:
    """The findings computed again from what a decision stored; equal to `decision.findings` for ever (P3)."""
    return as_json(judge(edition(decision.day), decision.facts))


def _posts(application: Application, on: date, case: Case | None) -> dict[str, Any]:
    if application.state == State.RECOMMENDED:
        reviewed = latest_review(application)
        if reviewed is not None:
            return {key: reviewed.facts[key] for key in ("posts", "subtracted") if key in reviewed.facts}
    if application.state in states.UNFROZEN or "posts" not in application.claim:
        posts = experience.freeze(case or experience.case(application.person, on))
    elif application.state in FOLLOWING:
        posts = experience.with_statements(application.claim["posts"], on)[0]
    else:
        posts = application.claim["posts"]
    return _without_leaves(posts, subtracted(application) if application.submitted_on else [])


def _without_leaves(posts: list[dict[str, Any]], leaves: list[SubtractedLeave]) -> dict[str, Any]:
    """The posts with the reviewer's leaves beside the applicant's own; who subtracted what, if anybody did."""
    if not leaves:
        return {"posts": posts}
    kept = [
        row | {"leaves": [*row.get("leaves", []), *(_span(e) for e in leaves if str(e.post_id) == row["id"])]}
        for row in posts
    ]
    told = [
        {
            "post": str(leave.post_id),
            "days": _span(leave),
            "reason": leave.reason,
            "by": leave.by.by,
            "on": leave.on.isoformat(),
        }
        for leave in leaves
    ]
    return {"posts": kept, "subtracted": told}


def _span(leave: SubtractedLeave) -> list[str]:
    return [leave.from_on.isoformat(), (leave.until_on or date.max).isoformat()]


def _kept(application: Application) -> list[dict[str, Any]]:
    """The posts as they were handed in, reviewed or decided, whichever was last."""
    if application.state in DECIDED:
        decision = decision_of(application)
        return list(decision.facts["posts"]) if decision else []
    if application.state == State.RECOMMENDED:
        review = latest_review(application)
        return list(review.facts["posts"]) if review else []
    return list(application.claim["posts"])


def _report(report: ExamPass | None, person: Person) -> dict[str, object] | None:
    if report is None:
        return None
    return {
        "confirmed": report.state == ReportState.CONFIRMED,
        "name": report.name,
        "name_fit": str(name_fit(person, report.name, report.kana)),
        "id": str(report.pk),
        "exam": report.exam,
        "number": report.number,
        "passed": report.passed,
        "issued_on": report.issued_on.isoformat(),
    }


def _pledge(pledge: Pledge | None) -> dict[str, object] | None:
    if pledge is None:
        return None
    return {
        "version": pledge.text.version,
        "sha256": pledge.text_sha256,
        "signed_name": pledge.signed_name,
        "signed_on": pledge.signed_on.isoformat(),
    }


def _fee(application: Application) -> dict[str, object] | None:
    fee = payments.fee_for(application.reference)
    if fee is None:
        return None
    match = payments.standing_match(fee)
    confirmed_on = match.confirmed_on.isoformat() if match else None
    return {"id": str(fee.pk), "total": fee.total, "settled": match is not None, "confirmed_on": confirmed_on}
