"""Words for days and numbers in both languages, and the pattern of every form."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from nintei.rules.edition import Citation, Document, Text
from nintei.shared import wording
from nintei.shared.forms import DayField, summary


def render(source: str, language: str = "ja", **context: Any) -> str:
    with translation.override(language):
        return Template("{% load nintei %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("on", "ja", "en"),
    [
        (date(2027, 2, 28), "2027年2月28日（日）", "Sunday, 28 February 2027"),
        (date(2028, 2, 29), "2028年2月29日（火）", "Tuesday, 29 February 2028"),
        # 15:30 in UTC is the next day in Japan.
        (
            datetime(2027, 3, 31, 15, 30, tzinfo=ZoneInfo("UTC")),
            "2027年4月1日（木）",
            "Thursday, 1 April 2027",
        ),
    ],
)
def test_it_says_a_day(on: date, ja: str, en: str) -> None:
    assert (render("{{ on|day }}", on=on), render("{{ on|day }}", "en", on=on)) == (ja, en)


def test_it_says_how_many_days_are_left() -> None:
    day, said = date(2027, 2, 28), "{{ day|days_until:on }}"
    days = [date(2026, 11, 24), date(2027, 2, 27), day, date(2027, 3, 1), date(2027, 3, 3)]
    ja = [render(said, day=day, on=on) for on in days]
    en = [render(said, "en", day=day, on=on) for on in days]
    assert ja == ["あと96日", "あと1日", "今日まで", "1日前に終わりました", "3日前に終わりました"]
    assert en == [
        "96 days left",
        "1 day left",
        "today is the last day",
        "ended 1 day ago",
        "ended 3 days ago",
    ]


def test_it_says_numbers_in_both_languages() -> None:
    said = "{{ p|points }} {{ g|points:0 }} {{ y|yen }} {{ m|months }} {{ n|minutes }}"
    numbers: dict[str, Any] = {"p": Fraction(43, 2), "g": 30, "y": 11000, "m": 18, "n": 195}
    assert render(said, **numbers) == "21.5 30 11,000円 1年6か月 3時間15分"
    assert render(said, "en", **numbers) == "21.5 30 ¥11,000 1 year 6 months 3 hours 15 minutes"
    with translation.override("en"):
        singular = [
            wording.months(1),
            wording.months(0),
            wording.months(24),
            wording.minutes(60),
            wording.minutes(1),
        ]
    assert singular == ["1 month", "0 months", "2 years", "1 hour", "1 minute"]


def test_what_is_not_there_is_not_said() -> None:
    assert render("{{ x|day }}{{ x|points }}{{ x|yen }}{{ x|months }}{{ x|said }}{% when x %}", x=None) == ""


def test_a_kernel_text_is_said_in_the_active_language() -> None:
    name = Text("個人学習", "Self-study")
    assert [render("{{ n|said }}", language, n=name) for language in ("ja", "en")] == [
        "個人学習",
        "Self-study",
    ]


def test_a_name_is_marked_as_japanese_on_an_english_page_and_never_trusted() -> None:
    assert render("{% in_japanese n %}", n="佐藤<b>") == "佐藤&lt;b&gt;"
    assert render("{% in_japanese n %}", "en", n="佐藤<b>") == '<span lang="ja">佐藤&lt;b&gt;</span>'


CITE = Citation(
    "points.rate",
    "cpd-2026-01",
    "CPD-A.2",
    "0.5単位で申請可能",
    Text("切り捨てます", "rounded down"),
    ("AMB-C5",),
)
DOCUMENT = Document(
    "cpd-2026-01",
    "cpd",
    Text("基本ルール", "Basic rules"),
    Text("2026年1月版", "January 2026"),
    date(2026, 1, 1),
)


def test_a_clause_shows_its_words_its_document_and_our_reading() -> None:
    ja = render("{% clause cite %}", cite=CITE, documents={DOCUMENT.id: DOCUMENT})
    en = render("{% clause cite %}", "en", cite=CITE, documents={DOCUMENT.id: DOCUMENT})
    assert '<blockquote lang="ja">0.5単位で申請可能</blockquote>' in ja
    assert '<blockquote lang="ja">0.5単位で申請可能</blockquote>' in en
    assert "基本ルール 2026年1月版（CPD-A.2）" in ja
    assert 'Basic rules January 2026 (<span lang="ja">CPD-A.2</span>)' in en
    assert "わたしたちの読み方</b>　切り捨てます" in ja
    assert "協会の確認はまだです（AMB-C5）" in ja
    assert "rounded down" in en
    assert "Not yet confirmed by the association (AMB-C5)" in en


def test_a_clause_finds_its_document_in_the_rulebook_of_the_day() -> None:
    assert "cpd-2026-01（" not in render("{% clause cite %}", cite=CITE)


class Sample(forms.Form):
    """A field of each kind that can be left out."""

    what = forms.CharField(label="題名", help_text="本の題名")
    on = DayField(label="日")
    side = forms.ChoiceField(label="どちら", choices=[("a", "学んだ")], widget=forms.RadioSelect)
    read = forms.BooleanField(label="読みました")


def test_every_error_is_a_link_to_a_control_that_is_there() -> None:
    form = Sample(QueryDict("on_year=2026&on_month=2&on_day=30"))
    assert summary(form) == [
        ("id_what", "「題名」を書いてください"),
        ("id_on_0", "この日は暦にありません。年、月、日を確かめてください"),
        ("id_side_0", "「どちら」を選んでください"),
        ("id_read", "「読みました」に印を付けてください"),
    ]
    page = str(form)
    for target, _sentence in summary(form):
        assert page.count(f'href="#{target}"') == 1 == page.count(f'id="{target}"')


def test_hint_and_error_are_tied_to_their_control() -> None:
    page = str(Sample(QueryDict("")))
    assert 'aria-describedby="id_what_helptext id_what_error"' in page
    assert 'id="id_what_helptext"' in page
    assert 'id="id_what_error"' in page
    assert '<fieldset class="field field--bad" aria-describedby="id_on_error">' in page


def test_a_blank_form_has_no_summary() -> None:
    assert "summary-box" not in str(Sample())
    assert "summary-box" in str(Sample(QueryDict("")))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("2028", "2", "29"), date(2028, 2, 29)),
        (("２０２６", "１１", "２４"), date(2026, 11, 24)),
        (("", "", ""), None),
    ],
)
def test_a_day_is_read_from_three_boxes(typed: tuple[str, str, str], day: date | None) -> None:
    assert DayField(required=False).clean(list(typed)) == day


@pytest.mark.parametrize(
    "typed", [("2027", "2", "29"), ("2027", "", "1"), ("x", "1", "1"), ("27", "1", "1"), ("2027", "0", "1")]
)
def test_a_day_that_is_not_in_the_calendar_is_refused(typed: tuple[str, str, str]) -> None:
    with pytest.raises(forms.ValidationError):
        DayField(required=False).clean(list(typed))


def test_a_page_needs_nothing_that_the_policy_forbids(client: object) -> None:
    answer = client.get("/sign-in")  # type: ignore[attr-defined]
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert [
        sign for sign in (" style=", "<style", "<script>", " onclick", "javascript:") if sign in page
    ] == []
