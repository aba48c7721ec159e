"""The provider's doors: the organisation, its courses, their sessions, rosters and codes.

The association's own courses are run by its committee through the same doors.
"""

from nintei.courses.portal.organisation import apply, course, edit_course, index, new_course, step
from nintei.courses.portal.rosters import confirm, drop, leave, progress, template
from nintei.courses.portal.sessions import (
    codes_sheet,
    correct,
    issue,
    new_session,
    revise,
    screen,
    session,
)

__all__ = [
    "apply",
    "codes_sheet",
    "confirm",
    "correct",
    "course",
    "drop",
    "edit_course",
    "index",
    "issue",
    "leave",
    "new_course",
    "new_session",
    "progress",
    "revise",
    "screen",
    "session",
    "step",
    "template",
]
