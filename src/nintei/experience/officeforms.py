"""What a reviewer may type: months with their reason, another attestor, a form (C) from paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.shared.forms import DayField


class GrantForm(forms.Form):
    """How many months are granted for a claim, and why."""

    months = forms.IntegerField(
        label=_("認める月数"), min_value=0,
        widget=forms.NumberInput({"class": "input w-3", "inputmode": "numeric", "min": 0}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("理由"), max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=_("申請者にも見えます"),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The code at the top of a printed form (C)."""

    code = forms.CharField(
        label=_("用紙のコード"), max_length=40, help_text=_("右上の12文字。大文字と小文字、ハイフンは区別しません"),
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class PaperForm(forms.Form):
    """When a form (C) was signed and arrived, and its scan."""

    signed_on = DayField(
        label=_("用紙に書かれた署名の日"), error_messages={"required": _("署名の日を書いてください")}
    )
    arrived_on = DayField(label=_("届いた日"), error_messages={"required": _("届いた日を書いてください")})
    scan = forms.FileField(label=_("用紙の画像"), help_text=_("PDF、JPEG、PNG。10MBまで"), max_length=200)
