"""The public page and the doors of applicants and office."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.people.models import Person, Role, RoleGrant
from nintei.registry import actions
from nintei.registry.models import ExamPass
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
