"""Logging, amending, withdrawing, attaching, freezing: what is refused, and what is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from nintei.courses.models import Course
from nintei.journal.models import Body
from nintei.ledger import actions, queries
from nintei.ledger.drafts import Draft, draft_of
from nintei.ledger.models import Activity, ActivitySession, Claim, Evidence
from nintei.ledger.tests.conftest import TODAY, at
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.shared.files import TakenFile
from nintei.shared.refusals import SENTENCES, Refused

BOOK = Draft(
    category="C", title="『応対品質の測り方』を読む", sessions=((date(2026, 11, 18), 80),), topic="4"
)


def log(person: Person, draft: Draft = BOOK) -> Activity:
    return actions.log_activity(by=f"person:{person.pk}", person=person, draft=draft, at=at())


def refused(person: Person, draft: Draft) -> Refused:
    """The refusal of a draft; nothing was written, neither a row nor a leaf."""
    rows, leaves = Activity.objects.count(), Body.objects.count()
    with pytest.raises(Refused) as caught:
        log(person, draft)
    assert (Activity.objects.count(), Body.objects.count()) == (rows, leaves)
    assert "{" not in caught.value.sentence("ja") + caught.value.sentence("en")
    return caught.value


def test_it_keeps_what_the_holder_typed_and_a_leaf(suzuki: Person) -> None:
    activity = log(suzuki)
    assert draft_of(activity) == BOOK
    body = Body.objects.get(subject=f"activity:{activity.id}")
    assert (body.actor, body.verb) == (f"person:{suzuki.pk}", "ledger.log_activity")
    assert body.data["sessions"] == [{"on": "2026-11-18", "minutes": 80}]


def test_two_sessions_of_one_day_are_taken_together(suzuki: Person) -> None:
    activity = log(suzuki, replace(BOOK, sessions=((date(2026, 11, 18), 30), (date(2026, 11, 18), 50))))
    assert list(activity.sessions.values_list("on", "minutes")) == [(date(2026, 11, 18), 80)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "  "}, "ledger.title_missing"),
        ({"category": "E"}, "ledger.category_unknown"),
        ({"topic": ""}, "ledger.topic_missing"),
        ({"topic": "8"}, "ledger.topic_unknown"),
        ({"competency": "OP-99"}, "ledger.competency_unknown"),
        ({"proof": "hearsay"}, "ledger.proof_unknown"),
        ({"sessions": ()}, "ledger.no_session"),
        ({"sessions": ((date(2026, 11, 25), 60),)}, "ledger.day_in_future"),
        ({"sessions": ((date(2026, 11, 24), 0),)}, "ledger.minutes_not_positive"),
        ({"sessions": ((date(2026, 11, 24), -30),)}, "ledger.minutes_not_positive"),
        ({"sessions": ((date(2026, 11, 24), 25 * 60),)}, "ledger.day_too_long"),
        ({"category": "A", "topic": ""}, "ledger.course_missing"),
    ],
)
def test_it_refuses_what_makes_no_sense(suzuki: Person, change: dict[str, object], code: str) -> None:
    assert refused(suzuki, replace(BOOK, **change)).code == code  # type: ignore[arg-type]


def test_every_refusal_has_both_languages() -> None:
    codes = {code for code in SENTENCES if code.startswith("ledger.")}
    assert codes
    assert {code for code in codes if not (SENTENCES[code].ja and SENTENCES[code].en)} == set()


def test_a_day_of_24_hours_is_taken_and_one_minute_more_is_not(suzuki: Person) -> None:
    day = date(2026, 11, 18)
    log(suzuki, replace(BOOK, sessions=((day, 23 * 60),)))
    log(suzuki, replace(BOOK, sessions=((day, 60),)))
    assert refused(suzuki, replace(BOOK, sessions=((day, 1),))).data["minutes"] == 1441


def test_a_day_of_somebody_else_does_not_matter(suzuki: Person, tanaka: Person) -> None:
    log(tanaka, replace(BOOK, sessions=((date(2026, 11, 18), 24 * 60),)))
    assert log(suzuki).person == suzuki


def test_the_database_refuses_a_session_of_nothing_and_of_25_hours(suzuki: Person) -> None:
    activity = log(suzuki)
    for minutes in (0, 1441):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivitySession.objects.create(activity=activity, on=date(2026, 11, 1), minutes=minutes)


@pytest.fixture
def course(db: None) -> Course:
    return Course.objects.create(
        title="要員計画の基礎",
        provider="みらいアカデミー",
        minutes=60,
        form="online",
        accredited_from=date(2026, 10, 1),
        accredited_until=date(2026, 10, 31),
    )


def test_a_course_counts_as_accredited_on_the_day_only(suzuki: Person, course: Course) -> None:
    draft = replace(BOOK, category="A", topic="", course=course.pk, sessions=((date(2026, 10, 1), 60),))
    assert queries.as_rules(log(suzuki, draft)).registered_course
    late = refused(suzuki, replace(draft, sessions=((date(2026, 9, 30), 60),)))
    assert late.code == "ledger.course_not_accredited"
    assert "（B）" in late.sentence("ja")


def test_a_day_outside_the_cycle_is_taken(suzuki: Person, omp: Certification) -> None:
    early = log(suzuki, replace(BOOK, sessions=((date(2024, 3, 31), 60),)))
    [line] = queries.balance(omp, TODAY).lines
    assert (line.id, line.credited, line.reason) == (queries.rules_id(early), 0, "BEFORE_CYCLE")


def test_an_amendment_keeps_both_readings_in_the_journal(suzuki: Person) -> None:
    activity = log(suzuki)
    actions.amend_activity(by="x", activity=activity, draft=replace(BOOK, title="別の本"), at=at())
    body = Body.objects.get(verb="ledger.amend_activity")
    assert (body.data["before"]["title"], body.data["after"]["title"]) == (BOOK.title, "別の本")
    assert draft_of(Activity.objects.get()).title == "別の本"


def test_an_amendment_does_not_meet_its_own_hours(suzuki: Person) -> None:
    full = replace(BOOK, sessions=((date(2026, 11, 18), 24 * 60),))
    activity = log(suzuki, full)
    assert actions.amend_activity(by="x", activity=activity, draft=full, at=at()).sessions.count() == 1


def test_a_withdrawn_line_is_gone_from_the_balance_and_stays_withdrawn(
    suzuki: Person, omp: Certification
) -> None:
    activity = log(suzuki)
    assert queries.balance(omp, TODAY).total == 1
    actions.withdraw_activity(by="x", activity=activity, at=at())
    assert queries.balance(omp, TODAY).total == 0
    with pytest.raises(Refused, match=r"ledger\.already_withdrawn"):
        actions.withdraw_activity(by="x", activity=activity, at=at())


PHOTO = TakenFile("ab" * 32, "jpeg", 1200, 1, "参加票.jpg")


def test_the_same_file_is_attached_once_and_again_after_it_was_removed(suzuki: Person) -> None:
    activity = log(suzuki)
    evidence = actions.attach_evidence(by="x", activity=activity, taken=PHOTO, at=at())
    with pytest.raises(Refused, match=r"ledger\.same_file_again"):
        actions.attach_evidence(by="x", activity=activity, taken=PHOTO, at=at())
    actions.remove_evidence(by="x", evidence=evidence, at=at())
    actions.attach_evidence(by="x", activity=activity, taken=PHOTO, at=at())
    assert Evidence.objects.filter(removed_at=None).count() == 1


def freeze(omp: Certification, day: date = date(2027, 1, 10)) -> Claim:
    return actions.freeze_claim(by="x", certification=omp, term=omp.terms.get(), on=day, at=at(day))


def test_a_claim_keeps_lines_edition_and_balance_and_there_is_one(suzuki: Person, omp: Certification) -> None:
    activity = log(suzuki)
    claim = freeze(omp)
    assert freeze(omp, date(2027, 1, 11)) == claim
    assert (claim.filed_on, claim.edition) == (date(2027, 1, 10), "conken:cpd-2026-01+manual-2019-10")
    assert [(line["id"], line["claimed"], line["credited"]) for line in claim.lines] == [
        (str(activity.id), "1.0", "1.0")
    ]
    assert claim.balance == {
        "total": "1.0",
        "required": "30.0",
        "by_category": {"A": "0.0", "B": "0.0", "C": "1.0", "D": "0.0"},
        "unmet": [],
    }


def test_what_was_claimed_is_not_changed_any_more(suzuki: Person, omp: Certification) -> None:
    activity = log(suzuki)
    freeze(omp)
    for act in (
        lambda: actions.amend_activity(by="x", activity=activity, draft=BOOK, at=at()),
        lambda: actions.withdraw_activity(by="x", activity=activity, at=at()),
    ):
        with pytest.raises(Refused, match=r"ledger\.already_claimed"):
            act()
    later = log(suzuki, replace(BOOK, title="申請の後の本"))
    assert actions.withdraw_activity(by="x", activity=later, at=at()).withdrawn_at


def test_the_database_refuses_to_change_or_delete_a_claim(suzuki: Person, omp: Certification) -> None:
    log(suzuki)
    claim = freeze(omp)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(balance={})
    with pytest.raises(ProgrammingError), transaction.atomic():
        claim.delete()


def test_a_line_after_the_filing_counts_for_no_cycle(suzuki: Person, omp: Certification) -> None:
    log(suzuki)
    freeze(omp)
    day = date(2027, 2, 1)
    draft = replace(BOOK, sessions=((day, 60),))
    actions.log_activity(by="x", person=suzuki, draft=draft, at=at(day))
    lines = queries.balance(omp, day).lines
    assert sorted((line.reason, line.credited) for line in lines) == [("AFTER_SUBMISSION", 0), ("OK", 1)]
