"""The frame: its strata and marks, who leaves it by rule, and nobody's name in it."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from nintei.applications.models import Application
from nintei.audits import queries
from nintei.audits.draw import read_frame
from nintei.audits.models import Ticket
from nintei.audits.tests.conftest import announce, at, filed, set_terms, somebody
from nintei.journal.models import Body
from nintei.people.models import Person

pytestmark = pytest.mark.django_db


def test_the_frame_has_strata_and_marks_and_nobodys_name(
    several: list[Application], board: Person, kato: Person, ito: Person
) -> None:
    set_terms(board, kato, risk=Decimal(50), risk_rules=("no_file", "just_enough"))
    cap = filed(somebody("cap", "上野 花", "ウエノ ハナ"), "2023000099", qualification="CAP",
                lines=(("A", 31, date(2025, 9, 1)),))  # fmt: skip
    frame = announce(ito).frame
    strata = {each.name: each for each in read_frame(frame.text)}
    assert {name: len(each.tickets) for name, each in strata.items()} == {"OMP": 5, "CAP": 1}
    assert {each.share for each in strata.values()} == {Fraction(2, 5)}
    assert Ticket.objects.get(application=cap).marks == ["no_file"]
    assert Ticket.objects.get(application=several[0]).marks == ["no_file", "just_enough"]
    for row in [*several, cap]:
        for secret in (str(row.pk), str(row.number), row.person.name, str(row.person_id)):
            assert secret not in frame.text


def test_who_showed_everything_before_may_leave_the_frame_by_the_stated_rule(
    several: list[Application], board: Person, kato: Person, ito: Person, tmp_path: Any, settings: Any
) -> None:
    from nintei.applications import actions as applications
    from nintei.audits.tests.conftest import FILED_ON, certified, log, paper
    from nintei.ledger import actions as ledger
    from nintei.ledger.models import Activity

    settings.VAR = tmp_path
    set_terms(board, kato, leaving="with_files")
    ready = somebody("ready", "用意 良", "ヨウイ リョウ")
    certification = certified(ready, "2023000077")
    log(ready, lines=(("A", 30, date(2025, 9, 1)),))
    line = Activity.objects.get(person=ready)
    ledger.attach_evidence(by=ready.by, activity=line, taken=paper(), at=at(date(2026, 12, 1)))
    row = applications.file_renewal(person=ready, certification=certification, on=FILED_ON, at=at(FILED_ON))
    draw = announce(ito)
    ticket = Ticket.objects.get(application=row)
    assert (ticket.left_out, draw.frame.left_out) == ("with_files", 1)
    assert ticket.ticket not in draw.frame.text
    assert Body.objects.get(leaf_id=draw.leaf).data["left_out"] == 1


def test_a_holder_can_find_their_own_ticket(several: list[Application], terms: object, ito: Person) -> None:
    announce(ito)
    mine = queries.tickets_of(several[0].person)
    assert [each.application for each in mine] == [several[0]]
    digest = hashlib.sha256(bytes.fromhex(mine[0].salt) + str(several[0].pk).encode()).hexdigest()
    assert digest == mine[0].ticket
    assert digest in mine[0].frame.text
