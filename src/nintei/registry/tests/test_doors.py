"""The public page and the doors of applicants and office."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.people.models import Person, Role, RoleGrant
from nintei.registry import actions
from nintei.registry.models import Certification, ExamPass
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
ONCE = "0123456789abcdef"


@pytest.fixture(autouse=True)
def a_day(settings, monkeypatch, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


@pytest.fixture
def suzuki(db):
    person = Person.objects.create_user("suzuki@example.jp", name="鈴木 美咲", latin="SUZUKI Misaki")
    report = ExamPass.objects.create(
        exam="OMP",
        number="1",
        name="鈴木",
        kana="スズキ",
        passed=True,
        issued_on=date(2023, 10, 8),
        imported_at=NOON,
    )
    return actions.certify(
        by="person:kato",
        person=person,
        qualification="OMP",
        exam_pass=report,
        decided_on=date(2024, 1, 10),
        edition_id="e",
        cause="application:1",
        at=NOON,
    )


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2024-01-09", "この日は、まだ認定されていません"),
        ("2024-01-10", "認定済みで、有効期間はこれからです"),
        ("2024-04-01", "この資格は有効です"),
        ("2026-11-24", "この資格は有効です"),
    ],
)
def test_it_answers_for_a_day(client, suzuki, on, sentence):
    response = client.get(f"/verify/{suzuki.number}", {"on": on})
    assert response.status_code == 200
    assert sentence in text(response)
    assert "オペレーションマネジメント" in text(response)


def test_it_never_answers_for_a_day_to_come(client, suzuki):
    assert "2026年11月24日（火）の時点" in text(client.get(f"/verify/{suzuki.number}", {"on": "2030-01-01"}))


def test_the_name_needs_consent_or_the_holders_own_qr(client, suzuki):
    shown = text(client.get(f"/verify/{suzuki.number}", {"id": suzuki.verify_id}))
    assert "鈴木 美咲" in shown
    for asked in ({}, {"id": "x"}, {"id": "あ"}):
        assert "鈴木 美咲" not in text(client.get(f"/verify/{suzuki.number}", asked))
    actions.show_name(by="s", certification=suzuki, shows=True, at=NOON)
    assert "鈴木 美咲" in text(client.get(f"/verify/{suzuki.number}"))


def test_an_unknown_number_is_said_to_be_unknown(client, suzuki):
    response = client.get("/verify/OMP-1999-000001")
    assert (response.status_code, "この番号の認定は見つかりません" in text(response)) == (404, True)


def test_a_question_leads_to_its_answer(client, suzuki):
    day = {"on_year": "2024", "on_month": "4", "on_day": "1"}
    response = client.get("/verify", {"number": suzuki.number.lower(), **day})
    assert response.headers["Location"] == f"/verify/{suzuki.number}?on=2024-04-01"


def test_a_question_without_a_number_is_asked_again(client, db):
    shown = text(client.get("/verify", {"number": "", "on_year": "2024", "on_month": "2", "on_day": "30"}))
    assert "認定番号を書いてください" in shown
    assert "この日は暦にありません" in shown


def test_the_office_imports_a_file_once(client, db):
    ito = Person.objects.create_user("ito@example.jp")
    RoleGrant.objects.create(person=ito, role=Role.REGISTRAR, from_on=date(2020, 1, 1))
    client.force_login(ito)
    data = "試験,合格者番号,氏名,カナ,合否,発行日\nOMP,1,佐藤,サトウ,合格,2024-10-08\n".encode("cp932")
    for _ in range(2):
        file = SimpleUploadedFile("results.csv", data)
        response = client.post("/office/registry", {"once": ONCE, "file": file}, follow=True)
        assert "試験結果を1件取り込みました" in text(response) or response.redirect_chain
    assert ExamPass.objects.count() == 1


def test_the_office_is_told_line_and_column(client, db):
    ito = Person.objects.create_user("ito@example.jp")
    RoleGrant.objects.create(person=ito, role=Role.REGISTRAR, from_on=date(2020, 1, 1))
    client.force_login(ito)
    data = "試験,合格者番号,氏名,カナ,合否,発行日\nXYZ,1,佐藤,サトウ,合格,2024-10-08\n".encode()
    response = client.post("/office/registry", {"once": ONCE, "file": SimpleUploadedFile("a.csv", data)})
    assert "「XYZ」という試験はありません" in text(response)
    assert ExamPass.objects.count() == 0


def test_an_applicant_claims_a_report_and_sees_its_last_day(client, db):
    sato = Person.objects.create_user("sato@example.jp")
    fields = {
        "name": "佐藤",
        "kana": "サトウ",
        "passed": True,
        "imported_at": NOON,
        "issued_on": date(2024, 10, 8),
    }
    ExamPass.objects.create(exam="OMP", number="0007", born_on=date(1990, 4, 2), **fields)
    client.force_login(sato)
    day = {"born_on_year": "1990", "born_on_month": "4", "born_on_day": "2"}
    shown = text(client.post("/my/passes", {"once": ONCE, "number": "0007", **day}, follow=True))
    assert "2027年10月8日（金）" in shown


def test_a_wrong_birth_date_is_refused_in_words(client, db):
    client.force_login(Person.objects.create_user("sato@example.jp"))
    day = {"born_on_year": "1990", "born_on_month": "4", "born_on_day": "2"}
    shown = text(client.post("/my/passes", {"once": ONCE, "number": "0007", **day}))
    assert "その番号と生年月日の試験結果レポートは見つかりません" in shown


@pytest.mark.parametrize("holders", [1, 3])
def test_the_office_list_takes_the_same_queries_for_any_number(
    client, suzuki, holders, django_assert_num_queries
):
    ito = Person.objects.create_user("ito@example.jp")
    RoleGrant.objects.create(person=ito, role=Role.REGISTRAR, from_on=date(2020, 1, 1))
    client.force_login(ito)
    for number in range(1, holders):
        person = Person.objects.create_user(f"h{number}@example.jp")
        actions.certify(
            by="k", person=person, qualification="OMP", exam_pass=suzuki.exam_pass,
            decided_on=date(2024, 1, 10), edition_id="e", cause=f"c{number}", at=NOON,
        )  # fmt: skip
    assert Certification.objects.count() == holders
    with django_assert_num_queries(9):
        client.get("/office/registry")
