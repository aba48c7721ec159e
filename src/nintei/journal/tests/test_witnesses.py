"""Witnesses: they sign growth and nothing else; the journal publishes what they signed and tells what they did not."""

import base64
import io
import re
import threading
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, transaction
from django.test import Client

from nintei.journal import keys, notes, proofs, queries, signer
from nintei.journal.cosigning import cosign
from nintei.journal.models import Checkpoint, Cosignature
from nintei.journal.signer import sign
from nintei.journal.tests.world import NOON, lose, past_the_guard, write
from nintei.journal.tiles import Tiles
from nintei.journal.witness import Answer, Witness, door, request_for
from nintei.people.models import Person, Role, RoleGrant
from nintei.site.keeping import doctor

SECOND = 1_800_000_000
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def witness(tmp_path):
    write(5)
    sign(NOON)
    return Witness("witness.example", Ed25519PrivateKey.generate(), keys.public_keys(), tmp_path / "witness")


def key_of(witness):
    return notes.Key(witness.name, witness.key.public_key().public_bytes_raw(), notes.COSIGNATURE)


def growth(old):
    size = Checkpoint.objects.latest("size").size
    node = lambda level, index: Tiles(signer.folder()).node(level, index, size)  # noqa: E731
    return proofs.consistency(old, size, node)


def test_a_witness_signs_what_grew(witness):
    first = signer.published()
    said = witness.add(request_for(0, [], first), SECOND)
    assert said.status == 200
    assert notes.cosigned_at(first + said.text, key_of(witness)) == SECOND
    write(4)
    sign(NOON)
    assert witness.add(request_for(5, growth(5), signer.published()), 1_800_000_001).status == 200
    assert witness.add(request_for(9, [], signer.published()), 1_800_000_002).status == 200


def test_a_witness_says_which_size_it_knows_and_refuses_what_did_not_grow(witness):
    note = signer.published()
    assert witness.add(request_for(3, [], note), 1) == Answer(409, "0\n")
    assert witness.add(request_for(0, [], note), 1).status == 200
    write(4)
    sign(NOON)
    later = signer.published()
    assert witness.add(request_for(0, [], later), 1) == Answer(409, "5\n")
    assert Answer(409, "5\n").kind == "text/x.tlog.size"
    assert witness.add(request_for(5, growth(5)[1:], later), 1).status == 422
    assert witness.add(request_for(9, [], note), 1).status == 400
    assert witness.add("nonsense", 1).status == 400
    assert witness.add(request_for(5, growth(5), later.replace("nintei.example.jp", "x")), 1).status == 404


def test_a_witness_does_not_sign_two_stories(witness):
    assert witness.add(request_for(0, [], signer.published()), 1).status == 200
    forged = notes.sign(
        notes.Statement(keys.public_keys()[0].name, 5, b"\x01" * 32),
        keys.public_keys()[0].name,
        keys.journal_key(make=False),
    )
    assert witness.add(request_for(5, [], forged), 1) == Answer(409, "two roots for one size\n")
    stranger = notes.sign(
        notes.Statement(keys.public_keys()[0].name, 5, b"\x01" * 32),
        keys.public_keys()[0].name,
        Ed25519PrivateKey.generate(),
    )
    assert witness.add(request_for(5, [], stranger), 1).status == 403


@contextmanager
def served(answering):
    """A witness that can be reached; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Nonsense(BaseHTTPRequestHandler):
    """Somebody who answers anything with bytes that mean nothing."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n\xff\xfe\n\n\xe2\x80\x94 witness.example AAAA\nmore")

    def log_message(self, *said):
        pass


def states(at=NOON):
    return [each.state for each in queries.stands(Checkpoint.objects.latest("size"), at)]


def test_several_witnesses_are_asked_and_their_lines_kept_shown_and_proven(witness, settings, tmp_path):
    other = Witness("other.example", Ed25519PrivateKey.generate(), keys.public_keys(), tmp_path / "other")
    clock = lambda: SECOND  # noqa: E731
    with served(door(witness, clock)) as one, served(door(other, clock)) as two, served(Nonsense) as three:
        third = notes.Key("third.example", b"\x07" * 32, notes.COSIGNATURE)
        settings.JOURNAL_WITNESSES = f"{key_of(witness)} {one}, {key_of(other)} {two}, {third} {three}"
        assert [said.partition(":")[0] for said in cosign(NOON)] == ["third.example"]
        assert [said.partition(":")[0] for said in cosign(NOON)] == ["third.example"]
        assert states() == ["signed", "signed", "refuses"]
        write(4)
        first, again = sign(NOON), sign(NOON)
        assert (first, states()) == (again, ["waiting", "waiting", "refuses"])
        cosign(NOON)
    note = signer.published()
    assert [line.split()[1] for line in note.splitlines()[5:]] == ["witness.example", "other.example"]
    assert [notes.cosigned_at(note, key_of(each)) for each in (witness, other)] == [SECOND] * 2
    sign(NOON)  # nothing came: the same checkpoint is published again, and keeps its lines
    assert signer.published() == note
    assert notes.cosigned_at(signer.proof(0).note, key_of(other)) == SECOND
    seen = [(name, datetime.fromtimestamp(SECOND, UTC)) for name in ("witness.example", "other.example")]
    assert queries.seen_by([5, 9]) == {5: seen, 9: seen}
    with pytest.raises(DatabaseError), transaction.atomic():
        Cosignature.objects.update(line="")


def test_the_page_shows_who_cosigned_what_and_what_it_says_to_run_runs(witness, settings):
    with served(door(witness, lambda: SECOND)) as address:
        settings.JOURNAL_WITNESSES = f"{key_of(witness)} {address}"
        assert cosign(NOON) == []
    page = unescape(Client().get("/en/journal/").content.decode())
    assert page.count("witness.example 2027-01-15") == 0
    assert ("Cosigned the tree of 5 records" in page, "To become a witness" in page) == (True, True)
    (code,) = [
        each for each in re.findall(r"<code>(.*?)</code>", page, re.DOTALL) if "cosignature/v1" in each
    ]
    fetched = lambda _address: io.BytesIO(signer.published().encode())  # noqa: E731  (the network)
    told = io.StringIO()
    with redirect_stdout(told):
        exec(code.replace("from urllib.request import urlopen\n", ""), {"urlopen": fetched})
    assert told.getvalue() == f"witness.example {SECOND}\n"


def test_a_witness_that_is_away_is_told_after_three_hours_and_one_that_saw_another_tree_at_once(
    witness, settings
):
    kato = Person.objects.create_user("kato@example.jp", name="加藤")
    RoleGrant.objects.create(person=kato, role=Role.DECIDER, from_on=NOON.date() - timedelta(days=900))
    office = Client()
    office.force_login(kato)
    with served(door(witness, lambda: SECOND)) as address:
        settings.JOURNAL_WITNESSES = f"{key_of(witness)} {address}"
        cosign(NOON)
        write(2)
        sign(NOON)
        cosign(NOON)
    write(1)
    sign(NOON)
    away = NOON - timedelta(days=3)
    assert len(cosign(away)) == 1  # nobody is there any more
    assert (states(away), states(away + timedelta(hours=4))) == (["waiting"], ["behind"])
    assert "しばらく答えていません" in office.get("/office/journal").content.decode()
    # An old backup, and the anchor with it: what the witness has seen is the only thing left that knows.
    lose(3)
    for place in (signer.anchor(), signer.folder() / "checkpoint"):
        place.unlink()
    past_the_guard("DELETE FROM journal_cosignature; DELETE FROM journal_checkpoint")
    write(1)
    sign(NOON)
    with served(door(witness, lambda: SECOND)) as address:
        settings.JOURNAL_WITNESSES = f"{key_of(witness)} {address}"
        assert len(cosign(NOON)) == 1
    assert states() == ["disagrees"]
    assert "この木を認めていません" in office.get("/office/journal").content.decode()
    assert "witness_disagrees" in {each.code for each in doctor.examine(NOON)}
    assert base64.b64encode(bytes(Checkpoint.objects.get().root)).decode() in signer.published()
