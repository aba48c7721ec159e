"""The doors: what a provider, the committee and anybody see; exports that nothing can run."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from nintei.courses import actions, exports, queries
from nintei.courses.models import Attendance, Course, CourseSession, Form, Provider, Roster
from nintei.courses.tests.conftest import AT, HELD, ON, Take, opened, roster, somebody
from nintei.ledger.models import Activity
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

ONCE = {"once": "x" * 20}


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


@pytest.fixture
def academys(academy: Person) -> Client:
    client = Client()
    client.force_login(academy)
    return client


def test_a_roster_goes_through_the_doors(
    academys: Client, session: CourseSession, omp: Certification, suzuki: Person
) -> None:
    file = SimpleUploadedFile("名簿.csv", roster("OMP-2023-000001,ｽｽﾞｷ ﾐｻｷ,,"))
    dropped = academys.post(reverse("courses:drop", args=[session.pk]), {**ONCE, "file": file})
    page = academys.get(dropped["Location"]).content.decode()
    assert "1行を取り込む" in page
    assert Activity.objects.count() == 0
    pk = Roster.objects.get().pk
    for _ in range(3):
        academys.post(reverse("courses:confirm", args=[pk]), ONCE)
    assert (Activity.objects.count(), Attendance.objects.count()) == (1, 1)
    assert "取り込みました" in academys.get(dropped["Location"]).content.decode()


def test_a_roster_with_faults_takes_nothing_unless_told_otherwise(
    academys: Client, session: CourseSession, omp: Certification
) -> None:
    data = roster("OMP-2023-000001,スズキ ミサキ,,", "OMP-2023-000009,スズキ ミサキ,,")
    dropped = actions.drop_roster(by="x", session=session, data=data, name="a.csv", at=AT)
    confirm = reverse("courses:confirm", args=[dropped.pk])
    academys.post(confirm, ONCE)
    assert (Activity.objects.count(), dropped.rows.count()) == (0, 0)
    academys.post(confirm, {"once": "y" * 20, "partial": "yes"})
    outcomes = list(dropped.rows.values_list("line", "outcome"))
    assert (Activity.objects.count(), outcomes) == (1, [(2, "credited"), (3, "not_taken")])


def test_of_a_long_roster_one_gets_what_to_mend_and_what_was_not_taken(
    academys: Client, session: CourseSession, omp: Certification
) -> None:
    """Fifty rows a page; the rest, and what to do, as a file that no spreadsheet runs."""
    wrong = [f"=OMP-{n},ﾔﾏﾀﾞ ﾀﾛｳ,,30" for n in range(60)]
    unread = ["OMP-2023-000001,スズキ ミサキ,,x", "OMP-2,,きのう,"]
    data = roster("OMP-2023-000001,スズキ ミサキ,,", *wrong, *unread)
    dropped = actions.drop_roster(by="x", session=session, data=data, name="a.csv", at=AT)
    page, faults = (reverse(f"courses:{name}", args=[dropped.pk]) for name in ("roster", "faults"))

    def table() -> list[list[str]]:
        return list(csv.reader(io.StringIO(academys.get(faults).content.decode("utf-8-sig"))))

    pages = [academys.get(page, {"page": n}).content.decode() for n in (1, 2)]
    assert [each.count('data-label="どう直すか"') for each in pages] == [50, 13]
    told = table()
    assert (len(told), told[0]) == (64, ["行", "認定番号", "カナ", "列", "どう直すか"])
    assert told[1][:4] == ["3", "'=OMP-0", "ﾔﾏﾀﾞ ﾀﾛｳ", "認定番号"]
    minutes = "0から1440までの分数を書いてください。"
    assert told[-3] == ["63", "OMP-2023-000001", "スズキ ミサキ", "受講分数", minutes]
    assert [row[:4] for row in told[-2:]] == [["64", "OMP-2", "", "カナ"], ["64", "OMP-2", "", "受講日"]]
    academys.post(reverse("courses:confirm", args=[dropped.pk]), {**ONCE, "partial": "yes"})
    told = table()
    assert (len(told), told[:2]) == (
        63,
        [["認定番号", "カナ", "受講日", "受講分数"], ["'=OMP-0", "ﾔﾏﾀﾞ ﾀﾛｳ", "", "30"]],
    )
    pages = [academys.get(page, {"page": n}).content.decode() for n in (1, 2)]
    assert [each.count('data-label="結果"') for each in pages] == [50, 13]
    # What could not be read comes back as it was written: nothing of what was sent is lost.
    assert told[-2:] == [row.split(",") for row in unread]
    assert "きのう" in pages[1]


def test_whoever_watches_the_bar_sees_it_move_and_then_the_rows(
    academys: Client, session: CourseSession, omp: Certification
) -> None:
    dropped = actions.drop_roster(
        by="x", session=session, data=roster("OMP-2023-000001,スズキ ミサキ,,"), name="a.csv", at=AT
    )
    actions.confirm_roster(by="x", roster=dropped, partial=False, on=ON, at=AT)
    url, asked = reverse("courses:roster", args=[dropped.pk]), {"HX-Request": "true"}
    going = academys.get(url, headers=asked)
    assert '<progress class="meter mt-1" max="1" value="0"' in going.content.decode()
    actions.carry_out(by="x", roster=dropped.pk, at=AT)
    over = academys.get(url, headers=asked)
    assert [answer.headers.get("HX-Refresh") for answer in (going, over)] == [None, "true"]
    assert "<progress" not in over.content.decode()


def test_an_attendee_is_found_by_what_the_provider_sent(
    academys: Client, session: CourseSession, omp: Certification, take: Take
) -> None:
    take(session, "OMP-2023-000001,ｽｽﾞｷ ﾐｻｷ,,")
    url = reverse("courses:session", args=[session.pk])
    found = [
        academys.get(url, {"q": words}).content.decode().count("訂正する</a>")
        for words in ("", "000001", "スズキ", "すずき ミサキ", "ｽｽﾞｷ", "タナカ", "\x00")
    ]
    assert found == [1, 1, 1, 1, 1, 0, 1]


def test_a_provider_sees_no_name_and_no_number_that_it_did_not_send(
    academys: Client, session: CourseSession, omp: Certification, suzuki: Person
) -> None:
    code = actions.issue_codes(by="x", session=session, day=0, seats=1, at=AT)[0]
    actions.redeem(by=suzuki.by, person=suzuki, code=code, at=AT)
    page = academys.get(reverse("courses:session", args=[session.pk])).content.decode()
    assert "受講コード" in page
    assert [word for word in ("鈴木", "スズキ", "OMP-2023-000001", suzuki.email) if word in page] == []


def test_what_is_another_providers_is_not_there(
    academys: Client, ito: Person, session: CourseSession
) -> None:
    from nintei.courses.tests.conftest import accredited, provided

    stranger = somebody("他 人", "ホカ ヒト", "stranger")
    theirs = opened(accredited(provided(stranger, ito, "よその団体"), ito))
    mine, other = (reverse("courses:session", args=[each.pk]) for each in (session, theirs))
    assert [academys.get(url).status_code for url in (mine, other)] == [200, 404]


def test_the_committee_runs_the_associations_own_courses(ito: Person, academys: Client) -> None:
    course = actions.accredit_course(
        by="system", title="品質", provider="協会", minutes=180, form=Form.MIXED, hosted=True,
        from_on=date(2025, 4, 1), until_on=None, at=AT,
    )  # fmt: skip
    page = reverse("courses:session", args=[opened(course).pk])
    office = Client()
    office.force_login(ito)
    assert [client.get(page).status_code for client in (office, academys)] == [200, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_session_asks_as_often_for_one_as_for_three(
    session: CourseSession, take: Take, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for n in range(count):
        person = somebody(f"人 {n}", "ヒト", f"many{n}")
        code = actions.issue_codes(by="x", session=session, day=0, seats=1, at=AT)[0]
        actions.redeem(by=person.by, person=person, code=code, at=AT)
    with django_assert_num_queries(2):
        assert len(queries.attended(session, queries.attendances(session))) == count


def held(title: str = "=HYPERLINK(1)", **more: Any) -> Course:
    told: dict[str, Any] = {"minutes": 180, "form": Form.MIXED, "hosted": True, "topics": ("4",), **more}
    return actions.accredit_course(
        by="system", title=title, provider="協会", from_on=date(2025, 4, 1), until_on=None, at=AT, **told
    )


COMING = HELD.replace("2026-11-20", "2026-12-10")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"topic": "4"}, 1),
        ({"form": "online"}, 1),
        ({"place": "東京"}, 1),
        ({"place": "大阪"}, 0),
        ({"first": "2026-12-10", "last": "2026-12-10"}, 1),
        ({"first": "2026-12-11"}, 0),
        ({"topic": "99", "form": "x", "first": "まだ"}, 2),
        ({"q": "\x00", "page": "x"}, 2),
    ],
)
def test_anyone_finds_courses_by_field_day_place_and_form(
    client: Client, asked: dict[str, str], found: int
) -> None:
    opened(held("品質"), COMING)
    held("安全", form=Form.ONLINE, topics=("5",))
    page = client.get("/courses", asked)
    assert (page.status_code, page.content.decode().count('<h2 class="fs-18">')) == (200, found)


@pytest.mark.django_db
def test_the_exports_say_the_same_and_run_nothing(client: Client) -> None:
    session = opened(held(), COMING)
    table = list(csv.reader(io.StringIO(client.get("/courses.csv").content.decode("utf-8-sig"))))
    assert table[1][:4] == ["'=HYPERLINK(1)", "協会", "会場とオンライン", "180"]
    assert table[1][8:10] == ["2026-12-10", "東京 大手町"]
    told = client.get("/courses.json").json()
    (course,) = told["courses"]
    assert (told["as_of"], course["title"], course["minutes"]) == ("2026-11-24", "=HYPERLINK(1)", 180)
    assert [each["days"][0]["on"] for each in course["sessions"]] == ["2026-12-10"]
    calendar = Calendar.from_ical(client.get("/courses.ics").content)
    (event,) = calendar.walk("VEVENT")
    begins = event.decoded("dtstart").astimezone(JST)
    assert (str(event["summary"]), begins) == ("=HYPERLINK(1)", datetime(2026, 12, 10, 10, tzinfo=JST))
    assert str(event["uid"]) == f"{session.pk}-0@nintei"


@pytest.mark.django_db
def test_the_table_has_a_row_for_a_course_without_sessions() -> None:
    held("静か")
    text = exports.as_csv(queries.catalogue(ON, queries.Wish()), edition(ON))
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["静か"]


def test_a_draft_is_seen_by_its_provider_alone(
    academys: Client, provider: Provider, ito: Person, client: Client
) -> None:
    from nintei.courses.tests.conftest import draft

    course = actions.save_course(by=provider.contact.by, provider=provider, draft=draft(), on=ON, at=AT)
    office = Client()
    office.force_login(ito)
    addresses = {
        academys: reverse("courses:provider_course", args=[course.pk]),
        office: reverse("courses:office_course", args=[course.pk]),
        client: reverse("courses:course", args=[course.pk]),
    }
    assert [who.get(url).status_code for who, url in addresses.items()] == [200, 404, 404]


def test_the_calculator_leaves_out_breaks_and_asks_for_nothing_else(
    academys: Client, provider: Provider
) -> None:
    url = reverse("courses:new_course")
    times = "10:00-17:00 休憩 12:00-13:00 15:00-15:15\n9:30〜12:00 休憩10分"
    told = academys.post(url, {**ONCE, "reckon": "yes", "timetable": times})
    assert (told.status_code, told.context["form"].errors) == (200, {})
    assert told.context["reckoned"]["minutes"] == 345 + 140
    wrong = academys.post(url, {**ONCE, "reckon": "yes", "timetable": "13時から15時まで"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (200, ["timetable"])
    assert Course.objects.count() == 0


def test_a_correction_of_a_session_asks_why_once_somebody_attended(
    academys: Client, session: CourseSession, omp: Certification, take: Take
) -> None:
    url, days = reverse("courses:revise", args=[session.pk]), "2026-11-20 10:00-16:00 休憩 12:00-13:00"
    asked = {"days": days, "place": session.place, "reason": ""}
    assert list(academys.get(url).context["form"].fields) == ["days", "place", "reason"]
    assert academys.post(url, {"once": "a" * 20, **asked}).status_code == 302
    take(session, "OMP-2023-000001,スズキ ミサキ,,")
    late = academys.post(url, {"once": "b" * 20, **asked, "days": HELD})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["reason"])
    assert academys.post(url, {"once": "c" * 20, **asked, "days": HELD, "reason": "誤り"}).status_code == 302
    assert session.revisions.count() == 3
