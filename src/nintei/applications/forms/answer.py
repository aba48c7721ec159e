"""What the applicant types to answer one thing that the office asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.shared.forms import FilesField


class AnswerForm(forms.Form):
    """Words, files, or both."""

    words = forms.CharField(
        label=_("答え"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("%(limit_value)d文字までで書いてください（いま%(show_value)d文字）")},
    )  # fmt: skip
    attached = FilesField(
        label=_("ファイル"), required=False, help_text=_("PDF、JPEG、PNG。1つ10MBまで、5つまで。")
    )
