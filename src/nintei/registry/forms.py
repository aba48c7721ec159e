"""What people may type at the registry's doors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.registry.models import CaseKind, Shared
from nintei.registry.words import CASE_WORDS
from nintei.shared.forms import AsOfForm, DayField, paper_field


class VerifyForm(AsOfForm):
    """A number, the name that belongs to it, and the day asked about; a future day is nobody's to know."""

    number = forms.CharField(
        label=_("認定番号"),
        max_length=40,
        help_text=_("認定証か合格証明書に書かれている、資格の記号で始まる番号です"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input"}),
        error_messages={"required": _("認定番号を書いてください")},
    )
    name = forms.CharField(
        label=_("その方の氏名"),
        max_length=100,
        help_text=_("漢字、カナ、ローマ字のどれかを、書類のとおりに書きます"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input"}),
        error_messages={"required": _("その方の氏名を書いてください")},
    )


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


class ConsentForm(forms.Form):
    """Which fields the public page shows of one thing that somebody holds."""

    fields_shown = forms.MultipleChoiceField(
        label=_("公開する項目"),
        required=False,
        choices=Shared.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--row"}),
    )


class EmployerCodeForm(forms.Form):
    """The number that an employer tells its people."""

    code = forms.CharField(
        label=_("会社番号"),
        max_length=20,
        help_text=_("会社から聞いた番号です。例：E-0001"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input"}),
        error_messages={"required": _("会社番号を書いてください")},
    )


class TokenForm(forms.Form):
    """An employer's token."""

    token = forms.CharField(
        label=_("会社のトークン"),
        max_length=100,
        help_text=_("協会から受け取った文字列です"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "input"}),
        error_messages={"required": _("トークンを書いてください")},
    )


MOST = 500
"""Numbers that an employer may ask about at once."""


class NumbersForm(AsOfForm):
    """Many numbers at once, one a line, and the day asked about."""

    numbers = forms.CharField(
        label=_("認定番号"),
        max_length=20_000,
        help_text=_("1行に一つ、500件まで。あなたの会社に同意した方だけに答えます"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("認定番号を書いてください")},
    )

    def clean_numbers(self) -> list[str]:
        lines = [line.strip()[:40] for line in self.cleaned_data["numbers"].splitlines() if line.strip()]
        if len(lines) > MOST:
            said = _("一度に確かめられるのは%(most)d件までです（いまは%(count)d件）。分けて確かめてください")
            raise forms.ValidationError(said, params={"most": MOST, "count": len(lines)})
        return lines


class EmployerForm(forms.Form):
    """An employer whom the office enters."""

    name = forms.CharField(
        label=_("会社の名前"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input"}),
        error_messages={"required": _("会社の名前を書いてください")},
    )


class HolderFileForm(forms.Form):
    """The office's file of early holders."""

    file = forms.FileField(
        label=_("以前の認定のファイル"),
        help_text=_(
            "CSV（UTF-8またはCP932）。1行目は見出し：認定番号、資格、氏名、カナ、ローマ字、生年月日、メール、住所、"
            "申請日、認定日、有効期間開始日、資格有効期日"
        ),
        error_messages={"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")},
    )
    partial = forms.BooleanField(label=_("誤りのある番号を除いて登録する"), required=False)


class CaseForm(forms.Form):
    """A case: from which day, why, and the paper it rests on; a name change has the new name too."""

    name = forms.CharField(label=_("新しい氏名"), max_length=100, required=False)
    kana = forms.CharField(label=_("新しい氏名のよみ"), max_length=100, required=False)
    latin = forms.CharField(label=_("新しい氏名のローマ字"), max_length=100, required=False)
    effective_on = DayField(label=_("いつから"))
    reason = forms.CharField(
        label=_("事情"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("事情を書いてください")},
    )
    paper = paper_field(_("書類"))

    def __init__(self, *args: Any, kind: str, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = CASE_WORDS[kind]
        if kind != CaseKind.NAME:
            for name in ("name", "kana", "latin"):
                del self.fields[name]
        else:
            for name, wanted in (("name", "name"), ("latin", "off"), ("kana", "off")):
                widget = {"autocomplete": wanted if not is_office else "off", "class": "input"}
                self.fields[name].widget = forms.TextInput(attrs=widget)
            self.fields["name"].required = self.fields["kana"].required = True
        self.fields["effective_on"].label = str(words.day)
        self.fields["paper"].help_text = str(words.paper)


class AnswerForm(forms.Form):
    """The second person's words to the holder."""

    answer = forms.CharField(
        label=_("手紙に入れる言葉"),
        max_length=1000,
        required=False,
        help_text=_("行わないときは、理由を書きます。ご本人への手紙に入ります"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
