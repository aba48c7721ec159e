"""The invented piano tuners' points, from line to renewal and plan: all they say otherwise than conken works.

Every figure here is reckoned by hand from the words in `rulebooks/example/source.txt`.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nintei.rules import decisions, relief
from nintei.rules.days import check_days
from nintei.rules.findings import BadInput
from nintei.rules.load import load
from nintei.rules.planning import plan
from nintei.rules.points import Activity, Balance, Cycle, Relief, Session, evaluate, points_for

EXAMPLE = load("example", date(2026, 6, 1))
CONKEN = load("conken", date(2026, 6, 1))
CYCLE = Cycle(date(2026, 6, 1), date(2028, 5, 31), submitted_on=date(2028, 4, 10))
PRACTICE, WORK, WORK_EVER = "practice.per_year", "work.per_year", "work.per_cycle"


def line(key: str, category: str, on: date, minutes: int = 0, **more: object) -> Activity:
    return Activity(key, category, (Session(on, minutes),), **more)  # type: ignore[arg-type]


def paper(key: str, on: date, items: int) -> Activity:
    return line(key, "W", on, items=items)


PAPERS = (
    paper("w1", date(2026, 6, 1), 1),
    line("p1", "P", date(2026, 7, 1), 960),
    paper("w2", date(2026, 8, 1), 1),
    paper("w3", date(2027, 2, 1), 2),
    paper("w4", date(2028, 3, 1), 2),
    line("p2", "P", date(2028, 4, 1), 120),
)
COURSE_2026 = line("l1", "L", date(2026, 9, 1), 90, topic="1")
ETHICS_2027 = line("e1", "E", date(2027, 9, 1), 180, topic="4", registered_course=True)
COURSE_2028 = line("l2", "L", date(2028, 1, 15), 120, topic="2")
ALL = (*PAPERS, COURSE_2026, ETHICS_2027, COURSE_2028)


def worth(*lines: Activity, cycle: Cycle = CYCLE) -> Balance:
    return evaluate(EXAMPLE, cycle, lines)


def only(given: Activity, cycle: Cycle = CYCLE) -> tuple[Fraction, str, str]:
    """Credit, reason and clause of a line alone."""
    (found,) = worth(given, cycle=cycle).lines
    return found.credited, found.reason, found.cite.clause


@pytest.mark.parametrize(
    ("category", "minutes", "points"),
    [
        ("L", 60, "2"), ("L", 45, "1.5"), ("L", 50, "1.75"), ("L", 4, "0.25"), ("L", 3, "0"),
        ("P", 60, "0.5"), ("P", 45, "0.5"), ("P", 44, "0.25"), ("P", 15, "0.25"), ("P", 14, "0"),
        ("E", 60, "1"), ("E", 8, "0.25"), ("E", 7, "0"),
        ("W", 600, "0"),
    ],
)  # fmt: skip
def test_time_is_rounded_to_a_quarter_at_the_rate_of_its_category(
    category: str, minutes: int, points: str
) -> None:
    claimed = points_for(EXAMPLE, minutes, category)
    assert claimed == (Fraction(points), "OK" if Fraction(points) else "BELOW_UNIT")
    given = line("x", category, date(2026, 7, 1), minutes, topic="1", registered_course=True)
    assert worth(given).lines[0].claimed == Fraction(points)


@pytest.mark.parametrize(("items", "points"), [(1, 6), (2, 12)])
def test_a_paper_is_paid_by_the_piece_whatever_time_it_took(items: int, points: int) -> None:
    assert only(line("w", "W", date(2026, 7, 1), 5000, items=items)) == (points, "OK", "第10条")


def test_work_is_capped_in_a_calendar_year_within_the_cycle() -> None:
    found = worth(*PAPERS)
    assert [(x.id, x.claimed, x.credited, x.reason, x.cite.clause) for x in found.lines] == [
        ("w1", 6, 6, "OK", "第10条"),
        ("p1", 8, 6, "YEAR_CAP", "第13条"),
        ("w2", 6, 0, "YEAR_CAP", "第14条"),
        ("w3", 12, 12, "OK", "第10条"),
        ("w4", 12, 6, "CYCLE_CAP", "第14条"),
        ("p2", 1, 0, "CYCLE_CAP", "第14条"),
    ]
    cuts = [x.cut_by and x.cut_by.key.removeprefix("points.caps.") for x in found.lines]
    assert cuts == [None, PRACTICE, WORK, None, WORK_EVER, WORK_EVER]
    assert found.total == 30
    assert [(each.year and each.year.first.year, each.used, each.room) for each in found.rooms] == [
        (2026, 6, 0), (2027, 0, 6), (2028, 0, 6),
        (2026, 12, 0), (2027, 12, 0), (2028, 6, 6),
        (None, 30, 0),
    ]  # fmt: skip


def test_years_are_calendar_years_even_where_the_cycle_begins_in_june() -> None:
    assert [(each.first, each.last) for each in worth().years] == [
        (date(year, 1, 1), date(year, 12, 31)) for year in (2026, 2027, 2028)
    ]
    found = worth(
        line("p1", "P", date(2026, 12, 31), 720),
        line("p2", "P", date(2027, 1, 1), 720),
        line("p3", "P", date(2027, 12, 31), 30),
    )
    assert [each.credited for each in found.lines] == [6, 6, 0]


def test_forty_points_in_all_that_is_asked_are_just_enough() -> None:
    found = worth(*ALL)
    assert (found.total, found.met, found.shortfall, found.unmet) == (40, True, 0, ())
    assert found.by_category == {"L": 7, "W": 24, "P": 6, "E": 3}
    learning = "points.minimums.learning.per_year"
    assert [(x.key, x.met, x.shown, x.wanted, x.cite.clause, x.note) for x in found.findings] == [
        ("points.required", True, 40, 40, "第7条", ""),
        ("points.minimums.ethics.per_cycle", True, 3, 2, "第15条", ""),
        (learning, True, 3, 3, "第16条", "2026-01-01/2026-12-31"),
        (learning, True, 3, 3, "第16条", "2027-01-01/2027-12-31"),
        (learning, True, 4, 3, "第16条", "2028-01-01/2028-12-31"),
        ("points.min_topics", True, 3, 2, "第17条", ""),
    ]


def test_a_quarter_less_in_one_year_fails_that_year_though_the_total_is_made_up_elsewhere() -> None:
    short = ETHICS_2027._replace(sessions=(Session(date(2027, 9, 1), 165),))
    more = COURSE_2028._replace(sessions=(Session(date(2028, 1, 15), 128),))
    found = worth(*PAPERS, COURSE_2026, short, more)
    assert (found.total, found.met) == (40, False)
    assert [(x.key, x.shown, x.wanted, x.note) for x in found.unmet] == [
        ("points.minimums.learning.per_year", Fraction(11, 4), 3, "2027-01-01/2027-12-31")
    ]


@pytest.mark.parametrize(("minutes", "met"), [(120, True), (112, False)])
def test_ethics_is_a_topic_and_not_a_category(minutes: int, met: bool) -> None:
    other = line("e1", "E", date(2027, 9, 1), 180, topic="3", registered_course=True)
    found = worth(*PAPERS, COURSE_2026, other, COURSE_2028, line("x", "P", date(2027, 3, 1), 60, topic="4"))
    assert found.findings[1].shown == 0  # practice beyond its cap serves no minimum
    ethics = line("l3", "L", date(2026, 10, 1), minutes // 2, topic="4")
    found = worth(*PAPERS, COURSE_2026, other, COURSE_2028, ethics)
    assert (found.findings[1].key, found.findings[1].met) == ("points.minimums.ethics.per_cycle", met)


@pytest.mark.parametrize(("topic", "topics", "met"), [("4", 1, False), ("3", 2, True)])
def test_one_topic_is_too_few(topic: str, topics: int, met: bool) -> None:
    first, last = COURSE_2026._replace(topic="4"), COURSE_2028._replace(topic=topic)
    found = worth(*PAPERS, first, ETHICS_2027, last)
    assert (found.findings[-1].shown, found.findings[-1].met, found.met) == (topics, met, met)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2026, 5, 31), (0, "BEFORE_CYCLE", "第7条")),
        (date(2026, 6, 1), (2, "OK", "第9条")),
        (date(2028, 4, 11), (2, "OK", "第9条")),
        (date(2028, 5, 31), (2, "OK", "第9条")),
        (date(2028, 6, 1), (0, "AFTER_CYCLE", "第7条")),
    ],
)
def test_the_whole_validity_counts_the_days_after_filing_too(on: date, found: tuple[int, str, str]) -> None:
    assert only(line("l", "L", on, 60, topic="1")) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (line("l", "L", date(2026, 7, 1), 60), (0, "NO_FIELD", "第9条")),
        (line("l", "L", date(2026, 7, 1), 60, topic="9"), (0, "NO_FIELD", "第9条")),
        (line("e", "E", date(2026, 7, 1), 60, topic="4"), (0, "NOT_REGISTERED", "第12条")),
        (line("p", "P", date(2026, 7, 1), 60, detail_clear=False), (0, "REVIEW_DETAIL", "第11条")),
        (line("p", "P", date(2026, 7, 1), 60, proof="none"), (Fraction(1, 2), "OK", "第11条")),
        (line("w", "W", date(2026, 7, 1), 60), (0, "BELOW_UNIT", "第8条")),
    ],
)
def test_each_category_has_its_own_conditions(given: Activity, found: tuple[Fraction, str, str]) -> None:
    assert only(given) == found


@pytest.mark.parametrize(
    ("brought", "counts", "surplus"), [(0, 0, 0), (3, 3, 3), (5, 5, 5), (Fraction(21, 4), 5, 5), (7, 5, 5)]
)
def test_five_points_at_most_are_carried_over(brought: Fraction, counts: int, surplus: int) -> None:
    found = worth(*ALL, cycle=CYCLE._replace(carried=Fraction(brought)))
    assert (found.carried, found.total, found.surplus) == (counts, 40 + counts, surplus)


@pytest.mark.parametrize(
    ("serves", "found"),
    [("CPT", (2, "OK", "第9条")), ("APT", (0, "OTHER_QUALIFICATION", "第19条")),
     (None, (0, "OTHER_QUALIFICATION", "第19条"))],
)  # fmt: skip
def test_an_activity_serves_one_qualification(serves: str | None, found: tuple[int, str, str]) -> None:
    given = line("l", "L", date(2026, 7, 1), 60, topic="1", serves=serves)
    assert only(given, CYCLE._replace(qualification="CPT")) == found


def test_a_day_above_ten_hours_is_asked_about_and_above_sixteen_refused() -> None:
    day = date(2026, 7, 1)
    assert check_days(EXAMPLE, [line("p", "P", day, 600)]) == ()
    (asked,) = check_days(EXAMPLE, [line("p", "P", day, 601)])
    assert (asked.met, asked.shown, asked.wanted, asked.cite.clause) == (None, 601, 600, "第20条")
    assert len(check_days(EXAMPLE, [line("p", "P", day, 960)])) == 1
    with pytest.raises(BadInput, match=r"activity\.over_a_day .*minutes=961, limit=960"):
        check_days(EXAMPLE, [line("p", "P", day, 961)])


def test_a_renewal_needs_the_points_and_every_minimum() -> None:
    expiry, on = date(2028, 5, 31), date(2028, 4, 10)
    enough = worth(*ALL)
    met = decisions.renewal(EXAMPLE, expiry, on, enough.total, enough.unmet)
    assert (met.outcome, met.reasons, met.term.end) == ("MEETS", (), date(2030, 5, 31))
    lopsided = worth(*PAPERS, line("l", "L", date(2026, 9, 1), 300, topic="1"))
    failed = decisions.renewal(EXAMPLE, expiry, on, lopsided.total, lopsided.unmet)
    assert (lopsided.total, failed.outcome, failed.term) == (40, "FAILS", None)
    assert failed.reasons == (
        "points.minimums.ethics.per_cycle", "points.minimums.learning.per_year", "points.min_topics",
    )  # fmt: skip
    assert [each.met for each in failed.findings] == [True, False, False, False, False, True, True]


def test_hardship_takes_points_off_what_is_needed_for_each_whole_month_in_the_cycle() -> None:
    windows = (
        Relief("illness", date(2026, 4, 1), date(2026, 8, 31)),  # three months of it in the cycle
        Relief("disaster", date(2026, 8, 15), date(2026, 9, 30)),  # a fourth; the other days overlap
        Relief("childbirth", date(2027, 3, 1), date(2027, 3, 30)),  # a day short of a month
        Relief("travel", date(2027, 4, 1), date(2028, 3, 31)),  # no hardship of this rulebook
    )
    found = worth(*ALL, cycle=CYCLE._replace(relief=windows))
    assert (found.relieved_months, found.required, found.total) == (4, 34, worth(*ALL).total)
    expiry, on = date(2028, 5, 31), date(2028, 4, 10)
    assert decisions.renewal(EXAMPLE, expiry, on, Fraction(34), (), found.required).reasons == ()
    assert decisions.renewal(EXAMPLE, expiry, on, Fraction(34)).reasons == ("POINTS_LT_40",)
    ever = CYCLE._replace(relief=(Relief("illness", date(2020, 1, 1), date(2030, 1, 1)),))
    assert worth(cycle=ever).required == 4
    unset = evaluate(CONKEN, ever, ())
    assert (unset.required, unset.relieved_months) == (30, 0)
    assert relief.read(relief.told(windows)) == windows
    long = (Relief("long illness", date(2026, 4, 1), date(2026, 4, 1)),)
    assert relief.read(relief.told(long)) == long


@pytest.mark.parametrize(
    ("days", "months"),
    [
        ((("2026-06-10", "2026-06-24"), ("2026-06-26", "2026-07-10")), 0),
        ((("2026-06-10", "2026-06-24"), ("2026-06-25", "2026-07-09")), 1),
        ((("2026-06-25", "2026-07-09"), ("2026-06-24", "2026-06-24"), ("2026-06-10", "2026-06-23")), 1),
        ((("2020-01-01", "2020-12-31"), ("2026-06-01", "2026-07-31"), ("2029-01-01", "2029-12-31")), 2),
        ((("2026-06-01", "2026-08-31"), ("2026-06-05", "2026-06-06")), 3),
    ],
)
def test_windows_of_hardship_that_touch_are_one_and_those_outside_are_none(
    days: tuple[tuple[str, str], ...], months: int
) -> None:
    windows = tuple(Relief("illness", *map(date.fromisoformat, each)) for each in days)
    assert relief.relieved_months(EXAMPLE, CYCLE._replace(relief=windows)) == months


def test_hardship_never_takes_off_more_than_is_needed() -> None:
    rule = EXAMPLE.points.relief
    assert rule
    much = EXAMPLE._replace(points=EXAMPLE.points._replace(relief=rule._replace(points=Fraction(2))))
    ever = CYCLE._replace(relief=(Relief("illness", date(2020, 1, 1), date(2030, 1, 1)),))
    assert relief.required_in(much, ever) == 0


def test_an_audit_gives_the_room_of_a_struck_paper_to_the_next() -> None:
    found = decisions.strike(EXAMPLE, CYCLE, ALL, ["w1"])
    assert (found.before.total, found.after.total) == (40, 40)
    assert (found.credited["w2"], found.after.met) == (6, True)


def test_a_plan_serves_two_minimums_by_one_step() -> None:
    lines = (*PAPERS, COURSE_2026, COURSE_2028)
    found = plan(EXAMPLE, CYCLE, lines, date(2027, 12, 1), date(2028, 5, 31))
    assert (found.missing, found.reachable, found.least_uncapped, found.possible) == (3, 0, 3, True)
    assert [each.key for each in found.unmet] == [
        "points.required", "points.minimums.ethics.per_cycle", "points.minimums.learning.per_year",
    ]  # fmt: skip
    assert [(x.categories, x.rule, x.points, x.total) for x in found.steps] == [
        (("L",), "points.minimums.ethics.per_cycle", 2, 39),
        (("L",), "points.minimums.learning.per_year", 1, 40),
    ]
    assert [share.last_day for step in found.steps for share in step.shares] == [date(2027, 12, 31)] * 2


def test_a_year_without_its_minimum_cannot_be_mended_later() -> None:
    found = plan(EXAMPLE, CYCLE, (*PAPERS, COURSE_2026, COURSE_2028), date(2028, 1, 1))
    assert (found.last_day, found.possible) == (date(2028, 5, 31), False)


def test_a_plan_from_the_first_day_reaches_forty() -> None:
    found = plan(EXAMPLE, CYCLE, (), date(2026, 6, 1), date(2028, 5, 31))
    assert (found.missing, found.reachable, found.least_uncapped) == (40, 30, 10)
    assert (found.uncapped, found.possible, found.on_course) == (("L", "E"), True, False)
    assert [(each.category, each.year.number, each.points) for each in found.openings] == [
        ("W", 0, 12), ("P", 0, 6), ("W", 1, 12), ("P", 1, 6), ("W", 2, 12), ("P", 2, 6),
    ]  # fmt: skip
    assert [each.last_day for each in found.openings[::2]] == [
        date(2026, 12, 31), date(2027, 12, 31), date(2028, 5, 31),
    ]  # fmt: skip
    assert (len(found.steps), found.steps[-1].total) == (3, 40)
