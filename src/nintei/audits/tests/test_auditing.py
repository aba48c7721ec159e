"""One audit: answered line by line, checked by one, decided by another; struck and reckoned again, never subtracted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.applications import actions as applications
from nintei.applications import queries as renewals
from nintei.applications.models import Application
from nintei.applications.tests.renewing import review
from nintei.audits import actions, queries
from nintei.audits.actions import MarkSaid
from nintei.audits.models import Audit, LineMark, Plea, PleaKind, Proposal, Ruling, Terms, Verdict
from nintei.audits.tests.conftest import (
    DRAWN_ON,
    FULL,
    announce,
    answer_all,
    at,
    checked,
    drawn,
    filed,
    mark,
    paper,
    propose,
    rule,
    take,
)
from nintei.audits.tests.test_drawing import refused
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.registry.models import Term
from tests.kept import kept

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 23)


@pytest.fixture
@kept
def answered(audit: Audit) -> Audit:
    return answer_all(audit)


def again(audit: Audit) -> Audit:
    return Audit.objects.select_related("application").get(pk=audit.pk)


def line(audit: Audit, ordinal: int) -> Any:
    return next(each for each in queries.lines(audit) if each.ordinal == ordinal)


def answer(audit: Audit, ordinal: int, on: date = DRAWN_ON, **more: Any) -> None:
    told: dict[str, Any] = {"words": "", "as_other": False, "nothing": False, "files": []} | more
    actions.answer_line(actor=audit.person, line=line(audit, ordinal), on=on, at=at(on, 12), **told)


# --- the holder ------------------------------------------------------------------------------------


def test_every_line_is_answered_and_then_sent_once(audit: Audit) -> None:
    assert [(each.ordinal, each.told["category"]) for each in queries.lines(audit)] == [
        (1, "A"), (2, "D"), (3, "D"),
    ]  # fmt: skip
    send: dict[str, Any] = {
        "actor": audit.person,
        "audit": audit,
        "version": None,
        "on": DRAWN_ON,
        "at": at(DRAWN_ON),
    }
    assert refused("audits.lines_left", lambda: actions.send(**send)).data == {"n": 3}
    refused("audits.answer_empty", lambda: answer(audit, 1))
    for ordinal in (1, 2):
        answer(audit, ordinal, nothing=True)
    answer(audit, 3, words="社内研修の講師をしました。")
    assert actions.send(**send).state == "answered"
    refused("audits.not_now", lambda: actions.send(**send))
    refused("audits.not_now", lambda: answer(audit, 1, nothing=True))


def test_nobody_answers_for_somebody_else(audit: Audit, tanaka: Person) -> None:
    told: dict[str, Any] = {"words": "x", "as_other": False, "nothing": False, "files": []}
    refused("audits.not_yours", lambda: actions.answer_line(
        actor=tanaka, line=line(audit, 1), on=DRAWN_ON, at=at(DRAWN_ON), **told
    ))  # fmt: skip
    assert (queries.own(tanaka, audit.pk), queries.own(audit.person, audit.pk)) == (None, audit)


def test_answers_are_due_at_the_end_of_the_last_day_in_japan(audit: Audit, ito: Person) -> None:
    answer(audit, 1, on=DUE, nothing=True)
    late = DUE + timedelta(days=1)
    refused("audits.too_late", lambda: answer(audit, 2, on=late, nothing=True))
    refused("audits.still_time", lambda: take(audit, ito, DUE))
    assert take(audit, ito, late).state == "checking"


def test_documents_are_attached_once_and_can_be_taken_back(
    audit: Audit, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path
    answer(audit, 1, files=[paper(), paper("同じ.png")])
    answer(audit, 1, files=[paper()])
    found = line(audit, 1)
    assert [len(each) for each in queries.papers([found]).values()] == [1]
    file = found.files.get()
    assert queries.own_file(audit.person, file.pk) == file
    for _ in range(2):
        actions.remove_file(actor=audit.person, file=file, on=DRAWN_ON, at=at(DRAWN_ON))
    assert queries.papers([line(audit, 1)]) == {1: []}


def test_reminders_leave_seven_days_and_one_day_before_once_each(audit: Audit) -> None:
    days = (DUE - timedelta(days=8), DUE - timedelta(days=7), DUE - timedelta(days=1), DUE)
    for on in days:
        for _ in range(2):
            actions.remind_due(by="system", on=on, at=at(on))
    assert Letter.objects.filter(template="audits/letters/reminder.txt").count() == 2


def test_more_time_is_asked_for_and_granted_up_to_what_is_set(audit: Audit, ito: Person) -> None:
    ask: dict[str, Any] = {"actor": audit.person, "audit": audit, "kind": PleaKind.EXTENSION, "about": None}
    ask |= {"words": "入院のため", "on": DRAWN_ON, "at": at(DRAWN_ON)}
    refused("audits.plea_day", lambda: actions.plead(until_on=DUE, **ask))
    plea = actions.plead(until_on=date(2027, 4, 30), **ask)
    refused("audits.plea_open", lambda: actions.plead(until_on=date(2027, 4, 30), **ask))
    tell: dict[str, Any] = {"actor": ito, "plea": plea, "words": "", "on": DRAWN_ON, "at": at(DRAWN_ON)}
    refused("audits.extension_day", lambda: actions.answer_plea(granted=True, until_on=None, **tell))
    actions.answer_plea(granted=True, until_on=date(2027, 4, 6), **tell)
    assert again(audit).due_on == date(2027, 4, 6)
    refused("audits.plea_answered", lambda: actions.answer_plea(granted=True, until_on=DUE, **tell))
    answer(audit, 1, on=date(2027, 4, 6), nothing=True)


def test_an_exemption_takes_two_people(answered: Audit, ito: Person, kato: Person) -> None:
    plea = actions.plead(
        actor=answered.person, audit=answered, kind=PleaKind.EXEMPTION, words="災害で書類をなくした",
        until_on=None, about=None, on=DRAWN_ON, at=at(DRAWN_ON),
    )  # fmt: skip
    refused("audits.exemption_by_two", lambda: actions.answer_plea(
        actor=ito, plea=plea, granted=True, until_on=None, words="", on=DRAWN_ON, at=at(DRAWN_ON)
    ))  # fmt: skip
    take(answered, ito)
    propose(answered, ito, "exempt", "り災証明を確かめた")
    rule(answered, kato)
    assert Plea.objects.get(pk=plea.pk).granted is True
    assert renewals.audit_hold(answered.application) is None
    verdict = renewals.verdict(again(answered).application, DRAWN_ON)
    assert [part.met for part in verdict.parts] == [True, True, True]


# --- the auditor -----------------------------------------------------------------------------------


def test_the_kernels_word_stands_beside_the_auditors(answered: Audit, ito: Person) -> None:
    take(answered, ito)
    said: dict[str, Any] = {"actor": ito, "line": line(answered, 2), "on": DRAWN_ON, "at": at(DRAWN_ON)}
    unclear = MarkSaid("accepted", shows=FULL["D"], clear=False)
    refused("audits.accept_says_why", lambda: actions.mark_line(said=unclear, **said))
    refused("audits.mark_says_why", lambda: actions.mark_line(
        said=MarkSaid("struck", reason="no_proof"), **said
    ))  # fmt: skip
    refused("audits.unknown_reason", lambda: actions.mark_line(
        said=MarkSaid("struck", reason="unreadable", words="x"), **said
    ))  # fmt: skip
    actions.mark_line(said=MarkSaid("struck", FULL["D"], False, "detail_unclear", "内容が不明"), **said)
    actions.mark_line(said=MarkSaid("accepted", FULL["D"]), **said)
    marks = LineMark.objects.order_by("pk")
    assert [(each.verdict, each.found) for each in marks] == [
        ("struck", "REVIEW"), ("accepted", "SUFFICIENT"),
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        marks.update(verdict="struck")


def test_a_line_asked_about_again_goes_back_with_new_days_and_only_that_line(
    answered: Audit, ito: Person
) -> None:
    take(answered, ito)
    mark(answered, ito)
    refused("audits.nothing_to_ask", lambda: actions.ask_again(
        actor=ito, audit=answered, version=None, on=DRAWN_ON, at=at(DRAWN_ON)
    ))  # fmt: skip
    asked = MarkSaid("asked", reason="unreadable", words="2ページ目が暗くて読めません。")
    on = date(2027, 3, 10)
    actions.mark_line(actor=ito, line=line(answered, 3), said=asked, on=on, at=at(on))
    refused("audits.lines_unmarked", lambda: propose(answered, ito, on=on))
    actions.ask_again(actor=ito, audit=answered, version=None, on=on, at=at(on))
    row = again(answered)
    assert (row.state, row.due_on) == ("asked", date(2027, 3, 31))
    assert [each.ordinal for each in queries.open_lines(row)] == [3]
    refused("audits.line_is_settled", lambda: answer(row, 1, on=on, nothing=True))
    letter = Letter.objects.get(template="audits/letters/asked_again.txt")
    assert "2ページ目が暗くて読めません。" in letter.body


def test_who_has_a_conflict_neither_sees_nor_touches_the_file(
    answered: Audit, ito: Person, noda: Person, kato: Person
) -> None:
    assert queries.in_office(answered.pk, ito) == answered
    take(answered, ito)
    actions.declare_conflict(actor=ito, audit=answered, words="元の同僚です", on=DRAWN_ON, at=at(DRAWN_ON))
    assert queries.in_office(answered.pk, ito) is None
    assert (queries.queue(ito, DRAWN_ON), queries.queue(noda, DRAWN_ON)) == ([], [answered])
    refused("audits.conflict", lambda: mark(answered, ito))
    with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
        LineMark.objects.create(
            line=line(answered, 1), audit=answered, verdict=Verdict.ACCEPTED, found="SUFFICIENT", by=ito,
            at=at(DRAWN_ON),
        )  # fmt: skip
    assert take(answered, noda).auditor == noda
    with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
        Audit.objects.filter(pk=answered.pk).update(auditor=ito)
    with pytest.raises(DatabaseError), transaction.atomic():
        queries.conflicts(answered)[0].__class__.objects.update(lifted_by=kato, lifted_at=at(DRAWN_ON))


def test_the_holder_names_a_conflict_and_it_holds_until_another_lifts_it(
    audit: Audit, ito: Person, noda: Person
) -> None:
    plea = actions.plead(
        actor=audit.person, audit=audit, kind=PleaKind.CONFLICT, words="競合の会社の方です", until_on=None,
        about=ito, on=DRAWN_ON, at=at(DRAWN_ON),
    )  # fmt: skip
    assert queries.is_barred(audit, ito)
    tell: dict[str, Any] = {"plea": plea, "granted": False, "until_on": None, "on": DRAWN_ON}
    refused("audits.conflict", lambda: actions.answer_plea(
        actor=ito, words="違います", at=at(DRAWN_ON), **tell
    ))  # fmt: skip
    actions.answer_plea(actor=noda, words="その会社を3年前に辞めています", at=at(DRAWN_ON), **tell)
    assert not queries.is_barred(audit, ito)


# --- striking --------------------------------------------------------------------------------------


def test_one_line_struck_other_work_moves_up_and_it_is_still_renewed(
    answered: Audit, ito: Person, noda: Person, kato: Person, ueda: Person
) -> None:
    """AUR-05: of 8 and 6 hours of D in one year 5 count; without the 8 the 6 count 5. Nothing is subtracted."""
    audit = checked(answered, ito, kato, l2="no_proof")
    proposal = Proposal.objects.get()
    assert (proposal.outcome, proposal.total_before, proposal.total_after) == ("upheld", "30.0", "30.0")
    assert proposal.struck == [line(audit, 2).line]
    row = review(again(audit).application, ito, DRAWN_ON)
    decided(row, ueda)
    assert Term.objects.filter(cause=row.reference).count() == 1


def decided(row: Application, actor: Person, outcome: str = "certified", on: date = DRAWN_ON) -> Any:
    return applications.decide(
        actor=actor, application=row, version=None, outcome=outcome,
        reasons={"points": "監査で除いた行があります。"} if outcome == "refused" else {}, words="", on=on,
        at=at(on, 23),
    )  # fmt: skip


def test_points_are_lost_and_enough_remain(
    suzuki: Person, terms: Terms, ito: Person, kato: Person, ueda: Person
) -> None:
    filed(suzuki, lines=(("A", 30, date(2025, 9, 1)), ("C", 3, date(2024, 6, 1)), ("D", 2, date(2024, 8, 1))))
    audit = checked(answer_all(drawn(announce(ito), ito, kato)[0]), ito, kato, l2="no_proof")
    proposal = Proposal.objects.get()
    assert (proposal.outcome, proposal.total_before, proposal.total_after) == ("reduced", "35.0", "32.0")
    facts = renewals.facts(again(audit).application, DRAWN_ON)
    assert facts["audit"]["balance"]["total"] == "32.0"
    letter = Letter.objects.get(template="audits/letters/ruled.txt")
    for words in ("35.0", "32.0", "書類がないためです。", "2027年3月16日"):
        assert words in letter.body
    decided(review(again(audit).application, ito, DRAWN_ON), ueda)


def test_too_few_points_remain_and_the_renewal_waits_for_the_last_day_to_appeal(
    answered: Audit, ito: Person, kato: Person, ueda: Person
) -> None:
    audit = checked(answered, ito, kato, l1="no_proof")
    proposal = Proposal.objects.get()
    assert (proposal.outcome, proposal.total_after, proposal.meets) == ("refused", "5.0", False)
    row = again(audit).application
    assert renewals.audit_hold(row) is not None
    last = Ruling.objects.get().appeal_until
    assert last == date(2027, 3, 16)
    assert actions.settle_due(by="system", on=last, at=at(last)) == 0
    after = last + timedelta(days=1)
    assert [actions.settle_due(by="system", on=after, at=at(after)) for _ in range(2)] == [1, 0]
    row = review(again(audit).application, ito, after, points=("doubt", "監査"), audit=("doubt", "監査"))
    verdict = renewals.verdict(row, after)
    assert [part.met for part in verdict.parts] == [False, True, False]
    assert decided(row, ueda, "refused", after).outcome == "refused"
    assert not Term.objects.filter(cause=row.reference).exists()


def test_a_course_without_proof_counts_as_self_study_where_there_is_room(
    suzuki: Person, terms: Terms, ito: Person, kato: Person
) -> None:
    """CPD-B.7: offered to the holder with its points, accepted by the auditor, reckoned by the kernel."""
    filed(suzuki, lines=(("A", 26, date(2025, 9, 1)), ("B", 5, date(2024, 6, 1)), ("C", 3, date(2024, 8, 1))))
    audit = drawn(announce(ito), ito, kato)[0]
    offers = {each.told["category"]: queries.offer(audit, each) for each in queries.lines(audit)}
    # AMB-C9: of a course of category A without its proof the same is so.
    assert offers == {"A": ("C", 5), "B": ("C", 5), "C": None}
    b = next(each for each in queries.lines(audit) if each.told["category"] == "B")
    c = next(each for each in queries.lines(audit) if each.told["category"] == "C")
    refused("audits.no_other_category", lambda: answer(audit, c.ordinal, as_other=True))
    answer(audit, b.ordinal, as_other=True)
    take(answer_all(audit), ito)
    mark(audit, ito)
    as_c = MarkSaid("as_other", words="受講証明が発行されない研修です。")
    actions.mark_line(actor=ito, line=line(audit, b.ordinal), said=as_c, on=DRAWN_ON, at=at(DRAWN_ON, 21))
    proposal = propose(audit, ito)
    assert (proposal.total_before, proposal.total_after) == ("34.0", "31.0")
    assert (proposal.outcome, proposal.struck, proposal.as_other) == ("reduced", [], [b.line])
    rule(audit, kato)
    held = again(audit).application.audit_holds.get()
    assert held.told["balance"]["by_category"]["C"] == "5.0"


def test_suspicion_is_referred_and_the_renewal_waits(answered: Audit, ito: Person, kato: Person) -> None:
    take(answered, ito)
    mark(answered, ito)
    refused("audits.special_says_why", lambda: propose(answered, ito, "referred"))
    propose(answered, ito, "referred", "同じ受講証明書が別の方からも出ている")
    rule(answered, kato)
    row = again(answered)
    assert (row.state, renewals.audit_hold(row.application) is not None) == ("referred", True)
    take(row, ito)
    propose(row, ito)
    rule(row, kato)
    assert again(answered).state == "closed"


# --- two people, and others after an appeal --------------------------------------------------------


def test_who_proposed_does_not_rule(answered: Audit, ito: Person, kato: Person) -> None:
    from nintei.people import actions as people
    from nintei.people.models import Role

    people.grant_role(by="system", person=ito, role=Role.DECIDER, from_on=date(2024, 4, 1), at=at(DRAWN_ON))
    take(answered, ito)
    mark(answered, ito)
    proposal = propose(answered, ito)
    refused("audits.two_people", lambda: rule(answered, ito))
    with pytest.raises(DatabaseError), transaction.atomic():
        Ruling.objects.create(
            proposal=proposal, audit=answered, proposer=ito, decider=ito, agreed=True, on=DRAWN_ON,
            at=at(DRAWN_ON),
        )  # fmt: skip
    refused("audits.send_back_why", lambda: rule(answered, kato, agreed=False))
    rule(answered, kato, agreed=False, words="2行目の日付を見てください")
    assert again(answered).state == "checking"


def test_after_an_appeal_other_people_look_and_the_points_come_back(
    answered: Audit, ito: Person, noda: Person, kato: Person, ueda: Person
) -> None:
    audit = checked(answered, ito, kato, l1="no_proof")
    on = date(2027, 3, 16)
    tell: dict[str, Any] = {"actor": audit.person, "audit": audit, "words": "証明書を取り寄せました。"}
    late = on + timedelta(days=1)
    refused("audits.appeal_late", lambda: actions.appeal(on=late, at=at(late), **tell))
    actions.appeal(on=on, at=at(on), **tell)
    refused("audits.appealed_already", lambda: actions.appeal(on=on, at=at(on), **tell))
    assert actions.settle_due(by="system", on=late, at=at(late)) == 0
    answer(audit, 1, on=on, words="受講証明書です。")
    refused("audits.others_after_appeal", lambda: take(audit, ito, on))
    take(audit, noda, on)
    mark(audit, noda, on)
    told: dict[str, Any] = {"outcome": "upheld", "less": False, "meets": True, "balance": {}, "at": at(on)}
    with pytest.raises(DatabaseError, match="appealed against"), transaction.atomic():
        Proposal.objects.create(audit=audit, by=ito, on=on, **told)
    propose(audit, noda, on=on)
    refused("audits.others_after_appeal", lambda: rule(audit, kato, on=on))
    rule(audit, ueda, on=on)
    assert Plea.objects.get(kind="appeal").granted is True
    row = again(audit).application
    assert renewals.audit_hold(row) is None
    decided(review(row, ito, late), kato, on=late)
    assert Term.objects.filter(cause=row.reference).count() == 1


def test_an_appeal_after_a_reduced_renewal_was_granted_changes_no_validity(
    suzuki: Person, terms: Terms, ito: Person, noda: Person, kato: Person, ueda: Person
) -> None:
    filed(suzuki, lines=(("A", 30, date(2025, 9, 1)), ("C", 3, date(2024, 6, 1))))
    audit = checked(answer_all(drawn(announce(ito), ito, kato)[0]), ito, kato, l2="no_proof")
    decided(review(again(audit).application, noda, DRAWN_ON), ueda)
    on = date(2027, 3, 10)
    actions.appeal(actor=suzuki, audit=audit, words="証明書があります。", on=on, at=at(on))
    take(audit, noda, on)
    mark(audit, noda, on)
    propose(audit, noda, on=on)
    rule(audit, ueda, on=on)
    assert Term.objects.filter(certification__person=suzuki).count() == 2
    assert Application.objects.count() == 1
