"""The experience cases of the conformance set, through the room: posts saved, attestors asked, months granted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nintei.experience import actions, queries
from nintei.experience.models import AttestationRequest, Post
from nintei.experience.queries.verdict import standing
from nintei.experience.said import Tenure
from nintei.experience.tests.conftest import a_file, at, sign
from nintei.people.models import Person
from nintei.rules.experience import whole
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

Ask = Callable[..., tuple[AttestationRequest, str]]
SHARED = Path(__file__).parents[4].parent / "shared" / "conformance" / "cases.json"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared conformance cases are not here")


def cases() -> list[dict[str, Any]]:
    """Those under the readings in force; a case with a policy of its own is the kernel's alone."""
    found = json.loads(SHARED.read_text("utf-8")) if SHARED.exists() else []
    rows = found if isinstance(found, list) else found["cases"]
    return [row for row in rows if row["area"] == "experience" and not row.get("policy")]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_the_room_answers_as_the_kernel_does(
    case: dict[str, Any], sato: Person, ito: Person, ask: Ask
) -> None:
    given, wanted = case["input"], dict(case["expected"])
    on = date.fromisoformat(given["reference_date"])
    sato.born_on = date(1970, 1, 1)
    sato.save()
    for period in given["periods"]:
        attest(ask, sato, save(sato, period, on), period.get("attested_by", "supervisor_there"), on)
    grant(sato, ito, given["substitution_months"], on)
    weighed = standing(edition(on), given["programme"], queries.case(sato, on), on).attested
    # The room refuses to ask the applicant, so that such a post is one that nobody attests.
    flags = ["NOT_ATTESTED" if flag == "SELF_ATTESTED" else flag for flag in wanted.pop("flags")]
    assert [str(flag) for flag in weighed.flags] == flags
    assert wanted == {
        "actual_months": whole(weighed.actual),
        "substitution_months": whole(weighed.substitution),
        "counted_months": whole(weighed.counted),
        "fields": len(weighed.fields),
        "required_field_months": whole(weighed.required),
        "result": str(weighed.result),
        "reasons": [str(reason) for reason in weighed.reasons],
    }


def save(person: Person, period: dict[str, Any], on: date) -> Post:
    return actions.save_post(
        by=person.by,
        person=person,
        at=at(on),
        on=on,
        organisation="さくらコンタクト株式会社",
        started_on=date.fromisoformat(period["from"]),
        ended_on=date.fromisoformat(period["to"]) if period["to"] else None,
        fields={str(key): "" for key in period["fields"]},
    )


def attest(ask: Ask, person: Person, post: Post, by: str, on: date) -> None:
    """An answer as the case says who gives it."""
    if by == "none":
        return
    if by == "self":
        with pytest.raises(Refused, match=r"experience\.attestor_is_applicant"):
            ask(post, on=on, attestor_email=person.email)
        return
    tenure = Tenure(
        since=post.started_on,
        role="課長",
        was_there=by != "present_employer",
        belongs_still=by == "supervisor_there",
    )
    sign(ask(post, on=on - timedelta(days=1))[1], post, on, tenure=tenure)


def grant(person: Person, reviewer: Person, months: int, on: date) -> None:
    """The months of a case in claims of no more than the office may grant at once."""
    left = months
    while left:
        part = min(left, edition(on).experience.substitution_cap_months)
        claim = actions.claim_substitution(
            by=person.by,
            person=person,
            kind="training",
            name="研修",
            issuer="協会",
            obtained_on=date(2015, 1, 1),
            evidence=[a_file()],
            at=at(on),
            on=on,
        )
        actions.grant_substitution(
            actor=reviewer, claim_id=claim.pk, months=part, reason="例", at=at(on), on=on
        )
        left -= part


def test_every_case_but_those_with_a_policy_is_here() -> None:
    assert len(cases()) >= 25
