"""Days with too many hours are doubted or refused (AMB-C21)."""

from __future__ import annotations

from datetime import date

import pytest

from nintei.rules.days import check_days
from nintei.rules.findings import BadInput, Finding
from nintei.rules.tests.builder import CONKEN, JUNE, MAY, line


def test_a_day_up_to_the_warning_limit_raises_no_doubt() -> None:
    assert (
        check_days(CONKEN, [line("a", "A", MAY, 360), line("b", "C", MAY, 360), line("c", "C", JUNE, 720)])
        == ()
    )


def test_a_day_above_the_warning_limit_is_for_a_person_to_look_at() -> None:
    lines = [
        line("c", "C", JUNE, 1440),
        line("a", "A", MAY, 360),
        line("b", "C", [(MAY, 181), (JUNE, 0), (MAY, 180)]),
    ]
    cite = CONKEN.points.cites["warn_hours_a_day"]
    assert check_days(CONKEN, lines) == (
        Finding("points.warn_hours_a_day", None, 721, 720, cite, "2024-05-01"),
        Finding("points.warn_hours_a_day", None, 1440, 720, cite, "2024-06-01"),
    )


def test_a_day_of_more_than_24_hours_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        check_days(CONKEN, [line("a", "A", MAY, 1440), line("b", "C", MAY, 1)])
    assert (refused.value.code, refused.value.data) == (
        "activity.over_a_day",
        {"on": MAY, "minutes": 1441, "limit": 1440},
    )


def test_shared_hours_are_counted_once_and_estimates_not_at_all() -> None:
    lines = [
        line("a", "A", MAY, 600, same_activity="K"),
        line("b", "D", MAY, 720, same_activity="K"),
        line("c", "D", MAY, 480, same_activity="K"),
        line("d", "D", date(2024, 9, 30), 120_000, estimated=True),
    ]
    assert check_days(CONKEN, lines) == ()
    with pytest.raises(BadInput):
        check_days(CONKEN, [*lines, line("K", "A", MAY, 721)])
