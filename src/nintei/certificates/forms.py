"""What people may hand over at this room's doors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.certificates.models import Again, Envelope, PassportPart, Way
from nintei.registry.models import Certification, Shared
from nintei.shared.forms import AsOfForm, DayField, address_field


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
        help_text=_("PDF（証明データ入り）、JSON、JWT。2MBまで、活動は50件まで"),
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


class MarkForm(forms.Form):
    """What is done with the certificates that were ticked: printed, posted, came back, …"""

    envelope = forms.ChoiceField(label=_("封筒"), choices=Envelope.choices, required=False)
    again = forms.ChoiceField(
        label=_("印刷し直す理由"),
        choices=[("", _("はじめての印刷")), *Again.choices],
        required=False,
        help_text=_("届かなかった・傷んだときは、紙に再発行の印が付きます"),
    )
    day = DayField(label=_("その日"), required=False)
    way = forms.ChoiceField(label=_("送り方"), choices=Way.choices, required=False)
    reason = forms.CharField(
        label=_("理由"), max_length=300, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )


class AddressForm(forms.Form):
    """Where a certificate goes, as somebody told the office."""

    postal_address = address_field()


class LinkForm(forms.Form):
    """A link to be made: to what, what it shows, and until when."""

    shows = forms.MultipleChoiceField(
        label=_("何を見せますか"),
        help_text=_("資格、番号、いま有効かどうかは、いつも見えます"),
        choices=Shared.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until_on = DayField(label=_("いつまで"))
    label = forms.CharField(
        label=_("覚え書き"),
        help_text=_("だれに渡すリンクか、あなただけに見えます"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, held: list[Certification], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), each.number) for each in held]
        self.fields["certification"] = forms.ChoiceField(label=_("どの認定を"), choices=choices)
        self.order_fields(["certification", "shows", "until_on", "label"])
