"""Hours that seem to be told twice (AMB-C7): the same time, the same course, attending and teaching at once.

Only told, never decided: the holder ties two lines together where they are the same hours, and then they count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from nintei.ledger.cells import folded
from nintei.ledger.drafts import Draft, draft_of
from nintei.ledger.models import Activity
from nintei.rules.edition import Edition

LEAST_TITLE = 6
"""A shorter title stands within many others (講演会)."""


class How(StrEnum):
    """What makes two lines look like the same hours."""

    TIME = "time"
    COURSE = "course"
    TAUGHT = "taught"
    TITLE = "title"


class Twice(NamedTuple):
    """Two lines that may be the same hours: the other line, the day, and why."""

    other: Activity
    on: date
    how: How


Spans = dict[date, tuple[datetime, datetime]]


def told_twice(edition: Edition, draft: Draft, others: Iterable[Activity]) -> list[Twice]:
    """The lines of a log that may be the same hours as a draft, the first reason for each. Tied lines are settled."""
    found = []
    for other in others:
        theirs = draft_of(other)
        if draft.same_activity and draft.same_activity == theirs.same_activity:
            continue
        for on in sorted(set(draft.by_day()) & set(theirs.by_day())):
            if how := _how(edition, draft, theirs, on):
                found.append(Twice(other, on, how))
                break
    return found


def doubles(edition: Edition, lines: Sequence[Activity]) -> dict[UUID, list[Twice]]:
    """The same for every line of a log, by line: each pair is named at both."""
    by_day: dict[date, list[Activity]] = {}
    for line in lines:
        for session in line.sessions.all():
            by_day.setdefault(session.on, []).append(line)
    near: dict[UUID, dict[UUID, Activity]] = {}
    for group in by_day.values():
        for line in group if len(group) > 1 else ():
            near.setdefault(line.pk, {}).update({each.pk: each for each in group if each.pk != line.pk})
    known = {line.pk: line for line in lines}
    found = {pk: told_twice(edition, draft_of(known[pk]), others.values()) for pk, others in near.items()}
    return {pk: twice for pk, twice in found.items() if twice}


def _how(edition: Edition, mine: Draft, theirs: Draft, on: date) -> How | None:
    if mine.from_on or theirs.from_on:
        return None  # the hours of a period lie somewhere in it (AMB-C8)
    crossed = _cross(_span(mine, on), _span(theirs, on))
    apart = _taught(edition, mine) != _taught(edition, theirs)
    if crossed is not None:  # both say when
        return (How.TAUGHT if apart else How.TIME) if crossed else None
    if mine.course and mine.course == theirs.course:
        return How.COURSE
    if _same_title(folded(mine.title), folded(theirs.title)):
        return How.TAUGHT if apart else How.TITLE
    return None


def _same_title(one: str, other: str) -> bool:
    """Whether two titles are the same, or one is the other with something around it (…を読む、…（録画））."""
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (len(shorter) >= LEAST_TITLE and shorter in longer)


def _taught(edition: Edition, draft: Draft) -> bool:
    """Whether a line is professional activity, not learning: its category's group is not the first one's."""
    groups = [each.group for each in edition.categories.values()]
    category = edition.categories.get(draft.category)
    return category is not None and category.group != groups[0]


def _span(draft: Draft, on: date) -> tuple[datetime, datetime] | None:
    begins: time | None = dict(draft.begins).get(on)
    if begins is None:
        return None
    first = datetime.combine(on, begins)
    return first, first + timedelta(minutes=draft.by_day()[on])


def _cross(one: tuple[datetime, datetime] | None, other: tuple[datetime, datetime] | None) -> bool | None:
    """Whether two spans of time share a minute; None where one of them is not known."""
    if one is None or other is None:
        return None
    return one[0] < other[1] and other[0] < one[1]
