"""E-learning by xAPI: a completed course is credited at once, its statement kept; nothing is half done."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as installed
from django.test import Client

from nintei.courses import actions, queries, statements
from nintei.courses.models import Attendance, AttendanceRevision, Course, CourseSession, Provider, Statement
from nintei.courses.tests.conftest import AT, accredited, draft, provided, somebody
from nintei.ledger.models import Activity
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.shared.refusals import Refused
from nintei.site.tests.access import browser
from tests.kept import kept

ONE = "11111111-1111-4111-8111-111111111111"
TWO = "22222222-2222-4222-8222-222222222222"
ATTEMPT = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
HOME = installed.BASE_URL
LATER = AT + timedelta(days=1)  # what is sent arrives at this moment of the clock, on the day of AT


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


@pytest.fixture
@kept
def recorded(provider: Provider, ito: Person) -> Course:
    """A course of 90 minutes, open at any time in November 2026."""
    course = accredited(provider, ito, title="問い合わせの分析", timetable="90分", form="on_demand")
    span = {"first_on": date(2026, 11, 1), "last_on": date(2026, 11, 30)}
    actions.open_session(by="x", course=course, days=(), place="オンライン", at=AT, **span)
    actions.make_token(by="x", provider=provider, name="LMS", token="nintei_lms", at=AT)
    return course


def said(course: Course, **more: Any) -> dict[str, Any]:
    """Suzuki completed a course on 20 November, in an hour."""
    return {
        "id": ONE,
        "actor": {
            "objectType": "Agent", "name": "スズキ ミサキ",
            "account": {"homePage": HOME, "name": "OMP-2023-000001"},
        },
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en-US": "completed"}},
        "object": {"objectType": "Activity", "id": f"{HOME}/courses/{course.pk}"},
        "result": {"completion": True, "duration": "PT1H0M59S"},
        "timestamp": "2026-11-20T01:00:00+00:00",
        **more,
    }  # fmt: skip


Send = Callable[..., Any]


@pytest.fixture
def send(client: Client) -> Send:
    def sent(
        body: Any, *, shown: str = "nintei_lms", version: str = "1.0.3", method: str = "post", **query: str
    ) -> Any:
        basic = base64.b64encode(f"lms:{shown}".encode()).decode()
        headers = {
            "Authorization": f"Basic {basic}",
            "X-Experience-API-Version": version,
            "Accept-Language": "en",
        }
        url = "/api/v1/xapi/statements" + (f"?statementId={query['to']}" if query else "")
        return getattr(client, method)(url, body, content_type="application/json", headers=headers)

    return sent


def days() -> dict[str, int]:
    return {
        each.on.isoformat(): each.minutes for line in Activity.objects.all() for each in line.sessions.all()
    }


def test_a_completed_course_is_credited_at_once_and_its_statement_kept(
    recorded: Course, omp: Certification, send: Send
) -> None:
    answer = send(said(recorded))
    assert (answer.status_code, answer.json(), answer["X-Experience-API-Version"]) == (200, [ONE], "2.0.0")
    line = Activity.objects.get()
    assert (line.category, line.title, days()) == ("A", "問い合わせの分析", {"2026-11-20": 60})
    assert line.evidence.count() == 1
    kept = queries.statements_of(line.pk).get()
    assert (kept.body, kept.minutes, str(kept.pk)) == (said(recorded), 60, ONE)
    assert AttendanceRevision.objects.get().source == "xapi"


def test_a_statement_sent_again_changes_nothing_and_another_under_its_number_is_refused(
    recorded: Course, omp: Certification, send: Send
) -> None:
    send(said(recorded))
    again = said(recorded) | {"stored": "2026-11-24T00:00:00Z", "authority": {"name": "LMS"}}
    assert send(again).json() == [ONE]
    assert send(said(recorded), method="put", to=ONE).status_code == 204
    other = send(said(recorded) | {"result": {"duration": "PT2H"}})
    assert (other.status_code, other.json()["code"]) == (409, "courses.xapi_conflict")
    assert (Statement.objects.count(), AttendanceRevision.objects.count(), days()) == (
        1,
        1,
        {"2026-11-20": 60},
    )


def test_completed_and_passed_of_one_attempt_are_the_same_hours(
    recorded: Course, omp: Certification, send: Send
) -> None:
    passed = {"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}, "id": TWO}
    attempt = {"context": {"registration": ATTEMPT}}
    send([said(recorded, **attempt), said(recorded, **attempt, **passed, result={"duration": "PT70M"})])
    assert days() == {"2026-11-20": 70}


def test_another_attempt_adds_up_to_the_hours_of_the_course(
    recorded: Course, omp: Certification, send: Send
) -> None:
    send(said(recorded, context={"registration": ATTEMPT}))
    later = {"id": TWO, "context": {"registration": TWO}, "timestamp": "2026-11-21T15:30:00Z"}
    send(said(recorded, **later))
    assert days() == {"2026-11-20": 60, "2026-11-22": 30}
    assert [each.minutes for each in Statement.objects.order_by("on")] == [60, 30]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/attempted"}}, "courses.xapi_verb"),
        (
            {"actor": {"name": "スズキ ミサキ", "account": {"homePage": "https://x.jp", "name": "1"}}},
            "courses.xapi_actor",
        ),
        (
            {"actor": {"name": "ミナト", "account": {"homePage": HOME, "name": "OMP-2023-000001"}}},
            "courses.xapi_unknown",
        ),
        ({"object": {"id": "https://lms.example.jp/1"}}, "courses.xapi_object"),
        ({"object": {"id": f"{HOME}/courses/{ONE}"}}, "courses.xapi_course"),
        ({"result": {"duration": "PT59S"}}, "courses.xapi_duration"),
        ({"result": {"duration": "P1M"}}, "courses.xapi_duration"),
        ({"result": {"duration": "1 hour"}}, "courses.xapi_duration"),
        ({"result": {"duration": "PT1H", "completion": False}}, "courses.xapi_not_completed"),
        ({"timestamp": "2026-11-20T10:00:00"}, "courses.xapi_timestamp"),
        ({"timestamp": "2026-12-01T10:00:00+09:00"}, "courses.xapi_future"),
        ({"timestamp": "2026-10-31T23:59:00+09:00"}, "courses.xapi_session"),
        ({"context": {"registration": "x"}}, "courses.xapi_uuid"),
        ({"id": 7}, "courses.xapi_uuid"),
    ],
)
def test_what_confirms_nothing_is_said_and_the_whole_list_left_out(
    recorded: Course, omp: Certification, send: Send, change: dict[str, Any], code: str
) -> None:
    answer = send([said(recorded, id=TWO), said(recorded) | change])
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert (Statement.objects.count(), Attendance.objects.count(), Activity.objects.count()) == (0, 0, 0)


def test_its_shape_is_asked_for_with_its_version_and_its_number(
    recorded: Course, omp: Certification, send: Send
) -> None:
    bare = said(recorded)
    del bare["result"]["duration"], bare["actor"]["account"]
    answer = send(bare)
    assert answer.status_code == 422
    assert {"actor.account", "result.duration"} <= {
        each["column"].partition("StatementIn.")[2] for each in answer.json()["errors"]
    }
    assert send(said(recorded), version="0.95").json()["code"] == "courses.xapi_version"
    assert send(said(recorded), method="put", to=TWO).json()["code"] == "courses.xapi_two_ids"


def test_another_providers_token_neither_credits_nor_reads(
    recorded: Course, omp: Certification, send: Send, ito: Person
) -> None:
    other = provided(somebody("別", "ベツ", "other"), ito, "べつの団体")
    actions.make_token(by="x", provider=other, name="よそ", token="nintei_other", at=AT)
    assert send(said(recorded), shown="nintei_other").json()["code"] == "courses.xapi_course"
    send(said(recorded))
    assert send(said(recorded), shown="nintei_other").status_code == 409
    told = [
        send(None, method="get", to=ONE, shown=shown).status_code
        for shown in ("nintei_lms", "nintei_other", "x")
    ]
    assert told == [200, 404, 401]


def test_the_versions_are_told_to_anyone(client: Client) -> None:
    assert client.get("/api/v1/xapi/about").json() == {"version": ["2.0.0", "1.0.3"]}


@pytest.mark.parametrize("words", ["P", "PT", "P1DT", "PTS", "-PT1H", "PT1H1H", "P9999W", "PT99999999S9"])
def test_a_length_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(Exception, match="xapi_duration"):
        statements.minutes(words)


def test_a_correction_stays_until_there_is_news(recorded: Course, omp: Certification, send: Send) -> None:
    send(said(recorded))
    attendance = Attendance.objects.get()
    actions.correct_attendance(by="x", attendance=attendance, minutes=0, reason="別の方", at=LATER)
    assert Activity.objects.filter(withdrawn_at=None).count() == 0
    send(said(recorded))
    assert Activity.objects.filter(withdrawn_at=None).count() == 0
    session = CourseSession.objects.get(course=recorded)
    assert [each.minutes for each in queries.attended(session, queries.attendances(session))] == [0]


def test_the_corrected_hours_of_a_course_flow_to_whoever_attended_at_any_time(
    recorded: Course, omp: Certification, send: Send, ito: Person, tanaka: Person
) -> None:
    send(said(recorded))
    half = draft(title=recorded.title, timetable="45分", form="on_demand")
    told: dict[str, Any] = {
        "course": recorded,
        "draft": half,
        "reason": "録画の長さの誤り",
        "on": AT.date(),
        "at": LATER,
    }
    with pytest.raises(Refused, match="not_of_the_committee"):
        actions.change_course(actor=tanaka, **told)
    assert (actions.change_course(actor=ito, **told), actions.reflow(by="system", at=LATER)) == (1, 1)
    recorded.refresh_from_db()
    assert (recorded.minutes, days()) == (45, {"2026-11-20": 45})
    letter = Letter.objects.get(template__endswith="attendance_changed.txt")
    assert "録画の長さの誤り" in letter.body
    with pytest.raises(Refused, match="nothing_changes"):
        actions.change_course(actor=ito, **told)


def test_the_office_enters_a_course_of_its_own_and_it_is_on_the_list(ito: Person, tanaka: Person) -> None:
    form = {
        "once": "x" * 20, "organiser": "協会", "title": "主催の研修", "form": "mixed", "timetable": "10:00-12:00",
        "summary": "内容", "topics": "4", "from_on_year": "2026", "from_on_month": "4", "from_on_day": "1",
    }  # fmt: skip
    assert browser(tanaka).get("/office/courses/new").status_code == 403
    mine = browser(ito)
    bad = mine.post("/office/courses/new", form | {"timetable": "いつか"})
    assert (bad.status_code, Course.objects.count()) == (422, 0)
    mine.post("/office/courses/new", form)
    course = queries.accredited(AT.date()).get()
    assert (course.hosted, course.provider, course.minutes, course.state) == (True, "協会", 120, "accredited")
    again = mine.post("/office/courses/new", form | {"once": "y" * 20})
    assert (again.status_code, Course.objects.count()) == (422, 1)
    assert mine.get(f"/provider/courses/{course.pk}/sessions/new").status_code == 200
    assert mine.get("/office/courses/new").context["form"].initial["organiser"] == "協会"
