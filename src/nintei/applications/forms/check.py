"""What anyone may type to check their eligibility: an exam, the day of the report, posts. Nothing is kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nintei.experience.queries.imagined import Told
from nintei.rules.edition import Edition
from nintei.shared.forms import MONTH, DayField, ToldDayField
from nintei.shared.templatetags.nintei import said

MOST_POSTS = 60
TOO_LONG = {"max_length": _("%(limit_value)d文字までで書いてください（いま%(show_value)d文字）")}


class ExamForm(forms.Form):
    """Which exam was passed, and when its report was issued."""

    exam = forms.ChoiceField(label=_("合格した試験"), widget=forms.RadioSelect)
    issued = DayField(
        label=_("試験結果レポートの発行日"),
        required=False,
        help_text=_("レポートに書いてある日です。まだなら書かなくて構いません"),
    )
    count = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, edition: Edition, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.today = today
        self.fields["exam"].choices = [  # type: ignore[attr-defined]
            (code, f"{said(each.name)} ({code})") for code, each in edition.qualifications.items()
        ]

    def clean_issued(self) -> date | None:
        issued: date | None = self.cleaned_data["issued"]
        if issued and issued > self.today:
            raise forms.ValidationError(_("発行日は、今日までの日にしてください"))
        return issued


class ToldPostForm(forms.Form):
    """One post, as far as the check needs it."""

    organisation = forms.CharField(
        label=_("勤務先"), max_length=100, required=False, error_messages=TOO_LONG,
        help_text=_("見込みを見るだけなら、書かなくて構いません"),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )  # fmt: skip
    started = ToldDayField(label=_("始まりの日"), help_text=_("日が分からなければ、年と月だけで構いません"))
    present = forms.BooleanField(label=_("現在も続いている"), required=False)
    ended = ToldDayField(label=_("終わりの日"), required=False)
    practice = forms.MultipleChoiceField(
        label=_("仕事の分野"), widget=forms.CheckboxSelectMultiple, help_text=_("当たるものをすべて選びます")
    )

    def __init__(self, data: Any = None, *, edition: Edition, today: date, number: int) -> None:
        super().__init__(data, prefix=f"p{number}", use_required_attribute=False)
        self.number, self.today = number, today
        self.fields["practice"].choices = [  # type: ignore[attr-defined]
            (key, f"{key} {said(each.name)}") for key, each in edition.fields.items()
        ]

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into it: it is no post."""
        names = ("organisation", "present", "started_year", "started_month", "ended_year", "practice")
        return not any(str(self.data.get(f"{self.prefix}-{name}", "")).strip() for name in names)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        started, ended = given.get("started"), given.get("ended")
        if not given.get("present") and not ended and "ended" not in self.errors:
            self.add_error("ended", _("終わりの日を書くか、「現在も続いている」を選んでください"))
        if started and started.first > self.today:
            self.add_error("started", _("始まりの日は、今日までの日にしてください"))
        if ended and not given.get("present") and ended.first > self.today:
            self.add_error(
                "ended", _("終わりの日は、今日までの日にしてください。続いていれば「現在も続いている」です")
            )
        if started and ended and not given.get("present") and ended.last < started.first:
            self.add_error("ended", _("終わりの日が、始まりの日より前です"))
        return given

    def told(self) -> Told:
        """The post as it was told; by months it runs from the 1st to the month's last day (AMB-E7)."""
        given = self.cleaned_data
        started, ended = given["started"], None if given["present"] else given["ended"]
        by_month = started.precision == MONTH and (ended is None or ended.precision == MONTH)
        return Told(
            organisation=given["organisation"].strip(),
            started_on=started.first,
            ended_on=ended and min(ended.last, self.today),
            fields=dict.fromkeys(given["practice"], ""),
            precision=MONTH if by_month else "day",
        )


def posts_in(data: QueryDict, edition: Edition, today: date, count: int) -> list[ToldPostForm]:
    """The forms of the posts that a request carries."""
    return [ToldPostForm(data, edition=edition, today=today, number=number) for number in range(count)]


def without(data: QueryDict, number: int) -> QueryDict:
    """What was typed, less one post: those behind it move up."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        found = re.fullmatch(r"p(\d{1,3})-(.+)", name)
        at = int(found[1]) if found else -1
        if not found or at < number:
            kept.setlist(name, values)
        elif at > number:
            kept.setlist(f"p{at - 1}-{found[2]}", values)
    return kept
