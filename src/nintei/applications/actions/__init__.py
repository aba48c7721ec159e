"""What may be done with applications: one verb a function, change and leaf and letter in one transaction."""

from nintei.applications.actions.appealing import appeal, reopen
from nintei.applications.actions.deciding import decide, send_back
from nintei.applications.actions.drafting import publish_pledge_text, sign_pledge, start
from nintei.applications.actions.paper import (
    add_scan,
    ask_for_missing,
    complete,
    enter_pledge,
    key_in,
    turn_away,
)
from nintei.applications.actions.receiving import accept_if_complete, submit, withdraw
from nintei.applications.actions.renewing import file_renewal
from nintei.applications.actions.reviewing import MarkSaid, recommend, return_, take_up

__all__ = [
    "MarkSaid",
    "accept_if_complete",
    "add_scan",
    "appeal",
    "ask_for_missing",
    "complete",
    "decide",
    "enter_pledge",
    "file_renewal",
    "key_in",
    "publish_pledge_text",
    "recommend",
    "reopen",
    "return_",
    "send_back",
    "sign_pledge",
    "start",
    "submit",
    "take_up",
    "turn_away",
    "withdraw",
]
