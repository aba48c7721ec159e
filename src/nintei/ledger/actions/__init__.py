"""What may be done with the log: the only place that writes it. Every action is one transaction with its leaf."""

from nintei.ledger.actions.checking import check_draft
from nintei.ledger.actions.jottings import delete_jotting, jot_down, save_jotting, use_jotting
from nintei.ledger.actions.lines import (
    amend_activity,
    attach_evidence,
    freeze_claim,
    log_activity,
    release_claim,
    remove_evidence,
    tie_hours,
    use_for,
    withdraw_activity,
)
from nintei.ledger.actions.reliefs import end_relief, grant_relief
from nintei.ledger.actions.several import bring_in

__all__ = [
    "amend_activity",
    "attach_evidence",
    "bring_in",
    "check_draft",
    "delete_jotting",
    "end_relief",
    "freeze_claim",
    "grant_relief",
    "jot_down",
    "log_activity",
    "release_claim",
    "remove_evidence",
    "save_jotting",
    "tie_hours",
    "use_for",
    "use_jotting",
    "withdraw_activity",
]
