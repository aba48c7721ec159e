"""Review and decision: two people, reasons, and a record that can be decided again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions, queries
from nintei.applications.models import Application, Decision, Review
from nintei.applications.tests.conftest import PAID_ON, TODAY, at, decide, recommend
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.registry.models import Certification
from nintei.shared.refusals import Refused


def grant(person: Person, role: Role) -> None:
    people.grant_role(by="system", person=person, role=role, from_on=TODAY, at=at(TODAY))


def test_two_people_certify_and_the_registry_holds_it(recommended: Application, kato: Person) -> None:
    decision = decide(recommended, kato)
    recommended.refresh_from_db()
    assert (recommended.state, recommended.decided_on) == ("certified", PAID_ON)
    term = Certification.objects.get(person=recommended.person, qualification="OMP").terms.get()
    assert (term.starts_on, term.ends_on) == (date(2025, 4, 1), date(2028, 3, 31))
    assert (term.cause, term.edition) == (recommended.reference, decision.edition)


def test_a_decision_can_be_made_again_from_what_it_stored(recommended: Application, kato: Person) -> None:
    decision = Decision.objects.get(pk=decide(recommended, kato).pk)
    assert queries.redecide(decision) == decision.findings
    assert decision.findings["outcome"] == "CERTIFY"
    assert decision.evidence == [
        *(s["sha256"] for post in decision.facts["posts"] for s in post["statements"]),
        decision.facts["pledge"]["sha256"],
        *(leaf["hash"] for leaf in decision.facts["leaves"]),
    ]
    assert len(decision.evidence) == 5, "two statements, the pledge, and the leaves of the two statements"


def test_changed_facts_are_noticed(recommended: Application, kato: Person) -> None:
    decision = decide(recommended, kato)
    decision.facts["posts"] = decision.facts["posts"][:1]
    assert queries.redecide(decision) != decision.findings


def test_the_reviewer_cannot_decide(recommended: Application, ito: Person) -> None:
    grant(ito, Role.DECIDER)
    with pytest.raises(Refused, match=r"applications\.two_people"):
        decide(recommended, ito)
    assert Decision.objects.count() == 0


def test_whoever_matched_the_fee_cannot_decide(recommended: Application, mori: Person) -> None:
    grant(mori, Role.DECIDER)
    with pytest.raises(Refused, match=r"applications\.matched_the_fee"):
        decide(recommended, mori)
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("who", ["reviewer", "accountant"])
def test_the_database_itself_wants_two_people(
    recommended: Application, ito: Person, mori: Person, who: str
) -> None:
    review = Review.objects.get(application=recommended)
    row = {"application": recommended, "review": review, "reviewer": ito, "outcome": "certified"}
    row |= {"facts": {}, "findings": {}, "evidence": [], "edition": "x", "day": TODAY}
    row |= {"decided_on": TODAY, "decided_at": at(TODAY), "matched_by": [mori.by]}
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.create(decider={"reviewer": ito, "accountant": mori}[who], **row)


@pytest.mark.parametrize("name", ["sato", "tanaka", "ito", "mori"])
def test_only_deciders_decide(
    recommended: Application, sato: Person, tanaka: Person, ito: Person, mori: Person, name: str
) -> None:
    people_by_name = {"sato": sato, "tanaka": tanaka, "ito": ito, "mori": mori}
    with pytest.raises(Refused):
        decide(recommended, people_by_name[name])
    assert Decision.objects.count() == 0


def test_nobody_reviews_their_own_case(accepted: Application, sato: Person) -> None:
    grant(sato, Role.REVIEWER)
    with pytest.raises(Refused, match=r"applications\.own_case"):
        actions.take_up(actor=sato, application=accepted, version=None, on=PAID_ON, at=at(PAID_ON))


def test_the_second_reviewer_is_told(accepted: Application, ito: Person, kato: Person) -> None:
    grant(kato, Role.REVIEWER)
    version = accepted.version
    actions.take_up(actor=ito, application=accepted, version=version, on=PAID_ON, at=at(PAID_ON))
    with pytest.raises(Refused, match=r"applications\.changed_meanwhile"):
        actions.take_up(actor=kato, application=accepted, version=version, on=PAID_ON, at=at(PAID_ON))
    accepted.refresh_from_db()
    assert accepted.reviewer == ito
    with pytest.raises(Refused, match=r"applications\.other_reviewer"):
        recommend(accepted, kato)


def test_every_criterion_needs_a_mark(in_review: Application, ito: Person) -> None:
    with pytest.raises(Refused) as refused:
        actions.recommend(
            actor=ito, application=in_review, version=None, marks=[], notes="", on=PAID_ON, at=at(PAID_ON)
        )
    assert refused.value.data == {"criteria": "①、②、③、④"}


@pytest.mark.parametrize("stance", ["override", "doubt"])
def test_a_judgement_against_the_machine_says_why(in_review: Application, ito: Person, stance: str) -> None:
    with pytest.raises(Refused, match=r"applications\.mark_without_reason"):
        recommend(in_review, ito, experience=(stance, " "))


def test_a_doubted_case_cannot_be_certified(in_review: Application, ito: Person, kato: Person) -> None:
    recommend(in_review, ito, experience=("doubt", "証明者が当時の上司ではありません。"))
    assert Review.objects.get(application=in_review).advice == "refuse"
    with pytest.raises(Refused, match=r"applications\.not_cleared"):
        decide(in_review, kato)


def test_a_refusal_gives_its_reasons_in_plain_words(recommended: Application, kato: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.refuse_why"):
        decide(recommended, kato, "refused")
    with pytest.raises(Refused, match=r"applications\.refuse_why"):
        decide(recommended, kato, "refused", reasons={"weather": "雨"})
    decision = decide(
        recommended, kato, "refused", reasons={"experience": "在籍の期間を確かめられませんでした。"}
    )
    assert decision.reasons == {"experience": "在籍の期間を確かめられませんでした。"}
    assert Certification.objects.count() == 0
    letter = Letter.objects.get(template="applications/letters/decided.txt")
    assert "② 業務経験の証明: 在籍の期間を確かめられませんでした。" in letter.body


def test_a_decider_can_ask_the_reviewer_to_look_again(recommended: Application, kato: Person) -> None:
    row = actions.send_back(
        actor=kato,
        application=recommended,
        version=None,
        words="日付を確かめてください。",
        on=PAID_ON,
        at=at(PAID_ON),
    )
    assert row.state == "in_review"
    assert Body.objects.get(subject=row.reference, verb="applications.send_back").data["words"] == (
        "日付を確かめてください。"
    )


def test_a_decision_is_made_once_and_never_changed(recommended: Application, kato: Person) -> None:
    decide(recommended, kato)
    with pytest.raises(Refused, match=r"applications\.not_now"):
        decide(recommended, kato)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(words="x")


def test_every_step_is_in_the_journal(recommended: Application, kato: Person) -> None:
    decide(recommended, kato)
    verbs = Body.objects.filter(subject=recommended.reference).order_by("leaf").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("applications.")] == [
        "applications.start",
        "applications.edit",
        "applications.submit",
        "applications.accept",
        "applications.take_up",
        "applications.recommend",
        "applications.certify",
    ]
