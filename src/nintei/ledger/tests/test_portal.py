"""The holder's pages: what they show, what they refuse, whose they are, and what a POST does once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from nintei.ledger import queries
from nintei.ledger.models import Activity, Evidence
from nintei.ledger.tests.access import PNG
from nintei.ledger.tests.conftest import TODAY, at, certified
from nintei.people.models import DemoCalendar, Person, Role
from nintei.people.tests.conftest import somebody
from nintei.registry.actions import refuse_renewal, renew, revoke
from nintei.registry.models import CaseKind, Certification, ExamPass
from nintei.registry.tests.conftest import through


@pytest.fixture(autouse=True)
def _on_the_day(db: None, settings: Settings) -> None:
    """The office's day is 24 November 2026."""
    settings.DEMO = True
    turn_to(TODAY)


def turn_to(day: date) -> None:
    """Turn the demo calendar."""
    DemoCalendar.objects.update_or_create(pk=1, defaults={"day": day})


def at_home(person: Person) -> Client:
    """A browser in which somebody signed in."""
    client = Client()
    client.force_login(person)
    return client


def typed(**changes: object) -> dict[str, object]:
    """The form of the mock, as a browser sends it."""
    return {
        "once": "x" * 20,
        "title": "在宅勤務の品質管理 講演会",
        "s-TOTAL_FORMS": 1,
        "s-INITIAL_FORMS": 0,
        "s-0-on_year": 2026,
        "s-0-on_month": 11,
        "s-0-on_day": 21,
        "s-0-hours": 3,
        "s-0-minutes": 15,
        "group": "0",
        "category": "C",
        "topic": "4",
        **changes,
    }


def words(html: bytes) -> str:
    """The text of a page, without tags and runs of space."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def test_the_home_says_where_the_renewal_stands(log: Person, omp: Certification) -> None:
    page = words(at_home(log).get("/my").content)
    for said in (
        "21.5 / 30 ポイント",
        "あと8.5ポイント。",
        "今年度の空き枠は10.5あるので、期限までに届きます。",
    ):
        assert page.count(said) == 1
    assert "38 日後" in page
    assert "96 日後" in page
    assert "127 日後" in page
    assert "すべて見る（17件）" in page


def test_the_home_of_somebody_who_holds_nothing_says_what_counts(tanaka: Person) -> None:
    page = words(at_home(tanaka).get("/my").content)
    assert "認定されたあとのCPD" in page
    assert "更新には30ポイントが必要です。" in page


def test_a_stranger_is_asked_to_sign_in() -> None:
    for path in ("/my", "/my/cpd", "/my/cpd/new", "/my/renew"):
        assert Client().get(path).status_code == 302


def test_it_logs_what_was_typed_and_says_the_new_total(log: Person, omp: Certification) -> None:
    page = at_home(log).post("/my/cpd/new", typed(), follow=True)
    assert "「在宅勤務の品質管理 講演会」を記録しました。合計はOMP 24.0です" in words(page.content)
    assert queries.balance(omp, TODAY).total == 24


def test_the_same_form_sent_twice_logs_once(log: Person, omp: Certification) -> None:
    browser = at_home(log)
    first, second = browser.post("/my/cpd/new", typed()), browser.post("/my/cpd/new", typed())
    assert (first.status_code, second.status_code) == (302, 302)
    assert queries.activities(log).count() == 18


def test_looking_shows_what_it_adds_and_saves_nothing(log: Person, omp: Certification) -> None:
    page = words(at_home(log).post("/my/cpd/new", typed(look="1")).content)
    assert "+2.5 合計 21.5 → 24.0" in page
    assert "3時間15分（15分は切り捨て） 3.0" in page
    assert "Bとして3.0を数えられます" in page
    assert queries.activities(log).count() == 17


def test_the_live_preview_says_the_same(log: Person, omp: Certification) -> None:
    page = words(at_home(log).post("/my/cpd/preview", typed()).content)
    assert "+2.5 合計 21.5 → 24.0" in page
    assert queries.activities(log).count() == 17


def test_45_minutes_show_half_a_point(suzuki: Person, omp: Certification) -> None:
    page = words(
        at_home(suzuki).post("/my/cpd/preview", typed(**{"s-0-hours": 0, "s-0-minutes": 45})).content
    )
    assert "+0.5 合計 0.0 → 0.5" in page


def test_a_sixth_point_of_b_shows_nothing_and_the_clause(suzuki: Person, omp: Certification) -> None:
    browser = at_home(suzuki)
    five = typed(category="B", proof="certificate", **{"s-0-hours": 5, "s-0-minutes": 0})
    browser.post("/my/cpd/new", five)
    page = words(browser.post("/my/cpd/preview", five | {"s-0-hours": 1}).content)
    assert "+0.0 合計 5.0 → 5.0" in page
    assert "1年間で上限5CPDポイントを越えて申請することはできない。" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "「何をしましたか」を書いてください"),
        ({"category": ""}, "どれに近いかを1つ選んでください"),
        ({"topic": ""}, "業務の分野のどれにあたるかを選んでください。"),
        ({"s-0-on_day": 25}, "活動した日は、今日までの日にしてください。"),
        ({"s-0-on_day": 31}, "この日は暦にありません。"),
        ({"s-0-hours": 0, "s-0-minutes": 0}, "時間を書いてください（休憩は除きます）"),
        ({"s-0-hours": 25}, "1日の24時間（1440分）を超えます。"),
        ({"s-0-hours": -3}, "この値は 0 以上でなければなりません。"),
        ({"category": "A"}, "認定・主催コースの一覧からコースを選びます。"),
    ],
)
def test_it_says_what_is_wrong_and_saves_nothing(
    suzuki: Person, omp: Certification, change: dict[str, object], sentence: str
) -> None:
    answer = at_home(suzuki).post("/my/cpd/new", typed(**change))
    assert answer.status_code == 200
    assert sentence in words(answer.content)
    assert Activity.objects.count() == 0


def test_a_day_outside_the_cycle_is_saved_and_told(suzuki: Person, omp: Certification) -> None:
    browser = at_home(suzuki)
    browser.post("/my/cpd/new", typed(**{"s-0-on_year": 2024, "s-0-on_month": 3, "s-0-on_day": 31}))
    assert "有効期間が始まる2024年4月1日（月）より前の活動なので、数えません。" in words(
        browser.get("/my/cpd").content
    )


def test_several_days_are_one_activity(suzuki: Person, omp: Certification) -> None:
    rows = {"s-TOTAL_FORMS": 3, "s-1-on_year": 2026, "s-1-on_month": 11, "s-1-on_day": 22, "s-1-minutes": 45}
    at_home(suzuki).post("/my/cpd/new", typed(**rows))
    [activity] = queries.activities(suzuki)
    assert [each.minutes for each in activity.sessions.all()] == [195, 45]


def test_a_longer_time_and_one_more_day_need_no_script(suzuki: Person, omp: Certification) -> None:
    browser = at_home(suzuki)
    longer = browser.post("/my/cpd/new", typed(step="30")).content.decode()
    assert 'name="s-0-hours" value="3"' in longer
    assert 'name="s-0-minutes" value="45"' in longer
    more = browser.post("/my/cpd/new", typed(more="1")).content.decode()
    assert 'name="s-1-on_year"' in more
    assert Activity.objects.count() == 0


def test_a_line_is_repeated_today(log: Person, omp: Certification) -> None:
    book = queries.activities(log).get(title="『応対品質の測り方』を読む")
    page = at_home(log).get(f"/my/cpd/new?from={book.pk}").content.decode()
    assert 'value="『応対品質の測り方』を読む"' in page
    assert 'name="s-0-on_day" value="24"' in page
    assert "+1.0" in words(
        at_home(log).post("/my/cpd/preview", typed(**{"s-0-hours": 1, "s-0-minutes": 20})).content
    )


def test_nobody_opens_amends_or_withdraws_a_line_of_somebody_else(log: Person, tanaka: Person) -> None:
    key = queries.activities(log)[0].pk
    paths = [f"/my/cpd/{key}", f"/my/cpd/{key}/edit"]
    assert [at_home(log).get(path).status_code for path in paths] == [200, 200]
    assert [at_home(tanaka).get(path).status_code for path in paths] == [404, 404]
    assert at_home(tanaka).post(f"/my/cpd/{key}/withdraw", {"once": "x" * 20}).status_code == 404
    assert at_home(log).post(f"/my/cpd/{key}/withdraw", {"once": "x" * 20}).status_code == 302
    assert queries.activities(log).count() == 16


def test_a_photo_is_kept_given_back_to_its_owner_and_removed(
    log: Person, tanaka: Person, settings: Settings, tmp_path: object
) -> None:
    settings.VAR = tmp_path
    key, browser = queries.activities(log)[0].pk, at_home(log)
    photo = SimpleUploadedFile("参加票.png", PNG, "image/png")
    browser.post(f"/my/cpd/{key}/evidence", {"once": "x" * 20, "evidence": photo})
    evidence = Evidence.objects.get()
    answer = browser.get(f"/my/cpd/evidence/{evidence.pk}")
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert at_home(tanaka).get(f"/my/cpd/evidence/{evidence.pk}").status_code == 404
    browser.post(f"/my/cpd/evidence/{evidence.pk}/remove", {"once": "y" * 20})
    assert browser.get(f"/my/cpd/evidence/{evidence.pk}").status_code == 404


def test_a_file_of_another_kind_is_refused_and_the_activity_with_it(
    suzuki: Person, settings: Settings, tmp_path: object
) -> None:
    settings.VAR = tmp_path
    zipped = SimpleUploadedFile("資料.zip", b"PK\x03\x04")
    answer = at_home(suzuki).post("/my/cpd/new", typed(evidence=zipped))
    assert answer.status_code == 200
    assert "資料.zip" in words(answer.content)
    assert Activity.objects.count() == 0


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 3, 1)])
def test_a_renewal_before_or_after_the_window_is_refused_with_its_days(
    log: Person, omp: Certification, day: date
) -> None:
    turn_to(day)
    browser = at_home(log)
    page = words(browser.get("/my/renew").content)
    assert "2027年1月1日（金）から2027年2月28日（日）" in page
    answer = browser.post("/my/renew", {"once": "x" * 20, "certification": str(omp.pk)}, follow=True)
    assert "2027年1月1日" in words(answer.content)
    assert "2027年2月28日" in words(answer.content)
    assert omp.claims.count() == 0
    home, late = words(browser.get("/my").content), day > date(2027, 2, 28)
    assert ("この資格は更新できません。" in home, "活動を記録する" in home) == (late, not late)


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 2, 28)])
def test_a_renewal_in_the_window_is_filed_and_the_certification_stays_valid(
    log: Person, omp: Certification, day: date
) -> None:
    turn_to(day)
    browser = at_home(log)
    answer = browser.post("/my/renew", {"once": "x" * 20, "certification": str(omp.pk)}, follow=True)
    assert "更新を申請しました" in words(answer.content)
    assert omp.claims.get().balance["total"] == "21.5"
    turn_to(date(2027, 4, 1))
    assert "有効（更新の審査中）" in words(browser.get("/my").content)


def test_nobody_renews_a_certification_of_somebody_else(
    log: Person, omp: Certification, tanaka: Person
) -> None:
    turn_to(date(2027, 1, 10))
    sent = {"once": "x" * 20, "certification": str(omp.pk)}
    assert at_home(tanaka).post("/my/renew", sent).status_code == 404
    assert at_home(log).post("/my/renew", sent).status_code == 302


@pytest.mark.parametrize(("path", "count"), [("/my", 20), ("/my/cpd", 16)])
@pytest.mark.parametrize("lines", [1, 3, 17])
def test_pages_take_the_same_queries_for_any_number_of_lines(
    log: Person, omp: Certification, path: str, count: int, lines: int
) -> None:
    keep = list(queries.activities(log).values_list("pk", flat=True)[:lines])
    Activity.objects.exclude(pk__in=keep).update(withdrawn_at=Activity.objects.latest("logged_at").logged_at)
    browser = at_home(log)
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    assert len(asked) == count


def test_the_pages_speak_english(log: Person, omp: Certification) -> None:
    page = words(at_home(log).get("/en/my").content)
    assert "21.5 / 30 points" in page
    assert "8.5 points to go. 10.5 still fit into this year" in page


def test_the_home_of_a_holder_of_two_shows_a_balance_for_each_and_one_log(
    log: Person, omp: Certification
) -> None:
    certified(log, "CAP", date(2025, 1, 15), "0000000777")
    home = at_home(log).get("/my").content
    page = words(home)
    assert [page.count(f"{total} / 30 ポイント") for total in ("21.5", "14.5")] == [1, 1]
    # Two parts of the same heading are told apart by the name of their qualification.
    assert [home.count(f'"h-next-{key} h-name-{key}"'.encode()) for key in ("omp", "cap")] == [1, 1]
    assert page.count("『応対品質の測り方』を読む") == 1
    # Every line says what it counts in each of the two, and why, where that differs.
    listed = words(at_home(log).get("/my/cpd").content)
    assert "申告 1時間20分 数えたポイント OMP → 1.0 数えたポイント CAP → 1.0" in listed
    assert "CAP 有効期間が始まる2025年4月1日（火）より前の活動なので、数えません。" in listed
    assert "申告 30分 数えたポイント OMP → 0.5 数えたポイント CAP → 0.0" in listed
    asked = words(at_home(log).get("/my/renew").content)
    assert "活動の記録は一つで、更新の申請は資格ごとです。" in asked


def test_a_preview_for_a_holder_of_two_says_what_each_gains(log: Person, omp: Certification) -> None:
    certified(log, "CAP", date(2025, 1, 15), "0000000777")
    page = words(at_home(log).post("/my/cpd/preview", typed()).content)
    assert "OMP +2.5 合計 21.5 → 24.0" in page
    assert "CAP +2.5 合計 14.5 → 17.0" in page


def test_an_applicant_sees_the_pass_and_its_last_usable_day(tanaka: Person) -> None:
    report = ExamPass(exam="OMP", number="0000000999", name=tanaka.name, kana=tanaka.kana, passed=True)
    report.person, report.issued_on, report.imported_at = tanaka, date(2024, 10, 8), at(TODAY)
    report.save()
    page = words(at_home(tanaka).get("/my").content)
    assert "2024年10月8日（火）発行のレポートは2027年10月8日（金）まで使えます（あと318日）。" in page


def test_once_renewed_the_home_says_until_when(log: Person, omp: Certification) -> None:
    day = date(2027, 1, 10)
    turn_to(day)
    browser = at_home(log)
    browser.post("/my/renew", {"once": "x" * 20, "certification": str(omp.pk)})
    cause = omp.changes.get().cause
    decided = date(2027, 3, 10)
    renew(
        by="system", certification=omp, decided_on=decided, edition_id="conken", cause=cause, at=at(decided)
    )
    turn_to(date(2027, 3, 11))
    assert "更新されました。次の有効期間は2030年3月31日（日）までです。" in words(browser.get("/my").content)
    turn_to(date(2027, 4, 1))
    assert "0.0 / 30 ポイント" in words(browser.get("/my").content)


def test_once_refused_the_home_says_when_it_ends(log: Person, omp: Certification) -> None:
    turn_to(date(2027, 1, 10))
    browser = at_home(log)
    browser.post("/my/renew", {"once": "x" * 20, "certification": str(omp.pk)})
    decided = date(2027, 3, 10)
    refuse_renewal(by="system", certification=omp, on=decided, cause=omp.changes.get().cause, at=at(decided))
    turn_to(date(2027, 3, 11))
    assert "更新は認められませんでした。資格は2027年3月31日（水）までです。" in words(
        browser.get("/my").content
    )


def test_of_what_was_revoked_nothing_is_renewed_and_no_day_is_counted(
    log: Person, omp: Certification
) -> None:
    browser, day = at_home(log), date(2027, 1, 12)
    turn_to(day)
    assert ("更新の受付が終わる" in words(browser.get("/my").content), queries.home(log, day).due != []) == (
        True,
        True,
    )
    revoke(by="system", certification=omp, on=day, cause="case:1", at=at(day))
    page = words(browser.get("/my").content)
    assert "この資格は、2027年1月12日（火）に取り消されました。 更新は申請できません。" in page
    assert [said in page for said in ("更新の受付が終わる", "日後", "まだ入る枠は", "+1.0")] == [False] * 4
    renewal = words(browser.get("/my/renew").content)
    assert ("に取り消されました" in renewal, "更新を申請する" in renewal) == (True, False)
    browser.post("/my/renew", {"once": "x" * 20, "certification": str(omp.pk)})
    (standing,) = queries.home(log, day).standings
    assert (standing.state, standing.claim, standing.openings) == ("revoked", None, ())
    # The day before it was like any other.
    assert queries.home(log, date(2027, 1, 11)).standings[0].state == "on_course"


def test_whoever_is_suspended_is_told_since_when_and_may_renew(
    log: Person, omp: Certification, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR = tmp_path
    ito = somebody("ito", "伊藤 結", "イトウ ユイ", Role.REGISTRAR)
    kato = somebody("kato", "加藤 修", "カトウ オサム", Role.DECIDER)
    through(ito, kato, omp, CaseKind.SUSPEND, TODAY)
    browser = at_home(log)
    page = words(browser.get("/my").content)
    assert ("2026年11月24日（火）から停止中です" in page, "38 日後" in page) == (True, True)
    turn_to(date(2027, 1, 12))
    browser.post("/my/renew", {"once": "x" * 20, "certification": str(omp.pk)})
    assert queries.home(log, date(2027, 1, 12)).standings[0].state == "filed"
    through(ito, kato, omp, CaseKind.RELEASE, date(2027, 1, 13))
    turn_to(date(2027, 1, 13))
    assert "停止中" not in words(browser.get("/my").content)


def test_before_the_validity_begins_the_home_says_when_counting_does(tanaka: Person) -> None:
    held = certified(tanaka, "OMP", date(2026, 6, 1), "2026000009")
    assert held.terms.get().starts_on == date(2027, 4, 1)
    browser = at_home(tanaka)
    assert "有効期間は2027年4月1日（木）に始まります（あと128日）" in words(browser.get("/my").content)
    turn_to(date(2027, 4, 1))
    assert "に始まります" not in words(browser.get("/my").content)
