"""What may be done with applications: one verb a function, change and leaf and letter in one transaction."""

from nintei.applications.actions.deciding import decide, send_back
from nintei.applications.actions.drafting import (
    begin_with,
    publish_pledge_text,
    sign_pledge,
    start,
    warn_of_expiry,
)
from nintei.applications.actions.receiving import accept_if_complete, submit, withdraw
from nintei.applications.actions.renewing import file_renewal
from nintei.applications.actions.reviewing import MarkSaid, recommend, return_, take_up

__all__ = [
    "MarkSaid",
    "accept_if_complete",
    "begin_with",
    "decide",
    "file_renewal",
    "publish_pledge_text",
    "recommend",
    "return_",
    "send_back",
    "sign_pledge",
    "start",
    "submit",
    "take_up",
    "warn_of_expiry",
    "withdraw",
]
