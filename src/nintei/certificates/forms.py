"""What people may hand over at this room's doors."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.certificates.models import PassportPart
from nintei.shared.forms import AsOfForm


class FileToCheck(AsOfForm):
    """A file that somebody wants checked, and the day asked about."""

    file = forms.FileField(
        label=_("ファイル"),
        help_text=_("PDF、JSON、JWT、PNG、SVG。2MBまで"),
        error_messages={
            "required": _("2MBまでのファイルを選んでください"),
            "empty": _("ファイルが空です"),
        },
    )


class BringForm(forms.Form):
    """A passport of another association."""

    file = forms.FileField(
        label=_("パスポートのファイル"),
        help_text=_("JSONかJWT。2MBまで、活動は50件まで"),
        error_messages={
            "required": _("2MBまでのファイルを選んでください"),
            "empty": _("ファイルが空です"),
        },
    )


class PassportForm(forms.Form):
    """What a holder lets into a passport, field by field, and the language of the paper."""

    parts = forms.MultipleChoiceField(
        label=_("入れるもの"),
        help_text=_("氏名と認定番号は、いつも入ります。選ばなかったものは入りません。"),
        choices=PassportPart.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("入れるものを1つ以上選んでください")},
    )
    language = forms.ChoiceField(
        label=_("文書のことば"),
        choices=[("ja", _("日本語")), ("en", _("英語"))],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )

    def clean_parts(self) -> list[str]:
        parts: list[str] = self.cleaned_data["parts"]
        needs = {PassportPart.TITLES, PassportPart.ATTENDANCE} & set(parts)
        if needs and PassportPart.LINES not in parts:
            raise forms.ValidationError(
                _("活動の名前や受講の確認を入れるには、「活動ごとの日…」も選んでください")
            )
        return parts
