"""What may be done with fees, bank lines, refunds, receipts and the books; the only writers of this room."""

from nintei.payments.actions.approving import decide
from nintei.payments.actions.asking import ask_account, ask_undo
from nintei.payments.actions.closing import close
from nintei.payments.actions.fees import cancel_fee, mark_accepted, open_fee
from nintei.payments.actions.files import Imported, drop_file, forget_file, import_file
from nintei.payments.actions.matches import settle, undo
from nintei.payments.actions.refunds import (
    ask_refund,
    correct_refund,
    drop_refund,
    mark_refund_paid,
    refund_due,
    refund_line,
)

__all__ = [
    "Imported",
    "ask_account",
    "ask_refund",
    "ask_undo",
    "cancel_fee",
    "close",
    "correct_refund",
    "decide",
    "drop_file",
    "drop_refund",
    "forget_file",
    "import_file",
    "mark_accepted",
    "mark_refund_paid",
    "open_fee",
    "refund_due",
    "refund_line",
    "settle",
    "undo",
]
