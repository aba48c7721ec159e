"""Cases: papers, two persons, one effect, one letter."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from nintei.journal.queries import history
from nintei.notices.models import Letter
from nintei.people.models import FormerName, Person, Role
from nintei.people.tests.conftest import photo, somebody
from nintei.registry import actions, queries
from nintei.registry.models import Case, CaseKind, CaseState, Certification, StatusChange
from nintei.registry.signals import reissue_granted, status_changed
from nintei.registry.tests.conftest import TODAY, at, fresh, holds_omp, open_case, passed_sv, through
from nintei.shared.refusals import Refused

pytestmark = pytest.mark.usefixtures("a_day")
NOW: dict[str, Any] = {"on": TODAY, "at": at(TODAY)}


def refused(act: Any, **told: Any) -> str:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(**told)
    return str(refusal.value.code)


def test_a_holder_asks_the_desk_looks_and_another_decides(
    omp: Certification, suzuki: Person, ito: Person, kato: Person
) -> None:
    """A change of name, from the holder's page to the register, the account and the letter."""
    heard: list[tuple[str, str]] = []

    def hear(sender: object, *, kind: str, cause: str, **_: object) -> None:
        heard.append((kind, cause))

    reissue_granted.connect(hear)
    new = {"name": "高橋 美咲", "kana": "たかはし みさき", "latin": "TAKAHASHI Misaki"}
    case = open_case(suzuki, omp, CaseKind.NAME, TODAY, **new)
    assert case.state == CaseState.ASKED
    # Her own page changes nothing in the register, and she decides nothing herself.
    decide: dict[str, Any] = {"granted": True, "answer": "", **NOW}
    assert refused(actions.decide_case, actor=kato, case=case, **decide) == "registry.case_not_now"
    assert refused(actions.propose_case, actor=suzuki, case=case, **NOW) == "registry.own_case"
    actions.propose_case(actor=ito, case=case, **NOW)
    assert refused(actions.decide_case, actor=ito, case=case, **decide) == "registry.not_entitled"
    actions.decide_case(actor=kato, case=case, **decide)
    assert refused(actions.decide_case, actor=kato, case=case, **decide) == "registry.case_not_now"
    suzuki.refresh_from_db()
    assert (suzuki.name, suzuki.kana) == ("高橋 美咲", "タカハシ ミサキ")
    assert queries.registered_name(omp) == ("高橋 美咲", "タカハシ ミサキ", "TAKAHASHI Misaki")
    assert queries.registered_name(omp, at(date(2026, 11, 23))).name == "鈴木 美咲"
    former = FormerName.objects.get()
    assert (former.name, former.state, former.checked_by) == ("鈴木 美咲", "confirmed", ito)
    assert heard == [("name", case.reference)]
    assert [letter.subject for letter in Letter.objects.all()] == [
        f"{omp.number}：「氏名の変更」の手続きを行いました"
    ]
    verbs = [entry.verb for entry in history(omp.subject) if entry.verb.startswith("registry")]
    assert verbs == ["registry.certify", "registry.ask_case", "registry.propose_case", "registry.grant_case"]
    reissue_granted.disconnect(hear)


def test_what_a_case_may_not_be(omp: Certification, suzuki: Person, ito: Person, kato: Person) -> None:
    told = actions.Told(TODAY, "届がありました。")
    common: dict[str, Any] = {"certification": omp, "told": told, "papers": [photo()], **NOW}
    ask = actions.ask_case
    revoke = CaseKind.REVOKE
    tanaka = somebody("tanaka", "田中 凪", "タナカ ナギ")
    assert refused(ask, actor=tanaka, kind=CaseKind.REISSUE, **common) == "registry.not_entitled"
    assert refused(ask, actor=kato, kind=revoke, **common) == "registry.not_entitled"
    assert refused(ask, actor=suzuki, kind=revoke, **common) == "registry.not_entitled"
    # An address or an account proves nobody's identity.
    assert refused(ask, actor=suzuki, kind=CaseKind.LOSS, **common | {"papers": []}) == "registry.no_papers"
    unsaid = common | {"told": told._replace(reason=" ")}
    assert refused(ask, actor=ito, kind=revoke, **unsaid) == "registry.say_why"
    tomorrow = common | {"told": told._replace(effective_on=date(2026, 11, 25))}
    assert refused(ask, actor=ito, kind=revoke, **tomorrow) == "registry.day_to_come"
    assert refused(ask, actor=ito, kind=CaseKind.RELEASE, **common) == "registry.not_in_this_state"
    nameless = {"told": told._replace(name="高橋", kana="高橋")}
    assert refused(ask, actor=suzuki, kind=CaseKind.NAME, **common | nameless) == "registry.kana_only"
    ask(actor=ito, kind=revoke, **common)
    assert refused(ask, actor=ito, kind=revoke, **common) == "registry.case_open"
    # A registrar's own certification is somebody else's to handle.
    held = holds_omp(ito, "application:2")
    assert refused(ask, actor=ito, kind=revoke, **common | {"certification": held}) == "registry.own_case"
    assert StatusChange.objects.count() == 0


def test_one_person_in_two_roles_does_not_do_both(omp: Certification) -> None:
    """P7: by the action, and by the database where the action is gone round."""
    both = somebody("both", "両 方", "リョウ ホウ", Role.REGISTRAR, Role.DECIDER)
    case = open_case(both, omp, CaseKind.REVOKE, TODAY)
    assert (
        refused(actions.decide_case, actor=both, case=case, granted=True, answer="", **NOW)
        == "registry.two_people"
    )
    with pytest.raises(DatabaseError, match="registry_two_decide_a_case"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="granted", decided_by=both, decided_at=at(TODAY))
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="asked")
    with pytest.raises(DatabaseError), transaction.atomic():
        case.files.update(sha256="0" * 64)


def test_a_declined_case_changes_nothing_and_says_why(omp: Certification, ito: Person, kato: Person) -> None:
    case = open_case(ito, omp, CaseKind.SUSPEND, TODAY)
    decide: dict[str, Any] = {"actor": kato, "case": case, "granted": False, **NOW}
    assert refused(actions.decide_case, answer=" ", **decide) == "registry.say_why"
    actions.decide_case(answer="届の日付が違います。", **decide)
    assert StatusChange.objects.count() == 0
    letter = Letter.objects.get()
    assert letter.subject == f"{omp.number}：「停止」の手続きは行いませんでした"
    assert "届の日付が違います。" in letter.body


def test_no_paper_is_made_of_what_was_revoked(
    omp: Certification, suzuki: Person, ito: Person, kato: Person
) -> None:
    """Nor by a case that was asked before; the name in the register can still be put right."""
    heard: list[str] = []

    def hear(sender: object, *, kind: str, **_: object) -> None:
        heard.append(kind)

    reissue_granted.connect(hear)
    early = open_case(suzuki, omp, CaseKind.LOSS, TODAY)
    actions.propose_case(actor=ito, case=early, **NOW)
    through(ito, kato, omp, CaseKind.REVOKE, TODAY)
    grant: dict[str, Any] = {"actor": kato, "granted": True, "answer": "", **NOW}
    assert refused(actions.decide_case, case=early, **grant) == "registry.no_paper_now"
    assert (
        refused(open_case, actor=suzuki, held=omp, kind=CaseKind.REISSUE, day=TODAY)
        == "registry.no_paper_now"
    )
    through(ito, kato, omp, CaseKind.NAME, TODAY, name="高橋 美咲", kana="たかはし みさき")
    assert (queries.registered_name(fresh(suzuki)).name, heard) == ("高橋 美咲", [])
    through(ito, kato, omp, CaseKind.REINSTATE, TODAY)
    actions.decide_case(case=early, **grant)
    assert heard == ["loss"]
    reissue_granted.disconnect(hear)


def test_a_death_ends_what_was_shown_and_writes_to_nobody(
    omp: Certification, suzuki: Person, ito: Person, kato: Person
) -> None:
    sv = passed_sv(suzuki)
    employer = actions.enter_employer(actor=ito, name="さくらコンタクト", on=TODAY, at=at(TODAY)).employer
    for subject in (omp, sv):
        actions.consent(by=suzuki.by, subject=subject, fields=frozenset({"name"}), at=at(TODAY))
        actions.share_with(by=suzuki.by, subject=subject, employer=employer, at=at(TODAY))
    assert ([queries.shown(each) for each in (omp, sv)], len(queries.look(employer, TODAY))) == (
        [{"name"}] * 2,
        2,
    )
    through(ito, kato, omp, CaseKind.DEATH, TODAY)
    assert [queries.shown(each) for each in (omp, sv)] == [frozenset()] * 2
    assert (queries.look(employer, TODAY), Letter.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_revocation_sent_twice_at_once_has_one_effect(a_day: None) -> None:
    """Two deciders on one case, and a case beside the decision of another room: one change, one piece of news."""
    held = holds_omp(somebody("suzuki", "鈴木 美咲", "スズキ ミサキ"))
    ito = somebody("ito", "伊藤 結", "イトウ ユイ", Role.REGISTRAR)
    deciders = [somebody(who, "加藤 修", "カトウ オサム", Role.DECIDER) for who in ("kato", "ono")]
    case = open_case(ito, held, CaseKind.REVOKE, TODAY)
    news: list[object] = []

    def hear(sender: object, **told: object) -> None:
        news.append(told["certification"])

    status_changed.connect(hear)
    told: list[str] = []
    gate = threading.Barrier(3)

    def run(act: Any, **what: Any) -> None:
        gate.wait(10)
        try:
            act(**what)
            told.append("done")
        except Refused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(
            target=run, args=(actions.decide_case,),
            kwargs={"actor": each, "case": case, "granted": True, "answer": "", **NOW},
        )
        for each in deciders
    ]  # fmt: skip
    decision = {"by": "k", "certification": held, "on": TODAY, "cause": "application:7", "at": at(TODAY)}
    threads.append(threading.Thread(target=run, args=(actions.revoke,), kwargs=decision))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    status_changed.disconnect(hear)
    assert told.count("done") == 1
    assert (StatusChange.objects.count(), len(news), fresh(held.person).footing) == (1, 1, "revoked")
