"""A rulebook made ready for one cycle: every question about a line answered once and remembered.

`frame_for(edition, cycle)` gives a `Frame`: which year a day falls in (or why it does not count),
what a quantity claims, whether lines of certain traits are eligible, and which caps they are under.
Points are integers in `Frame.unit`ths of a point here; `Fraction` is only the border.
"""

from __future__ import annotations

from datetime import MAXYEAR
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from nintei.rules.cycles import MEMORY, OUTSIDE, Cycle, Day, Days, Memory
from nintei.rules.edition import (
    Bound,
    Category,
    Citation,
    Edition,
    Per,
    PointsRules,
    Rounding,
    Unit,
)
from nintei.rules.findings import BadInput

OK = "OK"
NO_PROOF = "none"
LONGEST = 100
"""The most years that may feed a cycle: no qualification outlives its holder, and a mistyped year must not
cost a table of thousands of years."""


class Slot(NamedTuple):
    """A cap in one year (in the whole cycle where `year` is None) and the units it can hold."""

    bound: Bound
    year: int | None
    units: int
    reason: str


class Traits(NamedTuple):
    """All of a line that decides whether it is eligible and which caps it is under."""

    category: str
    topic: str | None = None
    registered_course: bool = False
    proof: str = "record"
    detail_clear: bool = True
    serves: str | None = None


class Gate:
    """What the rulebook says about every line of the same traits.

    `places` gives the caps over a line by its day, None where the line does not count; `label` is
    the reason shown when nothing is cut; `refusal` the reason why no such line ever counts.
    No tuple: every line asks for two of these, and slots are found faster (decision 0008).
    """

    __slots__ = ("category", "cite", "items", "label", "minutes", "places", "refusal", "topic")

    def __init__(
        self,
        category: str,
        label: str,
        refusal: str | None,
        cite: Citation,
        minutes: Claims,
        items: Claims | None,
        topic: str | None,
        places: dict[Day, tuple[int, ...] | None],
    ) -> None:
        self.category = category
        self.label = label
        self.refusal = refusal
        self.cite = cite
        self.minutes = minutes
        self.items = items
        self.topic = topic
        self.places = places


class Claims(Memory[int, int]):
    """Units claimed by a quantity (minutes, or items) at a rate, rounded to the step (AMB-C5)."""

    def __init__(self, rules: PointsRules, rate: Fraction, unit: int) -> None:
        steps = rate / rules.step
        self.numerator, self.denominator = steps.numerator, steps.denominator
        self.rounding = rules.rounding
        self.step_units = int(rules.step * unit)

    def answer(self, quantity: int) -> int:
        """The units a quantity claims; BadInput where it is negative."""
        if quantity < 0:
            raise BadInput("activity.negative", quantity=quantity)
        return self._steps(quantity) * self.step_units

    def _steps(self, quantity: int) -> int:
        steps, rest = divmod(quantity * self.numerator, self.denominator)
        if self.rounding is Rounding.ROUND_HALF_UP:
            return steps + (2 * rest >= self.denominator)
        return 0 if rest and self.rounding is Rounding.REFUSE else steps

    def reason_for_nothing(self, quantity: int) -> str:
        """Why a quantity claims nothing: refused for not being a multiple, or below the unit."""
        refused = self.rounding is Rounding.REFUSE and quantity * self.numerator % self.denominator
        return "NOT_A_MULTIPLE" if refused else "BELOW_UNIT"


def is_under(bound: Bound, category: str, topic: str | None) -> bool:
    """Whether a line of this category and topic counts against a bound."""
    return category in bound.categories and (bound.topics is None or topic in bound.topics)


def covers(outer: Bound, inner: Bound) -> bool:
    """Whether every line under the inner bound is under the outer one too."""
    if not inner.categories <= outer.categories:
        return False
    return outer.topics is None or (inner.topics is not None and inner.topics <= outer.topics)


def _inner_first(bound: Bound) -> tuple[bool, int, int, Fraction]:
    """Years before cycles and narrow before wide: of two caps with the same room the first is named."""
    topics = 10_000 if bound.topics is None else len(bound.topics)
    return bound.per is Per.CYCLE, len(bound.categories), topics, bound.points


class Frame:
    """An edition compiled for one cycle. Memories inside grow with use and are bounded."""

    def __init__(self, edition: Edition, cycle: Cycle) -> None:
        if cycle.end < cycle.start:
            raise BadInput("cycle.end_before_start", start=cycle.start, end=cycle.end)
        self.edition = edition
        self.cycle = cycle
        self.unit = unit_of(edition.points)
        self.days = Days(edition, cycle)
        first = min(self.days.opens, cycle.start)
        if cycle.end.year - first.year > LONGEST or cycle.end.year == MAXYEAR:
            raise BadInput("cycle.too_long", start=first, end=cycle.end, years=LONGEST)
        self.years = self.days.years()
        self.gates = Gates(self)
        self.slots = self._slots()
        self.room = [slot.units for slot in self.slots]
        self._points = Points(self.unit)

    def _slots(self) -> tuple[Slot, ...]:
        caps = sorted(self.edition.points.caps, key=_inner_first)
        slots = []
        for cap in caps:
            if not self._never_binds(cap):
                spans = [None] if cap.per is Per.CYCLE else [year.number for year in self.years]
                reason = f"{cap.per.upper()}_CAP"
                slots += [Slot(cap, span, int(cap.points * self.unit), reason) for span in spans]
        return tuple(slots)

    def _never_binds(self, cap: Bound) -> bool:
        """Whether a cap of the cycle never has less room than a cap of each of its years.

        B's 15 in three years cannot be reached past 5 a year, unless more than three years feed
        the cycle. The total and the reasons are the same with and without it, so it is left out.
        """
        return cap.per is Per.CYCLE and any(
            yearly.per is Per.YEAR and covers(yearly, cap) and yearly.points * len(self.years) <= cap.points
            for yearly in self.edition.points.caps
        )

    def caps_over(self, category: str, topic: str | None, year: int) -> tuple[int, ...]:
        """The slots a line of this category, topic and year draws from, innermost first."""
        return tuple(
            number
            for number, slot in enumerate(self.slots)
            if slot.year in (None, year) and is_under(slot.bound, category, topic)
        )

    def points(self, units: int) -> Fraction:
        """Units as points."""
        return self._points[units]


class Gates(Memory[tuple[object, ...], Gate]):
    """The gate of each combination of traits, asked for once."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def answer(self, traits: tuple[object, ...]) -> Gate:
        """What the rulebook says about lines of these traits; BadInput for an unknown category."""
        return _gate(self.frame, Traits(*traits))  # type: ignore[arg-type]


class Points(Memory[int, Fraction]):
    """Units as points."""

    def __init__(self, unit: int) -> None:
        self.unit = unit

    def answer(self, units: int) -> Fraction:
        """So many units in points."""
        return Fraction(units, self.unit)


def _gate(frame: Frame, traits: Traits) -> Gate:
    claimed = _category(frame.edition, traits.category)
    category, label = claimed, OK
    if traits.proof == NO_PROOF and claimed.without_proof is not None:
        category = _category(frame.edition, claimed.without_proof)
        label = f"RECLASSIFIED_{claimed.code}_TO_{category.code}"
    refusal, cite = _refusal(frame, category, traits)
    if cite is None:
        cite = _clause(claimed, "rate" if label == OK else "without_proof")
    topic = traits.topic if traits.topic in frame.edition.fields else None
    places: dict[Day, tuple[int, ...] | None] = dict.fromkeys(OUTSIDE)
    for year in frame.years:
        places[year.number] = None if refusal else frame.caps_over(category.code, topic, year.number)
    rules, per_item = frame.edition.points, category.unit is Unit.ITEM
    minutes = Claims(rules, Fraction(0) if per_item else category.rate / 60, frame.unit)
    items = Claims(rules, category.rate, frame.unit) if per_item else None
    return Gate(category.code, label, refusal, cite, minutes, items, topic, places)


def _category(edition: Edition, code: str) -> Category:
    if code not in edition.categories:
        raise BadInput("activity.unknown_category", category=code)
    return edition.categories[code]


def _refusal(frame: Frame, category: Category, traits: Traits) -> tuple[str | None, Citation | None]:
    """Why no line of these traits counts, with the clause; (None, None) where it may."""
    conditions = (
        (
            category.needs_registered_course and not traits.registered_course,
            "NOT_REGISTERED",
            "needs_registered_course",
        ),
        (category.needs_topic and traits.topic not in frame.edition.fields, "NO_FIELD", "needs_topic"),
        (category.detail_must_be_clear and not traits.detail_clear, "REVIEW_DETAIL", "detail_must_be_clear"),
    )
    for refused, reason, condition in conditions:
        if refused:
            return reason, _clause(category, condition)
    rules = frame.edition.points
    if not rules.shared_ledger and traits.serves != frame.cycle.qualification:
        return "OTHER_QUALIFICATION", rules.cites.get("shared_ledger")
    return None, None


def _clause(category: Category, condition: str) -> Citation:
    return category.conditions.get(condition, category.cite)


def unit_of(rules: PointsRules) -> int:
    """The smallest whole number of units a point has, so that every number of the rules is whole."""
    bounds = (bound.points for bound in (*rules.caps, *rules.minimums))
    return lcm(*(number.denominator for number in (rules.step, rules.required, rules.carry_over, *bounds)))


_frames: dict[tuple[object, ...], Frame] = {}


def frame_for(edition: Edition, cycle: Cycle) -> Frame:
    """The frame of an edition and a cycle, compiled once. A frame keeps its edition, so its id is its own."""
    key = (id(edition), cycle.start, cycle.end, cycle.submitted_on, cycle.certified_on, cycle.qualification)
    frame = _frames.get(key)
    if frame is None:
        if len(_frames) >= MEMORY // 8:
            _frames.clear()
        frame = _frames[key] = Frame(edition, cycle)
    return frame
