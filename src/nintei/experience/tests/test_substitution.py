"""What stands in for experience: claimed with evidence, granted in months by the office, weighed by the kernel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.experience import actions, queries
from nintei.experience.models import AttestationRequest, Post, Substitution, SubstitutionGrant
from nintei.experience.queries.verdict import standing
from nintei.experience.tests.conftest import TODAY, a_file, at, sign, staff
from nintei.journal.models import Body
from nintei.people.models import Person, Role
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]


def claim(person: Person, **more: Any) -> Substitution:
    told: dict[str, Any] = {"kind": "training", "name": "管理者研修", "issuer": "研修センター"}
    told |= {"obtained_on": date(2020, 3, 31), "evidence": [a_file()]}
    return actions.claim_substitution(by=person.by, person=person, at=at(TODAY), on=TODAY, **(told | more))


def grant(
    claim: Substitution, actor: Person, months: int, reason: str = "協会の例による", hour: int = 10
) -> SubstitutionGrant:
    return actions.grant_substitution(
        actor=actor, claim_id=claim.pk, months=months, reason=reason, at=at(TODAY, hour), on=TODAY
    )


def substituted(person: Person) -> int:
    return queries.case(person, TODAY).substituted


def test_a_claim_counts_nothing_until_the_office_grants_months(sato: Person, ito: Person) -> None:
    made = claim(sato)
    assert (substituted(sato), queries.substitutions(sato, TODAY)[0].months) == (0, None)
    grant(made, ito, 12)
    assert substituted(sato) == 12
    leaf = Body.objects.get(subject=made.reference, verb="experience.grant_substitution")
    assert (leaf.actor, leaf.data) == (ito.by, {"months": 12, "reason": "協会の例による"})


def test_the_newest_grant_decides_and_the_first_one_stays(sato: Person, ito: Person) -> None:
    made = claim(sato)
    grant(made, ito, 12)
    grant(made, ito, 0, "写しが読めない", hour=11)
    assert (substituted(sato), made.grants.count()) == (0, 2)
    with pytest.raises(DatabaseError), transaction.atomic():
        SubstitutionGrant.objects.update(months=24)
    with pytest.raises(DatabaseError), transaction.atomic():
        SubstitutionGrant.objects.all().delete()


def test_granted_months_make_up_the_total_and_nothing_else(
    save: Save, ask: Ask, sato: Person, ito: Person
) -> None:
    """Four years attested, one of them in a required field only for a year (AMB-E5)."""
    one, two = save(date(2020, 4, 1), date(2023, 3, 31), "1"), save(date(2023, 4, 1), date(2024, 3, 31), "4")
    for post in (one, two):
        sign(ask(post)[1], post)
    grant(claim(sato), ito, 24)
    weighed = standing(edition(TODAY), "OMP", queries.case(sato, TODAY), TODAY).attested
    assert (weighed.actual, weighed.substitution, weighed.reasons) == (48, 24, ("REQUIRED_LT_2Y",))


def test_two_claims_together_count_no_more_than_the_cap(sato: Person, ito: Person) -> None:
    for name in ("研修A", "研修B"):
        grant(claim(sato, name=name), ito, 18)
    weighed = standing(edition(TODAY), "OMP", queries.case(sato, TODAY), TODAY).attested
    assert (substituted(sato), weighed.substitution) == (36, 24)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "experience.substitution_unnamed"),
        ({"evidence": []}, "experience.no_evidence"),
        ({"obtained_on": date(2026, 11, 25)}, "experience.obtained_when"),
        ({"obtained_on": date(1990, 5, 5)}, "experience.obtained_when"),
    ],
)
def test_a_senseless_claim_is_refused(sato: Person, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        claim(sato, **more)
    assert (refused.value.code, Substitution.objects.count()) == (code, 0)


@pytest.mark.parametrize(("months", "reason"), [(25, "多すぎる"), (-1, "負"), (12, " ")])
def test_a_senseless_grant_is_refused(sato: Person, ito: Person, months: int, reason: str) -> None:
    with pytest.raises(Refused):
        grant(claim(sato), ito, months, reason)
    assert SubstitutionGrant.objects.count() == 0


def test_only_reviewers_grant_and_none_to_themselves(sato: Person, tanaka: Person, ito: Person) -> None:
    kato = staff("kato@example.jp", "加藤 修", Role.DECIDER)
    for stranger in (tanaka, kato, sato):
        with pytest.raises(Refused, match=r"experience\.only_reviewers"):
            grant(claim(sato), stranger, 12)
    with pytest.raises(Refused, match=r"experience\.own_case"):
        grant(claim(ito), ito, 12)


def test_a_claim_can_be_taken_back_by_its_owner_until_months_are_granted(
    sato: Person, tanaka: Person, ito: Person
) -> None:
    made, other = claim(sato), claim(sato)
    with pytest.raises(Refused, match=r"experience\.not_yours"):
        actions.remove_substitution(by=tanaka.by, person=tanaka, claim_id=made.pk, at=at(TODAY))
    grant(made, ito, 12)
    with pytest.raises(Refused, match=r"experience\.substitution_granted"):
        actions.remove_substitution(by=sato.by, person=sato, claim_id=made.pk, at=at(TODAY))
    actions.remove_substitution(by=sato.by, person=sato, claim_id=other.pk, at=at(TODAY))
    assert [each.claim.pk for each in queries.substitutions(sato, TODAY)] == [made.pk]
