"""What may be done with applications: one verb a function, change and leaf and letter in one transaction."""

from nintei.applications.actions.appealing import appeal, reopen
from nintei.applications.actions.asking import ItemSaid, answer_item, ask_items, remove_item_file, resume
from nintei.applications.actions.auditing import hold_for_audit, let_go, settle_audit
from nintei.applications.actions.batching import LEFT_BY_DECIDER, propose_batch, settle_batch
from nintei.applications.actions.deciding import decide, send_back
from nintei.applications.actions.desk import (
    add_note,
    ask_for_call,
    assign,
    assign_many,
    drop_filter,
    hold,
    release,
    remind_many,
    save_filter,
    set_service_level,
    tell_call,
)
from nintei.applications.actions.drafting import (
    begin_with,
    publish_pledge_text,
    sign_pledge,
    start,
    warn_of_expiry,
)
from nintei.applications.actions.giving_back import give_fee_back
from nintei.applications.actions.grouping import (
    agree,
    decline,
    drop_roster,
    end_contact,
    found_organisation,
    import_roster,
    join,
)
from nintei.applications.actions.paper import (
    add_scan,
    ask_for_missing,
    complete,
    enter_pledge,
    key_in,
    turn_away,
)
from nintei.applications.actions.receiving import accept_if_complete, submit, withdraw
from nintei.applications.actions.reminding import remind_holders
from nintei.applications.actions.renewing import Signed, amend_renewal, file_renewal, file_renewals
from nintei.applications.actions.replaying import Replayed, replay_all
from nintei.applications.actions.reviewing import MarkSaid, recommend, take_up
from nintei.applications.actions.subtracting import restore_leave, subtract_leave

__all__ = [
    "LEFT_BY_DECIDER",
    "ItemSaid",
    "MarkSaid",
    "Replayed",
    "Signed",
    "accept_if_complete",
    "add_note",
    "add_scan",
    "agree",
    "amend_renewal",
    "answer_item",
    "appeal",
    "ask_for_call",
    "ask_for_missing",
    "ask_items",
    "assign",
    "assign_many",
    "begin_with",
    "complete",
    "decide",
    "decline",
    "drop_filter",
    "drop_roster",
    "end_contact",
    "enter_pledge",
    "file_renewal",
    "file_renewals",
    "found_organisation",
    "give_fee_back",
    "hold",
    "hold_for_audit",
    "import_roster",
    "join",
    "key_in",
    "let_go",
    "propose_batch",
    "publish_pledge_text",
    "recommend",
    "release",
    "remind_holders",
    "remind_many",
    "remove_item_file",
    "reopen",
    "replay_all",
    "restore_leave",
    "resume",
    "save_filter",
    "send_back",
    "set_service_level",
    "settle_audit",
    "settle_batch",
    "sign_pledge",
    "start",
    "submit",
    "subtract_leave",
    "take_up",
    "tell_call",
    "turn_away",
    "warn_of_expiry",
    "withdraw",
]
