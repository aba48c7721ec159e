"""What may be typed about group applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.applications.models import Scope


class RosterForm(forms.Form):
    """An organisation's list of people."""

    file = forms.FileField(
        label=_("名簿のファイル"),
        help_text=_(
            "CSV（UTF-8またはCP932）かExcel。1行目は見出し：氏名、フリガナ、メール、資格、合格者番号"
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        error_messages={"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")},
    )


class OrganisationForm(forms.Form):
    """An organisation, and who acts for it."""

    name = forms.CharField(
        label=_("団体の名前"), max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("担当者のメールアドレス"),
        help_text=_("登録済みの人のアドレスです"),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


class ConsentForm(forms.Form):
    """What the organisation may see; nothing is ticked beforehand."""

    scopes = forms.MultipleChoiceField(
        label=_("団体に見せてよいこと"),
        choices=Scope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("印を付けたことだけが、団体に見えます。あとで変えられます"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].widget.attrs["class"] = "choices"
