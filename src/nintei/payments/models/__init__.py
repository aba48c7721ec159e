"""Fees due, bank lines as they came, and what was matched with what. No workflow, no clock.

Bank files, lines, matches and undos are appended for ever; a fee's amount never changes. Two things
must hold however many hands are at work, so the database itself refuses anything else: a line is never
allotted beyond its amount, and a fee has at most one match that stands.
"""

from nintei.payments.models.bank import BankFile, BankLine, DroppedFile
from nintei.payments.models.fees import Fee
from nintei.payments.models.matches import Match, MatchPart, MatchUndo

__all__ = [
    "BankFile",
    "BankLine",
    "DroppedFile",
    "Fee",
    "Match",
    "MatchPart",
    "MatchUndo",
]
