"""The log under a rulebook where a line serves one qualification and points are carried over (`example`)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from nintei.ledger import actions, queries, serving
from nintei.ledger.drafts import Draft
from nintei.ledger.tests.conftest import CPT_DAY, at, holds_cpt, renewed_with
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.rules.load import SHELF
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

LINE = Draft("L", "調律の講習", ((date(2026, 9, 1), 600),), topic="1", proof="certificate", serves="CPT")


@pytest.fixture(autouse=True)
def example(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RULEBOOK, settings.DEMO = "example", True
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


@pytest.fixture
def cpt(suzuki: Person) -> Certification:
    return holds_cpt(suzuki)


def rulebook_with_two(folder: Path) -> str:
    """The example with a second qualification that people are certified in."""
    own = folder / "example"
    shutil.copytree(SHELF / "example", own)
    rules = own / "handbook-2025.toml"
    exam_only, certified = (f"[qualifications.APT.certified]\nvalue = {value}" for value in ("false", "true"))
    rules.write_text(rules.read_text("utf-8").replace(exam_only, certified), "utf-8")
    return str(own)


def test_a_line_of_the_page_serves_the_only_qualification_without_asking(
    suzuki: Person, cpt: Certification
) -> None:
    browser = Client()
    browser.force_login(suzuki)
    assert "どの資格の更新に使いますか" not in browser.get("/my/cpd/new").content.decode()
    told = {
        "once": "x" * 20, "title": "調律の講習", "s-TOTAL_FORMS": 1, "s-INITIAL_FORMS": 0, "s-0-on_year": 2026,
        "s-0-on_month": 9, "s-0-on_day": 1, "s-0-hours": 10, "group": "0", "category": "L", "topic": "1",
    }  # fmt: skip
    assert browser.post("/my/cpd/new", told).status_code == 302
    (line,) = queries.activities(suzuki)
    assert (line.serves, queries.balance(cpt, date(2026, 11, 24)).total) == ("CPT", 20)
    # What is claimed says so, and is read again as it was.
    frozen = queries.freeze(cpt, date(2026, 11, 24))["lines"]
    assert (frozen[0]["serves"], queries.thaw(frozen)[0].serves) == ("CPT", "CPT")
    assert queries.balances([(cpt, cpt.terms.get())], date(2026, 11, 24))[cpt.pk].total == 20


def test_of_several_the_holder_says_which_and_may_choose_again(
    suzuki: Person, cpt: Certification, settings: Any, tmp_path: Path
) -> None:
    settings.RULEBOOK = rulebook_with_two(tmp_path)
    book = edition(CPT_DAY)
    assert (serving.choices(book), serving.implied(book)) == (("CPT", "APT"), "")
    with pytest.raises(Refused) as refused:
        actions.log_activity(
            by="s", person=suzuki, draft=Draft("L", "講習", LINE.sessions, topic="1"), at=at()
        )
    assert refused.value.code == "ledger.serves_missing"
    line = actions.log_activity(by="s", person=suzuki, draft=LINE, at=at())
    assert queries.balance(cpt, date(2026, 11, 24)).total == 20
    actions.use_for(by="s", activity=line, serves="APT", on=date(2026, 11, 24), at=at())
    worth = queries.balance(cpt, date(2026, 11, 24))
    assert (worth.total, worth.lines[0].reason) == (0, "OTHER_QUALIFICATION")
    browser = Client()
    browser.force_login(suzuki)
    assert '<option value="CPT" selected>' in browser.get("/my/cpd/new").content.decode()


@pytest.mark.parametrize(("total", "carried"), [("43.0", 3), ("60.0", 5), ("38.0", 0)])
def test_points_that_were_not_needed_go_into_the_next_validity(
    suzuki: Person, cpt: Certification, total: str, carried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five at most, as the rulebook says; what a claim froze stays as it was."""
    renewed_with(cpt, total)
    on = date(2028, 7, 1)
    held = queries.home(suzuki, on).standings[0]
    worth = queries.balance(cpt, on)
    assert (held.balance.carried, held.balance.total, worth.total) == (carried, carried, carried)
    assert queries.balances([(cpt, held.term)], on)[cpt.pk].total == carried
    assert queries.freeze(cpt, on)["balance"].get("carried", "0.0") == f"{carried}.0"
    browser = Client()
    browser.force_login(suzuki)
    monkeypatch.setenv("NINTEI_TODAY", on.isoformat())
    said = f"前の有効期間から繰り越した{carried}.0ポイントを含みます。"
    assert (said in browser.get("/my").content.decode()) == (carried > 0)


def test_under_conken_a_line_serves_every_qualification(suzuki: Person, settings: Any) -> None:
    settings.RULEBOOK = "conken"
    told = Draft("D", "講師", ((date(2026, 11, 18), 60),), topic="5")
    line = actions.log_activity(by="s", person=suzuki, draft=told, at=at())
    with pytest.raises(Refused) as refused:
        actions.use_for(by="s", activity=line, serves="OMP", on=date(2026, 11, 24), at=at())
    assert (refused.value.code, line.serves) == ("ledger.serves_all", "")
