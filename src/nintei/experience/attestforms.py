"""What attestors may type: an answer and their tenure for each post, and their name once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nintei.experience.forms import TOO_LONG
from nintei.experience.models import Answer
from nintei.experience.pieces import hull
from nintei.experience.queries import AskedLine
from nintei.experience.said import Said, Tenure
from nintei.experience.wording import field_words
from nintei.rules.edition import Edition
from nintei.shared.forms import DayField

WHOLE, PART = "whole", "part"
# What is the same for every post of an organisation, as far as the attestor says so.
SHARED = ("was_there", "role", "belongs_still")


class LineForm(forms.Form):
    """The attestor's answer about one post, and when and as what they supervised there.

    `like` is the form of an earlier post at the same organisation: what was said there may hold here too.
    """

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
    tenure = forms.ChoiceField(
        label=_("あなたが監督していた期間"),
        choices=[(WHOLE, _("上の期間、ずっと")), (PART, _("上の期間の一部だけ"))],
        widget=forms.RadioSelect,
    )
    since = DayField(
        label=_("監督を始めた日"), error_messages={"required": _("監督を始めた日を書いてください")}
    )
    until = DayField(
        label=_("監督を終えた日"), required=False, help_text=_("いまも監督していれば書かなくて構いません")
    )
    same = forms.BooleanField(required=False)
    was_there = forms.ChoiceField(
        label=_("当時のあなたの立場"),
        choices=[
            ("yes", _("この勤務先で、上司か監督者でした")),
            ("no", _("別の立場でした（いまの上司など）")),
        ],
        widget=forms.RadioSelect,
    )
    role = forms.CharField(label=_("当時のあなたの役職"), max_length=100, error_messages=TOO_LONG)
    belongs_still = forms.ChoiceField(
        label=_("いまの所属"),
        choices=[("yes", _("いまもこの勤務先にいます")), ("no", _("もうこの勤務先にはいません"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("補う言葉"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=TOO_LONG,
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        line: AskedLine,
        edition: Edition,
        kept: Mapping[str, Any] | None = None,
        like: LineForm | None = None,
        number: int = 1,
    ) -> None:
        prefix = f"post-{line.post.pk}"
        first = _line(line) | kept_initial(self.base_fields, kept or {}, f"{prefix}-")
        super().__init__(data, prefix=prefix, initial=first)
        self.line, self.post, self.like, self.number = line, line.post, like, number
        keys = sorted(hull(line.pieces).fields)
        language = get_language() or "ja"
        self.fields["fields_seen"].choices = [(key, field_words(edition, [key], language)) for key in keys]  # type: ignore[attr-defined]
        if like is None:
            del self.fields["same"]
        else:
            self.fields["same"].label = _("立場・役職・所属は、%(n)d番と同じ") % {"n": like.number}
        self._ask_less()

    def _ask_less(self) -> None:
        """Who cannot confirm a post, has not answered yet, or answers as above, need not say the rest."""
        told = {name: self.data.get(self.add_prefix(name)) for name in ("answer", "tenure", "same")}
        if self.is_bound and told["tenure"] != PART:
            self._need_not(["since"])
        if self.is_bound and told["answer"] not in (Answer.CONFIRMED, Answer.DIFFERS):
            self._need_not(("tenure", "since", *SHARED))
        elif self.is_bound and told["same"] and self.like is not None:
            self._need_not(SHARED)

    def _need_not(self, names: Sequence[str]) -> None:
        for name in names:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") not in (Answer.CONFIRMED, Answer.DIFFERS):
            return told
        if told.get("same") and self.like and self.like.says_nothing:
            words = _("%(n)d番は「いいえ」なので、この職歴でのあなたの立場、役職、所属を書いてください")
            self.add_error("same", words % {"n": self.like.number})
        return told

    @property
    def says_nothing(self) -> bool:
        """Whether the attestor cannot confirm this post."""
        return self.is_valid() and bool(self.cleaned_data["answer"] == Answer.CANNOT)

    def said(self) -> Said:
        """The answer as the action takes it."""
        told = self.cleaned_data
        cannot = told["answer"] == Answer.CANNOT
        return Said(
            post=self.post.pk,
            answer=told["answer"],
            from_on=told["from_on"],
            until_on=told["until_on"],
            fields=tuple(told["fields_seen"]),
            comment=told["comment"].strip(),
            tenure=Tenure() if cannot else self._stood(),
        )

    def _stood(self) -> Tenure:
        """The tenure: for the whole time, it is the time of what is asked about."""
        told, start, end = self.cleaned_data, *hull(self.line.pieces)[:2]
        who = self.like.cleaned_data if told.get("same") and self.like else told
        is_part = told["tenure"] == PART
        return Tenure(
            since=told["since"] if is_part else start,
            until=told["until"] if is_part else end,
            role=who["role"].strip(),
            was_there=who["was_there"] == "yes",
            belongs_still=who["belongs_still"] == "yes",
        )


def line_forms(
    data: Any, lines: Sequence[AskedLine], edition: Edition, kept: Mapping[str, Any] | None = None
) -> list[LineForm]:
    """A form for each post; one at the same organisation as an earlier post may answer as that one does."""
    made: list[LineForm] = []
    for number, line in enumerate(lines, 1):
        like = next((form for form in made if form.post.organisation == line.post.organisation), None)
        made.append(LineForm(data, line=line, edition=edition, kept=kept, like=like, number=number))
    return made


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


class SignForm(forms.Form):
    """The name that signs; needed only where something is confirmed."""

    name = forms.CharField(
        label=_("お名前"), max_length=100, help_text=_("署名になります"), error_messages=TOO_LONG
    )

    def __init__(
        self, data: Any = None, *, lines: Sequence[LineForm], kept: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=kept_initial(self.base_fields, kept or {}, ""))
        if self.is_bound and all(line.says_nothing for line in lines):
            self.fields["name"].required = False
