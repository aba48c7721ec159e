"""Words of the room: what a document may show, what an event in the journal is called, what a rule says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHOWS = {
    "certificate": gettext_lazy("受講証明書である"),
    "attendee": gettext_lazy("受講者名"),
    "course": gettext_lazy("研修コース名"),
    "curriculum": gettext_lazy("研修カリキュラム"),
    "date": gettext_lazy("日付"),
    "time": gettext_lazy("始まりと終わりの時刻"),
    "subject": gettext_lazy("対象"),
    "detail": gettext_lazy("内容の詳細"),
}
RULES = {
    "no_file": gettext_lazy("数に入る行のどれかに、書類が付いていない更新に印を付けます。"),
    "just_enough": gettext_lazy("合計が、必要なポイントちょうどの更新に印を付けます。"),
    "struck_before": gettext_lazy("前の監査で、除かれた行がある方の更新に印を付けます。"),
}


def shown(name: str) -> str:
    """What a document shows, in words; the rulebook's own word where we have none."""
    return str(SHOWS.get(name, name))


def needed(name: str) -> str:
    """What is asked for, in words: a document, or what one has to show."""
    return _("受講証明書") if name == "certificate" else shown(name)


def event(verb: str, data: dict[str, Any]) -> str:
    """A line of the history of an audit; empty for what is not shown there."""
    said = {
        "audits.start": _("抽出され、監査が始まりました"),
        "audits.answer": _("{n}行目に答えました").format(n=data.get("line", "")),
        "audits.send": _("回答を送りました"),
        "audits.plead": _("申し出がありました"),
        "audits.answer_plea": _("申し出に答えました"),
        "audits.take_up": _("確認を引き受けました"),
        "audits.declare_conflict": _("利害関係を申告しました"),
        "audits.lift_conflict": _("利害関係の申告を解きました"),
        "audits.mark": _("{n}行目を判断しました").format(n=data.get("line", "")),
        "audits.ask_again": _("もう一度尋ねました"),
        "audits.propose": _("決定へ進めました"),
        "audits.rule": _("決めました") if data.get("agreed") else _("確認へ戻しました"),
        "audits.erase": _("保管の期間が終わり、書類を削除しました"),
        "audits.appeal": _("不服を申し立てました"),
    }
    return said.get(verb, "")
