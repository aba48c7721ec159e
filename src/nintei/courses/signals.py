"""News from the courses, sent inside the transaction of the change."""

from django.dispatch import Signal

# attendance: Attendance, days: dict[date, int] (JST days and net minutes; none = withdrawn), cause: str, at, by
attendance_confirmed = Signal()
# course: Course, from_on: date (the first JST day that no longer counts), cause: str, reason: str, at, by
accreditation_ended = Signal()
