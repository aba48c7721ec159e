"""The demo calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.shared.forms import DayField


class CalendarForm(forms.Form):
    """The day the office is to live in."""

    day = DayField(label=_("事務局の今日"))
