"""The office's renewals: the desk, the doors of two people, the forecast, reminders by one's own gap."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from nintei.applications import actions, queries
from nintei.applications.models import RenewalBatch
from nintei.applications.office.renewals import _pace
from nintei.applications.tests.conftest import _person, at
from nintei.applications.tests.renewing import IN_WINDOW, certified, file, log, thirty, withdraw
from nintei.applications.tests.test_renewal_batches import ready, renewed
from nintei.journal import queries as journal
from nintei.ledger import queries as ledger
from nintei.notices.models import Letter
from nintei.people.actions import enter_person
from nintei.people.models import Person
from nintei.registry.actions.changing import change
from nintei.registry.states import Actor, Event
from nintei.shared.clock import JST

LATER = date(2027, 2, 3)


@pytest.fixture(autouse=True)
def day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", LATER.isoformat())


def at_desk(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def words(content: bytes) -> str:
    return " ".join(strip_tags(content.decode()).split())


def test_the_desk_parts_what_is_ready_from_what_a_person_must_look_at(db: None, ito: Person) -> None:
    good, short, drawn = (
        ready(1),
        file(certified(_person("s@example.jp", "不足 一", "フ"), number="7")),
        ready(2),
    )
    actions.hold_for_audit(by="system", applications=[drawn], cause="draw:one", on=LATER, at=at(LATER))
    desk = queries.desk(ito, LATER)
    assert [row.application for row in desk.ready] == [good]
    assert [(row.application, [part.code for part in row.open_parts]) for row in desk.looked_at] == [
        (short, ["points"])
    ]
    assert ([row.application for row in desk.held], desk.number_ready) == ([drawn], 1)
    actions.let_go(by="system", cause="draw:one", applications=[drawn], on=LATER, at=at(LATER))
    assert {row.application.pk for row in queries.desk(ito, LATER).ready} == {good.pk, drawn.pk}


def test_one_puts_forward_and_another_decides_on_the_page(db: None, ito: Person, kato: Person) -> None:
    first, second, gone = ready(1), ready(2), ready(3)
    browser = at_desk(ito)
    assert "すべての基準を満たすもの 3件" in words(browser.get("/office/renewals").content)
    told = {"once": "x" * 20, "renewal": [str(first.pk), str(second.pk), str(gone.pk), "none"]}
    page = words(browser.post("/office/renewals/propose", told, follow=True).content)
    assert ("3件を決定へ進めました" in page, "別の人の決定を待っています" in page) == (True, True)
    withdraw(gone, LATER)
    shown = at_desk(kato).get("/office/renewals").content
    assert shown.count(b'name="renewal"') == 2
    assert "取下げ 進めたあとに変わったので、この決定に入りません" in words(shown)
    batch = RenewalBatch.objects.get()
    url = f"/office/renewals/{batch.pk}/settle"
    assert browser.post(url, {"once": "y" * 20, "renewal": [str(first.pk)]}).status_code == 403
    told = {"once": "z" * 20, "renewal": [str(first.pk)], "words": "3年目の控えを見てください"}
    page = words(at_desk(kato).post(url, told, follow=True).content)
    for said in ("1件を更新し、2件を外しました", "更新 1件、外したもの 2件", "決定する人が外しました"):
        assert said in page
    assert (renewed(first), renewed(second)) == (True, False)
    sent_back = journal.history(f"application:{second.pk}")[-1]
    assert (sent_back.verb, sent_back.data["words"]) == (
        "applications.send_back",
        "3年目の控えを見てください",
    )


def test_the_desk_takes_the_same_queries_for_any_number_of_renewals(db: None, ito: Person) -> None:
    browser = at_desk(ito)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/office/renewals").status_code == 200
        return len(found)

    ready(1)
    browser.get("/office/renewals")
    one = asked()
    ready(2)
    file(certified(_person("s@example.jp", "不足 一", "フ"), number="7"))
    assert (one, asked()) == (12, 12)


def test_the_forecast_says_who_may_file_by_their_gap(db: None, sato: Person, tanaka: Person) -> None:
    on = date(2026, 11, 24)
    assert queries.forecast(on) == []
    thirty(certified(sato, number="1").person)
    certified(tanaka, number="2")
    ready(3)
    (load,) = queries.forecast(on)
    assert (load.opens, load.closes, load.qualification) == (date(2027, 1, 1), date(2027, 2, 28), "OMP")
    assert (load.filed, load.gaps) == (1, (("met", 1), ("near", 0), ("some", 0), ("far", 1)))
    assert queries.forecast(date(2027, 3, 1)) == []
    # Of who is suspended a renewal is taken, of who was revoked it is not.
    held, other = (each.certification for each in queries.coming(on)[:2])
    change(by="k", event=Event.SUSPEND, certification=held, on=on, cause="1", at=at(on), actor=Actor.CASE)
    change(by="k", event=Event.REVOKE, certification=other, on=on, cause="2", at=at(on))
    assert {each.certification for each in queries.coming(on)} & {held, other} == {held}
    # The working days of January and February; on the last one, a Friday, both at once.
    assert (_pace(load, on), _pace(load, date(2027, 2, 26))) == ((37, "1"), (1, "2"))
    assert _pace(load, date(2027, 2, 27)) == (0, "–")


def test_what_is_missing_in_the_forecast_is_what_the_holder_sees(db: None, sato: Person) -> None:
    held = certified(sato)
    for n, code in enumerate("BCDC"):
        log(sato, code, date(2025, 5, 5) + timedelta(n), 130 + 200 * n)
    seen = ledger.standing_of(held, LATER).balance.shortfall
    assert ledger.shortfalls([(held, held.terms.get())], LATER) == {held.pk: seen}
    assert 0 < seen < 30


def letters(**more: Any) -> list[tuple[str, str]]:
    rows = Letter.objects.filter(template__contains="renewal_due", **more).order_by("written_at")
    return [(row.subject, row.key.rpartition(":")[2]) for row in rows]


def remind(on: date) -> int:
    return actions.remind_holders(by="system", on=on, at=at(on, 6))


def test_each_notice_is_written_once_with_the_holders_own_gap(db: None, sato: Person) -> None:
    certified(sato)
    log(sato, "C", date(2026, 6, 1))
    assert remind(date(2026, 8, 31)) == 0  # 181 days before
    days = [date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 30), date(2027, 1, 29), date(2027, 2, 21)]
    assert [remind(day) for day in days] == [1, 0, 1, 1, 1]
    assert [notice for _, notice in letters()] == ["180", "90", "30", "7"]
    letter = Letter.objects.get(key__endswith=":30")
    assert letter.subject == "OMPの更新の受付が終わるまで、あと30日です"
    assert "ポイントは5.0 / 30で、あと25.0足りません。" in letter.body
    assert "次にすること:" in letter.body
    assert "いま申請できます。" in letter.body
    assert remind(date(2027, 3, 1)) == 0


def test_who_has_filed_is_not_reminded_and_who_reads_english_is_in_english(db: None, sato: Person) -> None:
    Person.objects.filter(pk=sato.pk).update(language="en")
    held = certified(sato)
    assert remind(date(2026, 9, 1)) == 1
    assert letters() == [("OMP: 180 days left until renewal closes", "180")]
    file(held, IN_WINDOW)
    assert [remind(day) for day in (IN_WINDOW, date(2027, 2, 21))] == [0, 0]


def test_who_has_no_address_gets_it_on_paper_and_the_office_prints_all(
    db: None, ito: Person, sato: Person
) -> None:
    noon = datetime(2027, 1, 29, 12, tzinfo=JST)
    people = [
        enter_person(
            by="system", name=name, kana="スズキ", born_on=None, postal_address="東京都千代田区1-1",
            language="ja", at=noon,
        )
        for name in ("鈴木 花子", "鈴木 桃子")
    ]  # fmt: skip
    for n, person in enumerate([sato, *people]):
        certified(person, number=str(n))
    assert remind(noon.date()) == 3
    assert len(letters(to_email="")) == 2
    browser = at_desk(ito)
    answer = browser.get("/office/letters/all.pdf")
    assert (answer["Content-Type"], b"".join(answer)[:5]) == ("application/pdf", b"%PDF-")
    waiting = [str(pk) for pk in Letter.objects.filter(to_email="").values_list("pk", flat=True)]
    page = browser.post("/office/letters/posted", {"once": "x" * 20, "letter": waiting}, follow=True)
    assert "2通の投函を記録しました" in words(page.content)
    assert Letter.objects.filter(to_email="", posted_on=LATER, posted_by=ito).count() == 2
    assert browser.get("/office/letters/all.pdf").status_code == 404
