"""Tenure cover: every claimed day needs somebody who supervised there; only what is left is asked for again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nintei.experience import queries
from nintei.experience.models import AttestationRequest, Post
from nintei.experience.pieces import Piece, asked_about
from nintei.experience.queries import cover
from nintei.experience.queries.verdict import standing
from nintei.experience.said import Away, Said, Tenure
from nintei.experience.tests.conftest import TODAY, at, sign
from nintei.people.models import Person
from nintei.rules.experience import AttestedBy, Span
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
HALF = Tenure(since=date(2021, 4, 1), until=date(2023, 9, 30), role="課長")


def test_only_the_uncovered_months_are_asked_for_again(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "45")
    (half,) = sign(ask(post)[1], post, tenure=HALF)
    assert "証明する期間: 2021年4月1日（木） から 2023年9月30日（土）" in half.text
    assert queries.case(sato, TODAY).posts[0].uncovered == (
        Piece(date(2023, 10, 1), date(2024, 3, 31), frozenset("45")),
    )
    again, token = ask(post, attestor_email="hara@example.jp")
    assert asked_about(again.asked.get()) == (Piece(date(2023, 10, 1), date(2024, 3, 31), frozenset("45")),)
    (statement,) = sign(token, post, tenure=Tenure(since=date(2015, 4, 1), role="部長"))
    assert (statement.from_on, statement.until_on) == (date(2023, 10, 1), date(2024, 3, 31))
    assert "お願いした部分: 2023年10月1日（日） から 2024年3月31日（日）" in statement.text
    assert queries.case(sato, TODAY).posts[0].uncovered == ()


def test_a_yes_to_the_rest_says_nothing_of_the_other_months(save: Save, ask: Ask, sato: Person) -> None:
    """Hara has been there since 2015, but was asked about the last half year alone."""
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    sign(ask(post)[1], post, tenure=Tenure(since=date(2022, 4, 1), until=date(2023, 9, 30), role="課長"))
    left = queries.case(sato, TODAY).posts[0].uncovered
    assert [(p.start, p.end) for p in left] == [
        (date(2021, 4, 1), date(2022, 3, 31)),
        (date(2023, 10, 1), date(2024, 3, 31)),
    ]
    (statement,) = sign(
        ask(post)[1], post, tenure=Tenure(since=date(2015, 4, 1), was_there=False, role="部長")
    )
    assert [row["from"] for row in statement.pieces] == ["2021-04-01", "2023-10-01"]
    cut = queries.case(sato, TODAY).posts[0].stretches
    assert [(s.start, s.attested_by) for s in cut] == [
        (date(2021, 4, 1), AttestedBy.PRESENT_EMPLOYER),
        (date(2022, 4, 1), AttestedBy.FORMER_SUPERVISOR_WHO_LEFT),
        (date(2023, 10, 1), AttestedBy.PRESENT_EMPLOYER),
    ]


def test_a_field_left_out_is_asked_for_alone(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "45")
    sign(ask(post)[1], post, said=[Said(post.pk, "differs", fields=("4",))])
    again, _token = ask(post)
    assert asked_about(again.asked.get()) == (Piece(date(2021, 4, 1), date(2024, 3, 31), frozenset("5")),)


def test_the_rest_of_a_present_post_stays_open(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), None, "4")
    sign(ask(post)[1], post, tenure=HALF)
    assert queries.case(sato, TODAY).posts[0].uncovered == (Piece(date(2023, 10, 1), None, frozenset("4")),)


def test_what_is_attested_in_full_is_not_asked_for_again(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    sign(ask(post)[1], post)
    with pytest.raises(Refused, match=r"experience\.all_attested"):
        ask(post)


def test_a_partial_answer_moves_the_verdict_at_once(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2020, 4, 1), date(2026, 3, 31), "45")
    token = ask(post)[1]

    def tones() -> list[str]:
        told = standing(edition(TODAY), "OMP", queries.case(sato, TODAY), TODAY)
        return [rule.tone for rule in told.rules]

    assert tones() == ["wait", "wait", "wait"]
    sign(token, post, tenure=Tenure(since=date(2020, 4, 1), until=date(2023, 3, 31), role="課長"))
    assert tones() == ["wait", "ok", "ok"]
    sign(ask(post)[1], post, tenure=Tenure(since=date(2023, 4, 1), role="課長"))
    assert tones() == ["ok", "ok", "ok"]


def test_the_strip_draws_what_is_left_and_says_it_in_months(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    sign(ask(post)[1], post, tenure=HALF)
    drawn = cover.strip(queries.case(sato, TODAY).posts[0])
    assert [part.css for part in drawn.parts] == ["is-covered", "is-left"]
    assert (drawn.covered, drawn.left) == ("2年6か月", ("2023年10月–2024年3月 分野4",))


def test_a_leave_is_no_gap_and_no_month(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    leave(sato, post, Away(date(2022, 4, 1), date(2022, 9, 30), "育児休業"))
    case = queries.case(sato, TODAY)
    assert case.posts[0].worked == (
        Span(date(2021, 4, 1), date(2022, 3, 31)),
        Span(date(2022, 10, 1), date(2024, 3, 31)),
    )
    assert [p.start for p in case.posts[0].uncovered] == [date(2021, 4, 1), date(2022, 10, 1)]
    assert standing(edition(TODAY), "OMP", case, TODAY).claimed.actual == 30
    (statement,) = sign(ask(post)[1], post)
    assert "申請者が書いた休みの期間: 2022年4月1日（金） から 2022年9月30日（金）" in statement.text
    assert queries.thaw(queries.freeze(queries.case(sato, TODAY))) == queries.posts_for_rules(sato, TODAY)
    assert standing(edition(TODAY), "OMP", queries.case(sato, TODAY), TODAY).attested.actual == 30


def leave(person: Person, post: Post, *away: Away) -> None:
    from nintei.experience import actions

    actions.save_leaves(by=person.by, person=person, post_id=post.pk, away=away, at=at(TODAY))


@pytest.mark.parametrize(
    ("away", "code"),
    [
        ([Away(date(2022, 4, 1), date(2022, 3, 1))], "experience.leave_order"),
        ([Away(date(2021, 3, 31), date(2022, 3, 1))], "experience.leave_outside_post"),
        ([Away(date(2024, 3, 1), date(2024, 4, 1))], "experience.leave_outside_post"),
        (
            [Away(date(2022, 1, 1), date(2022, 3, 1)), Away(date(2022, 3, 1), date(2022, 4, 1))],
            "experience.leaves_overlap",
        ),
        ([Away(date(2022, 1, 1)), Away(date(2023, 3, 1), date(2023, 4, 1))], "experience.leaves_overlap"),
    ],
)
def test_a_senseless_leave_is_refused(save: Save, sato: Person, away: list[Away], code: str) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    with pytest.raises(Refused) as refused:
        leave(sato, post, *away)
    assert (refused.value.code, post.leaves.count()) == (code, 0)
