"""What happened to a line of the log, in words: the journal keeps every reading of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nintei.journal import queries as journal
from nintei.ledger import wording
from nintei.ledger.models import Activity, Proof
from nintei.rules.edition import Edition
from nintei.shared import wording as words


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was changed: what it was and what it became."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a line, and what it changed."""

    what: str
    at: object
    parts: tuple[Part, ...]


def changes_of(activity: Activity, edition: Edition) -> list[Change]:
    """What happened to a line after it was logged, oldest first; empty where nothing did."""
    told = {
        "ledger.amend_activity": _("直しました"),
        "ledger.use_for": _("使う資格を選びました"),
        "ledger.tie_hours": _("同じ時間の記録と結びました"),
        "ledger.attach_evidence": _("控えを添えました"),
        "ledger.remove_evidence": _("控えを外しました"),
        "ledger.credit_attendance": _("研修の提供者が受講を確認しました"),
    }
    return [
        Change(told[entry.verb], entry.at, tuple(_parts(entry.data, edition)))
        for entry in journal.history(f"activity:{activity.pk}")
        if entry.verb in told
    ]


def _parts(data: Mapping[str, Any], edition: Edition) -> list[Part]:
    """What differs between two readings, but for what only machines read."""
    before, after = data.get("before"), data.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict) or "category" not in before:
        return []
    shown = _shown(before, edition), _shown(after, edition)
    return [
        Part(name, shown[0][name] or _("なし"), shown[1][name] or _("なし"))
        for name in shown[0]
        if shown[0][name] != shown[1][name]
    ]


def _shown(told: Mapping[str, Any], edition: Edition) -> dict[str, str]:
    sessions = [
        f"{each['on']} {words.amount(each['minutes'], told.get('items', 0))}" for each in told["sessions"]
    ]
    return {
        _("何をしましたか"): told["title"],
        _("種類"): wording.category_name(edition, told["category"]),
        _("日と時間"): wording.listed(sessions),
        _("期間の始まりの日"): told.get("from_on", ""),
        _("始めた時刻"): wording.listed(told.get("begins", {}).values()),
        _("業務の分野"): told["topic"],
        _("使う資格"): told.get("serves", ""),
        _("コンピテンシー"): told["competency"],
        _("主催者・著者"): told["organiser"],
        _("証明するもの"): str(Proof(told["proof"]).label),
        _("内容"): told["detail"],
    }
