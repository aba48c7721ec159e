"""The holder's pages of a renewal: what is missing, amended, withdrawn, both in one go; nobody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from nintei.applications import actions
from nintei.applications.models import Application
from nintei.applications.tests.conftest import at
from nintei.applications.tests.renewing import IN_WINDOW, certified, file, log, thirty
from nintei.people.models import Person
from nintei.registry.models import Certification
from tests.kept import kept


@pytest.fixture(autouse=True)
def day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", IN_WINDOW.isoformat())


@pytest.fixture
@kept
def omp(sato: Person) -> Certification:
    return certified(sato)


def browser(person: Person) -> Client:
    made = Client()
    made.force_login(person)
    return made


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


def post(person: Person, url: str, key: str = "x", **told: Any) -> Any:
    return browser(person).post(url, {"once": key * 20, **told}, follow=True)


def test_what_is_missing_stands_beside_what_to_do_next(omp: Certification) -> None:
    log(omp.person, "C", date(2026, 6, 1))
    page = words(browser(omp.person).get("/my/renew"))
    assert "ポイント 5.0 / 30" in page
    assert "あと25.0ポイント足りません。" in page
    assert "まだ決まっていないもの" in page
    assert "更新審査の手数料" in page


def test_a_holder_amends_and_withdraws_and_files_again_by_the_page(omp: Certification) -> None:
    sato = omp.person
    log(sato, "C", date(2026, 6, 1))
    assert "更新を申請しました" in words(post(sato, "/my/renew", certification=str(omp.pk)))
    row = Application.objects.get()
    # Home does not say that nothing counts any more while the renewal can still be amended.
    assert "2027年2月28日（日）までの活動は、記録してから" in words(browser(sato).get("/my"))
    log(sato, "B", date(2026, 6, 2))
    page = words(browser(sato).get("/my/renew"))
    assert "いまの記録で申請し直すと、5.0ポイントが10.0ポイントになります。" in page
    amended = words(post(sato, f"/my/renew/{row.pk}/amend", "y", version=row.version))
    assert "いまの記録で申請し直しました" in amended
    assert "10.0 / 30.0" in amended
    row.refresh_from_db()
    stale = words(post(sato, f"/my/renew/{row.pk}/amend", "z", version=row.version - 1))
    assert "ほかの人が先にこの申請を変えました" in stale
    url = f"/my/renew/{row.pk}/withdraw"
    assert "もう一度申請できるのは2027年2月28日（日）まで" in words(browser(sato).get(url))
    gone = words(post(sato, url, "w", version=row.version))
    assert "更新の申請を取り下げました" in gone
    assert "いま申請できます。" in gone
    assert "更新を申請しました" in words(post(sato, "/my/renew", "v", certification=str(omp.pk)))
    assert sorted(Application.objects.values_list("state", flat=True)) == ["accepted", "withdrawn"]


def test_nobody_amends_or_withdraws_for_another(omp: Certification, tanaka: Person) -> None:
    row = file(omp)
    url = f"/my/renew/{row.pk}"
    assert browser(omp.person).get(f"{url}/withdraw").status_code == 200
    assert browser(tanaka).get(f"{url}/withdraw").status_code == 404
    assert browser(tanaka).post(f"{url}/amend", {"once": "x" * 20}).status_code == 404


def test_whoever_holds_two_files_both_in_one_go(omp: Certification) -> None:
    sato = omp.person
    cap = certified(sato, "CAP", "2023000999")
    thirty(sato)
    assert "2つの資格の更新を、まとめて申請できます" in words(browser(sato).get("/my"))
    page = words(browser(sato).get("/my/renew"))
    assert "どの資格を更新しますか。" in page
    assert "2つの資格の更新を申請する" in page
    assert page.count("いま申請できます（2027年2月28日（日）まで、あと44日）") == 2
    told = words(post(sato, "/my/renew", certification=[str(omp.pk), str(cap.pk)]))
    assert "まとめて更新を申請しました" in told
    rows = Application.objects.values_list("qualification", "claim__balance__total")
    assert sorted(rows) == [("CAP", "30.0"), ("OMP", "30.0")]


def test_what_is_held_for_an_audit_says_so_and_offers_no_change(omp: Certification) -> None:
    row = file(omp)
    log(omp.person, "B", date(2026, 6, 2))
    assert "いまの記録で申請し直す" in words(browser(omp.person).get("/my/renew"))
    actions.hold_for_audit(by="system", applications=[row], cause="draw:one", on=IN_WINDOW, at=at(IN_WINDOW))
    page = words(browser(omp.person).get("/my/renew"))
    assert "監査の対象になりました" in page
    assert "申請し直す" not in page
    assert "更新の申請を取り下げる" not in page


@pytest.mark.parametrize("filed", [False, True])
def test_the_page_takes_the_same_queries_for_any_number_of_lines(omp: Certification, filed: bool) -> None:
    def asked() -> int:
        client = browser(omp.person)
        client.get("/my/renew")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/my/renew").status_code == 200
        return len(found)

    log(omp.person, "C", date(2026, 6, 1))
    if filed:
        file(omp)
    one = asked()
    log(omp.person, "B", date(2026, 6, 2))
    log(omp.person, "D", date(2026, 6, 3))
    assert asked() == one
