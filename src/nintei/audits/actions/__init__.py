"""What may be done: one verb a function; change, leaf and letter in one transaction."""

from nintei.audits.actions.announcing import announce_again, commit_frame, seal, seal_due
from nintei.audits.actions.answering import answer_line, appeal, plead, remove_file, send
from nintei.audits.actions.checking import MarkSaid, ask_again, mark_line, propose, take_up
from nintei.audits.actions.drawing import say_number
from nintei.audits.actions.pleas import answer_plea, declare_conflict
from nintei.audits.actions.retaining import erase_due
from nintei.audits.actions.ruling import rule
from nintei.audits.actions.terms import TermsSaid, answer_terms, propose_terms
from nintei.audits.actions.waiting import remind_due, settle_due

__all__ = [
    "MarkSaid",
    "TermsSaid",
    "announce_again",
    "answer_line",
    "answer_plea",
    "answer_terms",
    "appeal",
    "ask_again",
    "commit_frame",
    "declare_conflict",
    "erase_due",
    "mark_line",
    "plead",
    "propose",
    "propose_terms",
    "remind_due",
    "remove_file",
    "rule",
    "say_number",
    "seal",
    "seal_due",
    "send",
    "settle_due",
    "take_up",
]
