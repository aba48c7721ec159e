"""What people may hand over at this room's doors."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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
