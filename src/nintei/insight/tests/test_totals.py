"""The totals of a population are the kernel's, holder by holder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.insight.totals import EPOCH, Columns, totals
from nintei.rules.compiled import Traits, unit_of
from nintei.rules.cycles import Cycle
from nintei.rules.edition import Edition, Rounding, Unit, Window, YearKind
from nintei.rules.findings import BadInput
from nintei.rules.points import Activity, Session, evaluate
from nintei.rules.tests.builder import CONKEN, CYCLE, JUNE, MAY, edition, line, with_category
from nintei.rules.tests.test_points_properties import SMALL, days, trees

CYCLES = (
    CYCLE,
    Cycle(date(2025, 4, 1), date(2028, 3, 31)),
    Cycle(date(2023, 10, 15), date(2026, 10, 14), date(2026, 9, 1), certified_on=date(2023, 4, 1)),
    CYCLE._replace(qualification="CAP", carried=Fraction(3, 2)),
)


def columns(ledgers: list[tuple[int, list[Activity]]], cycles: tuple[Cycle, ...] = CYCLES) -> Columns:
    """The ledgers of holders (number of the cycle, lines) as columns; lines in the order of their ids."""
    entries = [
        (number, activity, session)
        for number, (_, lines) in enumerate(ledgers)
        for activity in sorted(lines, key=lambda each: each.id)
        for session in activity.sessions
    ]
    traits = list(dict.fromkeys(activity.row[1] for _, activity, _ in entries))
    same = list(dict.fromkeys(activity.same_activity for _, activity, _ in entries))
    lines = list(dict.fromkeys((number, activity.id) for number, activity, _ in entries))
    several = len(lines) < len(entries)
    return Columns(
        cycles,
        np.array([cycle for cycle, _ in ledgers], dtype=np.int64),
        tuple(Traits(*each) for each in traits),  # type: ignore[arg-type]
        np.array([number for number, _, _ in entries], dtype=np.int64),
        np.array([(session.on - EPOCH).days for _, _, session in entries], dtype=np.int64),
        np.array([activity.items or session.minutes for _, activity, session in entries], dtype=np.int64),
        np.array([traits.index(activity.row[1]) for _, activity, _ in entries], dtype=np.int64),
        np.array([lines.index((number, each.id)) for number, each, _ in entries]) if several else None,
        np.array(
            [-1 if each.same_activity is None else same.index(each.same_activity) for _, each, _ in entries]
        )
        if same != [None]
        else None,
    )


def expected(
    rules: Edition, ledgers: list[tuple[int, list[Activity]]], cycles: tuple[Cycle, ...] = CYCLES
) -> list[Fraction]:
    """The same by the kernel, in units."""
    return [evaluate(rules, cycles[cycle], lines).total * unit_of(rules.points) for cycle, lines in ledgers]


@st.composite
def populations(draw: st.DrawFn) -> list[tuple[int, list[Activity]]]:
    """Holders with lines of every kind: refused, reclassified, of several sessions, of shared hours."""
    sessions = st.lists(
        st.builds(Session, days(), st.integers(0, 400)), min_size=1, max_size=draw(st.sampled_from((1, 3)))
    )
    entry = st.tuples(
        st.sampled_from("ABCD"),
        sessions,
        st.sampled_from(("1", "2", "3", "9", None)),
        st.booleans(),
        st.sampled_from(("none", "record")),
        st.booleans(),
        st.sampled_from((None, None, "K1", "K2")),
        st.sampled_from((None, "CAP")),
    )
    population = []
    for _ in range(draw(st.integers(0, 3))):
        entries = draw(st.lists(entry, max_size=6))
        lines = [
            Activity(f"{name}", category, tuple(when), topic, registered, proof, clear, same, 0, serves)
            for name, (category, when, topic, registered, proof, clear, same, serves) in enumerate(entries)
        ]
        population.append((draw(st.integers(0, len(CYCLES) - 1)), lines))
    return population


@SMALL
@given(
    trees(),
    populations(),
    st.sampled_from(list(Rounding)),
    st.sampled_from(list(YearKind)),
    st.sampled_from(list(Window)),
    st.booleans(),
)
def test_totals_are_those_of_the_kernel(
    rules: Edition,
    population: list[tuple[int, list[Activity]]],
    rounding: Rounding,
    kind: YearKind,
    window: Window,
    shared: bool,
) -> None:
    chosen = rules.points._replace(
        rounding=rounding,
        year_kind=kind,
        window=window,
        shared_ledger=shared,
        carry_over=Fraction(1),
    )
    rules = with_category(rules._replace(points=chosen), "D", rate=Fraction(2, 3))
    assert totals(rules, columns(population)).tolist() == expected(rules, population)


def test_it_pays_items_by_the_piece() -> None:
    rules = with_category(CONKEN, "E", unit=Unit.ITEM, rate=Fraction(3, 2))
    ledger = [(0, [line("a", "E", MAY, 0, items=3), line("b", "A", JUNE, 90), line("c", "B", JUNE, 20)])]
    assert totals(rules, columns(ledger)).tolist() == expected(rules, ledger) == [12]


def test_a_population_larger_than_a_block_is_the_sum_of_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = [
        (each % 2, [line(f"{day}", "BC"[day % 2], MAY + timedelta(days=day), 90) for day in range(7)])
        for each in range(20)
    ]
    monkeypatch.setattr("nintei.insight.totals.BLOCK", 16)
    assert totals(CONKEN, columns(ledger)).tolist() == expected(CONKEN, ledger)


def test_rows_need_not_be_in_the_order_of_the_holders() -> None:
    ledger = [
        (0, [line("a", "B", MAY, 200)]),
        (0, [line("a", "B", MAY, 90), line("b", "A", JUNE, 600)]),
        (1, []),
    ]
    straight = columns(ledger)
    turned = replace(
        straight,
        **{name: getattr(straight, name)[::-1] for name in ("holder", "on", "quantity", "traits_of")},
    )
    assert totals(CONKEN, turned).tolist() == totals(CONKEN, straight).tolist() == expected(CONKEN, ledger)


def test_nobody_has_no_totals() -> None:
    assert totals(CONKEN, columns([])).tolist() == []
    assert totals(CONKEN, columns([], cycles=())).tolist() == []


def test_it_refuses_what_the_kernel_refuses() -> None:
    given_columns = columns([(0, [line("a", "A", MAY)])])
    with pytest.raises(BadInput) as refused:
        totals(CONKEN, replace(given_columns, quantity=np.array([-5])))
    assert (refused.value.code, refused.value.data) == ("activity.negative", {"quantity": -5})
    with pytest.raises(BadInput) as refused:
        totals(CONKEN, replace(given_columns, traits=(Traits("Z"),)))
    assert refused.value.code == "activity.unknown_category"
    carrying = CYCLE._replace(carried=Fraction(1, 3))
    with pytest.raises(BadInput) as refused:
        totals(edition(carry_over=Fraction(1)), columns([(0, [])], cycles=(carrying,)))
    assert (refused.value.code, refused.value.data) == (
        "cycle.carried_between_units",
        {"carried": Fraction(1, 3)},
    )
