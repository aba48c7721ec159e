"""What may be done with fees and bank lines; the only writers of this room."""

from nintei.payments.actions.agreements import agree, end_agreement, forget_payer, learn_payer
from nintei.payments.actions.fees import cancel_fee, mark_accepted, open_fee
from nintei.payments.actions.files import Imported, drop_file, forget_file, import_file
from nintei.payments.actions.matches import settle, undo

__all__ = [
    "Imported",
    "agree",
    "cancel_fee",
    "drop_file",
    "end_agreement",
    "forget_file",
    "forget_payer",
    "import_file",
    "learn_payer",
    "mark_accepted",
    "open_fee",
    "settle",
    "undo",
]
