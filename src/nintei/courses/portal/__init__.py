"""The provider's doors: the organisation, its courses, their sessions, rosters and codes.

The association's own courses are run by its committee through the same doors.
"""

from nintei.courses.portal.changes import propose as propose_change
from nintei.courses.portal.changes import withdraw as withdraw_change
from nintei.courses.portal.organisation import apply, course, edit_course, index, new_course, step
from nintei.courses.portal.rosters import confirm, drop, faults, leave, progress, template
from nintei.courses.portal.sessions import (
    codes_sheet,
    correct,
    issue,
    new_session,
    revise,
    screen,
    session,
)
from nintei.courses.portal.tokens import end as end_token
from nintei.courses.portal.tokens import index as tokens
from nintei.courses.portal.tokens import new as new_token

__all__ = [
    "apply",
    "codes_sheet",
    "confirm",
    "correct",
    "course",
    "drop",
    "edit_course",
    "end_token",
    "faults",
    "index",
    "issue",
    "leave",
    "new_course",
    "new_session",
    "new_token",
    "progress",
    "propose_change",
    "revise",
    "screen",
    "session",
    "step",
    "template",
    "tokens",
    "withdraw_change",
]
