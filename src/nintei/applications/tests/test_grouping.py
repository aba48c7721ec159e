"""A group: the organisation drafts, each person agrees, and only what was agreed is seen."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nintei.applications import actions
from nintei.applications.models import Application, Consent, Invitation, Organisation, Roster
from nintei.applications.queries import group as groups
from nintei.applications.rosterfile import MOST_ROWS, read
from nintei.applications.tests.conftest import TODAY, at
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.shared.refusals import Refused

CODES = frozenset({"CAP", "OMP"})
HEAD = "氏名,フリガナ,メール,資格,合格者番号\r\n"
FIVE = HEAD + "".join(f"社員 {n},シャイン,p{n}@example.jp,OMP,202400000{n}\r\n" for n in range(5))


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def sakura(tanaka: Person) -> Organisation:
    return actions.found_organisation(
        by="system", name="さくらコンタクト", contact=tanaka, on=TODAY, at=at(TODAY)
    )


def drop(actor: Person, organisation: Organisation, text: str = FIVE) -> Roster:
    told: dict[str, Any] = {"data": text.encode("cp932"), "name": "名簿.csv", "on": TODAY, "at": at(TODAY)}
    return actions.drop_roster(actor=actor, organisation=organisation, **told)


def take_in(actor: Person, roster: Roster, partial: bool = False) -> list[Invitation]:
    return actions.import_roster(actor=actor, roster=roster, partial=partial, on=TODAY, at=at(TODAY))


@pytest.fixture
def invited(tanaka: Person, sakura: Organisation) -> Invitation:
    return take_in(tanaka, drop(tanaka, sakura))[0]


def join(person: Person, invitation: Invitation, *scopes: str) -> Application:
    return actions.join(actor=person, invitation=invitation, scopes=scopes, on=TODAY, at=at(TODAY))


def seen(organisation: Organisation) -> tuple[str, str, str]:
    first = groups.seen_by(organisation)[0]
    return first.invitation.state, first.progress, first.outcome


def test_a_roster_is_looked_at_before_anybody_is_written_to(tanaka: Person, sakura: Organisation) -> None:
    roster = drop(tanaka, sakura)
    view = groups.roster_view(sakura, roster.pk, TODAY)
    assert view
    assert (view.new, view.known, view.reading.faults) == (5, 0, ())
    assert (Invitation.objects.count(), Letter.objects.count()) == (0, 0)
    assert len(take_in(tanaka, roster)) == 5
    assert Letter.objects.count() == 5


def test_the_same_roster_again_invites_nobody_again(tanaka: Person, sakura: Organisation) -> None:
    take_in(tanaka, drop(tanaka, sakura))
    assert take_in(tanaka, drop(tanaka, sakura)) == []
    longer = FIVE + "社員 6,シャイン,p6@example.jp,OMP,\r\n"
    assert [each.email for each in take_in(tanaka, drop(tanaka, sakura, longer))] == ["p6@example.jp"]
    assert (Roster.objects.count(), Letter.objects.count()) == (2, 6)


def test_one_fault_and_nobody_is_invited_unless_told_otherwise(tanaka: Person, sakura: Organisation) -> None:
    roster = drop(tanaka, sakura, FIVE + ",シャイン,p7@example,SV,\r\n")
    with pytest.raises(Refused, match=r"applications\.roster_has_faults") as refused:
        take_in(tanaka, roster)
    faults: Any = refused.value.data["faults"]
    assert [(fault.line, fault.column) for fault in faults] == [(7, "氏名"), (7, "メール"), (7, "資格")]
    assert Invitation.objects.count() == 0
    assert len(take_in(tanaka, roster, partial=True)) == 5


def test_faults_name_their_row_and_column() -> None:
    twice = FIVE + "社員 0,シャイン,P0@example.jp,omp,\r\n"
    assert [(f.line, f.column) for f in read(twice.encode(), CODES).faults] == [(7, "メール")]
    assert [f.column for f in read("氏名,資格\r\nx,OMP".encode(), CODES).faults] == ["フリガナ", "メール"]
    assert [len(read(bad, CODES).faults) for bad in (b"", b"\xff\xfe\x00\x81")] == [1, 1]
    many = HEAD + "".join(f"x,ア,q{n}@example.jp,OMP,\r\n" for n in range(MOST_ROWS + 1))
    assert [f.line for f in read(many.encode(), CODES).faults] == [MOST_ROWS + 2]


def test_an_excel_file_says_the_same_as_a_csv() -> None:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for line in FIVE.splitlines():
        book.active.append(line.split(","))
    book.save(out)
    assert read(out.getvalue(), CODES) == read(FIVE.encode(), CODES)
    assert len(read(out.getvalue()[:200], CODES).faults) == 1


def test_nothing_is_seen_before_the_person_agrees(
    invited: Invitation, sato: Person, sakura: Organisation
) -> None:
    assert seen(sakura) == ("invited", "", "")
    draft = join(sato, invited)
    assert (draft.person, draft.state, draft.qualification) == (sato, "draft", "OMP")
    assert seen(sakura) == ("joined", "", "")
    actions.agree(actor=sato, invitation=invited, scopes=["progress"], at=at(TODAY))
    assert seen(sakura) == ("joined", "下書き", "")


def test_consent_is_taken_back_and_every_change_is_kept(
    invited: Invitation, sato: Person, sakura: Organisation
) -> None:
    join(sato, invited, "progress", "outcome")
    actions.agree(actor=sato, invitation=invited, scopes=[], at=at(TODAY))
    actions.agree(actor=sato, invitation=invited, scopes=[], at=at(TODAY))
    assert seen(sakura) == ("joined", "", "")
    assert list(Consent.objects.values_list("scope", "given")) == [
        ("progress", True), ("outcome", True), ("progress", False), ("outcome", False),
    ]  # fmt: skip
    assert Body.objects.filter(subject=sato.by, verb="applications.consent").count() == 4


@pytest.mark.parametrize(
    ("scopes", "progress", "outcome"),
    [
        ((), "", ""),
        (("progress",), "over", ""),
        (("outcome",), "", "不認定"),
        (("progress", "outcome"), "over", "不認定"),
    ],
)
def test_the_outcome_is_not_read_off_the_progress(
    invited: Invitation, sakura: Organisation, recommended: Application, kato: Person,
    scopes: tuple[str, ...], progress: str, outcome: str,
) -> None:  # fmt: skip
    from nintei.applications.tests.conftest import decide

    join(recommended.person, invited, *scopes)
    decide(recommended, kato, "refused", reasons={"experience": "理由"})
    assert seen(sakura) == ("joined", progress, outcome)


def test_who_declines_is_only_known_to_have_declined(
    invited: Invitation, sato: Person, tanaka: Person, sakura: Organisation
) -> None:
    actions.decline(actor=sato, invitation=invited, at=at(TODAY))
    assert seen(sakura) == ("declined", "", "")
    with pytest.raises(Refused, match=r"applications\.invitation_taken"):
        join(tanaka, invited)
    assert join(sato, invited).state == "draft"


def test_an_invitation_is_one_persons(invited: Invitation, sato: Person, tanaka: Person) -> None:
    draft = join(sato, invited)
    assert join(sato, invited) == draft
    with pytest.raises(Refused, match=r"applications\.invitation_taken"):
        actions.agree(actor=tanaka, invitation=invited, scopes=["outcome"], at=at(TODAY))
    with pytest.raises(Refused, match=r"applications\.invitation_taken"):
        actions.decline(actor=sato, invitation=invited, at=at(TODAY))


def test_only_the_contact_acts_and_only_while_entrusted(
    sakura: Organisation, tanaka: Person, sato: Person
) -> None:
    with pytest.raises(Refused, match=r"applications\.not_a_contact"):
        drop(sato, sakura)
    assert groups.organisation_of(sato, sakura.pk, TODAY) is None
    assert groups.organisation_of(tanaka, sakura.pk, TODAY) == sakura
    grant = sakura.contacts.get()
    actions.end_contact(by="system", grant=grant, on=TODAY, at=at(TODAY))
    assert groups.organisations_of(tanaka, TODAY) == [sakura]
    assert groups.organisations_of(tanaka, date(2026, 11, 25)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(tanaka: Person, sakura: Organisation, rows: int) -> None:
    take_in(tanaka, drop(tanaka, sakura, "\r\n".join(FIVE.splitlines()[: rows + 1])))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(groups.seen_by(sakura)) == rows
    assert len(asked) == 2
