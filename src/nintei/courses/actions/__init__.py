"""What may be done with providers, courses, their sessions and who attended: one verb a function."""

from nintei.courses.actions.attending import FEW
from nintei.courses.actions.changing import (
    change_course,
    propose_change,
    rule_on_change,
    withdraw_change,
)
from nintei.courses.actions.codes import issue_codes, redeem
from nintei.courses.actions.courses import (
    CourseDraft,
    accredit_course,
    end_course,
    host_course,
    propose_course,
    rule_on_course,
    save_course,
    withdraw_course,
)
from nintei.courses.actions.learning import take_statements
from nintei.courses.actions.providers import (
    propose_provider,
    rule_on_provider,
    save_provider,
    withdraw_provider,
)
from nintei.courses.actions.reflowing import reflow
from nintei.courses.actions.rosters import (
    carry_out,
    confirm_roster,
    drop_roster,
    forget_left_rosters,
    leave_roster,
    preview_roster,
)
from nintei.courses.actions.sending import send_roster
from nintei.courses.actions.sessions import (
    correct_attendance,
    hold_correction,
    open_session,
    revise_session,
    settle_correction,
)
from nintei.courses.actions.tokens import count_request, end_token, make_token

__all__ = [
    "FEW",
    "CourseDraft",
    "accredit_course",
    "carry_out",
    "change_course",
    "confirm_roster",
    "correct_attendance",
    "count_request",
    "drop_roster",
    "end_course",
    "end_token",
    "forget_left_rosters",
    "hold_correction",
    "host_course",
    "issue_codes",
    "leave_roster",
    "make_token",
    "open_session",
    "preview_roster",
    "propose_change",
    "propose_course",
    "propose_provider",
    "redeem",
    "reflow",
    "revise_session",
    "rule_on_change",
    "rule_on_course",
    "rule_on_provider",
    "save_course",
    "save_provider",
    "send_roster",
    "settle_correction",
    "take_statements",
    "withdraw_change",
    "withdraw_course",
    "withdraw_provider",
]
