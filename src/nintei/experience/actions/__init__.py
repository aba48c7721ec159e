"""What may be done with posts, with those who vouch for them, and with what stands in for them."""

from nintei.experience.actions.asking import (
    ask_attestor,
    ask_on_paper,
    remind,
    replace_attestor,
    withdraw_request,
)
from nintei.experience.actions.paper import enter_paper_statement
from nintei.experience.actions.posts import remove_post, save_leaves, save_post
from nintei.experience.actions.substitution import (
    claim_substitution,
    grant_substitution,
    remove_substitution,
)
from nintei.experience.actions.waiting import keep_half_answer, mail_box, remind_due, tell_expired

__all__ = [
    "ask_attestor",
    "ask_on_paper",
    "claim_substitution",
    "enter_paper_statement",
    "grant_substitution",
    "keep_half_answer",
    "mail_box",
    "remind",
    "remind_due",
    "remove_post",
    "remove_substitution",
    "replace_attestor",
    "save_leaves",
    "save_post",
    "tell_expired",
    "withdraw_request",
]
