"""What applicants may type about leaves and about what stands in for experience."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.experience.forms import TOO_LONG
from nintei.experience.models import SubstitutionKind
from nintei.experience.said import Away
from nintei.shared.forms import DayField, FilesField

MOST_LEAVES = 6
MOST_FILES = 5


class LeaveForm(forms.Form):
    """One leave; a row left empty is none."""

    from_on = DayField(label=_("休みの始まりの日"), required=False)
    until_on = DayField(
        label=_("休みの終わりの日"), required=False, help_text=_("いまも休んでいれば書かなくて構いません")
    )
    reason = forms.CharField(
        label=_("休みの種類"), max_length=100, required=False, help_text=_("育児休業、病気の休職など"),
        error_messages=TOO_LONG,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("from_on") and (told.get("until_on") or told.get("reason")) and not self.errors:
            self.add_error("from_on", _("休みの始まりの日を書いてください"))
        return told


class BaseLeaves(forms.BaseFormSet):  # type: ignore[type-arg]
    """The leaves of a post."""

    def away(self) -> list[Away]:
        """Each row that says when it began."""
        rows = [form.cleaned_data for form in self.forms]
        return [
            Away(row["from_on"], row["until_on"], row["reason"].strip()) for row in rows if row.get("from_on")
        ]


Leaves = forms.formset_factory(
    LeaveForm, formset=BaseLeaves, extra=1, max_num=MOST_LEAVES, absolute_max=MOST_LEAVES
)


class SubstitutionForm(forms.Form):
    """A qualification or training that may stand in for some experience."""

    kind = forms.ChoiceField(
        label=_("何で代替しますか"), choices=SubstitutionKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("資格・研修の名前"), max_length=100, error_messages=TOO_LONG)
    issuer = forms.CharField(label=_("出した団体"), max_length=100, error_messages=TOO_LONG)
    obtained_on = DayField(
        label=_("取得・修了の日"), error_messages={"required": _("取得・修了の日を書いてください")}
    )
    evidence = FilesField(
        most=MOST_FILES,
        label=_("証書や修了証の写し"),
        help_text=_("PDF、JPEG、PNG。1つ10MBまで、5つまで"),
        max_length=200,
    )
