"""What may be done with fees, bank lines, refunds, receipts and the books; the only writers of this room."""

from nintei.payments.actions.agreements import agree, end_agreement, forget_payer, learn_payer
from nintei.payments.actions.approving import decide
from nintei.payments.actions.asking import ask_account, ask_undo
from nintei.payments.actions.closing import close
from nintei.payments.actions.fees import cancel_fee, mark_accepted, open_fee
from nintei.payments.actions.files import Imported, drop_file, forget_file, import_dropped, import_file
from nintei.payments.actions.matches import settle, undo
from nintei.payments.actions.receipts import (
    copy_receipt,
    issue_company_receipt,
    issue_receipt,
    void_receipt,
)
from nintei.payments.actions.refunds import (
    ask_refund,
    correct_refund,
    drop_refund,
    mark_refund_paid,
    refund_due,
    refund_line,
)
from nintei.payments.actions.runs import start_run
from nintei.payments.actions.suspense import ask_restore, ask_write_off
from nintei.payments.actions.tables import forget_table, teach_table

__all__ = [
    "Imported",
    "agree",
    "ask_account",
    "ask_refund",
    "ask_restore",
    "ask_undo",
    "ask_write_off",
    "cancel_fee",
    "close",
    "copy_receipt",
    "correct_refund",
    "decide",
    "drop_file",
    "drop_refund",
    "end_agreement",
    "forget_file",
    "forget_payer",
    "forget_table",
    "import_dropped",
    "import_file",
    "issue_company_receipt",
    "issue_receipt",
    "learn_payer",
    "mark_accepted",
    "mark_refund_paid",
    "open_fee",
    "refund_due",
    "refund_line",
    "settle",
    "start_run",
    "teach_table",
    "undo",
    "void_receipt",
]
