"""The door for machines: the catalogue for anyone, attendance by a token that only its hash is kept of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from nintei.courses import actions, queries, tokens
from nintei.courses.actions.tokens import A_MINUTE
from nintei.courses.models import AttendanceRevision, Course, CourseSession, Provider, ProviderToken, Roster
from nintei.courses.tests.conftest import AT, provided, somebody
from nintei.journal.models import Body
from nintei.ledger.models import Activity
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.site.tests.access import browser

SUZUKI = {"number": "OMP-2023-000001", "kana": "スズキ ミサキ"}
NOBODY = {"number": "OMP-2020-999999", "kana": "ミナト カエデ"}


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


@pytest.fixture
def token(provider: Provider) -> ProviderToken:
    return actions.make_token(by="x", provider=provider, name="受講管理", token="nintei_academy", at=AT)


Send = Callable[..., Any]


@pytest.fixture
def send(session: CourseSession, token: ProviderToken, client: Client) -> Send:
    """`send(rows…, key=…, shown=…)`: what a provider's program would post."""

    def sent(*rows: dict[str, Any], key: str = "k1", shown: str = "nintei_academy", **more: Any) -> Any:
        headers = {"Idempotency-Key": key, "Accept-Language": "en", "Authorization": f"Bearer {shown}"}
        url = f"/api/v1/sessions/{more.pop('session', session.pk)}/attendance"
        body = {"rows": list(rows), **more}
        return client.post(url, body, content_type="application/json", headers=headers)

    return sent


# --- the catalogue --------------------------------------------------------------------------------


def test_anyone_reads_the_catalogue_in_the_order_of_the_page(
    course: Course, session: CourseSession, client: Client
) -> None:
    """Pages of one, so that the order is the pages' too."""
    for title in ("あいさつの基本", "ん"):
        Course.objects.create(
            title=title, provider="協会", minutes=60, form="online", hosted=True, accredited_from=AT.date()
        )
    pages = [client.get("/api/v1/courses", {"per_page": "1", "page": str(n)}).json() for n in (1, 2, 3, 4)]
    titles = [each["title"] for page in pages for each in page["courses"]]
    assert titles == [each.title for each in queries.accredited(AT.date())]
    assert [(page["count"], page["pages"], page["order"]) for page in pages] == [
        (3, 3, "title, provider")
    ] * 4
    mine = next(each for page in pages for each in page["courses"] if each["id"] == str(course.pk))
    assert (mine["minutes"], mine["hosted"], mine["sessions"]) == (360, False, [])
    assert client.get(f"/api/v1/courses/{course.pk}").json() == mine
    held = client.get("/api/v1/courses", {"first": "2026-11-01"}).json()["courses"][0]
    assert held["sessions"][0]["days"] == [
        {"on": "2026-11-20", "minutes": 360, "begins": "10:00", "ends": "17:00", "rest": 60}
    ]


@pytest.mark.parametrize(
    "asked", ["page=0", "page=99999999999999999999", "per_page=101", "first=0", "form=x", "q=%00"]
)
def test_what_cannot_be_asked_is_said(client: Client, db: None, asked: str) -> None:
    answer = client.get(f"/api/v1/courses?{asked}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["column"] == asked.partition("=")[0]


def test_the_catalogue_asks_as_often_for_one_as_for_three(
    session: CourseSession, client: Client, django_assert_num_queries: Any
) -> None:
    def ask() -> None:
        with django_assert_num_queries(4):  # the first asks for the demo's day
            client.get("/api/v1/courses")

    ask()
    for n in range(2):
        Course.objects.create(
            title=f"{n}", provider="協会", minutes=60, form="online", accredited_from=AT.date()
        )
    ask()


# --- attendance -----------------------------------------------------------------------------------


def test_attendance_by_token_is_credited_and_answers_only_accepted_or_not(
    send: Send, omp: Certification, client: Client
) -> None:
    answer = send(SUZUKI | {"minutes": 135}, NOBODY, partial=True)
    assert answer.status_code == 200
    roster = Roster.objects.get()
    rows = [{"row": 1, "accepted": True}, {"row": 2, "accepted": False}]
    assert answer.json() == {"roster": str(roster.pk), "finished": True, "rows": rows}
    assert [each.minutes for each in Activity.objects.get().sessions.all()] == [135]
    assert AttendanceRevision.objects.get().source == "api"
    told = client.get(f"/api/v1/rosters/{roster.pk}", headers={"Authorization": "Bearer nintei_academy"})
    assert told.json() == {"roster": str(roster.pk), "finished": True, "rows": rows}


def test_a_row_that_cannot_be_taken_leaves_all_of_them_out(send: Send, omp: Certification) -> None:
    answer = send(SUZUKI, NOBODY, SUZUKI | {"on": "2026-11-19", "minutes": 10})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    told = answer.json()
    assert (told["code"], [(each["row"], each["column"]) for each in told["errors"]]) == (
        "courses.roster_has_faults",
        [(2, "number"), (3, "on")],
    )
    assert told["errors"][0]["message"] == "This number and reading cannot be taken. Please ask the attendee."
    assert (Roster.objects.count(), Activity.objects.count()) == (0, 0)


def test_the_same_key_again_changes_nothing_and_another_content_is_refused(
    send: Send, omp: Certification
) -> None:
    first = send(SUZUKI).json()
    assert send(SUZUKI).json() == first
    assert (Roster.objects.count(), AttendanceRevision.objects.count()) == (1, 1)
    other = send(SUZUKI | {"minutes": 60})
    assert (other.status_code, other.json()["code"]) == (409, "courses.key_of_another")
    assert send(SUZUKI | {"minutes": 60}, key="k2").status_code == 200
    assert AttendanceRevision.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"number": "x"}, "kana"),
        (SUZUKI | {"minutes": "60"}, "minutes"),
        (SUZUKI | {"minutes": True}, "minutes"),
        (SUZUKI | {"minutes": 1441}, "minutes"),
        (SUZUKI | {"on": 0}, "on"),
        (SUZUKI | {"name": "鈴木"}, "name"),
        (SUZUKI | {"kana": "ス\x07"}, "kana"),
    ],
)
def test_a_row_of_another_shape_says_where(send: Send, row: dict[str, Any], column: str) -> None:
    answer = send(SUZUKI, row)
    assert answer.status_code == 422
    assert [(each["row"], each["column"].rpartition(".")[2]) for each in answer.json()["errors"]] == [
        (2, column)
    ]


@pytest.mark.parametrize(
    "body", ["{", "NaN", '"\\ud800"', "[" * 100_000, '{"rows": "\\u0000"}', "1" * 5000, "1e999"]
)
def test_what_is_no_json_is_said(
    session: CourseSession, token: ProviderToken, client: Client, body: str
) -> None:
    url, headers = f"/api/v1/sessions/{session.pk}/attendance", {"Authorization": "Bearer nintei_academy"}
    answer = client.post(url, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) in {(400, "api.not_json"), (422, "api.not_accepted")}


def test_nobody_enters_without_a_token_of_the_sessions_own_provider(
    send: Send, omp: Certification, ito: Person, token: ProviderToken
) -> None:
    assert send(SUZUKI).status_code == 200
    other = provided(somebody("別", "ベツ", "other"), ito, "べつの団体")
    actions.make_token(by="x", provider=other, name="よそ", token="nintei_other", at=AT)
    refused = [
        send(SUZUKI, shown=shown, key="k9").status_code for shown in ("nintei_other", "nintei_made_up", "")
    ]
    assert refused == [404, 401, 401]
    assert send(SUZUKI, session="00000000-0000-4000-8000-000000000000").status_code == 404
    actions.end_token(by="x", token=token, at=AT)
    answer = send(SUZUKI)
    assert (answer.status_code, answer.json()["code"]) == (401, "api.no_token")


def test_a_token_is_answered_so_many_times_a_minute(
    send: Send, token: ProviderToken, omp: Certification
) -> None:
    minute = AT.replace(second=0, microsecond=0)
    ProviderToken.objects.filter(pk=token.pk).update(minute=minute, requests=A_MINUTE - 1)
    actions.count_request(by=token, at=AT)
    with pytest.raises(Exception, match="too_many_requests"):
        actions.count_request(by=token, at=AT)
    actions.count_request(by=token, at=AT + timedelta(minutes=1))


def test_too_many_requests_are_told_when_to_come_again(
    send: Send, token: ProviderToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nintei.courses.actions.tokens.A_MINUTE", 0)
    answer = send(SUZUKI)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


# --- tokens on their page -------------------------------------------------------------------------


def test_a_token_is_shown_once_and_only_its_hash_is_kept(
    provider: Provider, academy: Person, tanaka: Person
) -> None:
    mine = browser(academy)
    shown = mine.get("/provider/tokens/new")
    token, sealed = shown.context["token"], shown.context["sealed"]
    assert queries.token_behind(token) is None
    form = {"once": "x" * 20, "sealed": sealed, "name": ""}
    assert token in mine.post("/provider/tokens/new", form).content.decode()
    assert mine.post("/provider/tokens/new", form | {"name": "受講管理"})["Location"] == "/provider/tokens"
    kept = queries.token_behind(token)
    assert (kept.name, kept.digest) == ("受講管理", tokens.digest(token))
    page = mine.get("/provider/tokens").content.decode()
    assert ("受講管理" in page, token in page, escape(sealed) in page) == (True, False, False)
    assert token not in str(list(Body.objects.values_list("data", flat=True)))
    assert [each.verb for each in Body.objects.filter(subject=kept.reference)] == ["courses.make_token"]
    assert mine.post(f"/provider/tokens/{kept.pk}/end", {"once": "y" * 20}).status_code == 302
    assert queries.token_behind(token) is None


@pytest.mark.parametrize("sealed", ["", "x", "tanakas"])
def test_a_token_that_was_not_made_for_whoever_asks_is_refused(
    provider: Provider, academy: Person, tanaka: Person, sealed: str
) -> None:
    words = tokens.sealed("nintei_mine", str(tanaka.pk)) if sealed == "tanakas" else sealed
    form = {"once": "x" * 20, "sealed": words, "name": "x"}
    answer = browser(academy).post("/provider/tokens/new", form)
    assert (answer.status_code, ProviderToken.objects.count()) == (422, 0)
