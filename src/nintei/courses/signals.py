"""News from the courses, sent inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.dispatch import Signal

from nintei.courses.models import Attendance


class Confirmed(NamedTuple):
    """What an attendance is now: JST days and net minutes (none: withdrawn); `cause` is told once."""

    attendance: Attendance
    days: Mapping[date, int]
    cause: str


# confirmed: Sequence[Confirmed], people of one course; reason: str, at, by
attendance_confirmed = Signal()
# course: Course, from_on: date (the first JST day that no longer counts), cause: str, reason: str, at, by
accreditation_ended = Signal()
