"""What others see: each field by consent, each employer by consent, both revocable and on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nintei.journal.queries import history
from nintei.people.models import Person
from nintei.people.tests.conftest import somebody
from nintei.registry import actions, queries
from nintei.registry.models import CaseKind, Certification, Consent
from nintei.registry.tests.conftest import TODAY, at, fresh, holds_omp, open_case, passed_sv, through

pytestmark = pytest.mark.usefixtures("a_day")


def go(client: Client, told: dict[str, object]) -> str:
    """Where a form of the employers' page leads."""
    return str(client.post("/employer", told).headers["Location"])


def day(on: date) -> dict[str, object]:
    """A day in its three boxes."""
    return {"on_year": on.year, "on_month": on.month, "on_day": on.day}


def wide(number: str) -> str:
    """As a Japanese keyboard writes it."""
    return number.lower().translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def once(number: int, **told: object) -> dict[str, object]:
    return {"once": f"{number}".zfill(20), **told}


def test_a_holder_says_which_fields_are_shown_and_takes_it_back(
    client: Any, omp: Certification, suzuki: Person
) -> None:
    client.force_login(suzuki)
    thing = str(omp.pk)
    client.post("/my/sharing", once(1, thing=thing, fields_shown=["name", "validity"]))
    assert queries.shown(omp) == {"name", "validity"}
    assert client.get("/my/sharing").content.decode().count(" checked") == 2
    client.post("/my/sharing", once(2, thing=thing))
    assert queries.shown(omp) == frozenset()
    assert [(each.field, each.given) for each in Consent.objects.order_by("pk")] == [
        ("name", True), ("validity", True), ("name", False), ("validity", False),
    ]  # fmt: skip
    verbs = [entry.verb for entry in history(omp.subject)]
    assert [verb for verb in verbs if verb == "registry.consent"] == ["registry.consent"] * 2
    # Somebody else's is nobody's.
    client.force_login(somebody("tanaka", "田中 凪", "タナカ ナギ"))
    assert client.post("/my/sharing", once(3, thing=thing, fields_shown=["name"])).status_code == 404


def test_an_employer_sees_those_who_said_yes_and_only_while_they_do(
    client: Any, omp: Certification, suzuki: Person, ito: Person
) -> None:
    made = actions.enter_employer(actor=ito, name="=さくらコンタクト", on=TODAY, at=at(TODAY))
    other = holds_omp(somebody("sato", "佐藤 花子", "サトウ ハナコ"), "application:2")
    employer = Client()
    assert "このトークンは使えません" in employer.post("/employer", {"token": "x" * 43}).content.decode()
    assert go(employer, {"token": made.token}) == "/employer"
    assert "同意した方はまだいません" in employer.get("/employer").content.decode()
    client.force_login(suzuki)
    wrong = client.post("/my/sharing", once(1, form="employer", thing=str(omp.pk), code="E-0099"))
    assert "その会社番号の登録はありません" in wrong.content.decode()
    # A number is easily mistyped: the name is shown first, and nothing is yet.
    named = client.post("/my/sharing", once(4, form="employer", thing=str(omp.pk), code=" e-0001 "))
    assert "<b>=さくらコンタクト</b>" in named.content.decode()
    assert "同意した方はまだいません" in employer.get("/employer").content.decode()
    client.post("/my/sharing", once(2, form="employer", thing=str(omp.pk), code="E-0001", sure="E-0001"))
    asked = f"{wide(omp.number)}\n{other.number}\nOMP-1999-000001\n"
    page = employer.post("/employer", {"numbers": asked} | day(TODAY)).content.decode()
    assert ("鈴木 美咲" in page, "2027年3月31日" in page, "2027年2月28日" in page) == (True, True, True)
    assert page.count("番号がないか、ご本人の同意がありません") == 2
    assert "佐藤 花子" not in page
    # As of a day: before it was certified, and never for a day to come. Its answer as a file, for a spreadsheet.
    past = {"numbers": asked, "csv": "1"} | day(date(2024, 1, 9))
    table = employer.post("/employer", past).content.decode("utf-8-sig").splitlines()
    assert table[1:] == [
        f"2024-01-09,鈴木 美咲,OMP,{omp.number},認定前,2027-03-31,2027-01-01,2027-02-28,",
        f"2024-01-09,,,{other.number},答えられません,,,,",
        "2024-01-09,,,OMP-1999-000001,答えられません,,,,",
    ]
    wrong_day = employer.post(
        "/employer", {"numbers": asked} | day(TODAY + timedelta(days=1))
    ).content.decode()
    many = employer.post("/employer", {"numbers": "X\n" * 501} | day(TODAY)).content.decode()
    assert ("今日までの日にしてください" in wrong_day, "500件まで" in many) == (True, True)
    assert (wrong_day + many).count("番号がないか、ご本人の同意がありません") == 0
    rows = employer.get("/employer/staff.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [f"鈴木 美咲,OMP,{omp.number},有効,2027-03-31,2027-01-01,2027-02-28,"]
    (sharing,) = fresh(suzuki).sharings.all()
    assert client.post(f"/my/sharing/{sharing.pk}/stop", once(3)).url == "/my/sharing"
    assert "鈴木 美咲" not in employer.get("/employer").content.decode()
    # A new token shuts out the old one, in an open browser too.
    actions.renew_token(actor=ito, employer=made.employer, on=TODAY, at=at(TODAY))
    assert "トークン" in employer.get("/employer").content.decode()


def test_an_employer_sees_what_an_exam_alone_gives_and_only_while_its_holder_says_yes(
    client: Any, suzuki: Person, ito: Person
) -> None:
    sv = passed_sv(suzuki)
    made = actions.enter_employer(actor=ito, name="さくらコンタクト", on=TODAY, at=at(TODAY))
    employer, yes = Client(), {"form": "employer", "thing": str(sv.pk), "code": "E-0001", "sure": "E-0001"}
    assert go(employer, {"token": made.token}) == "/employer"
    client.force_login(somebody("tanaka", "田中 凪", "タナカ ナギ"))
    assert client.post("/my/sharing", once(1, **yes)).status_code == 404
    client.force_login(suzuki)
    assert client.post("/my/sharing", once(2, **yes)).url == "/my/sharing"
    assert "合格を見られます" in client.get("/my/sharing").content.decode()
    rows = employer.get("/employer/staff.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == ["鈴木 美咲,SV,SV-2024000777,合格済み,,,,2024-10-08"]
    assert employer.get("/employer?show=valid").content.decode().count("期限はありません") == 1
    # By its number, on any day since it was passed; a certification's number is another thing.
    answered = {
        on: [each.passed_on if each else None for _, each in queries.answered(made.employer, asked, on)]
        for on in (date(2024, 10, 7), date(2024, 10, 8))
        for asked in ([wide("SV-2024000777"), "2024000777"],)
    }
    assert answered == {date(2024, 10, 7): [None, None], date(2024, 10, 8): [date(2024, 10, 8), None]}
    assert queries.look(made.employer, TODAY, known=at(date(2024, 10, 19))) == []
    told = client.get("/api/v1/employer/staff", headers={"Authorization": f"Bearer {made.token}"}).json()
    days = dict.fromkeys(("ends_on", "window_opens_on", "window_closes_on"))
    assert told == [
        {"number": "SV-2024000777", "name": "鈴木 美咲", "qualification": "SV", "status": "PASSED",
         "passed_on": "2024-10-08", **days}
    ]  # fmt: skip
    assert queries.subjects([sv.subject]) == {sv.subject: queries.Subject(None, "SV-2024000777", "鈴木 美咲")}
    client.post(f"/my/sharing/{sv.sharings.get().pk}/stop", once(3))
    assert queries.look(made.employer, TODAY) == []
    assert [each.verb for each in history(sv.subject)] == ["registry.share_with", "registry.stop_sharing"]


@pytest.mark.parametrize("holders", [1, 3])
def test_the_lists_take_the_same_queries_for_any_number(
    client: Any, omp: Certification, ito: Person, holders: int
) -> None:
    employer = actions.enter_employer(actor=ito, name="さくらコンタクト", on=TODAY, at=at(TODAY)).employer
    held = [omp] + [
        holds_omp(somebody(f"h{n}", f"人 {n}", "ヒト"), f"application:{n}") for n in range(2, holders + 1)
    ]
    for each in held:
        actions.share_with(by="s", subject=each, employer=employer, at=at(TODAY))
        open_case(ito, each, CaseKind.REISSUE, TODAY)
    client.force_login(ito)
    counts = {}
    for address in ("/office/registry?state=valid", "/office/registry/cases", "/office/registry/employers"):
        with CaptureQueriesContext(connection) as caught:
            page = client.get(address).content.decode()
        counts[address.rpartition("/")[2]] = len(caught)
        assert page.count("OMP-2024-") == (0 if "employers" in address else holders)
    with CaptureQueriesContext(connection) as caught:
        assert len(queries.look(employer, TODAY)) == holders
    assert counts | {"staff": len(caught)} == {
        "registry?state=valid": 11,
        "cases": 9,
        "employers": 7,
        "staff": 5,
    }


def test_the_office_sees_one_certification_on_both_axes(
    client: Any, omp: Certification, ito: Person, kato: Person
) -> None:
    assert [each.number for each in queries.search(wide(omp.number))] == [omp.number]
    through(ito, kato, omp, CaseKind.SUSPEND, date(2026, 11, 20))
    client.force_login(ito)
    address = f"/office/registry/{omp.pk}"
    page = client.get(address).content.decode()
    assert ("有効期間 2024年4月1日（月）から2027年3月31日（水）まで" in page, page.count("停止")) == (
        True,
        page.count("停止"),
    )
    # Which cases may be opened comes from the table: a suspended one may be released, not suspended again.
    assert (f"{address}/release" in page, f"{address}/suspend" in page) == (True, False)
    day = {
        "on_year": 2026,
        "on_month": 11,
        "on_day": 21,
        "known_year": 2026,
        "known_month": 11,
        "known_day": 19,
    }
    assert (
        "2026年11月21日（土）の状態を、2026年11月19日（木）までの記録で見たものです。"
        in client.get(address, day).content.decode()
    )
    states = [client.get(address, day | {"known_day": known}).context["status"].code for known in (19, 20)]
    assert states == ["VALID", "SUSPENDED"]


def test_a_program_asks_for_one_for_many_and_never_learns_more_than_a_person(
    client: Any, omp: Certification, ito: Person
) -> None:
    made = actions.enter_employer(actor=ito, name="さくらコンタクト", on=TODAY, at=at(TODAY))
    json = {"content_type": "application/json"}

    def verify(**asked: str) -> Any:
        return client.post("/api/v1/registry/verify", {"number": omp.number} | asked, **json)

    told = {"number": omp.number, "qualification": "OMP", "status": "VALID", "on": "2026-11-24"}
    hidden: dict[str, object] = {"starts_on": None, "ends_on": None, "name": None, "latin": None}
    assert verify(name="鈴木 美咲").json() == told | hidden
    shown = {
        "starts_on": "2024-04-01",
        "ends_on": "2027-03-31",
        "name": "鈴木 美咲",
        "latin": "SUZUKI Misaki",
    }
    assert verify(id=omp.verify_id).json() == told | shown
    assert verify(name="鈴木 美咲", on="2024-01-09").json()["status"] == "NOT_CERTIFIED"
    nothing = [
        verify(name="田中"),
        verify(),
        verify(number="X", name="鈴木 美咲"),
        verify(id=omp.verify_id, known_on="2024-01-09"),
    ]
    assert {(each.status_code, each.json()["code"]) for each in nothing} == {(404, "registry.nothing_fits")}
    token = {"headers": {"Authorization": f"Bearer {made.token}"}}
    assert client.get("/api/v1/employer/staff").status_code == 401
    assert client.get("/api/v1/employer/staff", **token).json() == []
    actions.share_with(by="s", subject=omp, employer=made.employer, at=at(TODAY))
    seen = {
        "number": omp.number, "name": "鈴木 美咲", "qualification": "OMP", "status": "VALID", "ends_on": "2027-03-31",
        "window_opens_on": "2027-01-01", "window_closes_on": "2027-02-28", "passed_on": None,
    }  # fmt: skip
    assert client.get("/api/v1/employer/staff", **token).json() == [seen]
    many = client.post(
        "/api/v1/employer/verify", {"numbers": [omp.number, "OMP-1999-000001"]}, **json, **token
    )
    assert many.json() == {"on": "2026-11-24", "answered": [seen], "not_answered": ["OMP-1999-000001"]}


def test_many_are_answered_as_of_a_day_by_the_consent_of_now(
    client: Any, omp: Certification, ito: Person
) -> None:
    made = actions.enter_employer(actor=ito, name="さくらコンタクト", on=TODAY, at=at(TODAY))
    actions.share_with(by="s", subject=omp, employer=made.employer, at=at(TODAY))
    sent_as: Any = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {made.token}"}}

    def as_of(**days: str) -> Any:
        asked = {"numbers": [wide(omp.number), "OMP-1999-000001"], **days}
        return client.post("/api/v1/employer/verify", asked, **sent_as)

    early = as_of(on="2024-02-01").json()
    told = (early["on"], [(each["number"], each["status"]) for each in early["answered"]])
    assert told == ("2024-02-01", [(omp.number, "CERTIFIED_NOT_STARTED")])
    unknown = as_of(on="2024-04-01", known_on="2024-01-09").json()
    assert (unknown["answered"], unknown["not_answered"]) == ([], [omp.number, "OMP-1999-000001"])
    # A day to come is refused, of one as of many; consent is that of now, whichever day is asked about.
    one = {"number": omp.number, "name": "鈴木 美咲", "on": "2026-11-25"}
    to_come = [as_of(on="2026-11-25"), as_of(known_on="2026-11-25")]
    to_come.append(client.post("/api/v1/registry/verify", one, content_type="application/json"))
    assert [(each.status_code, each.json()["code"]) for each in to_come] == [
        (422, "registry.day_to_come")
    ] * 3
    actions.stop_sharing(by="s", sharing=omp.sharings.get(), at=at(TODAY))
    assert as_of(on="2024-04-01").json()["answered"] == []
