"""Promise P4: nothing is signed that is smaller than, or other than, what was signed before."""

import threading
from http.server import ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from nintei.journal import keys, notes, prooffile, proofs, signer, tiles
from nintei.journal.models import Checkpoint, Leaf
from nintei.journal.queries import verify
from nintei.journal.signer import CannotSign, sign
from nintei.journal.tests.world import NOON, lose, write
from nintei.journal.tiles import Tiles
from nintei.journal.witness import Answer, Witness, door, request_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.VAR = tmp_path


def refusal():
    with pytest.raises(CannotSign) as refused:
        sign(NOON)
    return refused.value.code


def test_the_files_have_what_was_signed_and_the_anchor_has_it_too():
    write(5)
    row = sign(NOON)
    assert (row.size, signer.published(), signer.anchor().read_text()) == (5, row.note, row.note)
    assert Tiles(signer.folder()).check(5) == bytes(row.root)
    assert (signer.folder() / "keys").read_text() == f"{keys.public_keys()[0]}\n"
    write(2)
    assert sign(NOON).size == 7
    assert verify().faults == ()


def test_the_same_size_is_signed_once():
    write()
    assert sign(NOON) == sign(NOON)
    assert Checkpoint.objects.count() == 1


def test_a_database_from_an_old_backup_is_not_signed():
    write(5)
    sign(NOON)
    lose(2)
    assert refusal() == "smaller"


def test_a_database_that_went_another_way_after_an_old_backup_is_not_signed():
    write(5)
    kept = sign(NOON)
    lose(2)
    write(4)
    assert refusal() == "forked"
    assert signer.published() == kept.note


def test_without_the_anchor_the_other_past_would_have_been_signed(monkeypatch):
    """The control: the guard is the anchor, nothing else stops it."""
    write(5)
    sign(NOON)
    lose(2)
    write(4)
    monkeypatch.setattr(signer, "signed_last", lambda: None)
    assert sign(NOON).size == 7


def test_an_anchor_that_is_gone_stops_the_signer():
    write()
    sign(NOON)
    signer.anchor().unlink()
    write()
    assert refusal() == "anchor_missing"


@pytest.mark.parametrize("place", ["tile/0/000.p/3", "tile/entries/000.p/3"])
def test_a_file_that_was_changed_on_the_disk_stops_the_signer(place):
    write()
    sign(NOON)
    file = signer.folder() / place
    file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    write()
    assert refusal() in ("files", "forked")


def test_a_crash_between_any_two_writes_signs_one_story(monkeypatch):
    """At every write in turn the signer dies; started again it ends where it would have ended."""
    write(300)
    sign(NOON)
    write(300)
    real, deaths = tiles.write, 0

    class Crash(Exception):
        pass

    for deadly in range(40):
        left = [deadly]

        def dying(*args, left=left, **kwargs):
            if not left[0]:
                raise Crash
            left[0] -= 1
            return real(*args, **kwargs)

        monkeypatch.setattr(signer, "write", dying)
        monkeypatch.setattr("nintei.journal.tiles.write", dying)
        try:
            with transaction.atomic():
                sign(NOON)
        except Crash:
            deaths += 1
        else:
            break
    assert deaths > 5
    assert verify(signer.published()).faults == ()
    assert Checkpoint.objects.count() == 2


def test_a_new_key_is_vouched_for_by_the_old_one_and_the_old_checkpoints_stay_good():
    write()
    first = sign(NOON)
    (old,) = keys.public_keys()
    signer.hand_over(NOON)
    first_key, new = keys.public_keys()
    assert first_key == old
    both = signer.published()
    assert notes.read(both, old.name, old.public) == notes.read(both, new.name, new.public)
    write()
    later = sign(NOON)
    assert notes.read(later.note, new.name, new.public).size == 6
    with pytest.raises(notes.NoteError):
        notes.read(later.note, old.name, old.public)
    assert verify(first.note).faults == ()


def test_a_leaf_is_proven_by_a_file_alone_and_nothing_else_is():
    write(20)
    sign(NOON)
    leaf = bytes(Leaf.objects.get(pk=7).commitment)
    (key,) = keys.public_keys()
    text = prooffile.text_of(signer.proof(7, extra=b"what it is about"))
    read = prooffile.read(text)
    assert read.extra == b"what it is about"
    assert prooffile.check(read, leaf, key.name, key.public).size == 20
    with pytest.raises(proofs.ProofError):
        prooffile.check(read, bytes(Leaf.objects.get(pk=8).commitment), key.name, key.public)
    with pytest.raises(notes.NoteError):
        prooffile.check(read, leaf, key.name, Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    write()
    with pytest.raises(proofs.ProofError, match="leaf 20 is not in a tree of 20"):
        signer.proof(20)


NO_PROOFS = (
    "", f"{prooffile.FIRST}\n", f"{prooffile.FIRST}\nindex 01\n\nx", f"{prooffile.FIRST}\nindex 1\nAAAA\n\nx",
    f"{prooffile.FIRST}\nindex 1\n!\n\nx", "another\nindex 1\n\nx", f"{prooffile.FIRST}\nextra !\nindex 1\n\nx",
    f"{prooffile.FIRST}\nindex \u0661\n\nx",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_PROOFS)
def test_what_is_no_proof_is_told_so(text):
    with pytest.raises(proofs.ProofError):
        prooffile.read(text)


# --- witnesses ------------------------------------------------------------------------------------


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
    said = witness.add(request_for(0, [], first), 1_800_000_000)
    assert said.status == 200
    assert notes.cosigned_at(first + said.text, key_of(witness)) == 1_800_000_000
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


def test_the_journal_asks_its_witnesses_and_shows_their_lines(witness, settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), door(witness, lambda: 1_800_000_000))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}"
        settings.JOURNAL_WITNESSES = f"{key_of(witness)} {address}, {key_of(witness)} {address}"
        assert signer.cosign() == []
        write(4)
        sign(NOON)
        assert signer.cosign() == []
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert notes.cosigned_at(signer.published(), key_of(witness)) == 1_800_000_000
    assert signer.published().count("witness.example") == 1
    assert notes.cosigned_at(signer.proof(0).note, key_of(witness)) == 1_800_000_000
    write(1)
    sign(NOON)
    assert [line.partition(":")[0] for line in signer.cosign()] == ["witness.example"] * 2
    assert notes.cosigned_at(signer.published(), key_of(witness)) is None


def test_lines_of_unknown_names_and_keys_are_passed_over():
    write()
    note = sign(NOON).note
    (key,) = keys.public_keys()
    more = (
        note + "— somebody.else AAAAAAAA\n" + notes.cosign(note, "w.example", Ed25519PrivateKey.generate(), 1)
    )
    assert notes.read(more, key.name, key.public).size == 3
    assert notes.read_key(str(key)) == key
    with pytest.raises(notes.NoteError):
        notes.read_key("name+00000000+AAAA")
