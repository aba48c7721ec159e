"""The check for anyone, through its door: the same answers as the kernel's cases, and nothing kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from nintei.applications.models import Application
from nintei.applications.tests.conftest import TODAY, add_post, at
from nintei.experience.models import Post
from nintei.journal.models import Leaf
from nintei.people import actions as people
from nintei.people.models import Person
from nintei.site.tests.access import browser

CASES = Path(__file__).parents[5] / "shared" / "conformance" / "cases.json"
KEY = "a-key-that-is-long-enough"


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


def day(name: str, on: date | None) -> dict[str, str]:
    parts = (on.year, on.month, on.day) if on else ("", "", "")
    return {f"{name}_{part}": str(value) for part, value in zip(("year", "month", "day"), parts, strict=True)}


def asked(
    *posts: tuple[date, date | None, str], exam: str = "OMP", issued: date | None = None, **more: str
) -> dict[str, Any]:
    """The form as a browser sends it."""
    told: dict[str, Any] = {"exam": exam, "count": str(max(1, len(posts))), "do": "answer"}
    told |= day("issued", issued)
    for number, (start, end, fields) in enumerate(posts):
        told |= {f"p{number}-organisation": "さくらコンタクト", f"p{number}-practice": list(fields)}
        told |= day(f"p{number}-started", start) | day(f"p{number}-ended", end)
        told |= {} if end else {f"p{number}-present": "on"}
    return told | more


def answer(client: Client, told: dict[str, Any]) -> Any:
    page = client.post(reverse("applications:eligibility"), told)
    assert page.status_code == 200, page.context["errors"]
    return page.context["answer"]


def of_area(area: str) -> list[Any]:
    """The cases of an area that judge by the readings of the rulebook, as they are handed to us."""
    if not CASES.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{CASES.name} is not beside the repository"))]
    known = json.loads(CASES.read_text("utf-8"))
    cases = known["cases"] if isinstance(known, dict) else known
    return [pytest.param(c, id=c["id"]) for c in cases if c["area"] == area and "policy" not in c]


@pytest.mark.parametrize("case", of_area("late_application"))
def test_a_late_application_is_answered_as_the_cases_say(
    db: None, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given, wanted = case["input"], case["expected"]
    monkeypatch.setenv("NINTEI_TODAY", given["application_date"])
    late = answer(Client(), asked(issued=date.fromisoformat(given["report_issue_date"]))).when.late
    shown = {
        "usable": late.usable,
        "validity_start": late.validity.start.isoformat(),
        "validity_end": late.validity.end.isoformat(),
        "renewal_opens": late.validity.opens.isoformat(),
        "renewal_closes": late.validity.closes.isoformat(),
        "days_left_in_validity": late.days_left,
        "flags": [str(flag) for flag in late.flags],
        "reason": str(late.reason),
    }
    assert {key: shown[key] for key in wanted} == wanted


@pytest.mark.parametrize("case", of_area("experience"))
def test_experience_is_weighed_as_the_cases_say(
    db: None, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Substitution and who attests are no questions of the check; cases that turn on them are others' to show."""
    given, wanted = case["input"], case["expected"]
    if given.get("substitution_months") or any(
        p.get("attested_by", "supervisor_there") not in ("supervisor_there", "former_supervisor_who_left")
        or not p["fields"]
        for p in given["periods"]
    ):
        pytest.skip("turns on what the check does not ask")
    monkeypatch.setenv("NINTEI_TODAY", given["reference_date"])
    on = date.fromisoformat(given["reference_date"])
    posts = [
        (
            date.fromisoformat(p["from"]),
            date.fromisoformat(p["to"]) if p["to"] else None,
            "".join(str(f) for f in p["fields"]),
        )
        for p in given["periods"]
    ]
    if any(start > on or (end and end > on) for start, end, _fields in posts):
        pytest.skip("the check takes no days to come")
    found = answer(Client(), asked(*posts, exam=given["programme"])).standing.claimed
    assert {
        "actual_months": int(found.actual),
        "result": str(found.result),
        "reasons": sorted(map(str, found.reasons)),
        "required_field_months": int(found.required),
    } == {
        "actual_months": wanted["actual_months"],
        "result": wanted["result"],
        "reasons": sorted(wanted.get("reasons", [])),
        "required_field_months": wanted["required_field_months"],
    }


def test_every_word_of_the_answer_comes_with_its_day(db: None) -> None:
    told = answer(Client(), asked((date(2024, 4, 1), None, "45"), issued=date(2024, 10, 8)))
    assert (told.tone, told.standing.met_on, told.use.last_day) == (
        "bad",
        date(2029, 3, 31),
        date(2027, 10, 8),
    )
    assert told.is_too_late
    assert [rule.later and rule.later.on for rule in told.standing.rules] == [date(2029, 3, 31), None, None]
    assert [(each.key, each.told) for each in told.standing.fields] == [
        ("4", "2年7か月24日"), ("5", "2年7か月24日"),
    ]  # fmt: skip
    first, *_rest, last = told.when.months
    assert (first.on, first.days_left) == (TODAY, 494)
    assert (last.on, last.days_left, last.tone) == (date(2027, 10, 8), 176, "")


def test_overlapping_days_count_once_and_are_named(db: None) -> None:
    posts = ((date(2019, 4, 1), date(2022, 3, 31), "4"), (date(2021, 4, 1), date(2024, 3, 31), "5"))
    page = Client().post(reverse("applications:eligibility"), asked(*posts))
    found = page.context["answer"].standing.claimed
    assert int(found.actual) == 60
    assert "2021年4月1日（木）から2022年3月31日（木）までは重なっているので" in page.content.decode()


def test_what_passing_alone_gives_needs_no_application(db: None) -> None:
    page = Client().post(reverse("applications:eligibility"), asked(exam="SV"))
    assert "この資格は、試験の合格だけで取得できます" in page.content.decode()
    assert "この内容で申請を書き始める" not in page.content.decode()


def test_a_stranger_leaves_nothing_on_the_server(db: None) -> None:
    browser_, url = Client(), reverse("applications:eligibility")
    browser_.get(url)
    browser_.post(url, asked((date(2019, 4, 1), None, "45"), issued=date(2024, 10, 8)))
    browser_.post(url, asked((date(2019, 4, 1), None, "45"), do="take"))
    kept = (Leaf, Application, Post, Person, Session)
    assert [table.objects.count() for table in kept] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (day("issued", date(2026, 11, 25)), "発行日は、今日までの日にしてください"),
        ({"exam": ""}, "「合格した試験」を選んでください"),
        (day("p0-started", date(2026, 11, 25)), "始まりの日は、今日までの日にしてください"),
        (day("p0-started", None), "年、月、日を数字で書いてください"),
        ({"p0-practice": []}, "「仕事の分野」を選んでください"),
        ({"p0-practice": ["9"]}, "正しく選択してください"),
        ({"p0-started_month": "13"}, "この日は暦にありません"),
        ({"p0-present": ""}, "「現在も続いている」を選んでください"),
        ({"p0-organisation": "あ" * 101}, "100文字までで書いてください"),
    ],
)
def test_bad_input_is_told_beside_its_field(db: None, more: dict[str, Any], sentence: str) -> None:
    page = Client().post(reverse("applications:eligibility"), asked((date(2019, 4, 1), None, "4")) | more)
    assert page.status_code == 422
    assert "answer" not in page.context
    assert sentence in page.content.decode()


def test_sixty_posts_with_long_odd_names_are_answered(db: None) -> None:
    posts = [
        (date(2015 + n // 12, n % 12 + 1, 1), date(2015 + n // 12, n % 12 + 1, 20), "4") for n in range(60)
    ]
    told = asked(*posts)
    told |= {f"p{n}-organisation": "<b>𠮷髙=1+1</b>" + "あ" * 85 for n in range(60)}
    page = Client().post(reverse("applications:eligibility"), told)
    assert page.status_code == 200
    assert len(page.context["answer"].case.posts) == 60
    assert "&lt;b&gt;𠮷髙=1+1&lt;/b&gt;" in page.content.decode()
    assert "<b>𠮷" not in page.content.decode()


def shown(page: Any) -> Iterator[tuple[str, str]]:
    for post in page.context["posts"]:
        yield post["organisation"].value(), post["started"].value()[0]


def test_a_post_more_or_less_keeps_what_was_typed(db: None) -> None:
    url = reverse("applications:eligibility")
    told = asked(*[(date(2019 + n, 4, 1), None, "4") for n in range(3)])
    told |= {f"p{n}-organisation": f"会社{n}" for n in range(3)}
    more = Client().post(url, told | {"do": "more", "exam": ""})
    assert (more.status_code, more.context["errors"]) == (200, [])
    typed = [("会社0", "2019"), ("会社1", "2020"), ("会社2", "2021")]
    assert list(shown(more)) == [*typed, (None, None)]
    less = Client().post(url, told | {"do": "less-1"})
    assert list(shown(less)) == [("会社0", "2019"), ("会社2", "2021")]


def test_the_number_of_posts_is_kept_in_bounds(db: None) -> None:
    url = reverse("applications:eligibility")
    told = {count: Client().post(url, {"do": "more", "count": count}) for count in ("60", "99999", "x", "-1")}
    assert {count: len(page.context["posts"]) for count, page in told.items()} == {
        "60": 60, "99999": 2, "x": 2, "-1": 2,
    }  # fmt: skip


# --- taking it along ------------------------------------------------------------------------------

POSTS = ((date(2019, 4, 1), date(2022, 3, 31), "4"), (date(2022, 4, 1), None, "56"))


def test_who_takes_it_along_signs_up_and_finds_the_same_posts(db: None) -> None:
    visitor, url = Client(), reverse("applications:eligibility")
    sent = visitor.post(url, asked(*POSTS, do="take"))
    assert sent["Location"] == f"{reverse('account_signup')}?next=%2Fcheck%2Ftake"
    visitor.force_login(people.register(by="", email="new@example.jp", language="ja", at=at(TODAY)))
    page = visitor.get(reverse("applications:take"))
    assert page.content.decode().count("さくらコンタクト") == 2
    done = visitor.post(reverse("applications:take"), {"once": KEY})
    assert done["Location"] == reverse("applications:apply", kwargs={"qualification": "OMP"})
    posts = Post.objects.order_by("started_on")
    assert [(p.started_on, p.ended_on, "".join(f.field for f in p.fields.all())) for p in posts] == list(
        POSTS
    )
    assert Application.objects.get().state == "draft"
    assert visitor.cookies["nintei_check"].value == ""


def test_taking_it_along_twice_adds_nothing(sato: Person) -> None:
    visitor = browser(sato)
    add_post(sato, *POSTS[0], "さくらコンタクト")
    for key in ("1", "2"):
        visitor.post(reverse("applications:eligibility"), asked(*POSTS, do="take"))
        visitor.post(reverse("applications:take"), {"once": KEY + key})
    assert Post.objects.count() == 2


def test_one_post_that_may_not_be_leaves_the_whole_out(sato: Person) -> None:
    """Sato was born in 1989: the second post begins before that."""
    visitor = browser(sato)
    before_birth = (date(1980, 4, 1), date(1981, 3, 31), "4")
    visitor.post(reverse("applications:eligibility"), asked(POSTS[1], before_birth, do="take"))
    page = visitor.post(reverse("applications:take"), {"once": KEY}, follow=True)
    assert "生年月日" in page.content.decode()
    assert (Post.objects.count(), Application.objects.count()) == (0, 0)


def test_it_can_be_left_out(sato: Person) -> None:
    visitor = browser(sato)
    visitor.post(reverse("applications:eligibility"), asked(*POSTS, do="take"))
    visitor.post(reverse("applications:take"), {"once": KEY, "drop": "1"})
    assert (Post.objects.count(), Application.objects.count()) == (0, 0)


def test_a_workplace_without_a_name_is_asked_for_first(db: None) -> None:
    page = Client().post(
        reverse("applications:eligibility"), asked(*POSTS, do="take") | {"p1-organisation": ""}
    )
    assert page.status_code == 422
    assert "持っていくには、勤務先の名前が要ります" in page.content.decode()


@pytest.mark.parametrize("value", ["", "x", "eyJleGFtIjoiT01QIn0:1x:forged"])
def test_a_cookie_that_is_not_ours_brings_nothing(sato: Person, value: str) -> None:
    visitor = browser(sato)
    visitor.cookies["nintei_check"] = value
    page = visitor.get(reverse("applications:take"), follow=True)
    assert "持ってきた内容はありません" in page.content.decode()


def test_too_much_for_a_cookie_is_said(db: None) -> None:
    posts = [
        (date(2015 + n // 12, n % 12 + 1, 1), date(2015 + n // 12, n % 12 + 1, 20), "4") for n in range(60)
    ]
    told = asked(*posts, do="take")
    told |= {f"p{n}-organisation": "".join(chr(0x4E00 + 100 * n + i) for i in range(100)) for n in range(60)}
    page = Client().post(reverse("applications:eligibility"), told, follow=True)
    assert "このブラウザでは持っていけません" in page.content.decode()
