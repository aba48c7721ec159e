"""What people may type at the registry's doors."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.shared.forms import DayField, paper_field


class VerifyForm(forms.Form):
    """A number, the name that belongs to it, and the day asked about; a future day is nobody's to know."""

    number = forms.CharField(
        label=_("認定番号"),
        max_length=40,
        help_text=_("認定証か合格証明書に書かれている番号です。例：OMP-2026-000123"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input"}),
        error_messages={"required": _("認定番号を書いてください")},
    )
    name = forms.CharField(
        label=_("その方の氏名"),
        max_length=100,
        help_text=_("漢字、カナ、ローマ字のどれかを、書類のとおりに書きます"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input"}),
        error_messages={"required": _("氏名を書いてください")},
    )
    on = DayField(label=_("いつの時点で"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(
                _("今日までの日にしてください。これからの状態は、まだ決まっていません")
            )
        return on


class ClaimForm(forms.Form):
    """A report shown to be one's own by its number and one's birth date."""

    number = forms.CharField(
        label=_("合格者番号"),
        max_length=40,
        help_text=_("試験結果レポートに書かれている番号です"),
        error_messages={"required": _("合格者番号を書いてください")},
    )
    born_on = DayField(label=_("生年月日"), autocomplete="bday")


class PassFileForm(forms.Form):
    """The office's file of exam results."""

    file = forms.FileField(
        label=_("試験結果のファイル"),
        help_text=_(
            "CSV（UTF-8またはCP932）。1行目は見出し：試験、合格者番号、氏名、カナ、生年月日、メール、合否、発行日"
        ),
        error_messages={"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")},
    )


class CopyForm(forms.Form):
    """The copy of a report that the office has not imported, and what it says."""

    exam = forms.ChoiceField(label=_("試験"))
    number = forms.CharField(
        label=_("合格者番号"),
        max_length=40,
        help_text=_("試験結果レポートに書かれている番号です"),
        error_messages={"required": _("合格者番号を書いてください")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input"}),
    )
    issued_on = DayField(label=_("発行日"))
    name = forms.CharField(
        label=_("レポートに書かれた氏名"),
        max_length=100,
        help_text=_("前の氏名のときは、そのとおりに書きます"),
        error_messages={"required": _("レポートに書かれた氏名を書いてください")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input"}),
    )
    paper = paper_field(_("レポートの写し"))

    def __init__(self, *args: Any, exams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exam"].choices = exams  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Which of two accounts goes on, and why they are one person or two."""

    stays = forms.UUIDField(widget=forms.HiddenInput)
    goes = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("理由"), max_length=500, error_messages={"required": _("理由を書いてください")}
    )
