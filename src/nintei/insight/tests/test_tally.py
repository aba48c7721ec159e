"""Counting for the board and for anybody: once a day, by the status of the day, showing nobody."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, datetime
from itertools import count

import pytest
import rfc8785
from django.db import ProgrammingError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nintei.insight import actions, figures, queries, showing
from nintei.insight.models import Tally
from nintei.journal.models import Body
from nintei.people.actions import grant_role
from nintei.people.models import Person, Role
from nintei.registry.models import Certification, StatusChange, Term
from nintei.registry.states import StatusKind
from nintei.shared.clock import JST

ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 0, 10, tzinfo=JST)
NUMBERS = count(1)
pytestmark = pytest.mark.django_db


def held(*terms: tuple[date, date], qualification: str = "OMP", **changes: date) -> Certification:
    """A certification with these validities, and changes of its status by their kinds."""
    number = next(NUMBERS)
    certification = Certification.objects.create(
        person=Person.objects.create_user(f"h{number}@example.jp"),
        qualification=qualification,
        number=f"{qualification}-{number}",
        verify_id=f"v{number}",
        certified_on=terms[0][0],
    )
    for start, end in terms:
        Term.objects.create(
            certification=certification, starts_on=start, ends_on=end, decided_on=start, edition="e",
            cause=f"{number}-{start}", recorded_at=AT,
        )  # fmt: skip
    for kind, on in changes.items():
        StatusChange.objects.create(
            certification=certification,
            kind=StatusKind(kind),
            effective_on=on,
            recorded_at=AT,
            cause=f"{number}-{kind}",
        )
    return certification


NOW = (date(2025, 4, 1), date(2028, 3, 31))
BEFORE = (date(2022, 4, 1), date(2025, 3, 31))


def test_every_certification_counts_once_by_its_status_on_the_day() -> None:
    held(NOW), held(NOW), held(BEFORE), held(BEFORE, NOW)
    held(NOW, revoked=date(2026, 1, 5))
    held(NOW, suspended=date(2026, 1, 5))
    held(NOW, qualification="CAP")
    held((date(2027, 4, 1), date(2030, 3, 31)), qualification="CAP")  # not yet certified on the day
    assert figures.standing(ON) == {
        "CAP": {"VALID": 1},
        "OMP": {"EXPIRED": 1, "REVOKED": 1, "SUSPENDED": 1, "VALID": 3},
    }
    # The day before the revocation and the suspension.
    assert figures.standing(date(2026, 1, 4))["OMP"] == {"EXPIRED": 1, "VALID": 5}


def test_a_validity_that_went_on_is_told_from_one_that_ended_in_the_fiscal_year_of_its_last_day() -> None:
    held(BEFORE), held(BEFORE, NOW), held(BEFORE, NOW), held(NOW)
    held((date(2022, 4, 1), date(2025, 4, 1)))
    assert figures.ended(ON) == {"2024": {"not_renewed": 1, "renewed": 2}, "2025": {"not_renewed": 1}}
    assert figures.ended(date(2025, 3, 31)) == {}


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2027, 3, 31), 2026)]
)
def test_a_fiscal_year_has_the_name_of_its_first_days_year(day: date, year: int) -> None:
    assert figures.fiscal_year(day) == year


def test_a_day_and_the_first_of_its_month_are_counted_once_and_the_journal_commits_to_them() -> None:
    held(NOW)
    assert [actions.tally(by="system", on=ON, at=AT) for _ in range(3)] == [2, 0, 0]
    assert list(Tally.objects.order_by("day").values_list("day", flat=True)) == [date(2026, 11, 1), ON]
    body = Body.objects.get(subject="figures:2026-11-24")
    told = queries.latest(ON)
    assert told
    assert body.data == {"sha256": hashlib.sha256(rfc8785.dumps(told.figures)).hexdigest()}


def test_a_count_is_never_mended() -> None:
    actions.tally(by="system", on=ON, at=AT)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Tally.objects.update(figures={})
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Tally.objects.all().delete()


def test_anybody_sees_the_first_of_the_month_without_small_counts(
    client: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")
    assert "まだ数字がありません" in client.get("/scorecard").content.decode()
    assert client.get("/scorecard.csv").status_code == 404
    for _ in range(9):
        held(NOW)
    held(NOW, revoked=date(2026, 1, 5))
    actions.tally(by="system", on=date(2026, 11, 1), at=AT)
    held(NOW)
    actions.tally(by="system", on=ON, at=AT)
    page = client.get("/scorecard").content.decode()
    assert "2026年11月1日" in page
    assert "2026年11月24日" not in page
    lines = list(csv.reader(io.StringIO(client.get("/scorecard.csv").content.decode("utf-8-sig"))))
    shown = {column: number for key, name, column, number in lines if (key, name) == ("standing", "OMP")}
    # One revoked would show by subtraction from the total of ten: the nine are hidden with it.
    assert (shown["取消"], shown["有効"], shown["停止"]) == ("×", "×", "0")


def test_the_board_sees_every_count_and_the_number_of_queries_does_not_grow(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")
    board = Person.objects.create_user("board@example.jp", name="小野 誠")
    grant_role(by="system", person=board, role=Role.BOARD, from_on=NOW[0], at=AT)
    client.force_login(board)
    held(NOW, revoked=date(2026, 1, 5))
    actions.tally(by="system", on=ON, at=AT)
    told = queries.latest(ON)
    assert told
    assert showing.tables(told.figures)[0].rows == (("OMP", 1, (0, 0, 0, 0, 0, 1)),)
    with django_assert_num_queries(6):
        assert client.get("/office/insight").status_code == 200
    held(NOW), held(BEFORE, NOW)
    with django_assert_num_queries(8):
        figures.figures(ON)
    held(NOW), held(NOW)
    with django_assert_num_queries(8):
        figures.figures(ON)
