"""What a case is called and asks for, and what a status is called, in the words of their pages."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nintei.registry.case_states import CaseKind
from nintei.rules.dates import StatusCode


class CaseWords(NamedTuple):
    """Its day, the papers wanted, and what it does, each in a sentence of plain words."""

    day: str | Promise
    paper: str | Promise
    does: str | Promise


_IDENTITY = _("本人確認書類（運転免許証、マイナンバーカードの表、パスポートなど）。PDF、JPEG、PNG。10MBまで")
_DECISION = _("協会の決定の書面や、もとになった届。PDF、JPEG、PNG。10MBまで")

CASE_WORDS: dict[str, CaseWords] = {
    CaseKind.NAME: CaseWords(
        _("氏名が変わった日"),
        _("新旧の氏名がわかる書類（戸籍抄本、住民票、運転免許証の裏など）。PDF、JPEG、PNG。10MBまで"),
        _(
            "名簿の氏名を変え、新しい氏名の認定証を作ります。前の氏名も記録に残り、前の氏名でも確かめられます。"
        ),
    ),
    CaseKind.REISSUE: CaseWords(
        _("いつから"), _IDENTITY, _("認定証をもう一度作ります。番号と有効期間は変わりません。")
    ),
    CaseKind.LOSS: CaseWords(
        _("なくした日"),
        _IDENTITY,
        _("認定証をもう一度作り、QRコードを新しくします。なくした認定証のQRコードは使えなくなります。"),
    ),
    CaseKind.SUSPEND: CaseWords(_("停止する日"), _DECISION, _("この日から、解くまで停止と示します。")),
    CaseKind.RELEASE: CaseWords(
        _("停止を解く日"), _DECISION, _("この日から停止でなくなります。有効期間は延びません。")
    ),
    CaseKind.REVOKE: CaseWords(_("取り消す日"), _DECISION, _("この日から取消と示します。")),
    CaseKind.REINSTATE: CaseWords(
        _("復活する日"), _DECISION, _("この日から取消でなくなります。その前の日は、取消のまま残ります。")
    ),
    CaseKind.DEATH: CaseWords(
        _("効力を終える日"),
        _("死亡診断書の写し、戸籍抄本など。PDF、JPEG、PNG。10MBまで"),
        _("この日から失効と示し、公開と会社への共有をすべて終えます。理由は外に出ません。手紙は送りません。"),
    ),
    CaseKind.ANNUL: CaseWords(
        _("いつから"),
        _DECISION,
        _(
            "最後の停止、取消、終了の記録を、はじめからなかったものとします。いつまでそう記録されていたかは残ります。"
        ),
    ),
}
STATUS_WORDS: dict[StatusCode, Promise] = {
    StatusCode.NOT_CERTIFIED: _("認定前"),
    StatusCode.CERTIFIED_NOT_STARTED: _("有効期間開始前"),
    StatusCode.VALID: _("有効"),
    StatusCode.VALID_PENDING_RENEWAL: _("有効（更新の審査中）"),
    StatusCode.SUSPENDED: _("停止"),
    StatusCode.EXPIRED: _("失効"),
    StatusCode.REVOKED: _("取消"),
}
