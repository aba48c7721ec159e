"""What people may type about organisations, courses, sessions and rosters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nintei.courses import rosterfile, timetable
from nintei.courses.actions import CourseDraft
from nintei.courses.actions.codes import MOST_SEATS
from nintei.courses.models import Course, CourseSession, Form
from nintei.courses.queries import Wish, competencies
from nintei.rules.edition import Edition
from nintei.shared.forms import DayField
from nintei.shared.refusals import Refused
from nintei.shared.templatetags.nintei import said

LINES = forms.Textarea({"rows": 4, "autocomplete": "off"})


class SearchForm(forms.Form):
    """What somebody looks for; whatever makes no sense is left out rather than refused."""

    q = forms.CharField(label=_("研修名か提供者の名前"), required=False)
    topic = forms.ChoiceField(label=_("業務の分野"), required=False)
    form = forms.ChoiceField(label=_("形式"), required=False)
    place = forms.CharField(label=_("場所"), required=False)
    first = forms.DateField(label=_("この日から"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("この日まで"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, data: Any, edition: Edition) -> None:
        super().__init__(data, auto_id="%s")
        topics = [(key, f"{key}　{said(field.name)}") for key, field in edition.fields.items()]
        self.fields["topic"].choices = [("", _("すべて")), *topics]  # type: ignore[attr-defined]
        self.fields["form"].choices = [("", _("すべて")), *Form.choices]  # type: ignore[attr-defined]
        for name in ("q", "place"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "maxlength": "100"}

    def wish(self) -> Wish:
        """What was asked for, as far as it can be understood."""
        self.is_valid()
        told = {name: self.cleaned_data.get(name) for name in self.fields}
        words, place = (str(told[name] or "")[:100] for name in ("q", "place"))
        return Wish(words, told["topic"] or "", told["form"] or "", place, told["first"], told["last"])


class ProviderForm(forms.Form):
    """An organisation that would like to offer accredited courses."""

    name = forms.CharField(
        label=_("団体の名前"), max_length=200, widget=forms.TextInput({"autocomplete": "organization"})
    )
    kana = forms.CharField(
        label=_("フリガナ"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    address = forms.CharField(
        label=_("所在地"), max_length=300, widget=forms.TextInput({"autocomplete": "street-address"})
    )
    teaches = forms.CharField(
        label=_("教えていること"),
        max_length=2000,
        help_text=_("どんな研修を、だれに、どれくらい行ってきたかを書いてください"),
        widget=LINES,
    )


class CourseForm(forms.Form):
    """A course as a provider proposes it."""

    title = forms.CharField(
        label=_("研修名"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    form = forms.ChoiceField(label=_("形式"), choices=Form.choices, widget=forms.RadioSelect)
    timetable = forms.CharField(
        label=_("時間割"),
        max_length=2000,
        help_text=_("1行に1日ずつ。例：10:00-17:00 休憩 12:00-13:00 15:00-15:15。録画は長さだけ。例：90分"),
        widget=LINES,
    )
    summary = forms.CharField(label=_("内容"), max_length=2000, widget=LINES)
    topics = forms.MultipleChoiceField(label=_("業務の分野"), widget=forms.CheckboxSelectMultiple)
    competencies = forms.MultipleChoiceField(
        label=_("対象のコンピテンシー"),
        required=False,
        help_text=_("あてはまるものだけ。いくつでも選べます"),
        widget=forms.SelectMultiple({"class": "area", "size": 8}),
    )
    standard = forms.CharField(
        label=_("認定の基準との対応"),
        max_length=2000,
        help_text=_("協会の基準のどれに、どう合うかを書いてください"),
        widget=LINES,
    )
    from_on = DayField(label=_("認定を受けたい最初の日"))
    until_on = DayField(label=_("最後の日"), required=False, help_text=_("空けると、期限なしで出します"))

    def __init__(self, data: Any, edition: Edition, **options: Any) -> None:
        super().__init__(data, **options)
        topics = [(key, f"{key}　{said(field.name)}") for key, field in edition.fields.items()]
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        groups = [
            (said(edition.areas[code].name), [(key, f"{key}　{said(name)}") for key, name in items])  # type: ignore[arg-type]
            for code, items in competencies(edition)
        ]
        self.fields["competencies"].choices = groups  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        super().full_clean()
        if "reckon" in self.data:  # only the hours are asked for: the rest is still being written
            for name in set(self.errors) - {"timetable"}:
                del self.errors[name]

    def clean_timetable(self) -> str:
        words = str(self.cleaned_data["timetable"])
        read_lines(words)
        return words

    def draft(self) -> CourseDraft:
        """What was typed, as one value."""
        told = dict(self.cleaned_data)
        for name in ("topics", "competencies"):
            told[name] = tuple(told[name])
        return CourseDraft(**told)


class HostedForm(CourseForm):
    """A course that the association holds itself: by definition it meets its own standard."""

    organiser = forms.CharField(
        label=_("主催者の名前"),
        max_length=200,
        help_text=_("一覧に、提供者として載ります"),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )

    def __init__(self, data: Any, edition: Edition, **options: Any) -> None:
        super().__init__(data, edition, **options)
        del self.fields["standard"]

    def draft(self) -> CourseDraft:
        told = dict(self.cleaned_data) | {"standard": ""}
        del told["organiser"]
        for name in ("topics", "competencies"):
            told[name] = tuple(told[name])
        return CourseDraft(**told)


def course_initial(course: Course) -> dict[str, object]:
    """A course as the form shows it."""
    names = ("title", "form", "timetable", "summary", "topics", "competencies", "standard")
    days = {"from_on": course.accredited_from, "until_on": course.accredited_until}
    return {name: getattr(course, name) for name in names} | days


class ChangeForm(CourseForm):
    """A correction of an accredited course. Of the association's own nobody asks for its standard."""

    reason = forms.CharField(
        label=_("訂正の理由"),
        max_length=500,
        help_text=_("受講した方に届きます"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, data: Any, edition: Edition, course: Course) -> None:
        said_of = course_initial(course)
        said_of["timetable"] = course.timetable or f"{course.minutes}分"
        super().__init__(data, edition, initial=said_of)
        self.course = course
        self.fields["from_on"].label = _("認定の最初の日")
        for name in ("summary", "topics", "standard"):
            self.fields[name].required = bool(getattr(course, name))

    def draft(self) -> CourseDraft:
        told = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return CourseDraft(**told | {name: tuple(told[name]) for name in ("topics", "competencies")})


class SessionForm(forms.Form):
    """A holding of a course: its days by the line, or a span for a course open at any time."""

    days = forms.CharField(
        label=_("開催の日と時間"),
        max_length=4000,
        required=False,
        help_text=_("1行に1日ずつ。例：2026-12-10 10:00-17:00 休憩 12:00-13:00"),
        widget=LINES,
    )
    first_on = DayField(
        label=_("いつでも受けられる研修の最初の日"),
        required=False,
        help_text=_("日が決まっているときは空けます"),
    )
    last_on = DayField(label=_("いつでも受けられる研修の最後の日"), required=False)
    place = forms.CharField(
        label=_("場所"),
        max_length=200,
        help_text=_("会場の名前と都市、またはオンラインの場所"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_days(self) -> tuple[timetable.Day, ...]:
        return read_lines(str(self.cleaned_data["days"]))


class RevisionForm(SessionForm):
    """A correction of a holding, which stays of its kind: of certain days, or open at any time."""

    reason = forms.CharField(
        label=_("訂正の理由"),
        max_length=500,
        required=False,
        help_text=_("受講した方がいるときは、その方に届きます"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, held: CourseSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_on", "last_on") if held.days else ("days",):
            del self.fields[name]
        self.fields["reason"].required = held.attendances.exists()

    def told(self) -> dict[str, Any]:
        """What the correction says, in the words of the action."""
        return {"days": (), "first_on": None, "last_on": None, **self.cleaned_data}


class RosterForm(forms.Form):
    """A file of attendees."""

    file = forms.FileField(
        label=_("受講者名簿"),
        help_text=_(
            "CSV（UTF-8かCP932）かExcel。1行目は見出し：認定番号、カナ、受講日、受講分数。受講日と受講分数は空けられます"
        ),
        error_messages={"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > rosterfile.MOST_BYTES:
            raise ValidationError(_("ファイルが5MBを超えています。分けてください。"))
        return file


class SeatsForm(forms.Form):
    """How many attendance codes to make, and for which day."""

    day = forms.TypedChoiceField(label=_("開催の日"), coerce=int)
    seats = forms.IntegerField(
        label=_("枚数"),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.NumberInput({"class": "input w-4", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, days: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["day"].choices = days  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """How long one person really attended."""

    minutes = forms.IntegerField(
        label=_("1日に受講した分数"),
        required=False,
        min_value=0,
        max_value=1440,
        help_text=_("空けると、すべての時間。0にすると、受講を取り消します"),
        widget=forms.NumberInput({"class": "input w-4", "inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("訂正の理由"),
        max_length=500,
        help_text=_("受講した方に届きます"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class RulingForm(forms.Form):
    """A reason for what the committee rules."""

    reason = forms.CharField(
        label=_("理由"), max_length=2000, help_text=_("提供者がそのまま読みます"), widget=LINES
    )


class EndForm(RulingForm):
    """The end of an accreditation."""

    from_on = DayField(
        label=_("数えなくなる最初の日"),
        help_text=_("過ぎた日も書けます。この日からの受講が、数えられなくなります"),
    )


class TokenForm(forms.Form):
    """Which program a token is for."""

    name = forms.CharField(
        label=_("プログラムの名前"),
        max_length=100,
        help_text=_("例：受講管理システム"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class NoteForm(forms.Form):
    """What the office did about a correction."""

    note = forms.CharField(label=_("どうしたか"), max_length=2000, widget=LINES)


def read_lines(words: str) -> tuple[timetable.Day, ...]:
    """The days of a timetable, or a form's error that names the line."""
    try:
        return timetable.read(words)
    except timetable.BadLine as bad:
        raise ValidationError(Refused(bad.code, line=bad.line, words=bad.words).sentence()) from None


def reckoned(words: str) -> dict[str, Any] | None:
    """The net minutes of each line and in all, while somebody types; nothing where a line cannot be read."""
    try:
        days = timetable.read(words)
    except timetable.BadLine:
        return None
    return {"days": days, "minutes": sum(day.minutes for day in days)} if days else None
