"""What may be done with providers, courses, their sessions and who attended: one verb a function."""

from nintei.courses.actions.codes import issue_codes, redeem
from nintei.courses.actions.courses import (
    CourseDraft,
    accredit_course,
    end_course,
    propose_course,
    rule_on_course,
    save_course,
    withdraw_course,
)
from nintei.courses.actions.providers import (
    propose_provider,
    rule_on_provider,
    save_provider,
    withdraw_provider,
)
from nintei.courses.actions.rosters import (
    carry_out,
    confirm_roster,
    drop_roster,
    forget_left_rosters,
    leave_roster,
    preview_roster,
)
from nintei.courses.actions.sessions import (
    correct_attendance,
    hold_correction,
    open_session,
    revise_session,
    settle_correction,
)

__all__ = [
    "CourseDraft",
    "accredit_course",
    "carry_out",
    "confirm_roster",
    "correct_attendance",
    "drop_roster",
    "end_course",
    "forget_left_rosters",
    "hold_correction",
    "issue_codes",
    "leave_roster",
    "open_session",
    "preview_roster",
    "propose_course",
    "propose_provider",
    "redeem",
    "revise_session",
    "rule_on_course",
    "rule_on_provider",
    "save_course",
    "save_provider",
    "settle_correction",
    "withdraw_course",
    "withdraw_provider",
]
