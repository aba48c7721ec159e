"""The taxonomy of reasons for a mark: why a line is struck, why it is asked about again.

Like `applications.reasons` these are the office's own sentences about a case, not rules: the rule is cited by
the kernel's finding, and the auditor's words stand beside the reason.
"""

from __future__ import annotations

from typing import NamedTuple

from nintei.audits.models import Verdict
from nintei.rules.edition import Text


class Reason(NamedTuple):
    """A reason for a verdict, in both languages."""

    code: str
    verdict: str
    text: Text


OTHER = "other"
_STRUCK = (
    ("no_proof", "活動したことを証明する書類がない", "There is no document that proves the activity"),
    ("not_theirs", "書類の氏名が、本人と確かめられない", "The document cannot be shown to be the holder's"),
    ("other_activity", "書類が、この行の活動のものではない", "The document is about another activity"),
    ("other_time", "書類の日付や時間が、申告と違う", "The document's day or hours differ from the claim"),
    ("detail_unclear", "内容の詳細が不明確である", "The details are unclear"),
    ("outside_fields", "業務の分野にあたらない", "It belongs to none of the fields of practice"),
    ("not_accredited", "認定・主催の研修ではない", "The course is neither accredited nor hosted"),
    ("twice", "同じ時間がほかの行にもある", "The same hours stand in another line too"),
)
_ASKED = (
    ("unreadable", "書類が読み取れません", "The document cannot be read"),
    ("part_missing", "書類に足りないものがあります", "Something is missing from the document"),
    ("tell_detail", "内容をもう少し詳しく教えてください", "Please tell us more about what you did"),
    ("tell_time", "日付と時間を確かめさせてください", "Please help us confirm the day and the hours"),
)
ALL = (
    *(Reason(code, Verdict.STRUCK, Text(ja, en)) for code, ja, en in _STRUCK),
    *(Reason(code, Verdict.ASKED, Text(ja, en)) for code, ja, en in _ASKED),
    *(
        Reason(OTHER, verdict, Text("そのほか", "Something else"))
        for verdict in (Verdict.STRUCK, Verdict.ASKED)
    ),
)


def reason(verdict: str, code: str) -> Reason | None:
    """A reason by its code; None where the taxonomy has none for this verdict."""
    return next((each for each in ALL if (each.verdict, each.code) == (verdict, code)), None)
