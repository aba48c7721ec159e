"""The office's pages of the post: what is ticked is done once, refused keeps its ticks, a table to take away."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nintei.applications import queries as applications
from nintei.certificates.models import Posting, PostingStep, Print
from nintei.certificates.posting import queries
from nintei.certificates.tests.test_posting import hara, made, own_store
from nintei.certificates.tests.world import issued
from nintei.notices.models import Letter
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import somebody

__all__ = ["hara", "own_store"]
LIST = "/office/certificates"


@pytest.fixture(autouse=True)
def a_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


@pytest.fixture
def desk(client: Client, hara: Person) -> Client:
    client.force_login(hara)
    return client


def form(do: str, *papers: str, once: str = "x" * 20, **more: str) -> dict[str, Any]:
    day = {"day_year": "2026", "day_month": "11", "day_day": "24"}
    return {"once": once, "do": do, "paper": list(papers), "way": "letter", **day, **more}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_printing_and_posting_is_done_once_however_often_the_button_is_pressed(desk: Client) -> None:
    pk = str(made().pk)
    first, second = (desk.post(LIST, form("print", pk, envelope="folded")) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Print.objects.count() == 1
    page = text(desk.get(first["Location"]))
    assert "鈴木 美咲" in page
    for name in ("", "/labels"):
        answer = desk.get(f"{first['Location']}{name}.pdf")
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    for _ in range(2):
        desk.post(LIST, form("post", pk, once="y" * 20, way="registered", **{f"t-{pk}": "12-34"}))
    assert list(PostingStep.objects.values_list("event", "way", "tracking")) == [
        ("post", "registered", "12-34")
    ]
    late = desk.post(LIST, form("post", pk, once="z" * 20))
    assert late.status_code == 200
    assert "いまは「発送済み」" in text(late)


@pytest.mark.django_db
def test_what_is_refused_is_said_by_name_and_the_ticks_stay(desk: Client) -> None:
    one, other = str(made().pk), str(issued("佐藤 健太", "sato@example.jp").pk)
    answer = desk.post(LIST, form("print", one, other))
    assert answer.status_code == 200
    page = text(answer)
    assert "住所がないので、宛名を作れません：佐藤 健太" in page
    assert page.count(" checked") == 2
    assert Print.objects.count() == 0
    desk.post(LIST, form("ask", other, once="y" * 20))
    assert Letter.objects.filter(template="certificates/letters/ask_address.txt").count() == 1
    moved = desk.post(
        f"{LIST}/{other}", {"once": "z" * 20, "do": "address", "postal_address": "大阪市北区1-1"}
    )
    assert moved.status_code == 302
    assert "大阪市北区1-1" in text(desk.get(f"{LIST}/{other}"))


@pytest.mark.django_db
def test_the_queue_of_applications_and_the_front_page_say_the_same_number(desk: Client) -> None:
    made()
    issued("佐藤 健太", "sato@example.jp")
    (lane,) = applications.further()
    assert lane[0] == "certificates:posting"
    assert (lane[2], queries.waiting()) == (2, 2)
    for page in ("/office/applications", "/office"):
        assert f'href="{reverse(lane[0])}"' in desk.get(page).content.decode()


@pytest.mark.django_db
def test_the_table_to_take_away_runs_in_no_spreadsheet(desk: Client) -> None:
    made("=1+1", "suzuki@example.jp")
    answer = desk.get(f"{LIST}/list.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][1:5] == [
        "'=1+1",
        "OMP",
        "〒100-0001\n東京都千代田区千代田1-1\n千代田マンション1001号室",
        "発送待ち",
    ]
    assert Posting.objects.count() == 1


@pytest.mark.django_db
def test_the_list_asks_as_many_queries_for_three_as_for_one(
    desk: Client, django_assert_num_queries: Any
) -> None:
    made()
    desk.get(LIST)
    with django_assert_num_queries(17):
        assert "鈴木" in text(desk.get(LIST))
    made("佐藤 健太", "sato@example.jp")
    made("小川 遥", "ogawa@example.jp")
    with django_assert_num_queries(17):
        assert "小川" in text(desk.get(LIST))


@pytest.mark.django_db
def test_the_holder_says_where_it_goes_and_a_decider_only_looks(client: Client) -> None:
    certificate = issued()
    sato, kato = certificate.term.certification.person, somebody("kato", "加藤 修", "カトウ", Role.DECIDER)
    client.force_login(sato)
    client.post("/my/profile", {"once": "x" * 20, "form": "address", "postal_address": " 東京都港区1-1 \n\n"})
    sato.refresh_from_db()
    assert sato.postal_address == "東京都港区1-1"
    client.force_login(kato)
    assert "東京都港区1-1" in text(client.get(LIST))
    assert 'value="post"' not in client.get(LIST).content.decode()
    answer = client.post(LIST, form("post", str(certificate.pk), once="y" * 20))
    assert "あなたの役割ではできません" in text(answer)
    assert PostingStep.objects.count() == 0
