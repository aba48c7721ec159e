"""What anyone may type or upload to check their points. Nothing is kept."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nintei.ledger import wording
from nintei.ledger.faults import Fault
from nintei.ledger.forms import KindChoice, asks
from nintei.rules.edition import Edition
from nintei.shared.forms import DayField

MOST_LINES = 40
MOST_BYTES = 2 * 1024 * 1024
TYPED = "typed.json"


class HolderForm(forms.Form):
    """The days that fix the cycle, and perhaps a file."""

    starts = DayField(
        label=_("有効期間の始まりの日"), required=False, help_text=_("認定証に書いてある日です")
    )
    issued = DayField(
        label=_("試験結果レポートの発行日"),
        required=False,
        help_text=_("認定証がまだないときに書きます。始まりの日は、ここから決まります"),
    )
    file = forms.FileField(
        label=_("記録のファイル"), required=False, allow_empty_file=True,
        help_text=_("CSV、Excel（XLSX）、JSONを読みます。ファイルを選ぶと、下の欄に書いた活動は見ません"),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("ファイルは2MBまでです"))
        return file


class LineForm(forms.Form):
    """One activity, as far as the check needs it."""

    category = forms.ChoiceField(label=_("種類"), widget=KindChoice)
    date = DayField(label=_("活動した日"))
    hours = forms.CharField(
        label=pgettext_lazy("label", "時間"), max_length=20, help_text=_("1.5、1:30、90分のように書きます"),
        widget=forms.TextInput({"class": "input w-6", "autocomplete": "off"}),
    )  # fmt: skip
    items = forms.CharField(
        label=pgettext_lazy("label", "件数"), max_length=6,
        widget=forms.TextInput({"class": "input w-4", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    field = forms.ChoiceField(label=_("業務の分野"), required=False)
    proof = forms.BooleanField(label=_("受講証明書か、受講を証明できる文書がある"), required=False)

    def __init__(self, data: Any = None, *, edition: Edition, number: int) -> None:
        super().__init__(data, prefix=f"a{number}", use_required_attribute=False)
        self.number, self.edition = number, edition
        self._ask_for_items(edition)
        names = [(code, f"{code}　{wording.question_words(edition, code)}") for code in edition.categories]
        self.fields["category"].choices = [("", _("選んでください")), *names]  # type: ignore[attr-defined]
        self.fields["field"].choices = [("", _("選んでください")), *wording.topic_choices(edition)]  # type: ignore[attr-defined]

    def _ask_for_items(self, edition: Edition) -> None:
        """How many items is asked only of a category that counts them, and then no time."""
        self.fields["items"].help_text = wording.item_words(edition)
        kinds = {code: asks([each]) for code, each in edition.categories.items()}
        self.fields["category"].widget.asks = kinds
        if not wording.by_item(edition):
            del self.fields["items"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by_item = wording.is_by_item(self.edition, cleaned.get("category", ""))
        self.errors.pop("hours" if by_item else "items", None)
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into it: it is no activity."""
        names = ("category", "date_year", "date_month", "hours", "items", "field", "proof")
        return not any(str(self.data.get(f"{self.prefix}-{name}", "")).strip() for name in names)

    def as_line(self) -> dict[str, object]:
        """The activity as a line of a log file."""
        said = self.cleaned_data
        on: date = said["date"]
        proof = "certificate" if said["proof"] else "record"
        amount = "items" if wording.is_by_item(self.edition, said["category"]) else "hours"
        line = {"category": said["category"], "date": on.isoformat(), amount: said[amount], "proof": proof}
        return line | ({"field": said["field"]} if said["field"] else {})

    def blame(self, fault: Fault, lang: str) -> None:
        """A fault of this line, told beside the field that it is about."""
        self.add_error(fault.column if fault.column in self.fields else None, fault.sentence(lang))


def lines_in(data: QueryDict, edition: Edition, count: int) -> list[LineForm]:
    """The forms of the activities that a request carries."""
    return [LineForm(data, edition=edition, number=number) for number in range(count)]


def as_file(lines: list[LineForm]) -> bytes:
    """What was typed as a log file, so that it is read by the same code as an uploaded one."""
    return json.dumps({"activities": [line.as_line() for line in lines]}).encode()
