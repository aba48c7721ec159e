"""What applicants may type about their application; the office's forms are in `office.forms`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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

    def __init__(self, *args: Any, keeps: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not keeps:
            self.fields["understood"].label = _("有効期間と、手数料が返るときを確かめました")


class OnlyVersionForm(forms.Form):
    """A step without words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
