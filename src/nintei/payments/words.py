"""What a verdict says to people: three facts (number, name, amount) and one sentence about what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nintei.payments.matching import Payer, Reason
from nintei.shared.wording import yen


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that agrees (`yes`), is missing (`asks`) or is wrong (`warns`)."""

    mark: str
    text: str


class Closed(StrEnum):
    """Why this payer's fee waits no more."""

    PAID = "paid"
    WITHDRAWN = "withdrawn"
    GIVEN_BACK = "given_back"


_CLOSED = {
    Closed.PAID: gettext_noop("もう支払い済み"),
    Closed.WITHDRAWN: gettext_noop("申請は取り下げられている"),
    Closed.GIVEN_BACK: gettext_noop("手数料は返すことになった"),
}


def facts(
    reasons: Iterable[Reason], payer: Payer, difference: int | None = None, *, closed: Closed | None = None
) -> tuple[Fact, ...]:
    """Number, name and amount, each with whether it agrees; `closed`: this payer's fee waits no more."""
    found = set(reasons)
    if closed and Reason.NO_CANDIDATE in found:
        return (_number(set(), payer), _name(set(), payer), Fact("warns", _(_CLOSED[closed])))
    if found & {Reason.BULK, Reason.BULK_AMOUNT_MISMATCH}:
        return _agreed(found, difference)
    rest = () if Reason.NO_CANDIDATE in found else (_amount(found, difference),)
    late = (Fact("warns", _("期限を過ぎた入金")),) if Reason.LATE in found else ()
    return (_number(found, payer), _name(found, payer), *rest, *late)


def _agreed(found: set[Reason], difference: int | None) -> tuple[Fact, ...]:
    if Reason.BULK in found:
        return (Fact("yes", _("取り決めの名義")), Fact("yes", _("金額")))
    short = (difference or 0) < 0
    missing = _("%(yen)s足りない") if short else _("%(yen)s多い")
    return (Fact("yes", _("取り決めの名義")), Fact("warns", missing % {"yen": yen(abs(difference or 0))}))


def _number(found: set[Reason], payer: Payer) -> Fact:
    if payer.number is None:
        return Fact("asks", _("番号がない"))
    if Reason.NO_CANDIDATE in found:
        return Fact("asks", _("番号 %(number)s の候補なし") % {"number": payer.number})
    if Reason.NUMBER_MISMATCH in found:
        return Fact("warns", _("番号 %(number)s が違う") % {"number": payer.number})
    return Fact("yes", _("番号 %(number)s") % {"number": payer.number})


_NAME = {
    Reason.COMPANY_NAME: gettext_noop("会社の名義"),
    Reason.SAME_FAMILY: gettext_noop("姓だけ同じ"),
    Reason.FORMER_NAME: gettext_noop("前の氏名"),
    Reason.NO_CANDIDATE: gettext_noop("氏名の候補なし"),
    Reason.NAME_MISMATCH: gettext_noop("氏名が違う"),
    Reason.NAME_MISSING: gettext_noop("氏名がない"),
    Reason.NAME_TRUNCATED: gettext_noop("氏名が途中まで"),
    Reason.VOICING_DIFFERS: gettext_noop("濁点が違う"),
}


def _name(found: set[Reason], payer: Payer) -> Fact:
    for reason, text in _NAME.items():
        if reason in found:
            return Fact("asks", _(text))
    if not payer.name:
        return Fact("asks", _("氏名がない"))
    if Reason.KNOWN_PAYER in found:
        return Fact("yes", _("覚えた名義"))
    return Fact("yes", _("氏名"))


def _amount(found: set[Reason], difference: int | None) -> Fact:
    if Reason.UNDERPAID in found:
        return Fact("warns", _("%(yen)s足りない") % {"yen": yen(-(difference or 0))})
    if Reason.OVERPAID in found:
        return Fact("warns", _("%(yen)s多い") % {"yen": yen(difference or 0)})
    if Reason.TOLERATED in found:
        short = _("%(yen)s足りないが、規程で許す額のうち")
        return Fact("yes", short % {"yen": yen(-(difference or 0))})
    if Reason.COVERS_SEVERAL in found:
        return Fact("yes", _("金額（申請の合計）"))
    if Reason.AMBIGUOUS in found:
        return Fact("asks", _("候補が一人ではない"))
    return Fact("yes", _("金額"))


_SENTENCES = {
    Reason.NUMBER_AND_NAME: gettext_noop(
        "番号・氏名・金額がそろっています。この入金のあとに申請が届きました。"
    ),
    Reason.KNOWN_PAYER: gettext_noop("会計担当が、この方の支払いとして覚えた名義です。"),
    Reason.FORMER_NAME: gettext_noop("この方の前の氏名と合います。改姓の届けを確かめてから決めてください。"),
    Reason.SAME_FAMILY: gettext_noop("番号は合い、姓が同じです。ご家族からの振込かもしれません。"),
    Reason.COMPANY_NAME: gettext_noop(
        "会社からの振込のようです。まとめ払いなら、先に取り決めを書き留めてください。"
    ),
    Reason.LATE: gettext_noop("支払いの期限を過ぎてからの入金です。受け付けるかどうかを決めてください。"),
    Reason.BULK: gettext_noop("まとめ払いの取り決めと合っています。"),
    Reason.BULK_AMOUNT_MISMATCH: gettext_noop(
        "まとめ払いの取り決めと金額が違います。全員分がそろうまで、だれの分にも充てません。"
    ),
    Reason.AMBIGUOUS: gettext_noop(
        "番号の下4桁や氏名が同じ方がほかにいます。どなたの分か、ご本人に確かめてから選んでください。"
    ),
    Reason.COVERS_SEVERAL: gettext_noop("一人の方の申請の合計と同じ金額です。まとめて振り込まれたようです。"),
    Reason.WHICH_APPLICATION: gettext_noop(
        "この方には申請が二つ以上あります。どの申請の分か選んでください。"
    ),
    Reason.NUMBER_MISMATCH: gettext_noop(
        "氏名は合いますが、番号が違います。書き間違いかどうか確かめてください。"
    ),
    Reason.MISSING_NUMBER: gettext_noop(
        "番号の記入はお願いなので、ないだけでは退けません。同じ氏名の方はほかにいません。"
    ),
    Reason.NAME_MISSING: gettext_noop(
        "番号だけが書かれています。下4桁は重なることがあるので、ご本人に確かめてください。"
    ),
    Reason.NAME_TRUNCATED: gettext_noop("氏名が途中で切れています。残りが合うか確かめてください。"),
    Reason.VOICING_DIFFERS: gettext_noop("濁点のほかは氏名が合います。銀行によっては濁点が落ちます。"),
    Reason.NAME_MISMATCH: gettext_noop(
        "番号は合いますが、氏名が違います。ご家族や勤め先からの振込かもしれません。"
    ),
    Reason.UNDERPAID: gettext_noop(
        "振込手数料が引かれたのかもしれません。振込手数料はご本人の負担なので、全額が届くまで受理しません。"
    ),
    Reason.OVERPAID: gettext_noop(
        "手数料より多く振り込まれています。消し込むと、多い分はこの入金に残ります。"
    ),
    Reason.TOLERATED: gettext_noop("足りない分は規程で許す額のうちなので、協会が負担します。"),
    Reason.NO_CANDIDATE: gettext_noop(
        "申請を探して選んでください。"
        "申請より先に届いた入金は、次の明細を読むときに、もう一度照らし合わせます。"
    ),
}


_TELLS_MORE = (Reason.COMPANY_NAME, Reason.SAME_FAMILY)


def sentence(reasons: Sequence[Reason]) -> str:
    """What the weightiest reason means, and what to do; a company or a family explains a strange name better."""
    return _(_SENTENCES[next((r for r in reasons if r in _TELLS_MORE), reasons[0])])


def waits_no_more(closed: Closed) -> str:
    """For a transfer by somebody whose fee is paid or whose application was withdrawn."""
    if closed is Closed.WITHDRAWN:
        return _("この方の申請は取り下げられています。お金は、返すまでこの入金に残ります。")
    if closed is Closed.GIVEN_BACK:
        return _("この方の手数料は、返すことになりました。別の入金なので、返すまでこの入金に残ります。")
    return _("二重のお支払いかもしれません。別の入金なので、どちらも残してあります。")


def made_up(total: str) -> str:
    """For transfers that make up the amount together."""
    return _("ほかの入金と合わせると、ちょうど%(total)sになります。") % {"total": total}


def left_over(amount: str) -> str:
    """For a line that settled a fee and still holds money."""
    return _("%(amount)sが残っています。返すか、ほかの申請に充てるかを決めてください。") % {"amount": amount}


_COLUMNS = {
    "date": gettext_noop("日付"),
    "day": gettext_noop("日付"),
    "payer": gettext_noop("名義"),
    "credit": gettext_noop("入金額"),
    "money": gettext_noop("入金額"),
    "signed": gettext_noop("金額（出金は負）"),
    "debit": gettext_noop("出金額"),
    "out": gettext_noop("出金額"),
    "account": gettext_noop("口座番号"),
}


def column(part: str) -> str:
    """What a column of a bank's table holds."""
    return _(_COLUMNS.get(part, part))
