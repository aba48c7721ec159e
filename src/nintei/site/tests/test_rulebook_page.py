"""The rulebook on a page: what is unset, our readings, what a check finds, every value with its clause."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nintei.people.models import Person, Role
from nintei.site.tests.test_reading_room import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")
    board: Person = somebody("board", "小野 誠", Role.BOARD)
    client.force_login(board)
    return client


def test_it_shows_what_is_unset_how_it_is_read_what_a_check_finds_and_every_value(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        answer = reader.get("/office/rulebook")
    shown = {row.key for section in answer.context["sections"] for row in section.rows}
    assert {"points.required", "points.caps.B.per_year"} <= shown
    page = answer.content.decode()
    for words in ("更新審査の手数料", "AMB-V3", "points.caps.B.per_cycle", "いまの読み"):
        assert words in page


def test_a_search_finds_by_key_value_clause_and_words(reader: Client) -> None:
    for words in ("points.required", "CPD-1.4", "cpd-1.4"):
        found = reader.get("/office/rulebook", {"q": words}).context["found"]
        assert "points.required" in {row.key for row in found}
    nothing = reader.get("/office/rulebook", {"q": "\x00ありえない言葉"})
    assert nothing.context["found"] == []
    assert "見つかりませんでした" in nothing.content.decode()
