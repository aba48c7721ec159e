"""What may be typed about a case from paper, and about a decision to be taken up again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.people.queries import katakana
from nintei.rules.edition import Edition
from nintei.shared.forms import DayField, paper_field
from nintei.shared.templatetags.nintei import said

QUIET = {"autocomplete": "off"}


class KeyInForm(forms.Form):
    """A case from paper: for whom, when it came. Somebody known is chosen; somebody new is written."""

    qualification = forms.ChoiceField(label=_("資格"))
    arrived_on = DayField(label=_("届いた日"), help_text=_("申請の日になります"))
    postmark_on = DayField(label=_("消印の日"), required=False, help_text=_("控えとして残します"))
    known = forms.ChoiceField(label=_("申請者"), widget=forms.RadioSelect, required=False)
    name = forms.CharField(label=_("氏名"), max_length=100, required=False, widget=forms.TextInput(QUIET))
    kana = forms.CharField(label=_("フリガナ"), max_length=100, required=False, widget=forms.TextInput(QUIET))
    born_on = DayField(label=_("生年月日"), required=False)
    postal_address = forms.CharField(
        label=_("郵送先の住所"), max_length=300, required=False, widget=forms.Textarea({"rows": 2} | QUIET)
    )

    def __init__(self, *args: Any, book: Edition, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [(q.code, f"{said(q.name)} {q.code}") for q in book.qualifications.values() if q.certified]
        self.fields["qualification"].choices = codes  # type: ignore[attr-defined]
        self.fields["known"].choices = [*people, ("", _("新しく書く"))]  # type: ignore[attr-defined]
        for field in NEEDED if not people else ():
            self.fields[field].required = True

    def clean_kana(self) -> str:
        kana = katakana(self.cleaned_data["kana"])
        if kana is None:
            raise forms.ValidationError(_("フリガナは、カタカナで書いてください。例：サトウ ケンタ"))
        return kana

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("known"):
            for field, wrong in NEEDED.items():
                if not told.get(field) and field not in self.errors:
                    self.add_error(field, wrong)
        return told


NEEDED = {
    "name": _("氏名を書いてください"),
    "kana": _("フリガナを書いてください"),
    "postal_address": _("郵送先の住所を書いてください"),
}


class ScanForm(forms.Form):
    """A scanned sheet and which form it is."""

    form = forms.ChoiceField(label=_("書類"))
    paper = paper_field(_("画像"))

    def __init__(self, *args: Any, book: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_of = [(form.code, said(form.name)) for form in book.procedure.forms]
        self.fields["form"].choices = [*forms_of, ("envelope", _("封筒（消印）"))]  # type: ignore[attr-defined]


class PaperReportForm(forms.Form):
    """What the copy of the report says."""

    number = forms.CharField(label=_("合格者番号"), max_length=40, widget=forms.TextInput(QUIET))
    issued_on = DayField(label=_("発行日"))
    name = forms.CharField(label=_("レポートに書かれた氏名"), max_length=100, widget=forms.TextInput(QUIET))
    paper = paper_field(_("レポートの写し"))


class PaperPostForm(forms.Form):
    """One line of form (B)."""

    organisation = forms.CharField(label=_("勤め先"), max_length=100, widget=forms.TextInput(QUIET))
    department = forms.CharField(
        label=_("部署"), max_length=100, required=False, widget=forms.TextInput(QUIET)
    )
    started_on = DayField(label=_("始まりの日"))
    ended_on = DayField(label=_("終わりの日"), required=False, help_text=_("いまの仕事なら空けておきます"))
    fields_of_practice = forms.MultipleChoiceField(label=_("分野"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, book: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, f"{key} {said(field.name)}") for key, field in book.fields.items()]
        self.fields["fields_of_practice"].choices = choices  # type: ignore[attr-defined]


class PaperPledgeForm(forms.Form):
    """The signature under form (D)."""

    version = forms.ChoiceField(label=_("本文の版"))
    signed_name = forms.CharField(label=_("署名の氏名"), max_length=100, widget=forms.TextInput(QUIET))
    signed_on = DayField(label=_("署名した日"))

    def __init__(self, *args: Any, versions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [(each, each) for each in versions]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """Words to the applicant, and which state of the case was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("ご本人への言葉"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class AppealForm(forms.Form):
    """An appeal in one's own words, with papers."""

    words = forms.CharField(
        label=_("どこが違うと考えますか"),
        help_text=_("事実と理由を書いてください。前に出した書類は、もう一度出さなくて構いません"),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("どこが違うと考えるかを書いてください")},
    )
    paper = paper_field(_("添える書類"), required=False)


class ReopenForm(forms.Form):
    """Why the association takes one of its decisions up again."""

    words = forms.CharField(
        label=_("見直す理由"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("見直す理由を書いてください")},
    )


class PledgeTextForm(forms.Form):
    """A version of the pledge, letter for letter."""

    version = forms.CharField(label=_("版の名前"), max_length=40, widget=forms.TextInput(QUIET))
    ja = forms.CharField(label=_("日本語の本文"), max_length=20000, widget=forms.Textarea({"rows": 10}))
    en = forms.CharField(label=_("英語の本文"), max_length=20000, widget=forms.Textarea({"rows": 10}))
    from_on = DayField(label=_("この日から使う"))
    is_sample = forms.BooleanField(label=_("見本の本文（協会の正式な本文ではない）"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_from_on(self) -> date:
        from_on: date = self.cleaned_data["from_on"]
        if from_on < self.today:
            raise forms.ValidationError(_("今日からの日にしてください。過ぎた日の宣誓は変わりません"))
        return from_on
