"""What was corrected in a course after it was listed, for anyone: what changed and when, not who asked or why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from nintei.courses.models import ChangeState, Course, CourseChange, SessionRevision
from nintei.courses.states import Event

KEPT_INSIDE = "standard"
"""What a provider says of the criteria is between it and the committee."""


class Correction(NamedTuple):
    """One correction: fields of the course (before, after), a holding (`was`, `now`), or that accreditation ended."""

    at: datetime
    fields: Mapping[str, tuple[Any, Any]] | None = None
    was: SessionRevision | None = None
    now: SessionRevision | None = None
    ended_on: date | None = None


def corrections(course: Course) -> list[Correction]:
    """Every correction that took effect, the newest first (three queries)."""
    found = [*_of_the_course(course), *_of_holdings(course)]
    if course.ended_on:
        ends = course.rulings.filter(event=Event.END).order_by("-made_at")[:1]
        found += [Correction(each.made_at, ended_on=course.ended_on) for each in ends]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _of_the_course(course: Course) -> list[Correction]:
    accepted = CourseChange.objects.filter(course=course, state=ChangeState.ACCEPTED)
    found = []
    for change in accepted:
        assert change.ruled_at
        fields = {name: told for name, told in change.fields.items() if name != KEPT_INSIDE}
        found += [Correction(change.ruled_at, fields)] if fields else []
    return found


def _of_holdings(course: Course) -> list[Correction]:
    rows = SessionRevision.objects.filter(session__course=course).order_by("session", "number")
    both = ((was, now) for was, now in pairwise(rows) if was.session_id == now.session_id)
    return [Correction(now.at, was=was, now=now) for was, now in both]
