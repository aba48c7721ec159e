"""News from the courses, sent inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.dispatch import Signal

from nintei.courses.models import Attendance


class Confirmed(NamedTuple):
    """What an attendance is now: JST days and net minutes (none: withdrawn); `cause` is told once."""

    attendance: Attendance
    days: Mapping[date, int]
    cause: str


# confirmed: Sequence[Confirmed], people of one course; reason: str, at, by
attendance_confirmed = Signal()


class Reached(NamedTuple):
    """How far a correction came: whoever was reached last, how many were reached, how many wait."""

    last: UUID | None
    reached: int
    left: int


# course: Course as it is now, before: Span | None (the JST days on which it counted), cause: str, reason: str, at, by;
# after: UUID, most: int. The hearer tells at most so many people, in the order of their keys, and answers `Reached`.
accreditation_changed = Signal()
