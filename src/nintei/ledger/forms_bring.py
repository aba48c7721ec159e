"""What a holder may bring in at once: a pasted table, a file, the events of a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nintei.ledger import wording
from nintei.ledger.calendarfile import MOST_EVENTS, Event
from nintei.ledger.drafts import Draft
from nintei.ledger.intake import Row
from nintei.ledger.models import Proof
from nintei.ledger.suggesting import fields_like
from nintei.rules.edition import Category, Edition, Unit

MOST_BYTES = 2 * 1024 * 1024


class BringForm(forms.Form):
    """A table as text or as a file."""

    text = forms.CharField(
        label=_("表を貼り付ける"),
        required=False,
        max_length=200_000,
        help_text=_("表計算ソフトで、見出しの行から選んでコピーし、ここに貼り付けます"),
        widget=forms.Textarea(
            {"rows": 8, "class": "input sheet", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    file = forms.FileField(
        label=_("ファイルを選ぶ"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV、Excel（XLSX）、カレンダー（ICS）を読みます。2MBまで"),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx,.json,.ics"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file: UploadedFile[Any] | None = cleaned.get("file")
        if file and (file.size or 0) > MOST_BYTES:
            self.add_error("file", _("ファイルは2MBまでです"))
        elif file is None and not (cleaned.get("text") or "").strip():
            self.add_error("text", _("表を貼り付けるか、ファイルを選んでください"))
        return cleaned

    def table(self) -> tuple[str, bytes]:
        """Its name and its bytes; a file goes before a pasted text."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None:
            return file.name or "", file.read()
        return "pasted.csv", self.cleaned_data["text"].encode()


def _has_time(category: Category) -> bool:
    """Whether an event of a calendar can be of this category: it has a time, but names no listed course."""
    return category.unit is Unit.HOUR and not category.needs_registered_course


class EventForm(forms.Form):
    """An event of a calendar: whether it was an activity, and of which kind."""

    take = forms.BooleanField(required=False)
    title = forms.CharField(max_length=200, widget=forms.HiddenInput)
    on = forms.DateField(widget=forms.HiddenInput)
    from_on = forms.DateField(required=False, widget=forms.HiddenInput)
    begins = forms.TimeField(required=False, widget=forms.HiddenInput)
    organiser = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    repeats = forms.BooleanField(required=False, widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label=_("時間（分）"), min_value=0, max_value=30_000, required=False,
        widget=forms.NumberInput({"class": "input w-4", "inputmode": "numeric"}),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("種類"), required=False)
    topic = forms.ChoiceField(label=_("業務の分野"), required=False)

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition = edition
        open_ = [each for each in edition.categories.values() if _has_time(each)]
        kinds = [(each.code, f"{each.code}　{wording.question_words(edition, each.code)}") for each in open_]
        self.fields["category"].choices = kinds  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", _("選んでください")), *wording.topic_choices(edition)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("take") and not cleaned.get("minutes"):
            self.add_error("minutes", _("時間を書いてください"))
        chosen = self.edition.categories.get(cleaned.get("category", ""))
        if cleaned.get("take") and chosen and chosen.needs_topic and not cleaned.get("topic"):
            self.add_error("topic", _("業務の分野を選んでください"))
        return cleaned

    def event(self) -> dict[str, Any]:
        """The days and the time of the event, as first read or as sent back."""
        told = {}
        for name in ("from_on", "on", "begins", "repeats"):
            with suppress(forms.ValidationError):
                told[name] = self.fields[name].clean(self[name].value())
        return told

    def row(self, number: int) -> Row:
        """The event as a row to log."""
        said = self.cleaned_data
        on: date = said["on"]
        begins: time | None = said["begins"]
        return Row(
            number,
            Draft(
                category=said["category"],
                title=said["title"],
                sessions=((on, said["minutes"]),),
                organiser=said["organiser"],
                topic=said["topic"],
                proof=Proof.CERTIFICATE if said["category"] == "B" else Proof.RECORD,
                from_on=said["from_on"],
                begins=((on, begins),) if begins else (),
            ),
        )


Events = forms.formset_factory(EventForm, extra=0, max_num=MOST_EVENTS, absolute_max=MOST_EVENTS)


def first_values(events: Sequence[Event], edition: Edition) -> list[dict[str, Any]]:
    """Events as the first values of their forms; the field is a suggestion, or left to choose."""
    kind = next((each.code for each in edition.categories.values() if each.detail_must_be_clear), "")
    return [
        {
            **event._asdict(),
            "title": event.title or "—",
            "minutes": event.minutes or None,
            "category": kind,
            "topic": next((found.key for found in fields_like(edition, event.title, 1)), ""),
        }
        for event in events
    ]
