"""The rows of the log: whose they are, what comes with them, and how the kernel reads them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import UTC, date

from django.db.models import Max, Prefetch, QuerySet

from nintei.courses import queries as courses
from nintei.courses.models import Course
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity, Evidence, Jotting
from nintei.people.models import Person
from nintei.rules import points
from nintei.rules.edition import Competency, Edition

NOBODY = uuid.UUID(int=0)
DRAFT = "~"
"""The id of a line that is not saved yet, in a preview: it comes after every other one of its day."""


def activities(person: Person) -> QuerySet[Activity]:
    """The live lines of a person, the latest day first; sessions, course and evidence come along."""
    files = Prefetch("evidence", Evidence.objects.filter(removed_at=None))
    lines = Activity.objects.filter(person=person, withdrawn_at=None)
    return (
        lines.annotate(last_on=Max("sessions__on"))
        .select_related("course")
        .prefetch_related("sessions", files)
        .order_by("-last_on", "-logged_at")
    )


def lines_on(person: Person, days: Collection[date]) -> QuerySet[Activity]:
    """The live lines of a person that have one of some days; sessions and course come along (two queries)."""
    lines = Activity.objects.filter(person=person, withdrawn_at=None, sessions__on__in=list(days))
    return lines.distinct().select_related("course").prefetch_related("sessions")


def activity_of(person: Person, key: uuid.UUID) -> Activity | None:
    """A live line of this person, or None: nobody asks for the lines of others."""
    return activities(person).filter(pk=key).first()


def evidence_of(person: Person, key: uuid.UUID) -> Evidence | None:
    """A file that this person attached and did not take away, or None."""
    mine = Evidence.objects.filter(activity__person=person, activity__withdrawn_at=None, removed_at=None)
    return mine.select_related("activity__person").filter(pk=key).first()


def jottings(person: Person) -> QuerySet[Jotting]:
    """The open drafts of a person with their files, the newest first."""
    return Jotting.objects.filter(person=person, closed_at=None).prefetch_related("files")


def jotting_of(person: Person, key: uuid.UUID) -> Jotting | None:
    """An open draft of this person, or None."""
    return jottings(person).filter(pk=key).first()


def rules_id(activity: Activity) -> str:
    """The id the kernel knows a line by: of two lines of one day, the one logged first is credited first (AMB-C4)."""
    return f"{activity.logged_at.astimezone(UTC):%Y%m%dT%H%M%S%f}:{activity.pk}"


def as_rules(activity: Activity) -> points.Activity:
    """A row as the kernel's record. A course counts as registered by its accreditation on each day (AMB-C10)."""
    sessions = tuple(points.Session(each.on, each.minutes) for each in activity.sessions.all())
    course = activity.course
    return points.Activity(
        id=rules_id(activity),
        category=activity.category,
        sessions=sessions,
        topic=activity.topic or None,
        registered_course=course is not None and all(courses.is_accredited(course, on) for on, _ in sessions),
        proof=activity.proof,
        same_activity=activity.same_activity or None,
        items=activity.items,
        serves=activity.serves or None,
        estimated=any(each.from_on for each in activity.sessions.all()),
    )


def activities_for_rules(person: Person) -> tuple[points.Activity, ...]:
    """The live lines of a person as the kernel reads them."""
    return tuple(as_rules(activity) for activity in activities(person))


def drafted(
    draft: Draft, key: str = DRAFT, known: Mapping[uuid.UUID, Course] | None = None
) -> points.Activity:
    """A draft as the kernel's record; `key` tells it from other drafts, `known` courses are not asked for again."""
    course = course_named(draft.course) if known is None else known.get(draft.course or NOBODY)
    return points.Activity(
        id=key,
        category=draft.category,
        sessions=tuple(points.Session(on, minutes) for on, minutes in draft.by_day().items()),
        topic=draft.topic or None,
        registered_course=course is not None
        and all(courses.is_accredited(course, on) for on, _ in draft.sessions),
        proof=draft.proof,
        same_activity=draft.same_activity or None,
        items=draft.items,
        serves=draft.serves or None,
        estimated=draft.from_on is not None,
    )


def course_named(key: uuid.UUID | None) -> Course | None:
    """The course a draft names, or None."""
    return Course.objects.filter(pk=key).first() if key else None


def competencies(edition: Edition) -> dict[str, Competency]:
    """Every competency of the edition by its code (CPD-K, optional on an activity: AMB-C18)."""
    return {item.code: item for area in edition.areas.values() for item in area.items}
