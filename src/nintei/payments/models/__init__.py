"""Fees due, bank lines as they came, and what was matched with what. No workflow, no clock.

Bank files, lines, matches and undos are appended for ever; a fee's amount never changes. Two things
must hold however many hands are at work, so the database itself refuses anything else: a line is never
allotted beyond its amount, and a fee has at most one match that stands.
"""

from nintei.payments.models.agreements import Agreement, AgreementFee, KnownPayer
from nintei.payments.models.bank import BankFile, BankLine, DroppedFile
from nintei.payments.models.books import Account, Close, Entry, EntryKind, Posting
from nintei.payments.models.fees import Fee
from nintei.payments.models.imports import ImportRun, TaughtTable
from nintei.payments.models.matches import Match, MatchPart, MatchUndo
from nintei.payments.models.receipts import Receipt, ReceiptCopy, ReceiptSeries, ReceiptShare
from nintei.payments.models.refunds import (
    REFUND_MOVES,
    Approval,
    Refund,
    RefundPart,
    RefundState,
    RefundStep,
)
from nintei.payments.models.suspense import WRITE_OFF_TO, WriteOff, WriteOffUndo

__all__ = [
    "REFUND_MOVES",
    "WRITE_OFF_TO",
    "Account",
    "Agreement",
    "AgreementFee",
    "Approval",
    "BankFile",
    "BankLine",
    "Close",
    "DroppedFile",
    "Entry",
    "EntryKind",
    "Fee",
    "ImportRun",
    "KnownPayer",
    "Match",
    "MatchPart",
    "MatchUndo",
    "Posting",
    "Receipt",
    "ReceiptCopy",
    "ReceiptSeries",
    "ReceiptShare",
    "Refund",
    "RefundPart",
    "RefundState",
    "RefundStep",
    "TaughtTable",
    "WriteOff",
    "WriteOffUndo",
]
