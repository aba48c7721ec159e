"""The rulebook as the office reads it: what is unset, how we read what leaves room, what a check finds, every value."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nintei.people.doors import Signed, require
from nintei.rules.edition import Edition
from nintei.rules.lint import LintFinding, lint
from nintei.rules.sheet import Row, rows
from nintei.rules.words import Option, Reading
from nintei.shared import clock
from nintei.shared.rulebook import edition
from nintei.site.office import STAFF

WEIGHTS = {
    "H": _("資格や金額に大きくかかわるもの"),
    "M": _("資格や金額にかかわるもの"),
    "L": _("影響の小さいもの"),
}
SECTIONS = {
    "points": _("ポイント"),
    "categories": _("区分"),
    "validity": _("有効期間と更新の時期"),
    "experience": _("業務経験"),
    "fees": _("費用"),
    "procedure": _("申請の手続き"),
    "qualifications": _("資格"),
    "fields": _("実務の分野"),
    "areas": _("知識体系の領域"),
    "settings": _("そのほかの設定"),
    "misprints": _("文書の誤記"),
    "headings": _("ソフトウェアに何も求めない条文"),
    "words": _("そのほかの文言"),
}
# Told on their own above the values, or of the program and not of the documents.
APART = {"id", "rulebook", "name", "documents", "unset", "readings", "notes"}
# One page of a search; a section is shown whole.
MOST = 200


class Section(NamedTuple):
    """The values of one part of the rulebook."""

    key: str
    word: object
    rows: list[Row]


@require(*STAFF)
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """Everything in force on the office's day; `q` finds keys, values, clauses and words."""
    on = clock.today()
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    rules = edition(on)
    page = {"edition": rules, "today": on, "q": words, "sections": _sections(rules)}
    if words:
        page["found"] = _found(rules, words.casefold())[:MOST]
    else:
        page |= {"readings": _readings(rules), "warnings": _warnings(rules.rulebook, on)}
    return render(request, "site/rulebook.html", page)


def _sections(rules: Edition) -> list[Section]:
    parts = groupby(rows(rules), lambda row: row.key.partition(".")[0])
    return [Section(key, SECTIONS.get(key, key), list(of)) for key, of in parts if key not in APART]


def _found(rules: Edition, words: str) -> list[Row]:
    return [
        row
        for row in rows(rules)
        if words
        in f"{row.key}\n{row.value}\n{row.cite.clause + row.cite.quote if row.cite else ''}".casefold()
    ]


def _readings(rules: Edition) -> list[tuple[object, list[tuple[Reading, list[tuple[Option, bool]]]]]]:
    """By weight: each place that leaves room, with its options and which of them we take."""
    found: list[tuple[object, list[tuple[Reading, list[tuple[Option, bool]]]]]] = []
    for weight, word in WEIGHTS.items():
        of = [each for each in rules.readings.values() if each.weight == weight]
        found.append(
            (word, [(each, [(o, o.code in each.chosen.split(", ")) for o in each.options]) for each in of])
        )
    return found


@lru_cache(maxsize=4)
def _warnings(rulebook: str, on: date) -> list[LintFinding]:
    """What somebody should decide; what is unset or open to readings is told above."""
    apart = ("unset", "open_reading")
    return [each for each in lint(edition(on)) if each.level == "warning" and not each.code.startswith(apart)]
