"""The pages: as many queries for three as for one, an outsider's download, forms that say what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nintei.audits import actions, queries
from nintei.audits.models import Audit
from nintei.audits.tests.conftest import (
    COMMITTED_ON,
    DRAWN_ON,
    announce,
    answer_all,
    at,
    checked,
    drawn,
    filed,
    set_terms,
    somebody,
)
from nintei.people.models import Person
from nintei.site.tests.access import browser

pytestmark = pytest.mark.django_db
Count = Callable[[int], Any]


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", DRAWN_ON.isoformat())


def test_lists_ask_as_often_for_three_as_for_one(
    board: Person, ito: Person, noda: Person, kato: Person, django_assert_num_queries: Count
) -> None:
    """Ito has a conflict of interest in two of the three audits, and sees one."""
    set_terms(board, kato, share=Decimal(100))
    for n in range(3):
        filed(somebody(f"h{n}", f"受講 {n}郎", "ジュコウ"), f"20230000{n}")
    begun = drawn(announce(ito), ito, kato)
    for each in begun[1:]:
        actions.declare_conflict(actor=ito, audit=each, words="同僚", on=DRAWN_ON, at=at(DRAWN_ON))
    addresses = {reverse("audits:office"): 12, reverse("audits:office_draw", args=[1, 1]): 13}
    for url, wanted in addresses.items():
        for who, sees in ((ito, [True, False, False]), (noda, [True, True, True])):
            office = browser(who)
            office.get(url)
            with django_assert_num_queries(wanted):
                page = office.get(url).content.decode()
            assert [each.person.name in page for each in begun] == sees


def test_a_form_that_is_wrong_says_so_and_keeps_what_was_typed(
    board: Person, kato: Person, ito: Person
) -> None:
    setter, url = browser(board), reverse("audits:terms")
    page = setter.post(url, {"once": "x" * 20, "share": "0", "words": "第12回"})
    assert page.status_code == 422
    assert "第12回" in page.content.decode()
    assert queries.open_terms() is None
    closed = browser(ito).post(reverse("audits:new_draw"), {"once": "y" * 20})
    assert closed.status_code == 422


def test_figures_are_shown_when_every_audit_is_over_and_small_ones_are_hidden(
    audit: Audit, ito: Person, kato: Person
) -> None:
    visitor, url = Client(), reverse("audits:index")
    assert "すべての監査が終わってから" in visitor.get(url).content.decode()
    checked(answer_all(audit), ito, kato, l2="no_proof")
    page = visitor.get(url).content.decode()
    assert "小さい数なので隠しています" in page
    assert [each.outcomes for each in queries.figures()] == [
        {"upheld": None, "reduced": None, "refused": None, "exempt": None}
    ]
    assert COMMITTED_ON < DRAWN_ON
