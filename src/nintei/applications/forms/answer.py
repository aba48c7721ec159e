"""What the applicant types to answer one thing that the office asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """One or more files. What they are is looked at when they are taken in (promise P9)."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list) else [data]
        return [super(ManyFiles, self).clean(each, initial) for each in given if each]


class AnswerForm(forms.Form):
    """Words, files, or both."""

    words = forms.CharField(
        label=_("答え"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("%(limit_value)d文字までで書いてください（いま%(show_value)d文字）")},
    )  # fmt: skip
    attached = ManyFiles(
        label=_("ファイル"), required=False, help_text=_("PDF、JPEG、PNG。1つ10MBまで、5つまで。"),
        widget=Files({"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip
