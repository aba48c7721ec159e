"""A rulebook whose qualification asks for no required field, of an association unlike Conken."""

from __future__ import annotations

from datetime import date
from typing import Any

from nintei.applications.checking import check
from nintei.rules.load import load


def test_the_check_answers_where_no_field_is_required(settings: Any) -> None:
    settings.RULEBOOK = "example"
    example = load("example", date(2026, 11, 24))
    tuner = example.qualifications["CPT"]._replace(required_fields=())
    edition = example._replace(qualifications={**example.qualifications, "CPT": tuner})
    answer = check(edition, "CPT", None, [], date(2026, 11, 24))
    assert answer.standing is not None
    assert [rule.tone for rule in answer.standing.rules] == ["bad", "bad", "bad"]
