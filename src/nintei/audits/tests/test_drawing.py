"""A draw nobody can steer: set by two, committed before its seed, drawn once, and drawn again by a stranger."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from nintei.applications.models import Application, AuditHold
from nintei.audits import actions, queries
from nintei.audits.draw import draw as draw_from
from nintei.audits.draw import read_frame, seed_of
from nintei.audits.models import Audit, Draw, Frame, SeedWord, Ticket
from nintei.audits.tests.conftest import (
    COMMITTED_ON,
    DRAWN_ON,
    NUMBER,
    NUMBER_AT,
    SEED,
    SET_ON,
    announce,
    at,
    drawn,
    filed,
    say,
    sealed,
    set_terms,
    somebody,
)
from nintei.journal import signer
from nintei.journal.actions import checkpoint
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.shared.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(db: None) -> list[Application]:
    """Five renewals of OMP, each with one line."""
    people = [somebody(f"h{n}", f"受講 {n}郎", "ジュコウ") for n in range(5)]
    lines = (("A", 30, date(2025, 9, 1)),)
    return [filed(each, f"20230000{n:02}", lines=lines) for n, each in enumerate(people, 10)]


def refused(code: str, act: Any) -> Refused:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    assert caught.value.code == code
    assert caught.value.sentence("ja") != caught.value.sentence("en")
    return caught.value


# --- what the association sets ---------------------------------------------------------------------


def test_nothing_is_drawn_while_it_is_unset_and_the_rulebook_says_who_must_say(
    renewal: Application, ito: Person
) -> None:
    refused("audits.terms_unset", lambda: announce(ito))
    unset = queries.unset(COMMITTED_ON)
    assert [each.key for each in unset] == [
        "audit_rate", "audit_risk", "audit_leaving", "audit_response_days", "evidence_retention_months",
        "appeal_days",
    ]  # fmt: skip
    assert {each.owner.ja for each in unset} == {"一般社団法人 日本コンタクトセンター教育検定協会"}
    assert Frame.objects.count() == 0


def test_one_person_alone_sets_nothing(board: Person, kato: Person, ito: Person) -> None:
    refused("audits.two_people", lambda: set_terms(board, board))
    refused("audits.not_entitled", lambda: set_terms(ito, kato))
    assert queries.terms_on(SET_ON) is None
    terms = set_terms(board, kato)
    assert (queries.terms_on(SET_ON), queries.terms_on(SET_ON - timedelta(days=1))) == (terms, None)
    assert queries.unset(SET_ON) == ()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(terms).objects.filter(pk=terms.pk).update(share=1)


# --- before the seed -------------------------------------------------------------------------------


def test_the_frame_is_in_the_journal_before_the_seed_exists(
    several: list[Application], terms: object, ito: Person, kato: Person
) -> None:
    draw = announce(ito)
    body = Body.objects.get(leaf_id=draw.leaf)
    assert body.data["frame"] == hashlib.sha256(draw.frame.text.encode()).hexdigest()
    assert (body.day, body.data["seed_on"]) == (COMMITTED_ON, DRAWN_ON.isoformat())
    refused("audits.no_checkpoint", lambda: say(draw, ito))
    sealed(draw)
    refused("audits.number_not_yet", lambda: say(draw, ito, hour=15))
    signed = queries.checkpoint_of(draw)
    assert signed is not None
    assert draw.leaf < signed.size
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(drawn_at=at(DRAWN_ON))


@pytest.mark.parametrize(
    "seed",
    [
        replace(SEED, on=COMMITTED_ON),
        replace(SEED, number_at=at(COMMITTED_ON, 9)),
        replace(SEED, on=DRAWN_ON + timedelta(days=1)),
    ],
)
def test_a_seed_that_could_be_known_is_refused(
    several: list[Application], terms: object, ito: Person, seed: Any
) -> None:
    refused("audits.seed_too_soon", lambda: announce(ito, seed=seed))


def test_a_frame_waits_for_the_end_of_its_window(
    several: list[Application], terms: object, ito: Person
) -> None:
    refused("audits.window_open", lambda: announce(ito, to_on=COMMITTED_ON))
    refused("audits.nobody_filed", lambda: announce(ito, to_on=date(2027, 1, 14)))


def test_a_signature_after_the_number_is_no_seed(
    several: list[Application], terms: object, ito: Person, kato: Person
) -> None:
    """And the draw that cannot be made any more may be announced again, with its reason."""
    draw = announce(ito)
    again: dict[str, Any] = {"frame": draw.frame, "on": DRAWN_ON, "at": at(DRAWN_ON, 17)}
    later = replace(SEED, on=DRAWN_ON + timedelta(days=1), number_at=NUMBER_AT + timedelta(days=1))
    refused("audits.draw_waits", lambda: actions.announce_again(
        actor=ito, reason="署名なし", seed=later, frame=draw.frame, on=DRAWN_ON, at=at(DRAWN_ON, 1)
    ))  # fmt: skip
    assert actions.seal(by="system", draw=draw, on=DRAWN_ON, at=at(DRAWN_ON, 16)) is None
    checkpoint(at=at(DRAWN_ON, 16))
    refused("audits.no_checkpoint", lambda: say(draw, ito))
    second = actions.announce_again(actor=ito, reason="署名がなかった", seed=later, **again)
    assert (second.ordinal, second.reason, second.frame_id) == (2, "署名がなかった", draw.frame_id)


def test_the_first_signature_of_the_day_counts_and_no_later_one(
    several: list[Application], terms: object, ito: Person, kato: Person
) -> None:
    draw = announce(ito)
    first = checkpoint(at=at(DRAWN_ON, 1))

    second = actions.seal(by="system", draw=draw, on=DRAWN_ON, at=at(DRAWN_ON, 2))
    assert second == first == queries.checkpoint_of(draw)


def test_the_worker_asks_once_and_only_the_signer_signs(
    several: list[Application], terms: object, ito: Person
) -> None:
    draw = announce(ito)
    checkpoint(at=at(COMMITTED_ON))
    assert signer.is_awaited() is False
    for _ in range(3):
        assert actions.seal_due(by="system", on=DRAWN_ON, at=at(DRAWN_ON, 1)) == 0
    asked = Body.objects.filter(verb="audits.seal", subject=draw.reference)
    assert (asked.count(), signer.is_awaited(), queries.checkpoint_of(draw)) == (1, True, None)
    signed = checkpoint(at=at(DRAWN_ON, 1))
    assert (signer.is_awaited(), queries.checkpoint_of(draw)) == (False, signed)
    assert actions.seal_due(by="system", on=DRAWN_ON, at=at(DRAWN_ON, 2)) == 1


# --- the draw --------------------------------------------------------------------------------------


def test_two_people_read_the_number_and_the_published_code_draws(
    several: list[Application], terms: object, ito: Person, kato: Person, board: Person
) -> None:
    draw = sealed(announce(ito))
    assert say(draw, ito, "2714.3") is None
    refused("audits.read_already", lambda: say(draw, ito))
    assert say(draw, kato) is None  # what they read differs: nothing is drawn
    begun = say(draw, board)
    draw.refresh_from_db()
    assert draw.checkpoint is not None
    root = bytes(draw.checkpoint.root).hex()
    text = draw.frame.text
    expected = draw_from(read_frame(text), seed_of(text, [root, NUMBER]))
    assert [each.ticket.ticket for each in begun] == [each.ticket for each in expected]
    assert len(begun) == 2  # 40 % of five
    assert queries.faults(draw) == ()
    assert SeedWord.objects.count() == 3


def test_whoever_is_drawn_is_told_once_with_the_last_day(
    several: list[Application], terms: object, ito: Person, kato: Person
) -> None:
    begun = drawn(announce(ito), ito, kato)
    letters = Letter.objects.filter(template="audits/letters/asked.txt")
    assert {letter.to_person for letter in letters} == {each.person for each in begun}
    assert {each.due_on for each in begun} == {date(2027, 3, 23)}
    assert "2027年3月23日" in letters[0].body
    held = AuditHold.objects.values_list("application", "outcome")
    drawn_rows = {each.application_id for each in begun}
    assert set(held) == {(row.pk, "" if row.pk in drawn_rows else "not_drawn") for row in several}


def test_a_draw_is_never_made_again(
    several: list[Application], terms: object, ito: Person, kato: Person, board: Person
) -> None:
    draw = announce(ito)
    drawn(draw, ito, kato)
    before = list(Audit.objects.values_list("ticket", flat=True))
    refused("audits.drawn_already", lambda: say(draw, board))
    refused("audits.frame_overlaps", lambda: announce(ito))
    refused("audits.frame_overlaps", lambda: announce(ito, from_on=date(2026, 12, 31)))
    for change in ({"seed": "0" * 64}, {"drawn_at": None}, {"number": "1"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Draw.objects.filter(pk=draw.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Ticket.objects.create(
            frame=draw.frame, ticket="again", salt="", application=several[0], stratum="OMP"
        )
    assert list(Audit.objects.values_list("ticket", flat=True)) == before


def test_another_draw_has_its_reason_adds_and_takes_nobody_away(
    several: list[Application], terms: object, ito: Person, kato: Person
) -> None:
    draw = announce(ito)
    first = {each.ticket_id for each in drawn(draw, ito, kato)}
    later = replace(SEED, on=DRAWN_ON + timedelta(days=2), number_at=NUMBER_AT + timedelta(days=2))
    told: dict[str, Any] = {"actor": ito, "frame": draw.frame, "seed": later, "on": DRAWN_ON}
    refused("audits.again_why", lambda: actions.announce_again(reason=" ", at=at(DRAWN_ON, 20), **told))
    second = actions.announce_again(reason="取引所の数字が訂正された", at=at(DRAWN_ON, 20), **told)
    assert Body.objects.get(leaf_id=second.leaf).data["reason"] == "取引所の数字が訂正された"
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.create(
            frame=draw.frame, ordinal=3, seed_on=later.on, number_what="x", number_at=later.number_at,
            announced_by=ito, announced_on=DRAWN_ON, announced_at=at(DRAWN_ON), leaf=0,
        )  # fmt: skip
    day = later.on
    actions.seal(by="system", draw=second, on=day, at=at(day, 0))
    checkpoint(at=at(day, 0))
    for actor in (ito, kato):
        actions.say_number(actor=actor, draw=second, value="3", source="頁", on=day, at=at(day, 18))
    assert first <= set(Audit.objects.values_list("ticket", flat=True))
    second.refresh_from_db()
    chosen = {each.ticket for each in queries.drawn(second)}
    assert set(Audit.objects.values_list("ticket__ticket", flat=True)) >= chosen


# --- what is found out -----------------------------------------------------------------------------


def test_an_operator_who_changes_the_frame_is_found_out(
    several: list[Application], terms: object, ito: Person, kato: Person, board: Person
) -> None:
    """Even one who can switch the guards of the database off. The control: untouched, nothing is found."""
    draw = sealed(announce(ito))
    assert queries.faults(draw) == ()
    told = json.loads(draw.frame.text)
    spared = next(iter(told["strata"][0]["tickets"]))
    del told["strata"][0]["tickets"][spared]
    changed = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Frame.objects.filter(pk=draw.frame_id).update(text=changed)
    with pgtrigger.ignore("audits.Frame:append_only"):
        Frame.objects.filter(pk=draw.frame_id).update(text=changed)
    draw = queries.draw(1, 1)  # type: ignore[assignment]
    assert [each.code for each in queries.faults(draw)] == ["frame_changed", "commitment_differs"]
    say(draw, ito)
    refused("audits.frame_changed", lambda: say(draw, kato))
    digest = hashlib.sha256(changed.encode()).hexdigest()
    with pgtrigger.ignore("audits.Frame:append_only", "journal.Body:never_changed"):
        Frame.objects.filter(pk=draw.frame_id).update(sha256=digest)
        body = Body.objects.get(leaf_id=draw.leaf)
        Body.objects.filter(leaf_id=draw.leaf).update(data=body.data | {"frame": digest})
    draw = queries.draw(1, 1)  # type: ignore[assignment]
    assert [each.code for each in queries.faults(draw)] == ["journal_body_differs"]


def test_an_audit_of_somebody_who_was_not_drawn_is_found_out(
    several: list[Application], terms: object, ito: Person, kato: Person
) -> None:
    draw = announce(ito)
    audit = drawn(draw, ito, kato)[0]
    other = Ticket.objects.filter(audit=None).first()
    assert other is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        Audit.objects.filter(pk=audit.pk).update(ticket=other)
    with pgtrigger.ignore("audits.Audit:whose_it_is_stays"):
        Audit.objects.filter(pk=audit.pk).update(ticket=other)
    assert [each.code for each in queries.faults(draw)] == ["not_drawn"]


def test_a_stranger_checks_the_proof_and_draws_by_the_published_files_alone(
    several: list[Application], terms: object, ito: Person, kato: Person, client: Any, tmp_path: Any
) -> None:
    """A bare Python (-I) with the three files of the public page; every forged proof is refused by name."""
    draw = announce(ito)
    drawn(draw, ito, kato)
    served = {
        "draw.py": "/audits/draw.py",
        "frame.json": "/audits/1/frame.json",
        "proof.json": "/audits/1-1/commitment.json",
    }
    for name, url in served.items():
        (tmp_path / name).write_bytes(client.get(url).content)

    def run(proof: str, *number: str) -> tuple[int, list[str]]:
        (tmp_path / "tried.json").write_text(proof, "utf-8")
        words = [sys.executable, "-I", "draw.py", "frame.json", "tried.json", *number]
        ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        return ran.returncode, (ran.stdout or ran.stderr).splitlines()

    proof = (tmp_path / "proof.json").read_text("utf-8")
    status, lines = run(proof, NUMBER)
    root = json.loads(proof)["seed"]["parts"][0]
    assert (status, lines[0]) == (0, f"committed before the root {root}")
    audited = set(Audit.objects.values_list("ticket__ticket", flat=True))
    assert (len(audited), {line.split()[1] for line in lines[3:]}) == (2, audited)
    assert run(proof) == (status, lines)
    assert run(proof, "1")[1][1:] != lines[1:]
    told = json.loads(proof)
    for path, wrong in (
        (("leaf", "data", "frame"), "0" * 64),
        (("leaf", "at"), "2027-03-01T00:00:00+09:00"),
        (("leaf", "seq"), told["leaf"]["seq"] - 1),
        (("path", 0), "00" * 32),
        (("seed", "parts", 0), "00" * 32),
        (("checkpoint", "note"), told["checkpoint"]["note"].replace("\n", "\nx", 1)),
    ):
        forged = json.loads(proof)
        *way, last = path
        place = forged
        for step in way:
            place = place[step]
        place[last] = wrong
        assert run(json.dumps(forged))[0] == 2, path


# --- strata, risks, leaving ------------------------------------------------------------------------


def test_the_frame_has_strata_and_marks_and_nobodys_name(
    several: list[Application], board: Person, kato: Person, ito: Person
) -> None:
    from decimal import Decimal

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
