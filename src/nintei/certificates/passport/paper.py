"""The passport on paper: PDF/A-3a with the credential inside, signed as certificates are. In the holder's language."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from nintei.certificates.keyring import Keys
from nintei.certificates.models import Passport
from nintei.certificates.printing import template_of
from nintei.certificates.verifying.sentences import CODES
from nintei.shared import paper as sheets
from nintei.shared import wording

TEMPLATE = "passport-1"


def paper(passport: Passport, credential: dict[str, object], keys: Keys) -> bytes:
    """The signed PDF. The same passport with its proof gives the same bytes (without a time-stamp server)."""
    from nintei.certificates.pades import signed

    with translation.override(passport.language):
        data = words(passport)
    data |= {
        "credential": json.dumps(credential, ensure_ascii=False, indent=1),
        "proof": passport.proof,
    }
    made = sheets.pdf(template_of(TEMPLATE), data, passport.intended_at, sheets.WITH_ATTACHMENTS)
    return signed(made, keys, passport.intended_at, settings.TIME_STAMPS)


def words(passport: Passport) -> dict[str, Any]:
    """Everything that is printed, in the active language."""
    said, english = passport.record, wording.in_english()
    names = [each["identityHash"] for each in _names(passport)]
    return {
        "lang": passport.language,
        "number": passport.number,
        "title": _("CPDパスポート"),
        "name": names[0],
        "latin": names[1] if len(names) > 1 else "",
        "association": said["edition"]["association_en" if english else "association_ja"],
        "rows": [
            [_("番号"), passport.number],
            [_("いつの時点"), wording.day(date.fromisoformat(said["on"]))],
            [_("どの版によるか"), said["edition"]["id"]],
        ],
        "note": _(
            "この文書は、上の日の記録を示します。そのあとのことは示しません。認定が今も有効かは、中の証明データから確かめられます。"
        ),
        "partly": _("本人が選んだ項目だけが入っています。") if passport.statement.get("partial") else "",
        "check": _("確かめ方：%(address)s、または nintei verify")
        % {"address": f"{settings.BASE_URL}/verify/file"},
        "certifications": [_certification(each, english) for each in said["certifications"]],
        "lines_title": _("活動の記録"),
        "lines_head": [_("活動した日"), _("区分"), _("活動と主催者"), _("所要時間"), _("数えたポイント")],
        "lines": [_line(each, english) for each in said["activities"]],
        "confirmed": _("受講を提供者が確認"),
    }


def _names(passport: Passport) -> list[dict[str, Any]]:
    identifiers = passport.statement["credentialSubject"]["identifier"]
    return [each for each in identifiers if each["identityType"] == "name"]


def _certification(held: dict[str, Any], english: bool) -> dict[str, Any]:
    title = held["title_en" if english else "title_ja"]
    return {
        "title": f"{title} ({held['qualification']})" if english else f"{title}（{held['qualification']}）",
        "rows": [
            [_("認定番号"), held["number"]],
            [_("認定日"), _day(held["certified_on"])],
        ],
        "history_title": _("認定の状態の履歴"),
        "history": [[_day(day), _code(code, english)] for day, code in held.get("history", [])],
        "cycles": [_cycle(each) for each in held.get("cycles", [])],
    }


def _cycle(cycle: dict[str, Any]) -> dict[str, Any]:
    codes = list(cycle["by_category"])
    years = [
        [f"{_day(each['first'])} – {_day(each['last'])}", *(each["by_category"][code] for code in codes)]
        for each in cycle["years"]
    ]
    basis = (
        _("%(day)sの更新審査申請のとおり") % {"day": _day(cycle["claimed_on"])}
        if cycle["claimed_on"]
        else _("上の時点のとおり")
    )
    return {
        "title": f"{_day(cycle['start'])} – {_day(cycle['end'])}",
        "basis": f"{basis} ({cycle['edition']})",
        "sum": _("合計 %(total)s / 必要 %(required)s ポイント")
        % {"total": cycle["total"], "required": cycle["required"]},
        "head": [_("年ごと"), *codes],
        "years": [*years, [_("合計"), *(cycle["by_category"][code] for code in codes)]],
    }


def _line(line: dict[str, Any], english: bool) -> list[str]:
    first, last = line["days"][0][0], line["days"][-1][0]
    words_ = line.get("title") or line["category_en" if english else "category_ja"]
    organiser = line.get("organiser", "")
    minutes = sum(each[1] for each in line["days"])
    counted = [f"{each['credited']}　{each['number']}\n{each['clause']}" for each in line["counted"]]
    return [
        _day(first) if first == last else f"{_day(first)} –\n{_day(last)}",
        line["category"],
        f"{words_}\n{organiser}".strip(),
        wording.amount(minutes, line.get("items", 0)),
        "\n".join(counted) or "–",
        line.get("confirmed_by", ""),
    ]


def _code(code: str, english: bool) -> str:
    return CODES[code].en if english else CODES[code].ja


def _day(text: str) -> str:
    """A day short enough for a table, the same in both languages."""
    return text
