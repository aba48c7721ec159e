"""Whether caps and minimums fit together: caps form a tree, and every minimum can be reached.

The lines of a bound are pairs of a category and a topic (None where a line has no topic). On a tree
of caps, filling greedily in any order credits the same total; caps that cross would make the total
depend on the order in which lines are read, so they are refused.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from nintei.rules.edition import (
    Bound,
    Category,
    Per,
    PointsRules,
    Start,
    ValidityRules,
    Window,
    YearKind,
)
from nintei.rules.load.table import Book, RulebookError

Line = tuple[str, str | None]
Cell = tuple[Line, int]


def lines_of(bound: Bound, categories: dict[str, Category], topics: frozenset[str]) -> frozenset[Line]:
    """The (category, topic) pairs under a bound."""
    return frozenset(
        line
        for line in all_lines(categories, topics)
        if line[0] in bound.categories and (bound.topics is None or line[1] in bound.topics)
    )


def all_lines(categories: dict[str, Category], topics: frozenset[str]) -> frozenset[Line]:
    """Every (category, topic) pair that can earn points; a category may ask for a topic."""
    return frozenset(
        (code, topic)
        for code, category in categories.items()
        for topic in ({*topics} if category.needs_topic else {*topics, None})
    )


def check_bounds(
    book: Book,
    categories: dict[str, Category],
    topics: frozenset[str],
    points: PointsRules,
    validity: ValidityRules,
) -> None:
    """Refuse crossing caps, and minimums or a total that the caps above them put out of reach."""
    lines = {bound.key: lines_of(bound, categories, topics) for bound in (*points.caps, *points.minimums)}
    for first, second in combinations(points.caps, 2):
        _refuse_crossing(book, first, second, lines)
    years = range(years_touched(points, validity))
    everything = frozenset((line, year) for line in all_lines(categories, topics) for year in years)
    for minimum in points.minimums:
        span = years[:1] if minimum.per is Per.YEAR else years
        cells = frozenset((line, year) for line in lines[minimum.key] for year in span)
        _refuse_unreachable(book, minimum.key, minimum.points, most(cells, points.caps, lines, years))
    _refuse_unreachable(
        book,
        "points.required",
        points.required,
        most(everything, points.caps, lines, years),
    )
    for cap in points.caps:
        _refuse_overfull(book, cap, points.minimums, lines, validity.years)


def years_touched(points: PointsRules, validity: ValidityRules) -> int:
    """How many cap years can feed one cycle: one more than its length where years and cycle are askew.

    A window that opens before validity begins, or a calendar year inside an April cycle, lets one
    more year begin or end within the cycle.
    """
    on_fiscal_year = validity.start is Start.NEXT_FISCAL_YEAR
    starts_in_january = (validity.fiscal_year_month, validity.fiscal_year_day) == (1, 1)
    aligned = {
        YearKind.CYCLE_YEAR: True,
        YearKind.FISCAL_YEAR: on_fiscal_year,
        YearKind.CALENDAR_YEAR: on_fiscal_year and starts_in_january,
    }[points.year_kind]
    early = points.window is Window.FROM_CERTIFICATION
    return validity.years + (not aligned) + early


def _refuse_crossing(book: Book, first: Bound, second: Bound, lines: dict[str, frozenset[Line]]) -> None:
    shared = lines[first.key] & lines[second.key]
    if not shared:
        return
    smaller, larger = sorted((first, second), key=lambda cap: (cap.per is Per.CYCLE, len(lines[cap.key])))
    if lines[smaller.key] <= lines[larger.key]:
        return
    raise _refusal(
        book,
        second.key,
        f"crosses {first.key}: both hold the lines {_named(shared)}, and neither lies inside the other; "
        "caps must be nested or apart, a yearly cap inside a cap of the cycle",
    )


def _named(lines: frozenset[Line]) -> str:
    return ", ".join(
        sorted({category if topic is None else f"{category}/{topic}" for category, topic in lines})
    )


def _refusal(book: Book, key: str, reason: str) -> RulebookError:
    return book.refusal(tuple(key.split(".")), reason)


def most(
    cells: frozenset[Cell],
    caps: tuple[Bound, ...],
    lines: dict[str, frozenset[Line]],
    years: range,
) -> Fraction | None:
    """The most points that the cells of a cycle can earn under a tree of caps; None is no limit."""
    nodes = [
        (cap.points, frozenset((line, year) for line in lines[cap.key] for year in span))
        for cap in caps
        for span in ([[year] for year in years] if cap.per is Per.YEAR else [list(years)])
    ]
    nodes.sort(key=lambda node: len(node[1]), reverse=True)
    return _most(cells, nodes)


def _most(cells: frozenset[Cell], nodes: list[tuple[Fraction, frozenset[Cell]]]) -> Fraction | None:
    total = Fraction(0)
    free = cells
    for index, (points, held) in enumerate(nodes):
        if not held & free:
            continue
        inside = [node for node in nodes[index + 1 :] if node[1] <= held]
        below = _most(free & held, inside)
        total += points if below is None else min(points, below)
        free -= held
    return None if free else total


def _refuse_unreachable(book: Book, key: str, wanted: Fraction, reachable: Fraction | None) -> None:
    if reachable is not None and wanted > reachable:
        raise _refusal(book, key, f"asks {wanted} points where the caps allow {reachable} at most")


def _refuse_overfull(
    book: Book,
    cap: Bound,
    minimums: tuple[Bound, ...],
    lines: dict[str, frozenset[Line]],
    years: int,
) -> None:
    """Minimums that lie apart under one cap must fit into it together."""
    taken: frozenset[Line] = frozenset()
    demanded, keys = Fraction(0), []
    for minimum in sorted(minimums, key=lambda each: each.points, reverse=True):
        here = lines[minimum.key]
        if not here <= lines[cap.key] or here & taken or (cap.per, minimum.per) == (Per.YEAR, Per.CYCLE):
            continue
        times = years if (cap.per, minimum.per) == (Per.CYCLE, Per.YEAR) else 1
        demanded, taken = demanded + minimum.points * times, taken | here
        keys.append(minimum.key)
    if demanded > cap.points:
        raise _refusal(
            book,
            cap.key,
            f"allows {cap.points} points where {', '.join(keys)} ask {demanded}",
        )
