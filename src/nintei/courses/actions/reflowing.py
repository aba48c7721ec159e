"""Carrying corrections to those they concern: some at a time; a crash loses nothing and tells nobody twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from nintei.courses import signals
from nintei.courses.actions.attending import AT_ONCE, tell
from nintei.courses.models import Attendance, Course, CourseSession, Reflow
from nintei.courses.queries.courses import Span
from nintei.courses.queries.sessions import days_attended, days_by, latest
from nintei.courses.signals import Confirmed, Reached


class News(NamedTuple):
    """Why a correction was made (`cause` is told once), in whose name, and when."""

    cause: str
    reason: str
    by: str
    at: datetime


def as_held(session: CourseSession) -> dict[str, Any]:
    """Of a holding, what decides on whose attendance is how long, and the name of its course."""
    days = [{"on": day["on"], "minutes": day["minutes"]} for day in session.days]
    return {"days": days, "minutes": session.course.minutes, "title": session.course.title}


def follow_session(session: CourseSession, before: dict[str, Any], news: News) -> int:
    """A step of a correction: let whoever attended a holding follow it; how many there are. The worker does it."""
    left = session.attendances.count()
    if not left or before == as_held(session):
        return 0
    _begin(session.course, news, session=session, before=before, left=left)
    return left


def follow_course(course: Course, before: Span | None, news: News) -> None:
    """A step of a correction: let whoever logged a course know that it counts on other days."""
    told = [on and on.isoformat() for on in before] if before else None
    _begin(course, news, session=None, before=told, left=None)


def _begin(course: Course, news: News, **columns: Any) -> None:
    Reflow.objects.create(
        course=course, cause=news.cause, reason=news.reason, by=news.by, begun_at=news.at, **columns
    )
    # The job is a row of this same transaction: no correction without its job.
    app.configure_task("courses.reflow", queue="courses").defer(course=str(course.pk))


def reflow(*, by: str, at: datetime, course: UUID | None = None, most: int | None = None) -> int:
    """Carry corrections (of one course, or all) to those who wait for them; how many people were reached.

    What it writes is in the name of whoever made the correction. `most` ends it after so many people. Each
    hundred are one transaction; killed in between, it goes on from there.
    """
    done = 0
    while most is None or done < most:
        some = _reach_some(course, min(AT_ONCE, most - done) if most else AT_ONCE, at)
        if some is None:
            break
        done += some
    return done


@transaction.atomic
def _reach_some(course: UUID | None, most: int, at: datetime) -> int | None:
    """The next people of the oldest correction; None where none is open. Two workers wait for each other here."""
    open_ = Reflow.objects.select_for_update(of=("self",)).filter(finished_at=None)
    if course is not None:
        open_ = open_.filter(course=course)
    row = open_.order_by("begun_at", "pk").first()
    if row is None:
        return None
    step = _next_attendances(row, row.session_id, most, at) if row.session_id else _next_people(row, most, at)
    row.last, row.left = step.last or row.last, step.left
    row.reached += step.reached
    row.finished_at = at if step.left == 0 else None
    row.save(update_fields=["last", "left", "reached", "finished_at"])
    return step.reached


def _next_attendances(row: Reflow, session: UUID, most: int, at: datetime) -> Reached:
    """What a holding is now becomes what those who attended it attended."""
    found = CourseSession.objects.select_for_update(of=("self",)).select_related("course")
    held = found.get(pk=session)
    waiting = Attendance.objects.filter(session=held, pk__gt=row.last).order_by("pk")
    some = list(waiting.select_related("person")[:most])
    if not some:
        return Reached(None, 0, 0)
    tell(_changed(row, held, some), row.reason, row.by, at)
    return Reached(some[-1].pk, len(some), waiting.filter(pk__gt=some[-1].pk).count())


def _changed(row: Reflow, held: CourseSession, some: Sequence[Attendance]) -> list[Confirmed]:
    """Whose attendance is another now, or all where the course has another name."""
    was: Any = row.before
    newest, changed = latest([each.pk for each in some]), []
    for each in some:
        each.session = held
        parts = newest[each.pk].parts
        days = days_attended(held, parts)
        if was["title"] != held.course.title or days != days_by(was["days"], was["minutes"], parts):
            changed.append(Confirmed(each, days, row.cause))
    return changed


def _next_people(row: Reflow, most: int, at: datetime) -> Reached:
    """Upstairs knows who logged a course: it tells some of them, and how far it came."""
    news = {"cause": row.cause, "reason": row.reason, "by": row.by, "at": at}
    heard: Sequence[tuple[object, Any]] = signals.accreditation_changed.send(
        Course, course=row.course, before=_span(row.before), after=row.last, most=most, **news
    )
    answers: list[Reached] = [answer for _hearer, answer in heard]
    return answers[0] if answers else Reached(None, 0, 0)


def _span(before: list[str | None] | None) -> Span | None:
    if before is None:
        return None
    first, last = (date.fromisoformat(on) if on else None for on in before)
    assert first
    return Span(first, last)
