"""The taxonomy of reasons: why a criterion is declined, why the applicant is asked again, why a case is on hold.

A reason is a code with a sentence in both languages; the words of the person who chose it stand beside it.
They are the office's own sentences about a case, not rules: the rule is cited by the finding.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from nintei.rules.edition import Text


class Use(StrEnum):
    """What a reason is given for."""

    DECLINE = "decline"
    ASK = "ask"
    HOLD = "hold"


class Reason(NamedTuple):
    """A reason; `criterion` is the code it belongs to, empty where it fits any."""

    code: str
    use: Use
    criterion: str
    text: Text


OTHER = "other"

_DECLINE = (
    ("report_not_usable", "exam_pass", "試験結果レポートが、この申請に使えない", "The exam result report cannot be used for this application"),
    ("experience_short", "experience", "業務経験の合計が足りない", "The experience in all is too short"),
    ("fields_few", "experience", "業務経験の分野が足りない", "The experience lies in too few fields"),
    ("required_short", "experience", "必須分野での経験が足りない", "The experience in a required field is too short"),
    ("not_attested", "experience", "証明のない期間がある", "Some of the time is not attested"),
    ("not_supervisor", "experience", "証明者が、当時の上司や監督者と確かめられない", "The attestor cannot be shown to have supervised at the time"),
    ("contradicted", "experience", "書類や証明者の話が、職歴と合わない", "Papers or the attestor contradict the work history"),
    ("pledge_missing", "pledge", "宣誓の署名を確かめられない", "The signed pledge could not be confirmed"),
    ("fee_missing", "fee", "手数料の入金を確かめられない", "The fee could not be confirmed"),
    ("points_short", "points", "CPDポイントが足りない", "There are too few CPD points"),
    ("evidence_missing", "points", "活動を確かめる書類がない", "Activities are without evidence"),
    ("outside_window", "window", "受付期間の外の申請である", "The application was made outside the window"),
)  # fmt: skip
_ASK = (
    ("report_unreadable", "exam_pass", "試験結果レポートの写しが読み取れません", "The copy of the exam result report cannot be read"),
    ("name_differs", "exam_pass", "書類の氏名が、登録の氏名と違います", "The name on a paper differs from the registered name"),
    ("attestor_role", "experience", "証明者の当時の立場を教えてください", "Tell us the attestor's position at the time"),
    ("period_differs", "experience", "職歴の期間が、書類の間で合いません", "The period of a post differs between papers"),
    ("duties_unclear", "experience", "担当した業務の内容を、もう少し書いてください", "Tell us more about the work done"),
    ("not_attested_yet", "experience", "証明のない期間があります", "Some of the time is not attested"),
    ("leave_unclear", "experience", "休んでいた期間を教えてください", "Tell us about periods of leave"),
    ("substitution_evidence", "experience", "実務経験に代える資格や研修の書類を送ってください", "Send the papers of the qualification or training that stands in for experience"),
    ("pledge_unclear", "pledge", "宣誓の署名を確かめさせてください", "Help us confirm the signature under the pledge"),
    ("payment_unclear", "fee", "振込の名義や日付を教えてください", "Tell us in whose name and when the fee was paid"),
    ("activity_evidence", "points", "活動を確かめる書類を送ってください", "Send evidence of an activity"),
)  # fmt: skip
_HOLD = (
    ("rule_asked", "規程の読み方を、協会に尋ねている", "The association has been asked how to read a rule"),
    ("exam_asked", "試験結果を、実施団体に尋ねている", "The exam body has been asked about the result"),
    ("attestor_called", "証明者に電話で確かめている", "The attestor is being asked by telephone"),
    (
        "same_person",
        "同じ方の別の記録がないか調べている",
        "Another record of the same person is being looked for",
    ),
    ("applicant_wishes", "ご本人から待ってほしいと申し出があった", "The applicant has asked us to wait"),
)

ALL = (
    *(Reason(code, Use.DECLINE, criterion, Text(ja, en)) for code, criterion, ja, en in _DECLINE),
    *(Reason(code, Use.ASK, criterion, Text(ja, en)) for code, criterion, ja, en in _ASK),
    *(Reason(code, Use.HOLD, "", Text(ja, en)) for code, ja, en in _HOLD),
    *(Reason(OTHER, use, "", Text("そのほか", "Something else")) for use in Use),
)


def reasons(use: Use, criterion: str = "") -> tuple[Reason, ...]:
    """The reasons for a use, of one criterion where one is given; `other` is always the last."""
    return tuple(r for r in ALL if r.use == use and (not criterion or r.criterion in (criterion, "")))


def reason(use: Use, code: str) -> Reason | None:
    """A reason by its code; None for one that is not in the taxonomy."""
    return next((r for r in ALL if r.use == use and r.code == code), None)
