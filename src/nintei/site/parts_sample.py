"""What the page of all parts shows: every part in every state, from real forms and records."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nintei.rules.edition import Citation, Text
from nintei.shared.forms import DayField

QUOTE = "1時間の受講で1CPDポイント付与する、0.5単位で申請可能"
CITE = Citation(
    key="points.rate",
    source="cpd-2026-01",
    clause="CPD-A.2",
    quote=QUOTE,
    reading=Text(
        "30分に満たない分は切り捨てます。45分は0.5です。",
        "Less than 30 minutes is dropped: 45 minutes give 0.5.",
    ),
    ambiguities=("AMB-C5",),
)
SHOWN = Text("7年1か月24日", "7 years 1 month 24 days")
WANTED = Text("5年以上", "at least 5 years")


class SampleForm(forms.Form):
    """Each kind of field once."""

    what = forms.CharField(
        label=_("何をしましたか"), help_text=_("研修名や本の題名を書きます"), max_length=50
    )
    on = DayField(label=_("いつですか"))
    field = forms.ChoiceField(
        label=_("業務のどの分野ですか"),
        choices=[
            ("", _("選んでください")),
            ("4", _("4　オペレーション")),
            ("5", _("5　ヒューマンリソースマネジメント")),
        ],
        error_messages={"required": _("業務の分野を1つ選んでください")},
    )
    side = forms.ChoiceField(
        label=_("どちらに近いですか"),
        choices=[("learnt", _("学んだ")), ("taught", _("教えた・働いた"))],
        widget=forms.RadioSelect({"class": "choices--row"}),
    )
    note = forms.CharField(label=_("内容"), required=False, widget=forms.Textarea({"rows": 3}))
    evidence = forms.FileField(label=_("控え"), required=False, help_text=_("PDF、JPEG、PNG。10MBまで"))
    read = forms.BooleanField(label=_("署名の意味を読みました"))


def page(data: QueryDict | None) -> dict[str, object]:
    """The context of the page of all parts."""
    words = ((True, _("満たす")), (None, _("人が確かめる")), (False, _("満たさない")))
    findings = [
        (SimpleNamespace(key="k", met=met, shown=SHOWN, wanted=WANTED, cite=CITE, note=""), title)
        for met, title in words
    ]
    return {
        "blank": SampleForm(auto_id="blank_%s"),
        "wrong": SampleForm(data or QueryDict("what=&on_0=2026&on_1=2&on_2=30"), auto_id="wrong_%s"),
        "cite": CITE,
        "findings": findings,
        "documents": {},
        "until": date(2027, 2, 28),
        "today": date(2026, 11, 24),
        "steps": [
            (_("記入する"), ""),
            (_("確かめる"), _("いまここ")),
            (_("送る"), ""),
            (_("審査"), _("協会")),
        ],
    }
