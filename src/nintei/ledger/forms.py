"""What a holder may type: an activity by plain questions, its days and times, a file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nintei.courses import queries as courses
from nintei.ledger import serving, wording
from nintei.ledger.drafts import Draft
from nintei.ledger.models import MOST_ITEMS, Proof
from nintei.ledger.queries import competencies
from nintei.rules.edition import Category, Edition, Unit
from nintei.shared.forms import DayField
from nintei.shared.refusals import Refused
from nintei.shared.wording import minutes as lasts

MOST_DAYS = 20
PREFIX = "s"
"""The prefix of the rows of days in a form."""
FIELD_OF = {
    "ledger.title_missing": "title",
    "ledger.category_unknown": "category",
    "ledger.topic_missing": "topic",
    "ledger.topic_unknown": "topic",
    "ledger.competency_unknown": "competency",
    "ledger.proof_unknown": "proof",
    "ledger.serves_missing": "serves",
    "ledger.course_missing": "course",
    "ledger.course_not_accredited": "course",
    "ledger.items_missing": "items",
    "ledger.period_has_one_sum": "from_on",
    "ledger.period_ends_first": "from_on",
    "ledger.period_too_short": "from_on",
}
"""The question that a refusal belongs to; the others are about days and times."""


def _time_box(most: int) -> forms.NumberInput:
    return forms.NumberInput({"class": "input w-3", "inputmode": "numeric", "min": 0, "max": most})


class SessionForm(forms.Form):
    """One day of an activity, and how long it took without breaks (AMB-C21)."""

    on = DayField(label=_("いつですか"))

    def __init__(self, *args: Any, timed: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.timed = timed

    hours = forms.IntegerField(
        label=_("時間"), min_value=0, max_value=500, required=False, widget=_time_box(500)
    )
    minutes = forms.IntegerField(
        label=_("分"), min_value=0, max_value=5999, required=False, widget=_time_box(59)
    )

    begins = forms.TimeField(
        label=_("始めた時刻"),
        required=False,
        widget=forms.TimeInput({"class": "input w-8", "type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in () if self.timed else ("hours", "minutes", "begins"):
            self.errors.pop(name, None)
        timed = "hours" in cleaned and "minutes" in cleaned
        if timed and self.timed and not self.errors and not self.length(cleaned):
            self.add_error("hours", _("時間を書いてください（休憩は除きます）"))
        return cleaned

    def length(self, cleaned: Mapping[str, Any]) -> int:
        """The minutes of both boxes together; none where time is not asked, whatever stands in them."""
        return ((cleaned.get("hours") or 0) * 60 + (cleaned.get("minutes") or 0)) if self.timed else 0


class BaseSessions(forms.BaseFormSet):  # type: ignore[type-arg]
    """The days of an activity; rows left empty are no days."""

    def sessions(self) -> tuple[tuple[date, int], ...]:
        """(day, minutes) of every row that says both, or of every day where time is not asked."""
        return tuple((row["on"], length) for row, length in self._told())

    def begins(self) -> tuple[tuple[date, time], ...]:
        """(day, time of day) of every row that says when it began."""
        return tuple(
            (row["on"], row["begins"]) for row, length in self._told() if row.get("begins") and length
        )

    def _told(self) -> list[tuple[dict[str, Any], int]]:
        rows = [(form, form.cleaned_data) for form in self.forms if getattr(form, "cleaned_data", None)]
        told = [(row, form.length(row)) for form, row in rows if row.get("on")]
        return [(row, length) for row, length in told if length or not self.form_kwargs.get("timed", True)]


Sessions = forms.formset_factory(
    SessionForm,
    formset=BaseSessions,
    extra=0,
    min_num=1,
    max_num=MOST_DAYS,
    absolute_max=MOST_DAYS,
    validate_min=True,
)


class Asking(forms.widgets.ChoiceWidget):
    """Choices that each say what is asked next (`data-asks`), so that the style sheet can hide what is not."""

    asks: Mapping[str, str] = MappingProxyType({})

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["attrs"]["data-asks"] = self.asks.get(str(value), "")
        return option


class GroupChoice(Asking, forms.RadioSelect):
    """The first question of an activity."""


class KindChoice(Asking, forms.Select):
    """The category in a list."""


class ActivityForm(forms.Form):
    """An activity but for its days. The category follows from two plain questions, never from a letter.

    How many items is asked only where the edition has a category that counts them.
    """

    title = forms.CharField(
        label=_("何をしましたか"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    group = forms.ChoiceField(
        label=_("どちらに近いですか"), widget=GroupChoice({"class": "choices--row choices--tight"})
    )
    category = forms.ChoiceField(label=_("どのように学びましたか"), widget=forms.RadioSelect, required=False)
    course = forms.ChoiceField(label=_("どのコースですか"), required=False)
    proof = forms.ChoiceField(label=_("証明するもの"), required=False, choices=Proof.choices)
    topic = forms.ChoiceField(label=_("業務のどの分野ですか"), required=False)
    items = forms.IntegerField(
        label=pgettext_lazy("label", "件数"), min_value=1, max_value=MOST_ITEMS,
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), _("1から999までの数字で書いてください")),
        widget=forms.NumberInput({"class": "input w-3", "inputmode": "numeric", "min": 1, "max": MOST_ITEMS}),
    )  # fmt: skip
    from_on = DayField(
        label=_("期間の始まりの日"),
        required=False,
        help_text=_(
            "何日かの時間をまとめて書くときだけ書きます。合計の時間を、上に書いた終わりの日に数えます"
        ),
    )
    serves = forms.ChoiceField(label=_("どの資格の更新に使いますか"))
    organiser = forms.CharField(
        label=_("主催者・著者"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    competency = forms.ChoiceField(label=_("コンピテンシー"), required=False)
    detail = forms.CharField(
        label=_("内容"),
        required=False,
        max_length=4000,
        help_text=_(
            "学んだこと、したことを短く書きます。監査のときに、対象・内容・日時がわかると役に立ちます。"
        ),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, edition: Edition, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition, self.on = edition, on
        self.groups = groups(edition)
        self._set(
            "group", [(str(number), wording.group_words(group)) for number, group in enumerate(self.groups)]
        )
        self._set("category", [(code, wording.question_words(edition, code)) for code in edition.categories])
        self._set("topic", [("", _("選んでください")), *wording.topic_choices(edition)])
        self.fields["topic"].widget.attrs["aria-describedby"] = "topic-examples"
        self._set("course", [("", _("選んでください")), *course_choices(on)])
        items = [(code, f"{code} {wording.said(item.name)}") for code, item in competencies(edition).items()]
        self._set("competency", [("", _("選ばない")), *items])
        self.fields["items"].help_text = wording.item_words(edition)
        if not wording.by_item(edition):
            del self.fields["items"]
        self.fields["group"].widget.asks = {str(n): asks(group) for n, group in enumerate(self.groups)}
        served = serving.choices(edition)
        if len(served) > 1:
            self._set("serves", [("", _("選んでください")), *((code, code) for code in served)])
        else:
            del self.fields["serves"]

    def kinds(self) -> list[tuple[str, Any, int, str]]:
        """(code, words, group, what is asked next) of the second question's answers."""
        words = dict(self.fields["category"].choices)  # type: ignore[attr-defined]
        several = ((n, group) for n, group in enumerate(self.groups) if len(group) > 1)
        return [(each.code, words[each.code], n, asks([each])) for n, group in several for each in group]

    @property
    def is_timed(self) -> bool:
        """Whether the time is asked: not where the chosen category counts items."""
        self.is_valid()
        return not wording.is_by_item(self.edition, self.cleaned_data.get("category", ""))

    def _set(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "group" in cleaned and not self.errors.get("category"):
            cleaned["category"] = self._category(cleaned)
            if not cleaned["category"]:
                self.add_error("category", _("どれに近いかを1つ選んでください"))
        by_item = wording.is_by_item(self.edition, cleaned.get("category", ""))
        self.errors.pop("from_on" if by_item else "items", None)  # not asked, so not held against anybody
        return cleaned

    def _category(self, cleaned: Mapping[str, Any]) -> str:
        """The category of both answers: a group of one needs no second question."""
        inside = self.groups[int(cleaned["group"])]
        if len(inside) == 1:
            return inside[0].code
        return (
            cleaned.get("category", "") if cleaned.get("category") in {each.code for each in inside} else ""
        )

    def draft(
        self, sessions: tuple[tuple[date, int], ...], begins: tuple[tuple[date, time], ...] = ()
    ) -> Draft | None:
        """The draft of what was typed, or None while no category is known. Words may still be missing."""
        said = self.cleaned_data
        category = self.edition.categories.get(said.get("category", ""))
        if category is None or not sessions:
            return None
        by_item = category.unit is Unit.ITEM
        if by_item and not said.get("items"):
            return None
        in_list = category.needs_registered_course
        proof = _proof(category, said.get("proof", ""))
        return Draft(
            category=category.code,
            title=said.get("title", ""),
            sessions=sessions,
            organiser=said.get("organiser", ""),
            topic="" if in_list and proof != Proof.NONE else said.get("topic", ""),
            competency=said.get("competency", ""),
            proof=proof,
            detail=said.get("detail", ""),
            course=uuid.UUID(said["course"]) if in_list and said.get("course") else None,
            from_on=None if by_item else said.get("from_on"),
            begins=begins,
            items=said.get("items") or 0 if by_item else 0,
            serves=said.get("serves", "") or serving.implied(self.edition),
        )

    def refuse(self, refused: Refused) -> None:
        """Put a refusal beside the question it is about."""
        self.add_error(FIELD_OF.get(refused.code), refused.sentence())


def _proof(category: Category, chosen: str) -> str:
    """What the holder can show: asked only where it decides something (CPD-B.7, AMB-C9)."""
    if category.without_proof is not None:
        return chosen or Proof.CERTIFICATE
    return Proof.CERTIFICATE if category.needs_registered_course else Proof.RECORD


def asks(group: list[Category]) -> str:
    """What is asked after an answer, as words for the style sheet: which category, course, proof, items."""
    if len(group) > 1:
        return "how"
    [category] = group
    asked = {
        "course": category.needs_registered_course,
        "proof": category.without_proof is not None,
        "items": category.unit is Unit.ITEM,
    }
    return " ".join(name for name, is_asked in asked.items() if is_asked)


def groups(edition: Edition) -> list[list[Category]]:
    """The categories of an edition by their group, in its order (学習活動, プロフェッショナル活動)."""
    found: dict[str, list[Category]] = {}
    for category in edition.categories.values():
        found.setdefault(category.group.ja, []).append(category)
    return list(found.values())


def course_choices(on: date) -> list[tuple[str, str]]:
    """The courses accredited on a (JST) day, for a list."""
    return [
        (str(course.pk), f"{course.title}（{course.provider}、{lasts(course.minutes)}）")
        for course in courses.accredited(on)
    ]


def typed(form: ActivityForm, rows: forms.BaseFormSet[SessionForm]) -> Draft | None:
    """The draft of a form as far as it is filled in: for a preview while somebody types."""
    form.is_valid()
    rows.is_valid()
    return form.draft(rows.sessions(), rows.begins())  # type: ignore[attr-defined]


def initial_of(draft: Draft, edition: Edition) -> dict[str, Any]:
    """A draft as the first values of a form: to amend, or to log once more."""
    found = groups(edition)
    number = next(
        (str(n) for n, group in enumerate(found) for each in group if each.code == draft.category), "0"
    )
    names = ("title", "category", "proof", "topic", "organiser", "competency", "detail", "from_on", "serves")
    values = {name: getattr(draft, name) for name in names}
    return values | {"group": number, "course": str(draft.course or ""), "items": draft.items or None}


def session_rows(
    sessions: tuple[tuple[date, int], ...], begins: tuple[tuple[date, time], ...] = ()
) -> list[dict[str, Any]]:
    """Days as the first values of the session rows."""
    times = dict(begins)
    return [
        {"on": on, "begins": times.get(on)}
        | ({"hours": minutes // 60, "minutes": minutes % 60} if minutes else {})
        for on, minutes in sessions
    ]
