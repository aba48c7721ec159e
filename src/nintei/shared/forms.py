"""How every form comes out: label, hint, control and error in one pattern, linked for a screen reader."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CLASSES: dict[type[forms.Widget], str] = {
    forms.Select: "select",
    forms.Textarea: "area",
    forms.TextInput: "input",
    forms.NumberInput: "input",
    forms.EmailInput: "input",
    forms.URLInput: "input",
    forms.DateInput: "input",
    forms.ClearableFileInput: "drop__input",
    forms.FileInput: "drop__input",
}


class Control(BoundField):
    """A field on a page: its control carries our class and points to its hint and its error."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        kinds = type(widget or self.field.widget).__mro__
        name = next((CLASSES[kind] for kind in kinds if kind in CLASSES), "")
        if name and "class" not in (widget or self.field.widget).attrs:
            attrs["class"] = name
        return attrs

    @property
    def sentences(self) -> list[str]:
        """What is wrong, said so that it can stand alone: the bare "this field is required" names its field."""
        return [self._sentence(fault) for fault in self.errors.as_data()]

    def _sentence(self, fault: forms.ValidationError) -> str:
        if isinstance(self.field, DayField) and fault.message == DayField.default_error_messages["required"]:
            # Several days of one form would all say the same.
            return gettext("「%(label)s」の年、月、日を数字で書いてください") % {"label": self.label}
        if fault.code != "required" or fault.message != forms.Field.default_error_messages["required"]:
            return " ".join(fault.messages)
        if self.is_alone:
            return gettext("「%(label)s」に印を付けてください") % {"label": self.label}
        if isinstance(self.field.widget, forms.Select | forms.RadioSelect | forms.FileInput):
            return gettext("「%(label)s」を選んでください") % {"label": self.label}
        return gettext("「%(label)s」を書いてください") % {"label": self.label}

    @property
    def is_alone(self) -> bool:
        """A single box to tick: its label stands inside the control."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_id(self) -> str:
        """The id that the error summary links to: the first control of a group."""
        if isinstance(self.field.widget, forms.MultiWidget):
            return f"{self.auto_id}_0"
        return str(self.subwidgets[0].id_for_label) if self.use_fieldset else str(self.auto_id)


class Renderer(TemplatesSetting):
    """Forms, fields and widgets from our own templates."""

    form_template_name = "shared/forms/form.html"
    field_template_name = "shared/forms/field.html"
    bound_field_class = Control


DAY, MONTH = "day", "month"


@dataclass(frozen=True, slots=True)
class Told:
    """A day as told: with or without its day of the month (AMB-E7). `precision` is DAY or MONTH."""

    first: date
    last: date
    precision: str


class DayInput(forms.MultiWidget):
    """A day in three boxes: year, month, day. Nobody needs a calendar to type a day they know."""

    template_name = "shared/forms/day.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, Any] | None = None, autocomplete: str = "") -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "year": _box("input w-4", 4, autocomplete and f"{autocomplete}-year"),
            "month": _box("input w-3", 2, autocomplete and f"{autocomplete}-month"),
            "day": _box("input w-3", 2, autocomplete and f"{autocomplete}-day"),
        }
        super().__init__(boxes, dict(attrs or {}))

    def decompress(self, value: date | Told | None) -> list[int | None]:
        if isinstance(value, Told):
            return [value.first.year, value.first.month, value.first.day if value.precision == DAY else None]
        return [value.year, value.month, value.day] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, word in zip(context["widget"]["subwidgets"], (_("年"), _("月"), _("日")), strict=True):
            box["word"] = word
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else id_


def _box(classes: str, longest: int, autocomplete: str) -> forms.TextInput:
    attrs = {"class": classes, "inputmode": "numeric", "maxlength": longest}
    return forms.TextInput({**attrs, "autocomplete": autocomplete or "off"})


class DayField(forms.MultiValueField):
    """A day of the calendar, typed as year, month and day; says which part is missing or impossible."""

    widget = DayInput
    default_error_messages = {
        "required": _("年、月、日を数字で書いてください"),
        "incomplete": _("年、月、日をすべて書いてください"),
        "invalid": _("この日は暦にありません。年、月、日を確かめてください"),
    }

    def __init__(self, *, autocomplete: str = "", **options: Any) -> None:
        number = forms.IntegerField
        parts = (number(min_value=1900, max_value=2200), number(), number())
        for part in parts:
            wrong = dict.fromkeys(
                ("invalid", "min_value", "max_value"), self.default_error_messages["invalid"]
            )
            part.error_messages = {**part.error_messages, **wrong}
        options.setdefault("widget", DayInput(autocomplete=autocomplete))
        super().__init__(fields=parts, require_all_fields=True, **options)

    def compress(self, data_list: list[Any]) -> date | None:
        if not data_list:
            return None
        if None in data_list or "" in data_list:
            raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            return date(*data_list)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class ToldDayField(DayField):
    """A day whose day of the month may be left out, where somebody remembers only the month."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=DayInput(), **options)
        self.require_all_fields = False
        for number, part in enumerate(self.fields):
            part.required = self.required and number < 2

    def clean(self, value: list[str]) -> Told | None:
        if value and not value[2] and value[0] and value[1]:
            whole = self._whole([value[0], value[1], "1"])
            last = whole.replace(day=monthrange(whole.year, whole.month)[1])
            return Told(whole, last, MONTH)
        day = super().clean(value)
        return Told(day, day, DAY) if day else None

    def _whole(self, value: list[str]) -> date:
        day = super().clean(value)
        assert isinstance(day, date)
        return day


class AsOfForm(forms.Form):
    """What is asked as of a day: a future day is nobody's to know. Its own fields come first."""

    on = DayField(label=_("いつの時点で"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.order_fields([name for name in self.fields if name != "on"])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(
                _("今日までの日にしてください。これからの状態は、まだ決まっていません")
            )
        return on


def quiet(form: forms.Form) -> forms.Form:
    """The same form without its complaints: what is typed so far is shown again, nothing was sent yet."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    return form


def paper_field(label: Any, **options: Any) -> forms.FileField:
    """A file or a photograph of a paper; `files.take_in` looks at what is in it."""
    widget = forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"})
    words = _("PDF、JPEG、PNG。10MBまで。スマートフォンなら、その場で撮った写真も選べます")
    field = forms.FileField(label=label, widget=widget, help_text=words, **options)
    field.error_messages |= {"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")}
    return field


def address_field(autocomplete: str = "off") -> forms.CharField:
    """Where something goes by post, as it is written on an envelope; may stay empty."""
    return forms.CharField(
        label=_("郵送先の住所"),
        help_text=_("郵便番号から、宛名に書くとおりに書きます。氏名は書きません"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3, "autocomplete": autocomplete}),
    )


class Files(forms.FileInput):
    """A box for several files at once, from the camera or the files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, at most `most`. What is in them is looked at when they are taken in (promise P9)."""

    widget = Files({"accept": "application/pdf,image/jpeg,image/png"})

    def __init__(self, *, most: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        some = data if isinstance(data, list | tuple) else [data] if data else []
        if self.most is not None and len(some) > self.most:
            raise forms.ValidationError(_("一度に選べるのは%(most)dつまでです") % {"most": self.most})
        given = [super(FilesField, self).clean(each, initial) for each in some or [None]]
        return [each for each in given if each]


def summary(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Every error of a form as (the id to link to, the sentence), in the order of the fields."""
    lines = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        # Our renderer makes every field of every form a Control.
        lines += [(bound.first_id, sentence) for sentence in bound.sentences]  # type: ignore[attr-defined]
    return lines
