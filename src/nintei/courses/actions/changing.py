"""Correcting an accredited course: its provider proposes, the committee accepts, whoever attended is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from nintei.courses.actions.courses import CourseDraft, columns_of, locked, refuse_twice
from nintei.courses.actions.reflowing import News, as_held, follow_course, follow_session
from nintei.courses.actions.steps import entitled
from nintei.courses.models import ChangeState, Course, CourseChange, CourseSession
from nintei.courses.queries.courses import span_of
from nintei.courses.states import State
from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.people.models import Person
from nintei.shared.refusals import Refused

DAYS = ("accredited_from", "accredited_until")


@transaction.atomic
def propose_change(
    *, actor: Person, course: Course, draft: CourseDraft, reason: str, at: datetime
) -> CourseChange:
    """Ask the committee to correct an accredited course; until it accepts, nothing changes.

    Raises `Refused` with `courses.not_accredited_now`, `courses.reason_missing`, `courses.nothing_changes`,
    `courses.change_waits`, `courses.no_time`, `courses.ends_before_it_begins`.
    """
    mine = locked(course)
    told = {"fields": _differences(mine, draft), "reason": _given(reason)}
    if CourseChange.objects.filter(course=mine, state=ChangeState.PROPOSED).exists():
        raise Refused("courses.change_waits")
    change = CourseChange.objects.create(course=mine, proposed_by=actor, proposed_at=at, **told)
    _record(actor.by, "propose", change, told, at)
    return change


@transaction.atomic
def withdraw_change(*, by: str, change: CourseChange, at: datetime) -> CourseChange:
    """Take a proposed correction back before it was ruled on. Raises `Refused("courses.change_settled")`."""
    mine = _waiting(change)
    mine.state = ChangeState.WITHDRAWN
    mine.save(update_fields=["state"])
    _record(by, "withdraw", mine, {}, at)
    return mine


@transaction.atomic
def rule_on_change(
    *, actor: Person, change: CourseChange, accepted: bool, reason: str, on: date, at: datetime
) -> int:
    """Accept a proposed correction or refuse it, with a reason; how many attendances are to follow.

    Raises `Refused` with `courses.not_of_the_committee`, `courses.own_organisation`, `courses.reason_missing`,
    `courses.change_settled`, `courses.changed_meanwhile`, `courses.already_accredited`.
    """
    course = locked(change.course)
    entitled(actor, on, course.offered_by.contact if course.offered_by else None)
    mine = _waiting(change)
    mine.course, mine.ruling = course, _given(reason)
    mine.ruled_by, mine.ruled_at = actor, at
    mine.state = ChangeState.ACCEPTED if accepted else ChangeState.REFUSED
    mine.save()
    _record(actor.by, "rule_on", mine, {"state": mine.state, "reason": mine.ruling}, at)
    _tell(mine, actor, at)
    return _apply(mine, actor.by, at) if accepted else 0


@transaction.atomic
def change_course(
    *, actor: Person, course: Course, draft: CourseDraft, reason: str, on: date, at: datetime
) -> int:
    """Correct an accredited course as the committee; how many attendances are to follow. A change that waits stays.

    Raises `Refused` as `propose_change` and `rule_on_change`.
    """
    mine = locked(course)
    entitled(actor, on, mine.offered_by.contact if mine.offered_by else None)
    told = {"fields": _differences(mine, draft), "reason": _given(reason)}
    who = {"proposed_by": actor, "proposed_at": at, "ruled_by": actor, "ruled_at": at}
    change = CourseChange.objects.create(course=mine, state=ChangeState.ACCEPTED, **told, **who)
    _record(actor.by, "make", change, told, at)
    _tell(change, actor, at)
    return _apply(change, actor.by, at)


def _differences(course: Course, draft: CourseDraft) -> dict[str, list[Any]]:
    """Of each field that a draft would change, what it is and would be."""
    if course.state != State.ACCREDITED:
        raise Refused("courses.not_accredited_now")
    after = columns_of(draft)
    if not course.timetable and after["minutes"] == course.minutes:
        del after["timetable"]  # a course entered by its minutes alone
    found = {
        name: [_plain(getattr(course, name)), _plain(value)]
        for name, value in after.items()
        if _plain(getattr(course, name)) != _plain(value)
    }
    if not found:
        raise Refused("courses.nothing_changes")
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused("courses.reason_missing")
    return reason.strip()


def _waiting(change: CourseChange) -> CourseChange:
    mine = CourseChange.objects.select_for_update(of=("self",)).select_related("course").get(pk=change.pk)
    if mine.state != ChangeState.PROPOSED:
        raise Refused("courses.change_settled")
    return mine


def _apply(change: CourseChange, by: str, at: datetime) -> int:
    """Make the locked course what the change says; attendances and accreditation are to follow, by `reflow`."""
    course, counted = change.course, span_of(change.course)
    if any(_plain(getattr(course, name)) != before for name, (before, _) in change.fields.items()):
        raise Refused("courses.changed_meanwhile")
    sessions = CourseSession.objects.select_for_update().filter(course=course).order_by("pk")
    renamed = "title" in change.fields
    touched = list(sessions if renamed else sessions.filter(days=[]))
    for session in touched:
        session.course = course
    before = [as_held(session) for session in touched]
    _set(course, change)
    news = News(change.reference, change.reason, by, at)
    each_of = zip(touched, before, strict=True)
    left = sum(follow_session(each, was, _cause(news, each)) for each, was in each_of)
    if span_of(course) != counted:
        follow_course(course, counted, news)
    return left


def _cause(news: News, session: CourseSession) -> News:
    """Each holding on its own: who attended two of them is told of both."""
    return news._replace(cause=f"{news.cause}/{session.pk}")


def _set(course: Course, change: CourseChange) -> None:
    for name, (_before, after) in change.fields.items():
        setattr(course, name, date.fromisoformat(after) if name in DAYS and after else after)
    if {"title", "accredited_from"} & set(change.fields):
        refuse_twice(course)
    course.save(update_fields=list(change.fields))


def _record(by: str, verb: str, change: CourseChange, told: dict[str, Any], at: datetime) -> None:
    told = {"change": str(change.pk), **told}
    record(by=by, verb=f"courses.{verb}_change", subject=change.course.reference, at=at, data=told)


def _tell(change: CourseChange, actor: Person, at: datetime) -> None:
    """Say to the provider what was ruled, or what the committee corrected by itself."""
    offered_by = change.course.offered_by
    if offered_by is None or offered_by.contact_id == actor.pk:
        return
    contact = offered_by.contact
    post(
        by=actor.by, key=f"courses.{change.reference}", template="courses/letters/change_ruled.txt",
        to_email=contact.email, to_person=contact, language=contact.language, at=at,
        context={"change": change, "person": contact, "name": change.course.title, "base": settings.BASE_URL},
    )  # fmt: skip
