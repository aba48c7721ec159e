"""What must hold for every ledger and every tree of caps."""

from __future__ import annotations

import os
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nintei.rules.edition import Bound, Edition, Per, Rounding, Window, YearKind
from nintei.rules.points import Activity, Cycle, Session, evaluate
from nintei.rules.tests.builder import CYCLE, bound, edition
from nintei.rules.tests.oracle import claimed, most

SMALL = settings(max_examples=int(os.environ.get("NINTEI_EXAMPLES", "60")), deadline=None)
"""How many ledgers a property is tried on; more by `NINTEI_EXAMPLES`."""

BY_CATEGORY = (
    "ABCD",
    None,
    (("AB", None, (("A", "1", ()), ("A", "23", ()), ("B", None, ()))), ("CD", None, (("C", None, ()),))),
)
BY_TOPIC = (
    "ABCD",
    None,
    (("ABCD", "1", (("AB", "1", ()), ("C", "1", ()))), ("ABCD", "23", (("BD", "2", ()), ("A", "23", ())))),
)
"""Two trees of sets of lines: categories first, or topics first. A cap may stand on every knot."""

Knot = tuple[str, str | None, tuple[Any, ...]]


@st.composite
def trees(draw: st.DrawFn, finest: int = 4, most: int = 5) -> Edition:
    """A rulebook whose caps form a tree: below a cap of a year there is none of the cycle."""
    caps: list[Bound] = []

    def grow(knot: Knot, cycles: bool) -> None:
        categories, topics, below = knot
        size = st.integers(0, most * finest).map(lambda quarters: Fraction(quarters, finest))
        yearly = draw(st.booleans())
        if cycles and draw(st.booleans()):
            caps.append(bound(categories, draw(size), Per.CYCLE, topics))
        if yearly:
            caps.append(bound(categories, draw(size), Per.YEAR, topics))
        for each in below:
            grow(each, cycles and not yearly)

    grow(draw(st.sampled_from((BY_CATEGORY, BY_TOPIC))), cycles=True)
    return edition(
        caps=tuple(draw(st.permutations(caps))), step=draw(st.sampled_from((Fraction(1, 2), Fraction(1, 4))))
    )


def days() -> st.SearchStrategy[date]:
    """Days around the turns of the years, inside the cycle and out."""
    turns = st.sampled_from((CYCLE.start, date(2025, 4, 1), date(2026, 4, 1), date(2027, 2, 10)))
    return st.builds(lambda turn, off: turn + timedelta(days=off), turns, st.integers(-2, 2))


@st.composite
def ledgers(draw: st.DrawFn, largest: int = 6, minutes: int = 400, several: int = 3) -> list[Activity]:
    """Eligible lines with ids of their own, some of several sessions, some partly out of the cycle."""
    sessions = st.lists(st.builds(Session, days(), st.integers(0, minutes)), min_size=1, max_size=several)
    lines = draw(
        st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("123"), sessions), max_size=largest)
    )
    names = draw(st.permutations(range(len(lines))))
    return [
        Activity(f"{name}", category, tuple(each), topic=topic, registered_course=True)
        for name, (category, topic, each) in zip(names, lines, strict=True)
    ]


@SMALL
@given(trees(), ledgers())
def test_the_total_never_exceeds_the_hours_or_any_cap(rules: Edition, lines: list[Activity]) -> None:
    found = evaluate(rules, CYCLE, lines)
    hours = sum(Fraction(each.minutes, 60) for line in lines for each in line.sessions)
    assert 0 <= found.total <= hours
    for line in found.lines:
        assert 0 <= line.credited <= line.claimed
    used: dict[tuple[str, str, int], Fraction] = {}
    for line, record in zip(found.lines, lines, strict=True):
        for year, _, credited in line.years:
            key = record.category, record.topic or "", year
            used[key] = used.get(key, Fraction(0)) + credited
    assert sum(used.values()) == found.total
    for cap in rules.points.caps:
        spans: tuple[int | None, ...] = (0, 1, 2) if cap.per is Per.YEAR else (None,)
        for span in spans:
            under = [
                credited
                for (category, topic, index), credited in used.items()
                if category in cap.categories
                and (cap.topics is None or topic in cap.topics)
                and span in (None, index)
            ]
            assert sum(under) <= cap.points


@SMALL
@given(trees(), ledgers(), st.data())
def test_order_never_changes_anything(rules: Edition, lines: list[Activity], data: st.DataObject) -> None:
    other = data.draw(st.permutations(lines))
    found, again = evaluate(rules, CYCLE, lines), evaluate(rules, CYCLE, other)
    assert sorted(found.lines) == sorted(again.lines)
    assert [line.id for line in found.lines] == [line.id for line in lines]
    assert (found.total, found.by_year, found.rooms) == (again.total, again.by_year, again.rooms)


@SMALL
@given(trees(), ledgers(), ledgers(largest=1))
def test_adding_a_line_never_lowers_the_total(
    rules: Edition, lines: list[Activity], more: list[Activity]
) -> None:
    before = evaluate(rules, CYCLE, lines).total
    for name in ("0.", "99"):
        added = [each._replace(id=name) for each in more]
        assert evaluate(rules, CYCLE, [*lines, *added]).total >= before


@SMALL
@given(trees(finest=4, most=2), ledgers(largest=3, minutes=60, several=2))
def test_no_other_division_credits_more(rules: Edition, lines: list[Activity]) -> None:
    assert evaluate(rules, CYCLE, lines).total == most(rules, CYCLE, lines)


@SMALL
@given(ledgers())
def test_without_caps_every_line_gets_what_it_claims(lines: list[Activity]) -> None:
    rules = edition(caps=())
    found = evaluate(rules, CYCLE, lines)
    for line, record in zip(found.lines, lines, strict=True):
        assert line.credited == sum(claim[3] for claim in claimed(rules, CYCLE, record))


@SMALL
@given(
    st.sampled_from(list(YearKind)),
    st.sampled_from(list(Window)),
    st.dates(date(2015, 1, 1), date(2029, 12, 31)),
    st.dates(date(2014, 1, 1), date(2034, 12, 31)),
)
def test_every_day_is_in_the_year_that_holds_it_or_outside(
    kind: YearKind, window: Window, start: date, on: date
) -> None:
    cycle = Cycle(
        start, start + timedelta(days=1094), start + timedelta(days=1050), start - timedelta(days=100)
    )
    found = evaluate(
        edition(year_kind=kind, window=window),
        cycle,
        [Activity("a", "A", (Session(on, 60),), registered_course=True)],
    )
    line, spans = found.lines[0], {year.number: year for year in found.years}
    if line.reason == "OK":
        year = spans[line.years[0].year]
        assert year.first <= on <= year.last
    else:
        opens = cycle.certified_on if window is Window.FROM_CERTIFICATION else cycle.start
        closes = cycle.end if window is Window.VALIDITY_FULL else cycle.submitted_on
        assert not (opens or on) <= on <= (closes or on)
    assert all(
        first.last + timedelta(days=1) == second.first
        for first, second in zip(found.years, found.years[1:], strict=False)
    )


@SMALL
@given(
    st.integers(0, 5000),
    st.sampled_from(list(Rounding)),
    st.sampled_from((1, 2, 4, 10)),
    st.fractions(0, 3, max_denominator=12),
)
def test_rounding_stays_within_a_step_of_the_exact_points(
    minutes: int, rounding: Rounding, parts: int, rate: Fraction
) -> None:
    from nintei.rules.points import points_for
    from nintei.rules.tests.builder import with_category

    step = Fraction(1, parts)
    rules = with_category(edition(step=step, rounding=rounding), "A", rate=rate)
    exact, (found, _) = Fraction(minutes, 60) * rate, points_for(rules, minutes)
    assert found % step == 0
    if rounding is Rounding.FLOOR:
        assert found <= exact < found + step
    elif rounding is Rounding.ROUND_HALF_UP:
        assert found - step / 2 <= exact < found + step / 2
    else:
        assert found == (exact if exact % step == 0 else 0)
