"""What may be done with accounts, names, roles, and a person entered twice."""

from nintei.people.actions.accounts import (
    change_address,
    enter_person,
    forget_once_keys,
    give_email,
    register,
    set_demo_day,
    speak,
)
from nintei.people.actions.entrusting import (
    answer_proposal,
    appoint_first,
    change_role,
    end_role,
    grant_role,
)
from nintei.people.actions.erasing import ask_about_data, erase, erase_again, propose_erasure, settle_request
from nintei.people.actions.merging import agree_merge, agree_undo, ask_merge, ask_undo, keep_apart
from nintei.people.actions.naming import (
    NAME_CHECKERS,
    add_former_name,
    change_name,
    check_former_name,
    show_former_name,
)

__all__ = [
    "NAME_CHECKERS",
    "add_former_name",
    "agree_merge",
    "agree_undo",
    "answer_proposal",
    "appoint_first",
    "ask_about_data",
    "ask_merge",
    "ask_undo",
    "change_address",
    "change_name",
    "change_role",
    "check_former_name",
    "end_role",
    "enter_person",
    "erase",
    "erase_again",
    "forget_once_keys",
    "give_email",
    "grant_role",
    "keep_apart",
    "propose_erasure",
    "register",
    "set_demo_day",
    "settle_request",
    "show_former_name",
    "speak",
]
