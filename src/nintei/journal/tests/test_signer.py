"""Promise P4: nothing is signed that is smaller than, or other than, what was signed before."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from nintei.journal import keys, notes, prooffile, proofs, signer, tiles
from nintei.journal.models import Checkpoint, Leaf
from nintei.journal.queries import verify
from nintei.journal.signer import CannotSign, sign
from nintei.journal.tests.world import NOON, lose, write
from nintei.journal.tiles import Tiles

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
