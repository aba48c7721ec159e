"""Editions for tests: conken's own, with the points rules changed to what a test is about."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from nintei.rules.edition import Bound, Category, Citation, Edition, Per
from nintei.rules.load import load
from nintei.rules.points import Activity, Balance, Cycle, Session, evaluate

CONKEN = load("conken", date(2026, 11, 24))
CYCLE = Cycle(date(2024, 4, 1), date(2027, 3, 31), submitted_on=date(2027, 2, 10))
MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)


def points(value: str | int | Fraction) -> Fraction:
    """Points as written: 2, "0.5"."""
    return Fraction(str(value))


def bound(
    categories: str,
    value: str | int | Fraction,
    per: Per = Per.YEAR,
    topics: str | None = None,
    key: str = "",
) -> Bound:
    """A cap or a minimum over categories and topics given as letters."""
    key = key or f"test.{categories}.{topics}.{per}"
    cite = Citation(key, "test", "T-1", "a rule of a test")
    return Bound(
        key, frozenset(categories), None if topics is None else frozenset(topics), per, points(value), cite
    )


def edition(**changes: object) -> Edition:
    """Conken with some of its points rules changed (`caps=…`, `minimums=…`, `rounding=…`)."""
    return CONKEN._replace(points=CONKEN.points._replace(**changes))  # type: ignore[arg-type]


def with_category(base: Edition, code: str, **changes: object) -> Edition:
    """An edition in which one category is changed, or added like A."""
    category: Category = base.categories.get(code, base.categories["A"])._replace(code=code, **changes)  # type: ignore[arg-type]
    return base._replace(categories={**base.categories, code: category})


def line(
    key: str, category: str, on: date | list[tuple[date, int]], minutes: int = 60, **more: object
) -> Activity:
    """An eligible line of a category: on one day, or in sessions."""
    sessions = [(on, minutes)] if isinstance(on, date) else on
    given: dict[str, object] = {"topic": "4", "registered_course": True, "proof": "certificate", **more}
    return Activity(key, category, tuple(Session(*each) for each in sessions), **given)  # type: ignore[arg-type]


def balance(*lines: Activity, rules: Edition = CONKEN, cycle: Cycle = CYCLE) -> Balance:
    """What the lines are worth."""
    return evaluate(rules, cycle, lines)


def told(given: Balance) -> list[tuple[str, str, Fraction, str]]:
    """What became of each line: id, category, points, reason."""
    return [(each.id, each.category, each.credited, each.reason) for each in given.lines]
