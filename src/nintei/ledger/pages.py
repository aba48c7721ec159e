"""What the pages of the log show, as values for their templates. The kernel gives every number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, cast

from django.utils.translation import gettext as _

from nintei.ledger import forms, queries, serving, wording
from nintei.ledger.drafts import Draft
from nintei.ledger.histories import changes_of
from nintei.ledger.models import Activity
from nintei.ledger.suggesting import competencies_like, fields_like
from nintei.people.models import Person
from nintei.rules.edition import Bound, Edition
from nintei.shared import wording as words
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on

SLOT = 60
"""Pixels of a point in the bar that shows how full a cap is."""


@dataclass(frozen=True)
class Bar:
    """How full a cap is: points had, new and cut, and where the cap stands; pixels in tenths of SLOT."""

    had: Fraction
    new: Fraction
    cut: Fraction
    cap: Fraction
    category: str

    @property
    def widths(self) -> dict[str, int]:
        """Pixels of each part and of the whole."""
        had, new, cut, cap = (int(value * SLOT) for value in (self.had, self.new, self.cut, self.cap))
        return {"had": had, "new": new, "cut": cut, "cap": cap, "from_cut": had + new, "all": had + new + cut}


@dataclass(frozen=True)
class Shown:
    """A preview in words: rows from claimed time to points added, the cap's bar, and how all could count."""

    preview: queries.Preview
    rows: list[tuple[str, str]]
    because: str
    bar: Bar | None
    better: str

    @property
    def is_less(self) -> bool:
        """Whether something is cut, so that the page explains it."""
        return self.preview.line.credited < self.preview.line.claimed or not self.preview.line.credited


@dataclass(frozen=True)
class Look:
    """What a draft would add, for each certification; `alone` are its points for somebody who holds nothing.

    `twice` are lines of the log that may be the same hours.
    """

    draft: Draft
    each: list[Shown]
    alone: Fraction | None
    long_day: str
    twice: list[queries.Twice]


def shown(person: Person, draft: Draft | None, on: date, instead_of: Activity | None = None) -> Look | None:
    """What a draft will add before it is saved, or None while too little is known."""
    if draft is None:
        return None
    edition = edition_on(on)
    others = [line for line in queries.activities(person) if line != instead_of]
    each = [_shown(edition, found, draft) for found in queries.preview(person, draft, on, others)]
    alone = None if each else queries.claimed(edition, draft)
    twice = queries.told_twice(edition, draft, others)
    return Look(draft, each, alone, _long_day(draft, on, others), twice)


def _shown(edition: Edition, found: queries.Preview, draft: Draft) -> Shown:
    line = found.line
    because = wording.because(edition, found.after, line, draft.minutes, draft.proof)
    return Shown(found, _rows(edition, found, draft), because, _bar(found), _better(edition, found, draft))


def _rows(edition: Edition, found: queries.Preview, draft: Draft) -> list[tuple[str, str]]:
    line = found.line
    rest = wording.minutes_left_over(edition, line, draft.minutes)
    time = draft.amount
    if line.claimed and rest > 0:
        time = _("%(time)s（%(rest)d分は切り捨て）") % {"time": time, "rest": rest}
    rows = [(time, words.points(line.claimed))]
    if cut := line.claimed - line.credited:
        rows.append((_cut_words(line.cut_by), f"−{words.points(cut)}"))
    return rows


def _cut_words(bound: Bound | None) -> str:
    if bound is None:
        return _("数えない分")
    if bound.per == "year":
        return _("その年度の上限%(cap)sを超える分") % {"cap": words.points(bound.points)}
    return _("有効期間の上限%(cap)sを超える分") % {"cap": words.points(bound.points)}


def _bar(found: queries.Preview) -> Bar | None:
    bound, line = found.line.cut_by, found.line
    if bound is None or len(line.years) != 1:
        return None
    year = line.years[0].year if bound.per == "year" else None
    had = found.before.under(bound, year)
    return Bar(had, line.credited, line.claimed - line.credited, bound.points, line.category)


def _better(edition: Edition, found: queries.Preview, draft: Draft) -> str:
    if found.better is None:
        return ""
    code, added = found.better
    said = {"code": code, "points": words.points(added), "name": wording.category_name(edition, code)}
    if code == "B":
        return (
            _("主催者の受講証明書とカリキュラムがある研修コースなら、Bとして%(points)sを数えられます。")
            % said
        )
    return _("%(name)s（%(code)s）としてなら、%(points)sを数えられます。") % said


def _long_day(draft: Draft, on: date, others: list[Activity]) -> str:
    """A day with more hours than are believable, or than a day has (AMB-C21)."""
    try:
        doubtful = queries.long_days(draft, on, others)
    except Refused as refused:
        return refused.sentence()
    for finding in doubtful:
        said = {
            "day": words.day(date.fromisoformat(finding.note)),
            "time": words.minutes(cast(int, finding.shown)),
        }
        return _("%(day)sの記録は合わせて%(time)sです。休憩を除いた時間か、確かめてください。") % said
    return ""


def form_page(
    person: Person,
    form: forms.ActivityForm,
    rows: Any,
    draft: Draft | None,
    on: date,
    activity: Activity | None,
) -> dict[str, Any]:
    """The form to log or to amend, with what it would add."""
    step = wording.step_minutes(form.edition, wording.first_by_hour(form.edition))
    return {
        "form": form,
        "rows": rows,
        "step": step,
        "nudge": 15 if step == 15 else 30,
        "several": len(rows.forms) > 1,
        "shown": shown(person, draft, on, activity),
        "edition": form.edition,
        "activity": activity,
        "today": on,
        "hints": {code: wording.question_hint(form.edition, code) for code in form.edition.categories},
        "kinds": form.kinds(),
        "topic_examples": topic_examples(form.edition, str(form["topic"].value() or "")),
        **suggestions(form),
    }


def suggestions(form: forms.ActivityForm) -> dict[str, Any]:
    """Fields and competencies that the title and the details resemble, but for those already chosen."""
    text = f"{form['title'].value() or ''} {form['detail'].value() or ''}".strip()
    chosen = {form["topic"].value(), form["competency"].value()}
    if not text:
        return {}
    return {
        "like_fields": [x for x in fields_like(form.edition, text) if x.key not in chosen],
        "like_competencies": [x for x in competencies_like(form.edition, text) if x.key not in chosen],
    }


def topic_examples(edition: Edition, key: str) -> str:
    """The document's examples of a field, for the hint below the list."""
    field = edition.fields.get(key)
    return wording.listed(wording.said(example.name) for example in field.examples[:6]) if field else ""


FILTERS = ("", "counted", "reduced", "no_evidence", "outside")


def filtered(home: queries.Home, chosen: str) -> dict[str, Any]:
    """The lines that a filter leaves, and how many each filter would."""
    tests: dict[str, Callable[[queries.Entry], bool]] = {
        "": bool,
        "counted": lambda entry: entry.counts,
        "reduced": lambda entry: entry.is_cut or entry.is_rounded,
        "no_evidence": lambda entry: not entry.evidence,
        "outside": lambda entry: not entry.counts,
    }
    chosen = chosen if chosen in tests else ""
    names = {
        "": _("すべて"),
        "counted": _("数えた"),
        "reduced": _("減った"),
        "no_evidence": _("控えがない"),
        "outside": _("数えない"),
    }
    tabs = [(key, names[key], sum(map(tests[key], home.entries)), key == chosen) for key in FILTERS]
    return {
        "tabs": tabs,
        "entries": [entry for entry in home.entries if tests[chosen](entry)],
        "chosen": chosen,
    }


def line(person: Person, activity: Activity, on: date) -> dict[str, Any]:
    """One line with what it counts in each certification, why, and its files."""
    home = queries.home(person, on)
    each = [
        (standing, entry)
        for standing in home.standings
        for entry in queries.entries_of(home.edition, [activity], [standing])
    ]
    topic = home.edition.fields.get(activity.topic)
    lines = [entry.activity for entry in home.entries]
    key = activity.same_activity
    return {
        "twice": queries.doubles(home.edition, lines).get(activity.pk, []),
        "tied": [other for other in lines if key and other.same_activity == key and other.pk != activity.pk],
        "changes": changes_of(activity, home.edition),
        "activity": activity,
        "edition": home.edition,
        "each": each,
        "topic": topic,
        "competency": queries.competencies(home.edition).get(activity.competency),
        "claim": queries.claim_of(activity),
        "served": serving.choices(home.edition),
        "wanted": home.edition.categories[activity.category].evidence
        if activity.category in home.edition.categories
        else (),
        "today": on,
    }


def told(person: Person, saved: Activity, on: date) -> str:
    """What was saved and what the total is now, for the message after it."""
    standings = queries.home(person, on).standings
    sums = wording.listed(
        f"{each.certification.qualification} {words.points(each.balance.total)}" for each in standings
    )
    if not sums:
        return _("「%(title)s」を記録しました") % {"title": saved.title}
    return _("「%(title)s」を記録しました。合計は%(sums)sです") % {"title": saved.title, "sums": sums}
