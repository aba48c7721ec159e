"""Input that makes no sense under any rulebook: the code, and what the caller is told of it, in full."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial

import pytest

from nintei.rules import decisions, experience, fees
from nintei.rules.days import check_days
from nintei.rules.findings import BadInput
from nintei.rules.load import RulebookError
from nintei.rules.points import Cycle, evaluate, points_for
from nintei.rules.tests.builder import CONKEN, CYCLE, JUNE, MAY, line

ON = date(2026, 1, 15)
FORMS = ("report_copy", "form_A", "form_B", "form_C", "form_D_signed")
AGES = experience.Post("p1", JUNE, MAY, frozenset("4"))

CASES: list[tuple[Callable[[], object], str, dict[str, object]]] = [
    (partial(fees.fee, CONKEN, "first", ON, 0), "fees.applications", {"applications": 0}),
    (partial(fees.fee, CONKEN, "first", ON, 1, "XYZ"), "qualification.unknown", {"qualification": "XYZ"}),
    (
        partial(fees.refund, CONKEN, -1, False, 2, 3),
        "fees.negative_amount", {"paid": -1, "bank_charge": 2, "due": 3},
    ),
    (
        partial(fees.refund, CONKEN, 1, False, -2, 3),
        "fees.negative_amount", {"paid": 1, "bank_charge": -2, "due": 3},
    ),
    (
        partial(fees.refund, CONKEN, 1, False, 2, -3),
        "fees.negative_amount", {"paid": 1, "bank_charge": 2, "due": -3},
    ),
    (partial(points_for, CONKEN, -1), "activity.negative", {"quantity": -1}),
    (
        partial(evaluate, CONKEN, Cycle(JUNE, MAY), []),
        "cycle.end_before_start", {"start": JUNE, "end": MAY},
    ),
    (
        partial(evaluate, CONKEN, Cycle(MAY, MAY.replace(year=MAY.year + 101)), []),
        "cycle.too_long", {"start": MAY, "end": MAY.replace(year=MAY.year + 101), "years": 100},
    ),
    (
        partial(evaluate, CONKEN, Cycle(date(9998, 4, 1), date.max), []),
        "cycle.too_long", {"start": date(9998, 4, 1), "end": date.max, "years": 100},
    ),
    (
        partial(evaluate, CONKEN, CYCLE, [line("x", "Z", MAY)]),
        "activity.unknown_category", {"category": "Z"},
    ),
    (
        partial(check_days, CONKEN, [line("x", "B", MAY, 24 * 60 + 1)]),
        "activity.over_a_day", {"on": MAY, "minutes": 1441, "limit": 1440},
    ),
    (
        partial(experience.weigh, CONKEN, "OMP", [], ON, -1),
        "experience.negative_substitution", {"months": -1},
    ),
    (partial(experience.weigh, CONKEN, "XYZ", [], ON), "qualification.unknown", {"qualification": "XYZ"}),
    (partial(experience.weigh, CONKEN, "SV", [], ON), "qualification.not_certified", {"qualification": "SV"}),
    (
        partial(experience.weigh, CONKEN, "OMP", [AGES], ON),
        "experience.ends_before_it_starts", {"post": "p1", "start": JUNE, "end": MAY},
    ),
    (
        partial(decisions.acceptance, CONKEN, "XYZ", FORMS, ON, ON),
        "qualification.unknown", {"qualification": "XYZ"},
    ),
    (
        partial(decisions.acceptance, CONKEN, "OMP", (*FORMS, "form_Z", "form_Y"), ON, ON),
        "procedure.unknown_form", {"forms": "form_Y, form_Z"},
    ),
    (
        partial(decisions.acceptance, CONKEN, "OMP", FORMS, None, ON),
        "procedure.received_on_missing", {"qualification": "OMP"},
    ),
    (
        partial(decisions.renewal, CONKEN, ON, ON, Fraction(-1, 2)),
        "renewal.negative_points", {"credited": Fraction(-1, 2)},
    ),
    (
        partial(decisions.evidence_for_audit, CONKEN, "Z", {}),
        "activity.unknown_category", {"category": "Z"},
    ),
    (
        partial(decisions.strike, CONKEN, CYCLE, [line("x", "B", MAY)], ["y", "x", "w"]),
        "audit.unknown_line", {"lines": "w, y"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "code", "data"), CASES)
def test_senseless_input_says_what_was_given(
    ask: Callable[[], object], code: str, data: dict[str, object]
) -> None:
    with pytest.raises(BadInput) as caught:
        ask()
    assert (caught.value.code, caught.value.data, caught.value.args) == (code, data, (code,))
    assert str(caught.value) == f"{code} ({', '.join(f'{name}={value}' for name, value in data.items())})"


@pytest.mark.parametrize(
    "raised",
    [
        BadInput("activity.negative", id="b1", on=MAY, minutes=-5),
        fees.NotSet("renewal_fee", CONKEN.unset["renewal_fee"]),
        RulebookError("handbook.toml", "points.required", "is missing"),
    ],
)
def test_a_refusal_reaches_another_process_whole(raised: Exception) -> None:
    copy = pickle.loads(pickle.dumps(raised))
    assert (type(copy), str(copy), vars(copy)) == (type(raised), str(raised), vars(raised))


def test_nothing_at_all_is_no_bad_input() -> None:
    assert fees.refund(CONKEN, 0, False, 0, 0).amount == 0
    assert fees.refund(CONKEN, 11_000, False).amount == 11_000
    assert points_for(CONKEN, 0) == (0, "BELOW_UNIT")
    assert decisions.renewal(CONKEN, date(2027, 3, 31), date(2027, 2, 1), Fraction(0)).reasons == (
        "POINTS_LT_30",
    )
    assert experience.weigh(CONKEN, "OMP", [], ON, 0).actual == 0
    assert experience.weigh(CONKEN, "OMP", [], ON).counted == 0
    one_day = Cycle(MAY, MAY)
    assert evaluate(CONKEN, one_day, [line("x", "B", MAY)]).total == 1
