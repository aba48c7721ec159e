"""What applicants and attestors may type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nintei.experience.models import Answer, Post, Precision, Relation
from nintei.experience.pieces import hull
from nintei.experience.queries import AskedLine
from nintei.experience.said import Said, Tenure
from nintei.experience.wording import field_words, said_in
from nintei.rules.edition import Edition
from nintei.shared.forms import MONTH, DayField, Told, ToldDayField

TOO_LONG = {"max_length": _("%(limit_value)d文字までで書いてください（いま%(show_value)d文字）")}


class PostForm(forms.Form):
    """One post: where, from when to when, in which fields, and what was done in each."""

    organisation = forms.CharField(label=_("勤務先"), max_length=100, error_messages=TOO_LONG)
    department = forms.CharField(label=_("部署"), max_length=100, required=False, error_messages=TOO_LONG)
    role = forms.CharField(label=_("役職・役割"), max_length=100, required=False, error_messages=TOO_LONG)
    started = ToldDayField(label=_("始まりの日"), help_text=_("日が分からなければ、年と月だけで構いません"))
    present = forms.BooleanField(label=_("現在も続いている"), required=False)
    ended = ToldDayField(
        label=_("終わりの日"), required=False, help_text=_("続いていれば書かなくて構いません")
    )

    def __init__(self, data: Any = None, *, edition: Edition, today: date, post: Post | None = None) -> None:
        super().__init__(data, initial=_initial(post) if post else None)
        self.edition, self.today = edition, today
        for key, practice in edition.fields.items():
            name = said_in(practice.name, get_language() or "ja")
            self.fields[f"field_{key}"] = forms.BooleanField(label=f"{key} {name}", required=False)
            self.fields[f"done_{key}"] = forms.CharField(
                label=_("分野%(field)sでしたこと") % {"field": key}, max_length=500, required=False,
                error_messages=TOO_LONG, widget=forms.TextInput({"list": f"examples-{key}"}),
            )  # fmt: skip

    def practices(self) -> list[dict[str, object]]:
        """The seven fields with their boxes and the documents' examples as prompts."""
        return [
            {
                "key": key,
                "box": self[f"field_{key}"],
                "done": self[f"done_{key}"],
                "name": practice.name,
                "examples": practice.examples,
            }
            for key, practice in self.edition.fields.items()
        ]

    def typed(self) -> dict[str, str]:
        """What the boxes hold, whether it makes sense or not: to be kept while somebody writes."""
        names = {name for bound in self for name in _boxes(bound)}
        return {name: text for name in names if (text := self.data.get(name, ""))}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("present") and not told.get("ended") and "ended" not in self.errors:
            self.add_error("ended", _("終わりの日を書くか、「現在も続いている」を選んでください"))
        if not self.chosen():
            self.add_error(f"field_{next(iter(self.edition.fields))}", _("業務の分野を1つ以上選んでください"))
        return told

    def chosen(self) -> dict[str, str]:
        """The fields ticked, with what was done."""
        said = self.cleaned_data
        return {k: said.get(f"done_{k}", "") for k in self.edition.fields if said.get(f"field_{k}")}

    def told(self) -> dict[str, Any]:
        """As `actions.save_post` wants it."""
        said = self.cleaned_data
        started: Told = said["started"]
        ended: Told | None = None if said["present"] else said["ended"]
        # Only a post that is told by months at both ends is one by months: a day that is known stays (AMB-E7).
        by_month = started.precision == MONTH and (ended is None or ended.precision == MONTH)
        ended_on = ended and (ended.last if ended.first > self.today else min(ended.last, self.today))
        return {
            "organisation": said["organisation"],
            "department": said["department"],
            "role": said["role"],
            "started_on": started.first,
            "ended_on": ended_on,
            "precision": Precision.MONTH if by_month else Precision.DAY,
            "fields": self.chosen(),
        }


def _boxes(bound: forms.BoundField) -> list[str]:
    """The names of a field's boxes in a request; a day has three."""
    widget = bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        # Django's own names of the boxes: _year, _month, _day.
        return [bound.html_name + suffix for suffix in widget.widgets_names]  # type: ignore[attr-defined]
    return [bound.html_name]


def _initial(post: Post) -> dict[str, Any]:
    rows = list(post.fields.all())
    return {
        "organisation": post.organisation,
        "department": post.department,
        "role": post.role,
        "started": Told(post.started_on, post.started_on, post.precision),
        "present": post.ended_on is None,
        "ended": post.ended_on and Told(post.ended_on, post.ended_on, post.precision),
        **{f"field_{row.field}": True for row in rows},
        **{f"done_{row.field}": row.done for row in rows},
    }


# Each language in its own words, also on a page in the other.
LANGUAGES = [("ja", format_html('<span lang="ja">{}</span>', "日本語")), ("en", "English")]
RELATION = forms.ChoiceField(
    label=_("当時の関係"), choices=Relation.choices, widget=forms.RadioSelect, initial=Relation.SUPERIOR
)


class AttestorForm(forms.Form):
    """Whom to ask by mail."""

    attestor_name = forms.CharField(
        label=_("証明してくださる方のお名前"), max_length=100, error_messages=TOO_LONG
    )
    attestor_email = forms.EmailField(
        label=_("その方のメールアドレス"), help_text=_("この方に、返事をするページのリンクを送ります")
    )
    relation = RELATION
    language = forms.ChoiceField(
        label=_("メールの言葉"), choices=LANGUAGES, widget=forms.RadioSelect,
        initial="ja",
    )  # fmt: skip


class PostsForm(forms.Form):
    """Which posts to ask about; the choices come with the page."""

    posts = forms.MultipleChoiceField(label=_("証明してもらう職歴"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, data: Any = None, *, posts: list[tuple[str, Any]], chosen: str = "", **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["posts"].choices = posts  # type: ignore[attr-defined]
        only = posts[0][0] if len(posts) == 1 else chosen
        self.fields["posts"].initial = [only] if only else []


class AskForm(AttestorForm, PostsForm):
    """Whom to ask by mail about which posts."""

    field_order = ("posts", "attestor_name", "attestor_email", "relation", "language")


class AskOnPaperForm(PostsForm):
    """Whose form (C) to print, and for which posts at one organisation."""

    attestor_name = forms.CharField(
        label=_("証明してくださる方のお名前"), max_length=100, error_messages=TOO_LONG
    )
    relation = RELATION


class LineForm(forms.Form):
    """The attestor's answer about one post."""

    answer = forms.ChoiceField(
        label=_("この内容で間違いありませんか"),
        choices=[
            (Answer.CONFIRMED, _("はい")), (Answer.CANNOT, _("いいえ")), (Answer.DIFFERS, _("少し違う")),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
    from_on = DayField(label=_("正しい始まりの日"), required=False)
    until_on = DayField(label=_("正しい終わりの日"), required=False)
    fields_seen = forms.MultipleChoiceField(
        label=_("確かめられる分野"), required=False, widget=forms.CheckboxSelectMultiple
    )
    comment = forms.CharField(
        label=_("補う言葉"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=TOO_LONG,
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, line: AskedLine, edition: Edition, kept: Mapping[str, Any] | None = None
    ) -> None:
        prefix = f"post-{line.post.pk}"
        first = _line(line) | kept_initial(self.base_fields, kept or {}, f"{prefix}-")
        super().__init__(data, prefix=prefix, initial=first)
        self.line, self.post = line, line.post
        keys = sorted(hull(line.pieces).fields)
        language = get_language() or "ja"
        self.fields["fields_seen"].choices = [(key, field_words(edition, [key], language)) for key in keys]  # type: ignore[attr-defined]

    def said(self) -> Said:
        """The answer as the action takes it."""
        told = self.cleaned_data
        return Said(
            post=self.post.pk,
            answer=told["answer"],
            from_on=told["from_on"],
            until_on=told["until_on"],
            fields=tuple(told["fields_seen"]),
            comment=told["comment"].strip(),
        )


def _line(line: AskedLine) -> dict[str, Any]:
    start, end, fields = hull(line.pieces)
    return {"from_on": start, "until_on": end, "fields_seen": sorted(fields)}


def kept_initial(fields: Mapping[str, forms.Field], kept: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """What was filled in before, as first values: half an answer is shown, not judged."""
    first: dict[str, Any] = {}
    for name, field in fields.items():
        if isinstance(field, DayField):
            parts = [kept.get(f"{prefix}{name}_{part}", [""])[0] for part in ("year", "month", "day")]
            first |= {name: parts} if any(parts) else {}
        elif values := kept.get(f"{prefix}{name}"):
            first[name] = values if isinstance(field, forms.MultipleChoiceField) else values[0]
    return first


WHOLE, PART = "whole", "part"


class SignForm(forms.Form):
    """When and as what the attestor supervised, and their name."""

    tenure = forms.ChoiceField(
        label=_("監督していた期間"),
        choices=[
            (WHOLE, _("上の期間、ずっと監督していました")),
            (PART, _("上の期間の一部だけ監督していました")),
        ],
        widget=forms.RadioSelect,
    )
    since = DayField(label=_("監督を始めた日"), required=False)
    until = DayField(
        label=_("監督を終えた日"), required=False, help_text=_("いまも監督していれば書かなくて構いません")
    )
    was_there = forms.ChoiceField(
        label=_("当時のあなたの立場"),
        choices=[
            ("yes", _("この勤務先で、上司か監督者でした")),
            ("no", _("別の立場でした（いまの上司など）")),
        ],
        widget=forms.RadioSelect,
    )
    belongs_still = forms.ChoiceField(
        label=_("いまの所属"),
        choices=[("yes", _("いまもこの勤務先にいます")), ("no", _("もうこの勤務先にはいません"))],
        widget=forms.RadioSelect,
    )
    role = forms.CharField(label=_("当時の役職"), max_length=100, error_messages=TOO_LONG)
    name = forms.CharField(
        label=_("お名前"), max_length=100, help_text=_("署名になります"), error_messages=TOO_LONG
    )

    def __init__(self, data: Any = None, *, kept: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=kept_initial(self.base_fields, kept or {}, ""))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("tenure") == PART and not told.get("since") and "since" not in self.errors:
            self.add_error("since", _("監督を始めた日を書いてください"))
        return told

    def stood(self, said: list[Said], lines: list[LineForm]) -> Tenure:
        """The tenure: for the whole time, it is the time of what is vouched for."""
        told = self.cleaned_data
        common = {
            "role": told["role"].strip(),
            "was_there": told["was_there"] == "yes",
            "belongs_still": told["belongs_still"] == "yes",
        }
        if told["tenure"] == PART:
            return Tenure(since=told["since"], until=told["until"], **common)
        asked = {line.post.pk: line.line.pieces for line in lines}
        vouched = [piece for one in said if one.answer != Answer.CANNOT for piece in asked[one.post]]
        if not vouched:
            return Tenure(**common)
        start, end, _fields = hull(vouched)
        return Tenure(since=start, until=end, **common)
