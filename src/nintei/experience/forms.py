"""What applicants may type."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nintei.experience.models import Post, Precision, Relation
from nintei.experience.wording import said_in
from nintei.rules.edition import Edition
from nintei.shared.forms import MONTH, Told, ToldDayField

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

    away = forms.BooleanField(
        label=_("休職などで、仕事をしていなかった期間がある"), required=False,
        help_text=_("保存すると、その期間を書くページに進みます"),
    )  # fmt: skip

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
        "away": post.leaves.exists(),
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
