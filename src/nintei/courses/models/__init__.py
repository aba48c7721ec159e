"""Providers, courses, their sessions, and who attended: tables, choices, constraints. No workflow, no clock."""

from nintei.courses.models.changes import ChangeState, CourseChange
from nintei.courses.models.courses import Course, Form
from nintei.courses.models.machines import ProviderToken, Statement
from nintei.courses.models.providers import Provider, Ruling
from nintei.courses.models.reflows import Reflow
from nintei.courses.models.rosters import Outcome, Redemption, Roster, RosterRow, SeatCode
from nintei.courses.models.sessions import (
    Attendance,
    AttendanceRevision,
    CourseSession,
    HeldCorrection,
    SessionRevision,
    Source,
)

__all__ = [
    "Attendance",
    "AttendanceRevision",
    "ChangeState",
    "Course",
    "CourseChange",
    "CourseSession",
    "Form",
    "HeldCorrection",
    "Outcome",
    "Provider",
    "ProviderToken",
    "Redemption",
    "Reflow",
    "Roster",
    "RosterRow",
    "Ruling",
    "SeatCode",
    "SessionRevision",
    "Source",
    "Statement",
]
