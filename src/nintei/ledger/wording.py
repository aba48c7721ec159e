"""Why a line counts what it counts, in plain words. The kernel gives the reason; nothing is reckoned here."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nintei.ledger.models import Proof
from nintei.rules.balance import Balance, Line
from nintei.rules.cycles import Year
from nintei.rules.edition import Category, Edition, Per, Text, Unit
from nintei.shared import wording

SHORT = {
    "A": Text("認定コース", "Accredited course"),
    "B": Text("ほかの研修", "Other training"),
    "C": Text("個人学習", "Own study"),
    "D": Text("専門活動", "Professional activity"),
}
"""Short names for the association's letters; another rulebook's category has its own `short`."""


def category_name(edition: Edition, code: str) -> str:
    """The short name of a category, in the active language."""
    if edition.rulebook == "conken" and code in SHORT:
        return said(SHORT[code])
    return said(edition.categories[code].short) if code in edition.categories else code


def said(text: Text) -> str:
    """A kernel text in the active language."""
    return text.en if wording.in_english() else text.ja


def listed(parts: Iterable[str]) -> str:
    """Several things in a row: B、C、D or B, C, D."""
    return _("、").join(parts)


def year_name(edition: Edition, year: Year) -> str:
    """What people call a year of the cycle: 2025年 or, where it is a fiscal year, 2025年度; else its months."""
    first, last, validity = year.first, year.last, edition.validity
    if (first.month, first.day) == (1, 1):
        return _("%(year)d年") % {"year": first.year}
    if (first.month, first.day) == (validity.fiscal_year_month, validity.fiscal_year_day):
        return _("%(year)d年度") % {"year": first.year}
    return f"{first.year}/{first.month}–{last.year}/{last.month}"


def by_item(edition: Edition) -> list[Category]:
    """The categories that count items and not time (論文の発表), in the edition's order."""
    return [each for each in edition.categories.values() if each.unit is Unit.ITEM]


def is_by_item(edition: Edition, code: str) -> bool:
    """Whether a category counts items and not time; an unknown one does not."""
    return code in edition.categories and edition.categories[code].unit is Unit.ITEM


def first_by_hour(edition: Edition) -> str:
    """The first category that counts time: its step is what the pages speak of."""
    return next((code for code in edition.categories if not is_by_item(edition, code)), "")


def step_minutes(edition: Edition, category: str) -> float:
    """The minutes that one step of points stands for in a category (30 for 0.5 at a point an hour); none for items."""
    if not category or is_by_item(edition, category):
        return 0
    exact = 60 * edition.points.step / edition.categories[category].rate
    return exact.numerator if exact.denominator == 1 else round(float(exact), 2)


def minutes_left_over(edition: Edition, line: Line, minutes: int) -> int:
    """The claimed minutes that rounding left out of a line's points (AMB-C5); items leave none."""
    if is_by_item(edition, line.category):
        return 0
    return max(0, int(minutes - line.claimed * 60 / edition.categories[line.category].rate))


def because(edition: Edition, balance: Balance, line: Line, minutes: int, proof: str = "") -> str:
    """One or two sentences: what was cut and why, or that the line counts as it stands.

    `minutes` are those the holder claimed, to say what rounding left out (AMB-C5).
    """
    sentence = _not_counted(edition, balance, line) or _clipped(edition, balance, line)
    sentence = sentence or _moved(edition, line) or _rounded(edition, line, minutes)
    return sentence or _whole(edition, line, proof)


def _not_counted(edition: Edition, balance: Balance, line: Line) -> str:
    cycle = balance.cycle
    filed = cycle.submitted_on or cycle.end
    sentences = {
        "NO_FIELD": _("業務の分野のどれかを選ぶと、数えられます。"),
        "NOT_REGISTERED": _(
            "この日に認定されていたコースではないので、数えません。ほかの研修（B）としてなら数えられます。"
        ),
        "BEFORE_CYCLE": _("有効期間が始まる%(day)sより前の活動なので、数えません。")
        % {"day": wording.day(cycle.start)},
        "AFTER_CYCLE": _("有効期間が終わる%(day)sより後の活動なので、数えません。")
        % {"day": wording.day(cycle.end)},
        "AFTER_SUBMISSION": _("更新を申請した%(day)sより後の活動なので、数えません。")
        % {"day": wording.day(filed)},
        "PARTLY_OUT_OF_CYCLE": _("有効期間の外の日は数えません。期間の中の日だけを数えました。"),
        "DUPLICATE": _("同じ時間の活動が、ほかの記録で数えられています。"),
        "REVIEW_DETAIL": _("内容の詳しさを協会の担当者が確かめるまで、数えません。内容を書き足せます。"),
        "NOT_A_MULTIPLE": _("決められた単位の時間ではないので、数えません。"),
        "OTHER_QUALIFICATION": _("ほかの資格のために記録された活動です。"),
    }
    if line.reason == "BELOW_UNIT" and is_by_item(edition, line.category):
        return _("数える単位に満たないので、数えません。")
    if line.reason == "BELOW_UNIT":
        return _("%(minutes)s分に満たないので、数えません。") % {
            "minutes": step_minutes(edition, line.category)
        }
    return sentences.get(line.reason, "")


def _clipped(edition: Edition, balance: Balance, line: Line) -> str:
    if line.cut_by is None:
        return ""
    cut, cap = line.claimed - line.credited, line.cut_by.points
    words = {
        "cut": wording.points(cut),
        "category": line.category,
        "used": wording.points(cap - line.credited),
        "left": wording.points(line.credited),
        "cap": wording.points(cap),
        "year": years_of(edition, balance, line),
    }
    if line.cut_by.per is Per.CYCLE:
        return _("%(cut)sは数えません。有効期間を通した上限%(cap)sに届いたためです。") % words
    if len(line.years) > 1 or line.cut_by.categories != frozenset({line.category}):
        return _("%(cut)sは数えません。%(year)sの上限%(cap)sに届いたためです。") % words
    if not line.credited:
        return (
            _("%(cut)sは数えません。%(year)sの%(category)sは、この前に上限の%(cap)sまで使っていました。")
            % words
        )
    return (
        _("%(cut)sは数えません。%(year)sの%(category)sは、この前に%(used)sまで使い、残りが%(left)sでした。")
        % words
    )


def years_of(edition: Edition, balance: Balance, line: Line) -> str:
    """The names of the years that a line falls in."""
    mine = {share.year for share in line.years}
    return listed(year_name(edition, year) for year in balance.years if year.number in mine)


def _moved(edition: Edition, line: Line) -> str:
    if not line.reason.startswith("RECLASSIFIED"):
        return ""
    name = category_name(edition, line.category)
    words = {"name": name, "category": line.category}
    return _("証明する文書がないので、%(name)s（%(category)s）として数えました。") % words


def _rounded(edition: Edition, line: Line, minutes: int) -> str:
    rest = minutes_left_over(edition, line, minutes)
    if not rest:
        return ""
    step = step_minutes(edition, line.category)
    return _("%(step)s分ごとに数えるため、%(rest)d分は切り捨てました。") % {"step": step, "rest": rest}


def _whole(edition: Edition, line: Line, proof: str) -> str:
    if edition.categories[line.category].needs_registered_course:
        return _("そのまま数えました。認定されたコースです。")
    if proof == Proof.CERTIFICATE:
        return _("そのまま数えました。受講証明書があります。")
    return _("そのまま数えました。")


def lasts(minutes: int) -> str:
    """A length of time in words (3時間15分)."""
    return wording.minutes(minutes)


def item_words(edition: Edition) -> str:
    """Which categories ask for a number of items, and what one is worth; empty where none does."""
    said_ = [
        _("%(name)sは1件につき%(points)sポイントです。")
        % {
            "name": said(each.name),
            "points": wording.points(each.rate, 0),
        }
        for each in by_item(edition)
    ]
    return _("時間ではなく、件数で数えます。%(each)s") % {"each": " ".join(said_)} if said_ else ""


QUESTIONS = {
    "A": (gettext_lazy("協会の認定・主催コース"), gettext_lazy("一覧からコースを選びます。上限なし")),
    "B": (gettext_lazy("ほかの研修コース"), gettext_lazy("受講証明書がある")),
    "C": (gettext_lazy("本・講演会・証明書のない研修"), gettext_lazy("個人学習（C）として数えます")),
    "D": (gettext_lazy("仕事、講師、講演、執筆、教材づくり"), gettext_lazy("専門活動（D）として数えます")),
}
"""The second question in plain words, for the association's categories."""


def group_words(group: list[Category]) -> str:
    """The first question's answer for a group of categories: 学んだ, 教えた・働いた."""
    letters = {category.code for category in group}
    if letters == {"A", "B", "C"}:
        return _("学んだ")
    return _("教えた・働いた") if letters == {"D"} else said(group[0].group)


def question_words(edition: Edition, code: str) -> str:
    """The second question's answer for a category."""
    if edition.rulebook == "conken" and code in QUESTIONS:
        return str(QUESTIONS[code][0])
    return said(edition.categories[code].name)


def question_hint(edition: Edition, code: str) -> str:
    """What stands below the second question's answer."""
    if edition.rulebook == "conken" and code in QUESTIONS:
        return str(QUESTIONS[code][1])
    words = {"code": code, "points": wording.points(edition.categories[code].rate, 0)}
    return (
        _("%(code)s：1件に%(points)sポイント")
        if is_by_item(edition, code)
        else _("%(code)s：1時間に%(points)sポイント")
    ) % words


def topic_choices(edition: Edition) -> list[tuple[str, str]]:
    """The seven fields for a list, by number and name."""
    return [(key, f"{key}　{said(field.name)}") for key, field in edition.fields.items()]
