"""Taking a leave off a post, as the reviewer must (AMB-E9), and taking that back."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction

from nintei.applications import queries
from nintei.applications.actions.steps import check, check_in_charge, locked, step
from nintei.applications.models import Application, SubtractedLeave
from nintei.applications.states import Actor, Event
from nintei.people.models import Person
from nintei.shared import wording
from nintei.shared.refusals import Refused


@transaction.atomic
def subtract_leave(
    *,
    actor: Person,
    application: Application,
    version: int | None,
    post_id: uuid.UUID,
    from_on: date,
    until_on: date | None,
    reason: str,
    on: date,
    at: datetime,
) -> SubtractedLeave:
    """Take the days of a leave off a post, both ends included; without an end it goes on. The verdict follows.

    Raises `Refused` for a post that is not in the case, days that lie beside it or out of order, no reason, a
    case somebody else reviews, and in any state but the review.
    """
    row = locked(application, version)
    check(row, Event.SUBTRACT, Actor.REVIEWER, actor, on)
    check_in_charge(row, actor)
    _check_days(row, post_id, from_on, until_on, on)
    if not reason.strip():
        raise Refused("applications.leave_without_reason")
    made = SubtractedLeave.objects.create(
        application=row, post_id=post_id, from_on=from_on, until_on=until_on, reason=reason.strip(), by=actor,
        on=on, at=at,
    )  # fmt: skip
    told = {"leave": str(made.pk), "post": str(post_id), "words": made.reason}
    told |= {"from_on": from_on.isoformat(), "until_on": until_on.isoformat() if until_on else ""}
    step(row, Event.SUBTRACT, Actor.REVIEWER, by=actor.by, person=actor, on=on, at=at, **told)
    return made


@transaction.atomic
def restore_leave(
    *,
    actor: Person,
    application: Application,
    version: int | None,
    leave_id: uuid.UUID,
    on: date,
    at: datetime,
) -> SubtractedLeave:
    """Take back a leave that was taken off by mistake: its row stays, and counts no more."""
    row = locked(application, version)
    check(row, Event.RESTORE, Actor.REVIEWER, actor, on)
    check_in_charge(row, actor)
    leave = SubtractedLeave.objects.filter(pk=leave_id, application=row, taken_back_at=None).first()
    if leave is None:
        raise Refused("applications.no_such_leave")
    leave.taken_back_at, leave.taken_back_by = at, actor
    leave.save(update_fields=["taken_back_at", "taken_back_by"])
    told = {"leave": str(leave.pk), "post": str(leave.post_id)}
    step(row, Event.RESTORE, Actor.REVIEWER, by=actor.by, person=actor, on=on, at=at, **told)
    return leave


def _check_days(row: Application, post_id: uuid.UUID, from_on: date, until_on: date | None, on: date) -> None:
    posts = {post["id"]: post for post in queries.facts(row, on).get("posts", [])}
    post = posts.get(str(post_id))
    if post is None:
        raise Refused("applications.leave_of_what")
    if until_on and until_on < from_on:
        raise Refused("applications.leave_out_of_order")
    start = date.fromisoformat(post["started_on"])
    end = max(date.fromisoformat(stretch["end"]) for stretch in post["stretches"])
    if from_on > end or (until_on and until_on < start):
        raise Refused("applications.leave_beside", start=wording.day(start), end=wording.day(end))
