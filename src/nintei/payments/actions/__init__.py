"""What may be done with fees and bank lines; the only writers of this room."""

from nintei.payments.actions.agreements import agree, end_agreement, forget_payer, learn_payer
from nintei.payments.actions.fees import cancel_fee, mark_accepted, open_fee
from nintei.payments.actions.files import Imported, drop_file, forget_file, import_dropped, import_file
from nintei.payments.actions.matches import settle, undo
from nintei.payments.actions.runs import do_run, start_run
from nintei.payments.actions.tables import forget_table, teach_table

__all__ = [
    "Imported",
    "agree",
    "cancel_fee",
    "do_run",
    "drop_file",
    "end_agreement",
    "forget_file",
    "forget_payer",
    "forget_table",
    "import_dropped",
    "import_file",
    "learn_payer",
    "mark_accepted",
    "open_fee",
    "settle",
    "start_run",
    "teach_table",
    "undo",
]
