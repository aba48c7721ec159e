"""Courses that count on other days than they did: whoever logged them is told, the office sees what was claimed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nintei.courses.models import Course
from nintei.courses.queries import Span, span_of
from nintei.courses.signals import Reached
from nintei.ledger import queries
from nintei.ledger.crediting import Days, News, days_of, hold, letter
from nintei.ledger.models import Activity
from nintei.notices.actions import post_all


def on_accreditation_changed(
    sender: object,
    *,
    course: Course,
    before: Span | None,
    cause: str,
    reason: str,
    at: datetime,
    by: str,
    after: UUID,
    most: int,
    **_: object,
) -> Reached:
    """Tell whoever logged a course on a day that no longer counts, or counts now; show the office what was claimed.

    At most so many people of those whose key comes after `after`; how far it came. The lines stay as they are:
    the kernel reads the list of courses by the day (AMB-C10).
    """
    logged = Activity.objects.filter(course=course, withdrawn_at=None)
    people = logged.order_by("person_id").values_list("person_id", flat=True).distinct()
    some = list(people.filter(person__gt=after)[:most])
    lines = logged.filter(person__in=some).select_related("person")
    moved: dict[UUID, list[Recounted]] = defaultdict(list)
    for line in lines.prefetch_related("sessions").order_by("pk"):
        each = Recounted(line, before, span_of(course))
        if each.lost or each.gained:
            moved[line.person_id].append(each)
    claimed = queries.claimed_among([each.line for mine in moved.values() for each in mine])
    news, letters = News(reason, by, at), []
    for mine in moved.values():
        held = [each for each in mine if each.line.pk in claimed]
        for each in held:
            hold(each.line, course, each.counting, cause, news)
        about: dict[str, object] = {"course": course, "from_on": course.ended_on, "claimed": bool(held)}
        about["lost"] = sorted({on for each in mine for on in each.lost})
        about["gained"] = sorted({on for each in mine for on in each.gained})
        kind = "ended" if course.ended_on else "recounted"
        letters.append(letter(mine[0].line.person, kind, cause, news, about))
    post_all(drafts=letters)
    if not some:
        return Reached(None, 0, 0)
    return Reached(some[-1], len(some), people.filter(person__gt=some[-1]).count())


@dataclass(frozen=True, slots=True)
class Recounted:
    """A line of a course whose accreditation ran on other days than it does now."""

    line: Activity
    before: Span | None
    now: Span | None

    @property
    def counting(self) -> Days:
        """What still counts of it."""
        return {on: n for on, n in days_of(self.line).items() if self.now and on in self.now}

    @property
    def lost(self) -> list[date]:
        """The days that counted and no longer do."""
        return [
            on for on in days_of(self.line) if self.before and on in self.before and on not in self.counting
        ]

    @property
    def gained(self) -> list[date]:
        """The days that did not count and do now."""
        return [on for on in self.counting if not self.before or on not in self.before]
