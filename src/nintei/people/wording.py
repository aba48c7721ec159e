"""What the rooms and the classes of the data map are called for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROOMS = {
    "people": _("人と役割"),
    "notices": _("知らせ"),
    "courses": _("研修"),
    "experience": _("業務経験"),
    "ledger": _("CPD"),
    "payments": _("入金と帳簿"),
    "registry": _("名簿"),
    "applications": _("申請と決定"),
    "certificates": _("認定証"),
    "audits": _("監査"),
    "insight": _("集計"),
}
# Class of the data map: what it is, and what becomes of it when its person is erased.
CLASSES = {
    "identity": (_("氏名、生年月日、本人を示す番号"), _("消します")),
    "contact": (_("メールアドレス、住所"), _("消します")),
    "words": (_("書いた文章、出した書類"), _("消します")),
    "record": (_("日付、状態、点数"), _("残ります。だれのものか、わからなくなります")),
    "books": (_("入金と帳簿"), _("残ります。法令と協会の定める間、帳簿を保存するためです")),
}
