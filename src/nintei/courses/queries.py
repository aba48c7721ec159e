"""Which courses are accredited, on which day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from nintei.courses.models import Course


def accredited(on: date, words: str = "") -> QuerySet[Course]:
    """The courses accredited on a (JST) day, by title; `words` must all stand in the title or the provider."""
    found = Course.objects.filter(accredited_from__lte=on).filter(_still(on))
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(provider__icontains=word))
    return found.order_by("title", "provider", "pk")


def is_accredited(course: Course, on: date) -> bool:
    """Whether a course counts as category A on a (JST) day."""
    until = course.accredited_until
    return course.accredited_from <= on and (until is None or on <= until)


def course(pk: UUID) -> Course | None:
    """One course."""
    return Course.objects.filter(pk=pk).first()


def _still(on: date) -> Q:
    return Q(accredited_until=None) | Q(accredited_until__gte=on)
