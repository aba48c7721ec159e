"""What applicants and the office may type about an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.applications.judging import Judgement
from nintei.applications.models import Stance


class PledgeForm(forms.Form):
    """The signature under the pledge. `text_version` is what was read."""

    text_version = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=_("本文を読み、順守することを誓います"))
    signed_name = forms.CharField(
        label=_("お名前"), max_length=100, help_text=_("登録の氏名と同じに書きます。署名になります")
    )


class SendForm(forms.Form):
    """The last step: understood, and which state of the application was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    understood = forms.BooleanField(label=_("有効期間の残りと、返金がないことを確かめました"))


class WordsForm(forms.Form):
    """Words to the applicant or to the reviewer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("ご本人への言葉"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class OnlyVersionForm(forms.Form):
    """A step without words."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MarksForm(forms.Form):
    """The reviewer's mark on every criterion."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    notes = forms.CharField(
        label=_("決定する人への言葉"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, judged: Judgement, **options: Any) -> None:
        super().__init__(data, **options)
        self.judged = judged
        for part in judged.parts:
            first = Stance.CONFIRM if part.met is True else None
            self.fields[f"mark_{part.code}"] = forms.ChoiceField(
                label=_("%(mark)sの判断") % {"mark": part.mark}, choices=Stance.choices, initial=first,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"why_{part.code}"] = forms.CharField(
                label=_("%(mark)sの理由") % {"mark": part.mark}, required=False, max_length=2000
            )

    def criteria(self) -> list[dict[str, object]]:
        """Each criterion with its two controls."""
        return [
            {"part": p, "mark": self[f"mark_{p.code}"], "why": self[f"why_{p.code}"]}
            for p in self.judged.parts
        ]


class DecideForm(forms.Form):
    """The decider's words; for a refusal, a reason for each criterion that is not met."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("ご本人への言葉"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, judged: Judgement, **options: Any) -> None:
        super().__init__(data, **options)
        self.judged = judged
        for part in judged.parts:
            self.fields[f"why_{part.code}"] = forms.CharField(
                label=_("%(mark)sを満たさない理由") % {"mark": part.mark}, required=False, max_length=2000
            )

    def whys(self) -> list[object]:
        """The boxes for reasons."""
        return [self[f"why_{part.code}"] for part in self.judged.parts]

    def reasons(self) -> dict[str, str]:
        """Reasons by criterion."""
        return {part.code: self.cleaned_data[f"why_{part.code}"] for part in self.judged.parts}
