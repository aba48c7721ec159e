"""Work experience: united days against a day-by-day oracle, and every rule one day short and just met."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.rules.edition import Edition, OtherOrganisation, RequiredFieldRule
from nintei.rules.experience import (
    AttestedBy,
    Experience,
    Flag,
    MetOn,
    Post,
    Reason,
    Result,
    Span,
    gaps_between,
    met_if_continued,
    months_of,
    overlaps_of,
    unite,
    weigh,
    whole,
)
from nintei.rules.findings import BadInput, Finding
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))
ON = date(2023, 4, 10)
DAY = timedelta(days=1)


def post(start: str, end: str | None, *fields: int, by: AttestedBy = AttestedBy.SUPERVISOR_THERE) -> Post:
    last = None if end is None else date.fromisoformat(end)
    return Post(start, date.fromisoformat(start), last, frozenset(map(str, fields)), by)


def weighed(*posts: Post, on: date = ON, edition: Edition = CONKEN, substitution: int = 0) -> Experience:
    return weigh(edition, "OMP", posts, on, substitution)


def read_as(**values: object) -> Edition:
    return CONKEN._replace(experience=CONKEN.experience._replace(**values))  # type: ignore[arg-type]


spans = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 90)).map(
        lambda pair: Span(date(2019, 11, 1) + pair[0] * DAY, date(2019, 11, 1) + (pair[0] + pair[1]) * DAY)
    ),
    max_size=6,
)


def days_of(held: list[Span] | tuple[Span, ...]) -> list[date]:
    """Every day of every span, as often as it is held."""
    return [span.start + n * DAY for span in held for n in range((span.end - span.start).days + 1)]


@given(spans)
def test_united_spans_hold_the_same_days_once_and_never_touch(held: list[Span]) -> None:
    united = unite(held)
    assert days_of(united) == sorted(set(days_of(held)))
    assert all(span.end > before.end + DAY for before, span in pairwise(united))
    assert unite(united) == united


@given(spans)
def test_gaps_and_overlaps_are_the_days_held_never_and_twice(held: list[Span]) -> None:
    held_days = days_of(held)
    assert days_of(overlaps_of(held)) == sorted({day for day in held_days if held_days.count(day) > 1})
    gaps = days_of(gaps_between(unite(held)))
    between = days_of([Span(min(held_days), max(held_days))]) if held_days else []
    assert gaps == [day for day in between if day not in set(held_days)]


@given(spans, st.randoms())
def test_order_of_posts_never_matters(held: list[Span], chance: object) -> None:
    shuffled = held.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert months_of(shuffled) == months_of(held)


def test_months_are_exact_and_shown_whole() -> None:
    assert (
        months_of([Span(date(2017, 4, 1), date(2017, 4, 15)), Span(date(2018, 6, 1), date(2018, 6, 15))]) == 1
    )
    assert months_of([]) == 0
    assert (whole(Fraction(60)), whole(Fraction(1799, 30)), whole(Fraction(0))) == (60, 59, 0)


@pytest.mark.parametrize(
    ("start", "end", "months", "result"),
    [
        ("2018-04-01", "2023-03-31", Fraction(60), Result.ELIGIBLE),
        ("2018-04-01", "2023-03-30", Fraction(59) + Fraction(30, 31), Result.NOT_ELIGIBLE),
        ("2016-03-01", "2021-02-28", Fraction(60), Result.ELIGIBLE),
        ("2015-03-01", "2020-02-28", Fraction(59) + Fraction(28, 29), Result.NOT_ELIGIBLE),
        ("2015-03-01", "2020-02-29", Fraction(60), Result.ELIGIBLE),
        ("2016-02-29", "2021-02-28", Fraction(60) + Fraction(1, 29), Result.ELIGIBLE),
        ("2018-01-31", "2023-01-30", Fraction(60), Result.ELIGIBLE),
    ],
)
def test_five_years_are_sixty_civil_months_to_the_day(
    start: str, end: str, months: Fraction, result: Result
) -> None:
    found = weighed(post(start, end, 4, 5))
    assert (found.actual, found.result) == (months, result)


def test_two_posts_that_touch_are_one_block_and_an_overlap_counts_once() -> None:
    found = weighed(
        post("2018-04-01", "2020-09-30", 4),
        post("2020-10-01", "2021-05-10", 1),
        post("2021-05-01", "2023-03-31", 1),
    )
    assert found.blocks == (Span(date(2018, 4, 1), date(2023, 3, 31)),)
    assert (found.gaps, found.overlaps) == ((), (Span(date(2021, 5, 1), date(2021, 5, 10)),))
    assert (found.actual, found.by_field["4"], found.by_field["1"], found.by_field["7"]) == (60, 30, 30, 0)


def test_a_present_post_runs_to_the_application_and_no_further() -> None:
    assert weighed(post("2018-04-01", None, 4, 5), on=date(2023, 3, 31)).actual == 60
    assert weighed(post("2018-04-01", None, 4, 5), on=date(2023, 3, 30)).result is Result.NOT_ELIGIBLE
    assert weighed(post("2018-04-01", "2030-03-31", 4, 5), on=date(2023, 3, 31)).actual == 60
    future = weighed(post("2023-04-11", None, 4), post("2023-04-11", "2024-04-10", 5))
    assert (future.actual, future.blocks, future.fields) == (0, (), ())
    assert weighed(post("2023-04-10", None, 4)).blocks == (Span(ON, ON),)


def test_all_unmet_rules_are_named_with_what_is_shown_wanted_and_the_clause() -> None:
    found = weighed(post("2022-04-01", "2023-03-31", 1))
    assert found.reasons == (Reason.TOTAL_LT_5Y, Reason.FIELDS_LT_2, Reason.REQUIRED_LT_2Y)
    assert [(f.key, f.met, f.shown, f.wanted, f.cite and f.cite.clause) for f in found.findings] == [
        ("experience.total_months", False, 12, 60, "MAN-ウ②.1"),
        ("experience.min_fields", False, 1, 2, "MAN-ウ②.2"),
        ("experience.required_months", False, 0, 24, "MAN-ウ②.3"),
    ]
    met = weighed(post("2018-04-01", "2023-03-31", 4, 1))
    assert [(f.met, f.note) for f in met.findings] == [(True, "")] * 3
    assert (met.qualification, met.on, met.fields, met.required_fields) == ("OMP", ON, ("1", "4"), ("4", "5"))


def test_substitution_makes_up_the_total_to_its_cap_and_nothing_else() -> None:
    three = post("2020-04-01", "2023-03-31", 4, 1)
    full = weighed(three, substitution=24)
    assert (full.counted, full.substitution, full.result) == (60, 24, Result.ELIGIBLE)
    assert weighed(three, substitution=23).reasons == (Reason.TOTAL_LT_5Y,)
    assert weighed(three, substitution=36).substitution == 24
    other = weighed(post("2020-04-01", "2023-03-31", 1, 2), substitution=24)
    assert (other.reasons, other.required) == ((Reason.REQUIRED_LT_2Y,), 0)


def test_one_required_field_alone_must_do_and_the_sum_is_shown_to_a_reviewer() -> None:
    posts = (
        post("2018-04-01", "2021-03-31", 1),
        post("2021-04-01", "2022-03-31", 4),
        post("2022-04-01", "2023-03-31", 5),
    )
    alone = weighed(*posts)
    assert (alone.required, alone.reasons, alone.flags) == (
        12,
        (Reason.REQUIRED_LT_2Y,),
        (Flag.REQUIRED_MET_IF_SUMMED,),
    )
    assert (alone.findings[-1].met, alone.findings[-1].note) == (None, "REQUIRED_MET_IF_SUMMED")
    summed = weighed(*posts, edition=read_as(required_rule=RequiredFieldRule.SUM_OF_REQUIRED))
    assert (summed.required, summed.result, summed.flags) == (24, Result.ELIGIBLE, ())


def test_both_required_fields_at_once_are_no_sum() -> None:
    both = weighed(post("2018-04-01", "2022-03-31", 1), post("2022-04-01", "2023-03-31", 4, 5))
    assert (both.required, both.flags) == (12, ())
    summed = weighed(
        post("2022-04-01", "2023-03-31", 4, 5),
        edition=read_as(required_rule=RequiredFieldRule.SUM_OF_REQUIRED),
    )
    assert summed.required == 12


@pytest.mark.parametrize(
    ("by", "flag"), [(AttestedBy.NONE, Flag.NOT_ATTESTED), (AttestedBy.SELF, Flag.SELF_ATTESTED)]
)
def test_time_nobody_else_attests_does_not_count(by: AttestedBy, flag: Flag) -> None:
    found = weighed(post("2018-04-01", "2020-03-31", 4, by=by), post("2020-04-01", "2023-03-31", 4, 1))
    assert (found.actual, found.flags, found.result) == (36, (flag,), Result.NOT_ELIGIBLE)
    clause = CONKEN.experience.cites["attestor"]
    assert found.findings[-1] == Finding("experience.attestor", None, flag, None, clause, flag)
    assert clause.clause == "MAN-ウ②.5"


def test_a_superior_who_has_left_attests_as_well() -> None:
    assert (
        weighed(post("2018-04-01", "2023-03-31", 4, 5, by=AttestedBy.FORMER_SUPERVISOR_WHO_LEFT)).result
        is Result.ELIGIBLE
    )


def test_another_organisation_counts_for_review_unless_the_rulebook_refuses_it() -> None:
    posts = (
        post("2018-04-01", "2020-03-31", 4, by=AttestedBy.PRESENT_EMPLOYER),
        post("2020-04-01", "2023-03-31", 4, 1),
    )
    found = weighed(*posts)
    assert (found.actual, found.result, found.flags) == (60, Result.REVIEW, (Flag.ATTESTOR_OTHER_ORG,))
    refused = weighed(*posts, edition=read_as(other_org=OtherOrganisation.REFUSE))
    assert (refused.actual, refused.result) == (36, Result.NOT_ELIGIBLE)
    short = weighed(post("2020-04-01", "2023-03-31", 4, 1, by=AttestedBy.PRESENT_EMPLOYER))
    assert short.result is Result.NOT_ELIGIBLE


def test_fields_nobody_knows_do_not_count() -> None:
    assert weighed(post("2018-04-01", "2023-03-31", 8)).actual == 0
    mixed = weighed(post("2018-04-01", "2023-03-31", 8, 4))
    assert (mixed.actual, mixed.fields) == (60, ("4",))


def test_one_day_in_a_second_field_is_enough() -> None:
    assert (
        weighed(post("2018-04-01", "2023-03-31", 4), post("2023-03-31", "2023-03-31", 2)).result
        is Result.ELIGIBLE
    )


@pytest.mark.parametrize(
    ("qualification", "posts", "substitution", "code"),
    [
        ("XYZ", (), 0, "qualification.unknown"),
        ("SV", (), 0, "qualification.not_certified"),
        ("OMP", (), -1, "experience.negative_substitution"),
        ("OMP", (post("2020-04-02", "2020-04-01", 4),), 0, "experience.ends_before_it_starts"),
    ],
)
def test_senseless_input_is_refused(
    qualification: str, posts: tuple[Post, ...], substitution: int, code: str
) -> None:
    with pytest.raises(BadInput) as caught:
        weigh(CONKEN, qualification, posts, ON, substitution)
    assert caught.value.code == code


def test_the_day_a_rule_will_be_met_is_the_first_on_which_it_is() -> None:
    going_on = (post("2020-04-01", None, 1, 2), post("2021-10-01", None, 4))
    ahead = met_if_continued(CONKEN, "OMP", going_on, ON)
    assert ahead == (
        MetOn(Reason.TOTAL_LT_5Y, date(2025, 3, 31)),
        MetOn(Reason.REQUIRED_LT_2Y, date(2023, 9, 30)),
    )
    for each in ahead:
        assert each.on is not None
        assert each.reason not in weighed(*going_on, on=each.on).reasons
        assert each.reason in weighed(*going_on, on=each.on - DAY).reasons


def test_what_the_present_post_cannot_mend_has_no_day() -> None:
    ahead = met_if_continued(CONKEN, "OMP", (post("2018-04-01", None, 1),), ON)
    assert ahead == (MetOn(Reason.FIELDS_LT_2, None), MetOn(Reason.REQUIRED_LT_2Y, None))
    assert met_if_continued(CONKEN, "OMP", (post("2018-04-01", None, 4, 5),), ON) == ()
    tomorrow = met_if_continued(CONKEN, "OMP", (post("2018-04-12", None, 4, 5),), ON)
    assert tomorrow == (MetOn(Reason.TOTAL_LT_5Y, ON + DAY),)


def test_substituted_months_bring_the_day_forward_and_a_post_of_today_takes_five_years() -> None:
    begun = [post("2018-04-01", None, 4, 5)]
    on = date(2020, 3, 31)
    assert met_if_continued(CONKEN, "OMP", begun, on) == (MetOn(Reason.TOTAL_LT_5Y, date(2023, 3, 31)),)
    assert met_if_continued(CONKEN, "OMP", begun, on, 12) == (MetOn(Reason.TOTAL_LT_5Y, date(2022, 3, 31)),)
    assert met_if_continued(CONKEN, "OMP", begun, date(2021, 3, 31), 24) == ()
    assert met_if_continued(CONKEN, "OMP", [post("2023-04-10", None, 4, 5)], ON) == (
        MetOn(Reason.TOTAL_LT_5Y, date(2028, 4, 9)), MetOn(Reason.REQUIRED_LT_2Y, date(2025, 4, 9)),
    )  # fmt: skip


def test_without_a_required_field_no_time_is_time_in_one() -> None:
    free = {**CONKEN.qualifications, "OMP": CONKEN.qualifications["OMP"]._replace(required_fields=())}
    found = weighed(post("2018-04-01", "2023-03-31", 4, 5), edition=CONKEN._replace(qualifications=free))
    assert (found.required, found.reasons, found.flags) == (0, (Reason.REQUIRED_LT_2Y,), ())
