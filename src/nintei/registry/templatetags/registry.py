"""How a status looks and what it is called on a page."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nintei.registry.models import Shared
from nintei.registry.queries import STATUS_WORDS
from nintei.rules.dates import Status, StatusCode

register = template.Library()

SENTENCES: dict[StatusCode, Promise] = {
    StatusCode.NOT_CERTIFIED: _("この日は、まだ認定されていません"),
    StatusCode.CERTIFIED_NOT_STARTED: _("認定済みで、有効期間はこれからです"),
    StatusCode.VALID: _("この資格は有効です"),
    StatusCode.VALID_PENDING_RENEWAL: _("この資格は有効です（更新の審査中）"),
    StatusCode.SUSPENDED: _("この資格は停止中です"),
    StatusCode.EXPIRED: _("この資格は有効ではありません（有効期間が終わりました）"),
    StatusCode.REVOKED: _("この資格は有効ではありません（取り消されました）"),
}
TONES = {
    StatusCode.VALID: "ok",
    StatusCode.VALID_PENDING_RENEWAL: "ok",
    StatusCode.CERTIFIED_NOT_STARTED: "wait",
}
MARKS = {"ok": "shield", "wait": "clock", "bad": "x"}


@register.filter
def sentence(status: Status | None) -> str:
    """The answer in one sentence; without a status it is a pass, which has no validity that could end."""
    return str(SENTENCES[status.code] if status else _("この合格は登録されています（有効期限はありません）"))


@register.filter
def word(status: Status | None) -> str:
    """The answer in one word, for a chip."""
    return str(STATUS_WORDS[status.code] if status else _("合格済み"))


@register.filter
def tone(status: Status | None) -> str:
    """ok, wait or bad."""
    return TONES.get(status.code, "bad") if status else "ok"


@register.filter
def is_running(status: Status) -> bool:
    """Whether the days that are left of a validity are worth saying: not of one that was revoked or suspended."""
    return status.code in TONES


@register.filter
def field_word(field: str) -> str:
    """What a field of the public page is called."""
    return str(Shared(field).label)


@register.filter
def mark(status: Status | None) -> str:
    """The icon that goes with the tone."""
    return MARKS[tone(status)]
