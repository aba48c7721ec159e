"""Another reading is another edition: each policy changes one thing, and its default nothing."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from nintei.rules.conformance.given import Malformed
from nintei.rules.conformance.policies import POLICIES, derive
from nintei.rules.edition import Per, Rounding, Window, YearKind
from nintei.rules.tests.builder import CONKEN


def test_a_policy_is_a_change_of_the_edition() -> None:
    changed = derive(CONKEN, {"C1": "calendar_year", "C3": "validity_full", "C5": "refuse", "C2": "joint"})
    assert (changed.points.year_kind, changed.points.window, changed.points.rounding) == (
        YearKind.CALENDAR_YEAR, Window.VALIDITY_FULL, Rounding.REFUSE,
    )  # fmt: skip
    assert [(cap.per, sorted(cap.categories), cap.points) for cap in changed.points.caps] == [
        (Per.YEAR, ["B", "C", "D"], 5),
        (Per.CYCLE, ["B", "C", "D"], 15),
    ]
    assert CONKEN.points.year_kind is YearKind.CYCLE_YEAR
    assert derive(CONKEN, {"C2": "per_category"}) == CONKEN


def test_the_default_of_every_policy_changes_nothing() -> None:
    defaults = {
        "C1": "cycle_year", "C2": "per_category", "C3": "validity_to_submission", "C5": "floor",
        "C15": "count_for_each", "E1": "single_field", "E8": "review_other_org", "F3": "refund_less_bank_charge",
        "V1": "strictly_after", "V4": "exclude_first_day",
        "V6": "whole_months_back", "V8": "stay_valid", "V10": "plus_3_years",
    }  # fmt: skip
    assert defaults.keys() == POLICIES.keys()
    assert derive(CONKEN, defaults) == CONKEN
    for key, options in POLICIES.items():
        for option, change in options.items():
            assert (change(CONKEN) == CONKEN) is (option == defaults[key])


def test_a_reading_that_is_taken_already_changes_nothing_even_where_it_is_no_value_of_the_edition() -> None:
    assert derive(CONKEN, {"C4": "clip", "E2": "union", "F5": "per_application"}) == CONKEN


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"C4": "refuse_line"}, "policy C4 has no option 'refuse_line'; known: clip"),
        ({"C1": "rolling_12_months"}, "policy C1 has no option 'rolling_12_months'; known: cycle_year, fiscal_year, calendar_year"),
        ({"E2": 1}, "policy E2 has no option 1; known: union"),
        ({"C10": ""}, "unknown policy 'C10'"),
        ({"c1": "cycle_year"}, "unknown policy 'c1'"),
    ],
)  # fmt: skip
def test_a_reading_that_the_rulebook_cannot_take_is_refused_by_name(
    policy: dict[str, object], message: str
) -> None:
    with pytest.raises(Malformed) as refused:
        derive(CONKEN, policy)
    assert str(refused.value) == message


def test_caps_of_years_alone_are_joined_to_one_of_years_alone() -> None:
    caps = tuple(cap for cap in CONKEN.points.caps if cap.per is Per.YEAR)
    joint = derive(CONKEN._replace(points=CONKEN.points._replace(caps=caps)), {"C2": "joint"}).points.caps
    assert [(cap.per, sorted(cap.categories), cap.points) for cap in joint] == [
        (Per.YEAR, ["B", "C", "D"], 5)
    ]
    assert derive(CONKEN._replace(points=CONKEN.points._replace(caps=())), {"C2": "joint"}).points.caps == ()
