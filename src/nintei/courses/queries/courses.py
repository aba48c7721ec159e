"""Which courses are accredited, on which day, and how anybody finds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from nintei.courses.models import Course, CourseSession, Form, HeldCorrection, Provider
from nintei.courses.states import LISTED, State
from nintei.people.models import Person
from nintei.rules.edition import Edition

A_DAY = timedelta(days=1)


class Wish(NamedTuple):
    """What somebody looks for in the catalogue; everything empty finds everything."""

    words: str = ""
    topic: str = ""
    form: str = ""
    place: str = ""
    from_on: date | None = None
    until_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self == Wish()


def accredited(on: date, words: str = "") -> QuerySet[Course]:
    """The courses accredited on a (JST) day, by title; `words` must all stand in the title or the provider."""
    found = Course.objects.filter(state__in=LISTED, accredited_from__lte=on).filter(_still(on))
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(provider__icontains=word))
    return found.order_by("title", "provider", "pk")


def catalogue(on: date, wish: Wish) -> QuerySet[Course]:
    """The accredited courses that fit a wish, with their sessions to come, in the order of `accredited`.

    Neutral: by title, then provider; nobody can pay for or earn a place (house rule).
    """
    found = accredited(on, wish.words)
    if wish.topic:
        found = found.filter(topics__contains=[wish.topic])
    if wish.form in Form.values:
        found = found.filter(form=wish.form)
    held = _held(on, wish)
    if wish.place or wish.from_on or wish.until_on:
        found = found.filter(Exists(held.filter(course=OuterRef("pk"))))
    coming = Prefetch("sessions", held.order_by("first_on", "place", "pk"), to_attr="coming")
    return found.prefetch_related(coming)


def _held(on: date, wish: Wish) -> QuerySet[CourseSession]:
    """The sessions to come, or those of the days asked for, at the place asked for."""
    held = CourseSession.objects.filter(last_on__gte=wish.from_on or on)
    if wish.until_on:
        held = held.filter(first_on__lte=wish.until_on)
    if wish.place:
        held = held.filter(place__icontains=wish.place)
    return held


class Span(NamedTuple):
    """The (JST) days from the first to the last, or without an end."""

    first: date
    last: date | None

    def __contains__(self, on: object) -> bool:
        return isinstance(on, date) and self.first <= on and (self.last is None or on <= self.last)


def counting(state: str, from_on: date, until_on: date | None, ended_on: date | None) -> Span | None:
    """The days on which a course counts as category A: as granted, but not from the day an accreditation ended.

    None for a course that is on no list. The one rule (AMB-C10); `accredited` says it to the database.
    """
    last = min((each for each in (until_on, ended_on and ended_on - A_DAY) if each), default=None)
    if state not in LISTED or (last is not None and last < from_on):
        return None
    return Span(from_on, last)


def is_accredited(course: Course, on: date) -> bool:
    """Whether a course counts as category A on a (JST) day: by the list of that day (AMB-C10)."""
    span = counting(course.state, course.accredited_from, course.accredited_until, course.ended_on)
    return span is not None and on in span


def course(pk: UUID) -> Course | None:
    """One course."""
    return Course.objects.filter(pk=pk).first()


def listed_course(pk: UUID, on: date) -> Course | None:
    """A course that is or was accredited, with its sessions to come; None for what was never on the list."""
    coming = Prefetch("sessions", CourseSession.objects.filter(last_on__gte=on), to_attr="coming")
    return Course.objects.filter(pk=pk, state__in=LISTED).prefetch_related(coming).first()


def _still(on: date) -> Q:
    granted = Q(accredited_until=None) | Q(accredited_until__gte=on)
    return granted & (Q(ended_on=None) | Q(ended_on__gt=on))


def provider_of(person: Person) -> Provider | None:
    """The organisation that a person acts for, the newest first."""
    return Provider.objects.filter(contact=person).order_by("-started_at").first()


def courses_of(provider: Provider) -> QuerySet[Course]:
    """Every course of an organisation, those that need it first."""
    sessions = Prefetch("sessions", CourseSession.objects.order_by("-first_on"))
    return Course.objects.filter(offered_by=provider).prefetch_related(sessions).order_by("title", "pk")


def course_of(person: Person, pk: UUID) -> Course | None:
    """A course of the organisation that this person acts for, or None."""
    mine = Course.objects.filter(offered_by__contact=person).select_related("offered_by")
    return mine.filter(pk=pk).first()


def provider(pk: UUID) -> Provider | None:
    """One organisation with its contact."""
    return Provider.objects.select_related("contact").filter(pk=pk).first()


class Waiting(NamedTuple):
    """What waits for the committee."""

    providers: Sequence[Provider]
    courses: Sequence[Course]
    corrections: Sequence[HeldCorrection]


def waiting() -> Waiting:
    """What waits for the committee, the longest first: in three queries."""
    proposed = {"state": State.PROPOSED}
    return Waiting(
        list(
            Provider.objects.filter(**proposed).select_related("contact").order_by("state_since_on", "name")
        ),
        list(
            Course.objects.filter(**proposed).select_related("offered_by").order_by("state_since_on", "title")
        ),
        list(
            HeldCorrection.objects.filter(settled_at=None)
            .select_related("course", "person")
            .order_by("held_at")
        ),
    )


def held_correction(pk: UUID) -> HeldCorrection | None:
    """One correction that waits for the office, or waited."""
    return HeldCorrection.objects.select_related("course", "person").filter(pk=pk).first()


def office_course(pk: UUID) -> Course | None:
    """A course as the committee sees it: drafts are nobody's business but the provider's."""
    seen = Course.objects.exclude(state=State.DRAFT).select_related("offered_by__contact")
    return seen.prefetch_related("rulings__made_by", "sessions").filter(pk=pk).first()


def office_provider(pk: UUID) -> Provider | None:
    """An organisation as the committee sees it, with its courses and rulings."""
    seen = Provider.objects.exclude(state=State.DRAFT).select_related("contact")
    return seen.prefetch_related("rulings__made_by", "courses").filter(pk=pk).first()


def listed_providers() -> QuerySet[Provider]:
    """The accredited organisations by reading."""
    return Provider.objects.filter(state=State.ACCREDITED).order_by("kana", "pk")


def last_organiser() -> str:
    """As what the association last entered a course of its own; nothing where it has none."""
    newest = (
        Course.objects.filter(hosted=True)
        .order_by("-accredited_from", "-pk")
        .values_list("provider", flat=True)
    )
    return newest.first() or ""


def competencies(edition: Edition) -> list[tuple[str, list[tuple[str, object]]]]:
    """The competencies of the edition for a list, by area (CPD-K: optional)."""
    return [(code, [(item.code, item.name) for item in area.items]) for code, area in edition.areas.items()]
