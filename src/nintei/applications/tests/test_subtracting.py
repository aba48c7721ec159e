"""A leave that the reviewer takes off a post: its reason, its leaf, and the verdict reckoned anew (AMB-E9)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions, queries
from nintei.applications.models import Application, SubtractedLeave
from nintei.applications.tests.conftest import PAID_ON, at, decide, recommend
from nintei.experience.models import Post
from nintei.journal.models import Body
from nintei.people.models import Person
from nintei.shared.refusals import Refused
from nintei.site.tests.access import browser

WHEN: dict[str, Any] = {"version": None, "on": PAID_ON, "at": at(PAID_ON)}


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())


def first(row: Application) -> Post:
    return Post.objects.filter(person=row.person).order_by("started_on")[0]


def subtract(row: Application, actor: Person, **more: Any) -> SubtractedLeave:
    told: dict[str, Any] = {
        "post_id": first(row).pk,
        "from_on": date(2021, 4, 1),
        "until_on": date(2022, 12, 31),
        "reason": "休職していたと、本人から聞きました。",
    } | more
    return actions.subtract_leave(actor=actor, application=row, **told, **WHEN)


def total(row: Application) -> tuple[str, bool | None]:
    (found,) = [
        f
        for p in queries.verdict(row, PAID_ON).parts
        for f in p.findings
        if f.key == "experience.total_months"
    ]
    return str(found.shown), found.met


def test_the_days_are_no_longer_counted_and_the_leaf_says_why(in_review: Application, ito: Person) -> None:
    before = queries.verdict(in_review, PAID_ON).experience
    subtract(in_review, ito)
    after = queries.verdict(in_review, PAID_ON).experience
    assert before is not None
    assert after is not None
    assert before.actual - after.actual == 21
    assert total(in_review)[1] is False
    leaf = Body.objects.get(subject=in_review.reference, verb="applications.subtract")
    assert (leaf.data["words"], leaf.data["from_on"], leaf.data["until_on"]) == (
        "休職していたと、本人から聞きました。", "2021-04-01", "2022-12-31",
    )  # fmt: skip


def test_taken_back_it_counts_again_and_its_row_stays(in_review: Application, ito: Person) -> None:
    leave = subtract(in_review, ito)
    actions.restore_leave(actor=ito, application=in_review, leave_id=leave.pk, **WHEN)
    assert total(in_review)[1] is True
    assert queries.subtracted(in_review) == []
    assert SubtractedLeave.objects.get().taken_back_by == ito
    with pytest.raises(Refused, match=r"applications\.no_such_leave"):
        actions.restore_leave(actor=ito, application=in_review, leave_id=leave.pk, **WHEN)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": "  "}, "leave_without_reason"),
        ({"post_id": uuid.UUID(int=1)}, "leave_of_what"),
        ({"until_on": date(2021, 3, 31)}, "leave_out_of_order"),
        ({"from_on": date(2023, 4, 1), "until_on": None}, "leave_beside"),
        ({"from_on": date(2019, 1, 1), "until_on": date(2020, 3, 31)}, "leave_beside"),
    ],
)
def test_a_leave_needs_a_post_its_days_and_a_reason(
    in_review: Application, ito: Person, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=rf"applications\.{code}"):
        subtract(in_review, ito, **more)


def test_only_the_reviewer_of_the_case_subtracts(
    in_review: Application, kudo: Person, noda: Person, kato: Person
) -> None:
    for actor, code in ((kudo, "not_entitled"), (noda, "other_reviewer"), (kato, "not_entitled")):
        with pytest.raises(Refused, match=rf"applications\.{code}"):
            subtract(in_review, actor)


def test_a_decision_keeps_it_and_comes_out_the_same(
    in_review: Application, ito: Person, kato: Person
) -> None:
    subtract(in_review, ito, until_on=date(2021, 6, 30))
    recommend(in_review, ito)
    decision = decide(in_review, kato)
    (told,) = decision.facts["subtracted"]
    assert (told["days"], told["by"]) == (["2021-04-01", "2021-06-30"], ito.by)
    assert queries.is_whole(decision)


def test_it_is_done_on_the_page_of_the_case(in_review: Application, ito: Person) -> None:
    office, url = browser(ito), f"/office/applications/{in_review.pk}"
    in_review.refresh_from_db()
    days = {"from_on_year": "2021", "from_on_month": "4", "from_on_day": "1"}
    days |= {"until_on_year": "2022", "until_on_month": "12", "until_on_day": "31"}
    told = {"event": "subtract", "version": str(in_review.version), "once": "x" * 20, "reason": "休職です。"}
    empty = office.post(url, told | days | {"post": str(first(in_review).pk), "reason": ""})
    assert empty.status_code == 422
    done = office.post(url, told | days | {"post": str(first(in_review).pk), "once": "y" * 20})
    assert done.status_code == 302
    page = office.get(url).content.decode()
    assert "休職です。" in page
    assert "差し引きをやめる" in page
    in_review.refresh_from_db()
    (leave,) = queries.subtracted(in_review)
    back = {"event": "restore", "version": str(in_review.version), "leave": str(leave.pk), "once": "z" * 20}
    assert office.post(url, back).status_code == 302
    assert queries.subtracted(in_review) == []


def test_the_database_keeps_what_was_subtracted(in_review: Application, ito: Person) -> None:
    leave = subtract(in_review, ito)
    for change in ({"reason": "別の理由"}, {"until_on": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SubtractedLeave.objects.filter(pk=leave.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        SubtractedLeave.objects.filter(pk=leave.pk).delete()
