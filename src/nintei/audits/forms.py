"""What may be typed about audits: settings, announcements, answers, marks, rulings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.audits import reasons, words
from nintei.audits.actions import MarkSaid, TermsSaid
from nintei.audits.actions.announcing import Seed
from nintei.audits.models import LeavingRule, PleaKind, RiskRule, Strata, Verdict
from nintei.people.models import Person
from nintei.rules.edition import Category
from nintei.shared.clock import JST
from nintei.shared.forms import DayField, FilesField
from nintei.shared.templatetags.nintei import said

AREA = {"rows": 4, "autocomplete": "off"}


class Names(forms.Select):
    """A choice of people: their names stay Japanese on an English page."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        made = super().create_option(name, value, *args, **options)
        if value:
            made["attrs"]["lang"] = "ja"
        return made


def _days(label: Any, hint: Any = "") -> forms.IntegerField:
    attrs = {"class": "input w-4", "inputmode": "numeric", "autocomplete": "off"}
    return forms.IntegerField(
        label=label, help_text=hint, min_value=1, max_value=999, widget=forms.TextInput(attrs)
    )


def _percent(label: Any, hint: Any, **options: Any) -> forms.DecimalField:
    attrs = {"class": "input w-4", "inputmode": "decimal", "autocomplete": "off"}
    return forms.DecimalField(
        label=label, help_text=hint, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.TextInput(attrs), **options,
    )  # fmt: skip


class TermsForm(forms.Form):
    """What the association sets. Nothing is filled in: nobody has said it yet."""

    share = _percent(
        _("監査する割合（％）"), _("層ごとに、更新申請のうち何％か。0.01から100まで"), min_value=0.01
    )
    strata = forms.ChoiceField(label=_("層の分け方"), choices=Strata.choices, widget=forms.RadioSelect)
    risk = _percent(_("危険度の印がある更新の割合（％）"), _("使わないときは0"), min_value=0, initial=0)
    risk_rules = forms.MultipleChoiceField(
        label=_("危険度の規則"), choices=RiskRule.choices, required=False,
        help_text=_("選んだ規則は公開します"), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    leaving = forms.ChoiceField(
        label=_("抽出から外れる更新"), choices=LeavingRule.choices, widget=forms.RadioSelect
    )
    response_days = _days(_("回答の日数"))
    extension_days = _days(_("延長できる日数"), _("回答の日数に足して、いちばん長くて何日まで延ばせるか"))
    appeal_days = _days(_("不服を申し立てられる日数"))
    retention_months = _days(_("証明書類を保管する月数"))
    small_cell = _days(_("公開の数字で隠す小さい数"), _("1からこの数より小さい数を隠します。3以上"))
    from_on = DayField(label=_("いつから"))
    words = forms.CharField(
        label=_("どこで、いつ決めたか"), max_length=1000, widget=forms.Textarea(AREA),
        help_text=_("理事会の回や日付など。公開します"),
    )  # fmt: skip

    def clean_small_cell(self) -> int:
        small = int(self.cleaned_data["small_cell"])
        if small < 3:
            raise forms.ValidationError(_("3以上にしてください"))
        return small

    def said(self) -> TermsSaid:
        """What was typed, as the action takes it."""
        told = dict(self.cleaned_data)
        return TermsSaid(**{**told, "risk_rules": tuple(told["risk_rules"])})


class SeedForm(forms.Form):
    """Where a seed will come from: a day and a public number that are still to come."""

    seed_on = DayField(
        label=_("記録に署名する日"),
        help_text=_("明日か、それより後。この日の最初の署名が種の一つ目になります"),
    )
    number_what = forms.CharField(
        label=_("種に使う公開の数字"), max_length=300,
        help_text=_("だれでも後から調べられ、だれにも動かせない数字。例：東証株価指数（TOPIX）のその日の終値"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    number_url = forms.URLField(
        label=_("その数字が載るページ"), max_length=300, required=False, assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "off"}),
    )  # fmt: skip
    number_on = DayField(label=_("数字が決まる日"))
    number_time = forms.TimeField(
        label=_("数字が決まる時刻（日本時間）"), help_text=_("例：15:30。署名はこの時刻より前に済ませます"),
        widget=forms.TextInput({"class": "input w-4", "autocomplete": "off"}), input_formats=["%H:%M"],
    )  # fmt: skip

    def seed(self) -> Seed:
        """What was typed, as the action takes it."""
        told = self.cleaned_data
        clock: time = told["number_time"]
        instant = datetime.combine(told["number_on"], clock, JST)
        return Seed(told["seed_on"], told["number_what"], told["number_url"], instant)


class FrameForm(SeedForm):
    """A frame with its first draw."""

    from_on = DayField(label=_("この日に送られた更新申請から"))
    to_on = DayField(label=_("この日に送られたものまで"))
    field_order = ("from_on", "to_on", "seed_on", "number_what", "number_url", "number_on", "number_time")


class AgainForm(SeedForm):
    """Another draw from a frame."""

    reason = forms.CharField(
        label=_("なぜ次の抽出をするか"), max_length=1000, widget=forms.Textarea(AREA),
        help_text=_("公開し、消せません"),
    )  # fmt: skip
    field_order = ("reason", "seed_on", "number_what", "number_url", "number_on", "number_time")


class NumberForm(forms.Form):
    """The public number as one person reads it."""

    value = forms.CharField(
        label=_("数字"), max_length=100, help_text=_("載っているとおりに、桁も同じに"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    source = forms.CharField(
        label=_("どこで見たか"), max_length=300, widget=forms.TextInput({"autocomplete": "off"})
    )


class VersionForm(forms.Form):
    """A step that needs no words; `version` is the page that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """The holder's answer to one line."""

    attached = FilesField(
        label=_("書類（写真、PDF）"), required=False,
        help_text=_("写真を撮って付けられます。PDF、JPEG、PNG。1つ10MBまで"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("説明"), required=False, max_length=2000, widget=forms.Textarea(AREA),
        help_text=_("書類だけではわからないことがあれば"),
    )  # fmt: skip
    as_other = forms.BooleanField(label="", required=False)
    nothing = forms.BooleanField(label=_("示せる書類はない"), required=False)

    def __init__(self, *args: Any, offer: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if offer:
            self.fields["as_other"].label = offer
        else:
            del self.fields["as_other"]


class PleaForm(forms.Form):
    """More time, an exemption, or a conflict of interest."""

    kind = forms.ChoiceField(
        label=_("何を申し出ますか"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in PleaKind if each != PleaKind.APPEAL],
    )  # fmt: skip
    until_on = DayField(label=_("いつまで延ばしてほしいか"), required=False, help_text=_("延ばすときだけ"))
    about = forms.ChoiceField(
        label=_("どの担当者か"), required=False, help_text=_("利害関係のときだけ"),
        widget=Names({"class": "select"}),
    )  # fmt: skip
    words = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(AREA))

    def __init__(self, *args: Any, office: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(str(person.pk), person.name) for person in office]
        self.fields["about"].choices = [("", _("選んでください")), *names]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Words that are needed."""

    words = forms.CharField(label=_("言葉"), max_length=2000, widget=forms.Textarea(AREA))

    def __init__(self, *args: Any, label: Any = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if label:
            self.fields["words"].label = label


class MarkForm(forms.Form):
    """An auditor's mark: what the documents show, the verdict, and why."""

    shows = forms.MultipleChoiceField(
        label=_("書類からわかること"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unclear = forms.BooleanField(label=_("内容の詳細が不明確である"), required=False)
    verdict = forms.ChoiceField(label=_("この行を"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("理由の種類"), required=False, help_text=_("除く、尋ねるとき"))
    words = forms.CharField(
        label=_("監査を受ける方への言葉"), required=False, max_length=2000, widget=forms.Textarea(AREA),
        help_text=_("除く、尋ねる、見立てに反して認めるときは書いてください。そのまま届きます"),
    )  # fmt: skip

    def __init__(self, *args: Any, category: Category, wanted: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        verdicts = [v for v in Verdict if v != Verdict.AS_OTHER or category.without_proof]
        label = {Verdict.AS_OTHER: _("書類がないので {code} として認める")}
        choices = [
            (v.value, str(label.get(v, v.label)).format(code=category.without_proof)) for v in verdicts
        ]
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]
        self.fields["shows"].choices = [(name, words.shown(name)) for name in wanted]  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", _("選んでください")), *_grouped()]  # type: ignore[attr-defined]
        if not category.detail_must_be_clear:
            del self.fields["unclear"]

    def said(self) -> MarkSaid:
        """What was typed, as the action takes it."""
        told = self.cleaned_data
        reason = told["reason"].partition(":")[2]
        clear = not told.get("unclear", False)
        return MarkSaid(told["verdict"], tuple(told["shows"]), clear, reason, told["words"])


def _grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """The taxonomy, by verdict; `other` exists in both, so the verdict stands before the code."""
    return [
        (
            str(verdict.label),
            [(f"{verdict}:{r.code}", said(r.text)) for r in reasons.ALL if r.verdict == verdict],
        )
        for verdict in (Verdict.STRUCK, Verdict.ASKED)
    ]


class ProposeForm(VersionForm):
    """Passing an audit on; a special outcome says why."""

    special = forms.ChoiceField(label=_("結果"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("決定する人への言葉"), required=False, max_length=2000, widget=forms.Textarea(AREA),
        help_text=_("付託や免除のときは、理由を書いてください"),
    )  # fmt: skip

    def __init__(self, *args: Any, outcome: str, exempt: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", outcome), ("referred", _("疑わしい点があり、協会に付託する"))]
        if exempt:
            choices.append(("exempt", _("申し出のとおり、監査を免除する")))
        self.fields["special"].choices = choices  # type: ignore[attr-defined]


class RuleForm(VersionForm):
    """The second person's word."""

    agreed = forms.ChoiceField(
        label=_("決定"), widget=forms.RadioSelect,
        choices=[("yes", _("このとおり決める")), ("no", _("確認へ戻す"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("言葉"), required=False, max_length=2000, widget=forms.Textarea(AREA),
        help_text=_("戻すときは理由を。決めるときに書くと、ご本人に届きます"),
    )  # fmt: skip


class PleaAnswerForm(forms.Form):
    """The office's answer to what the holder asks for."""

    plea = forms.UUIDField(widget=forms.HiddenInput)
    granted = forms.ChoiceField(
        label=_("返事"),
        widget=forms.RadioSelect,
        choices=[("yes", _("申し出を認める")), ("no", _("申し出を認めない"))],
    )
    until_on = DayField(
        label=_("新しい期限"), required=False, help_text=_("延ばすとき。空ければ申し出のとおり")
    )
    words = forms.CharField(
        label=_("監査を受ける方への言葉"), required=False, max_length=2000, widget=forms.Textarea(AREA)
    )
