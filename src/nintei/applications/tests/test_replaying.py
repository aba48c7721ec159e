"""Every number in a decision is computed again from what was stored; a planted difference is found and told (P3)."""

from __future__ import annotations

from typing import Any

import pgtrigger
import pytest
from django.urls import reverse

from nintei.applications import actions, queries
from nintei.applications.models import Application, Decision
from nintei.applications.tests.conftest import PAID_ON, at, decide
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.site.tests.access import browser
from tests.kept import kept


def replay() -> actions.Replayed:
    return actions.replay_all(by="system", on=PAID_ON, at=at(PAID_ON, 3))


def plant(decision: Decision, **columns: Any) -> None:
    """Change a stored decision past its guard, as somebody with the database in their hands could."""
    with pgtrigger.ignore("applications.Decision:append_only"):
        Decision.objects.filter(pk=decision.pk).update(**columns)
    decision.refresh_from_db()


@pytest.fixture
@kept
def decision(recommended: Application, kato: Person) -> Decision:
    return Decision.objects.get(pk=decide(recommended, kato).pk)


def test_what_was_decided_comes_out_the_same(decision: Decision) -> None:
    assert replay() == actions.Replayed(1, ())
    leaf = Body.objects.get(verb="applications.replay_all")
    assert (leaf.subject, leaf.data) == ("decisions", {"checked": 1, "different": []})
    assert Letter.objects.filter(template="applications/letters/replayed.txt").count() == 0


def test_changed_facts_are_found_and_named(decision: Decision) -> None:
    facts = decision.facts
    facts["posts"] = facts["posts"][:1]
    plant(decision, facts=facts)
    assert replay() == actions.Replayed(1, ("2026-0001",))
    where = {one.where: (one.stored, one.computed) for one in queries.replay(decision)}
    assert where["outcome"] == ("CERTIFY", "REFUSE")
    assert where["criteria[1].met"] == (True, False)


def test_a_changed_number_is_found_where_it_stands(decision: Decision) -> None:
    findings = decision.findings
    total = findings["criteria"][1]["findings"][0]
    was, total["shown"] = total["shown"], "600"
    plant(decision, findings=findings)
    (one,) = queries.replay(decision)
    assert (one.where, one.stored, one.computed) == ("criteria[1].findings[0].shown", "600", was)


def test_a_changed_signed_text_is_found_by_its_hash(decision: Decision) -> None:
    facts = decision.facts
    facts["posts"][0]["statements"][0]["text"] += " "
    plant(decision, facts=facts)
    assert queries.replay(decision) == []
    assert replay().different == ("2026-0001",)


def test_a_hash_that_is_gone_is_found(decision: Decision) -> None:
    plant(decision, evidence=decision.evidence[:-1])
    assert replay().different == ("2026-0001",)


def test_the_deciders_are_told_once_a_day(decision: Decision, kato: Person) -> None:
    plant(decision, evidence=[])
    replay()
    replay()
    (letter,) = Letter.objects.filter(template="applications/letters/replayed.txt")
    assert (letter.to_email, letter.subject) == (kato.email, "1件の決定が、計算し直すと違いました")
    assert "2026-0001" in letter.body


def test_the_page_says_equal_and_then_where_it_differs(decision: Decision, ito: Person) -> None:
    office, url = browser(ito), reverse("applications:replay", kwargs={"pk": decision.application_id})
    assert "残したものと、すべて同じです" in office.get(url).content.decode()
    findings = decision.findings
    findings["criteria"][1]["findings"][0]["shown"] = "600"
    plant(decision, findings=findings)
    page = office.get(url).content.decode()
    assert "1か所が、残したものと違います" in page
    assert "50年" in page
    assert "6年7か月" in page


def test_a_case_without_a_decision_has_no_replay(recommended: Application, ito: Person) -> None:
    url = reverse("applications:replay", kwargs={"pk": recommended.pk})
    assert browser(ito).get(url).status_code == 404
