"""Correcting the hours of an accredited course: sessions open at any time have no others."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.courses import timetable
from nintei.courses.actions.sessions import reflow, with_parts
from nintei.courses.actions.steps import entitled
from nintei.courses.models import Course, CourseSession
from nintei.courses.queries.sessions import days_attended
from nintei.courses.states import State
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.shared.refusals import Refused


@transaction.atomic
def revise_hours(
    *, actor: Person, course: Course, timetable_words: str, reason: str, on: date, at: datetime
) -> int:
    """Correct the net minutes of a course by its timetable; how many attendances changed: each is told upstairs.

    Sessions with days of their own keep theirs. Raises `Refused` with `courses.not_of_the_committee`,
    `courses.own_organisation`, `courses.reason_missing`, `courses.not_accredited_now`, `courses.no_time`.
    """
    mine = (
        Course.objects.select_for_update(of=("self",)).select_related("offered_by__contact").get(pk=course.pk)
    )
    entitled(actor, on, mine.offered_by.contact if mine.offered_by else None)
    minutes = sum(day.minutes for day in timetable.read(timetable_words))
    if not reason.strip():
        raise Refused("courses.reason_missing")
    if mine.state != State.ACCREDITED:
        raise Refused("courses.not_accredited_now")
    if minutes < 1:
        raise Refused("courses.no_time")
    told: dict[str, object] = {"before": mine.minutes, "after": minutes, "reason": reason.strip()}
    leaf = record(by=actor.by, verb="courses.revise_hours", subject=mine.reference, at=at, data=told)
    free = list(CourseSession.objects.select_for_update().filter(course=mine, days=[]).order_by("pk"))
    for session in free:
        session.course = mine
    attended = {
        session.pk: list(session.attendances.select_related("person").order_by("pk")) for session in free
    }
    before = {
        each.pk: days_attended(session, part.parts)
        for session in free
        for each, part in with_parts(attended[session.pk])
    }
    mine.minutes, mine.timetable = minutes, timetable_words.strip()
    mine.save(update_fields=["minutes", "timetable"])
    cause = f"{mine.reference}/{leaf.seq}"
    return sum(
        reflow(session, attended[session.pk], before, cause, reason.strip(), actor.by, at) for session in free
    )
