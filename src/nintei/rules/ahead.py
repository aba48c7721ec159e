"""The room that is left to a holder: what still fits where, until when, and how a gap is filled.

Caps form a tree, so filling one category after the other reaches as much as any plan can.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from nintei.rules.balance import Balance
from nintei.rules.compiled import is_under
from nintei.rules.cycles import Year
from nintei.rules.edition import Bound, Category, Per

BY_ONESELF, WITH_OTHERS = 1, 2
"""Effort where the rulebook ranks nothing: done alone, or needing a course or somebody's proof."""


class Opening(NamedTuple):
    """What still fits into a capped category in a year, and the last day on which it can be filled."""

    category: str
    year: Year
    points: Fraction
    last_day: date


class Share(NamedTuple):
    """Proposed points that fall in one year; `last_day` is the last on which they can be earned."""

    year: Year
    points: Fraction
    last_day: date


class Goal(NamedTuple):
    """Points still wanted for one rule (the total, or a minimum), and where they may be earned."""

    rule: str
    bound: Bound | None
    years: tuple[Year, ...]
    points: Fraction


class Take(NamedTuple):
    """Points proposed in one category towards a goal; any of `instead` would do as well."""

    category: str
    instead: tuple[str, ...]
    rule: str
    shares: tuple[Share, ...]
    bound: Bound | None = None

    @property
    def points(self) -> Fraction:
        """The points of all years together."""
        return _sum(self.shares)


class Ahead:
    """What a balance leaves open from a day to the last day that counts."""

    def __init__(self, balance: Balance, on: date, last_day: date) -> None:
        self.balance, self.on, self.last_day = balance, on, last_day
        self.frame = balance.frame
        self.categories = self.frame.edition.categories
        self.left = [self.frame.points(units) for units in balance.left]
        begins = max(on, self.frame.days.opens)
        self.years = tuple(
            year for year in self.frame.years if begins <= min(year.last, last_day) and year.first <= last_day
        )

    def fill(self) -> tuple[list[Take], bool]:
        """What to do, cheapest first, for every goal in turn; and whether that reaches all of them."""
        left, takes, missing = self.left.copy(), list[Take](), Fraction(0)
        for goal in sorted(self._minimums(), key=_narrow_first):
            wanted = max(Fraction(0), goal.points - _sum(_served(takes, goal)))
            found = self._towards(goal._replace(points=wanted), left)
            takes += found
            missing += wanted - sum(take.points for take in found)
        total = Goal(
            "points.required", None, self.years, self.balance.shortfall - sum(take.points for take in takes)
        )
        found = self._towards(total, left)
        missing += max(Fraction(0), total.points) - sum(take.points for take in found)
        return takes + found, missing == 0 and (bool(self.years) or self._topics_met())

    def _minimums(self) -> list[Goal]:
        """What each unmet minimum still wants; a year that has passed can no longer be mended."""
        goals = []
        for bound in self.frame.edition.points.minimums:
            for year in self.frame.years if bound.per is Per.YEAR else (None,):
                short = bound.points - self.balance.under(bound, year and year.number)
                years = tuple(each for each in self.years if year in (None, each))
                if short > 0:
                    goals.append(Goal(bound.key, bound, years, short))
        return goals

    def _topics_met(self) -> bool:
        return all(finding.met for finding in self.balance.findings if finding.key == "points.min_topics")

    def _towards(self, goal: Goal, left: list[Fraction]) -> list[Take]:
        takes: list[Take] = []
        wanted = goal.points
        for category in self._by_effort(goal, left):
            if wanted <= 0:
                break
            instead = tuple(
                other
                for other in self._as_easy(category)
                if _sum(self._take(other, goal, wanted, left.copy())) == wanted
            )
            shares = self._take(category.code, goal, wanted, left)
            if shares:
                wanted -= _sum(shares)
                takes.append(
                    Take(category.code, instead if wanted == 0 else (), goal.rule, shares, goal.bound)
                )
        return takes

    def _by_effort(self, goal: Goal, left: list[Fraction]) -> list[Category]:
        """The cheapest category first; of equal ones the one with the most room."""

        def key(category: Category) -> tuple[int, Fraction]:
            return effort(category), -_sum(self._take(category.code, goal, goal.points, left.copy()))

        return sorted(self.categories.values(), key=key)

    def _as_easy(self, category: Category) -> list[str]:
        """The other categories of the same effort."""
        others = [other for other in self.categories.values() if other is not category]
        return [other.code for other in others if effort(other) == effort(category)]

    def _take(self, category: str, goal: Goal, wanted: Fraction, left: list[Fraction]) -> tuple[Share, ...]:
        """Fill a category year by year, soonest lost first, and draw what it takes from `left`."""
        shares = []
        for year in goal.years:
            points = Fraction(0)
            for caps in self._places(category, year, goal.bound):
                got = min([wanted - points, *(left[slot] for slot in caps)])
                for slot in caps:
                    left[slot] -= got
                points += got
            if points:
                shares.append(Share(year, points, self._lost(year)))
                wanted -= points
        return tuple(shares)

    def _places(self, category: str, year: Year, bound: Bound | None) -> list[tuple[int, ...]]:
        """The different sets of caps that lines of a category may be under, by topic; uncapped first."""
        fields = self.frame.edition.fields
        topics = (*fields,) if self.categories[category].needs_topic else (None, *fields)
        places = {
            self.frame.caps_over(category, topic, year.number)
            for topic in topics
            if bound is None or is_under(bound, category, topic)
        }
        return sorted(places)

    def _lost(self, year: Year) -> date:
        return min(year.last, self.last_day)

    def uncapped(self) -> tuple[str, ...]:
        """The categories without any cap in the years left."""
        return tuple(
            category
            for category in self.categories
            if any(() in self._places(category, year, None) for year in self.years)
        )

    def openings(self) -> tuple[Opening, ...]:
        """Each capped category in each year left, on its own, where something still fits."""
        return tuple(
            Opening(category, year, points, self._lost(year))
            for year in self.years
            for category in self.categories
            for points in [self._fits(category, year, self.left.copy())]
            if points
        )

    def _fits(self, category: str, year: Year, left: list[Fraction]) -> Fraction:
        """What the caps let into a category in a year; draws it from `left`."""
        points = Fraction(0)
        for caps in self._places(category, year, None):
            if caps:
                got = min(left[slot] for slot in caps)
                for slot in caps:
                    left[slot] -= got
                points += got
        return points

    def reach(self, years: tuple[Year, ...]) -> Fraction:
        """The most that all capped categories together can still give in some years."""
        left = self.left.copy()
        return sum(
            (self._fits(category, year, left) for year in years for category in self.categories), Fraction(0)
        )

    def impossible_from(self, missing: Fraction) -> date | None:
        """The first day on which the capped categories no longer reach what is missing now."""
        if missing == 0:
            return None
        begins = self.on
        for number, year in enumerate(self.years):
            if self.reach(self.years[number:]) < missing:
                return begins
            begins = self._lost(year) + timedelta(days=1)
        return begins


def effort(category: Category) -> int:
    """The rank of a category for a person who lacks points: the rulebook's, or by its conditions."""
    if category.effort is not None:
        return category.effort
    alone = not category.needs_registered_course and category.without_proof is None
    return BY_ONESELF if alone else WITH_OTHERS


def _narrow_first(goal: Goal) -> bool:
    """What is done for a minimum of some topics may serve a minimum of all topics as well."""
    return goal.bound is not None and goal.bound.topics is None


def _served(takes: list[Take], goal: Goal) -> tuple[Share, ...]:
    """What is proposed already and, in whatever topic it is done, counts towards a minimum."""
    bound = goal.bound
    assert bound is not None
    return tuple(
        share
        for take in takes
        if take.category in bound.categories and _of_topics(take.bound, bound)
        for share in take.shares
        if share.year in goal.years
    )


def _of_topics(inner: Bound | None, outer: Bound) -> bool:
    if outer.topics is None:
        return True
    return inner is not None and inner.topics is not None and inner.topics <= outer.topics


def _sum(shares: tuple[Share, ...]) -> Fraction:
    return sum((share.points for share in shares), Fraction(0))
