"""Promises P4 and P5: the journal cannot be rewritten unseen, and a body can be erased."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from nintei.journal import notes, tree
from nintei.journal.actions import checkpoint, record
from nintei.journal.keys import KeyMissing, key_file, published_keys
from nintei.journal.models import Body, Leaf
from nintei.journal.queries import head, history, verify
from nintei.journal.tests.world import NOON, past_the_guard, write


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.VAR = tmp_path


def naive_root(leaves):
    """RFC 6962 §2.1 as its text has it, by recursion: an independent oracle."""
    if len(leaves) < 2:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return tree.node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


@pytest.mark.parametrize("size", range(1, 70))
def test_the_edge_gives_the_root_of_rfc_6962(size):
    leaves = [tree.leaf_hash(bytes([n])) for n in range(size)]
    assert tree.root_of(leaves) == (size, naive_root(leaves))


@pytest.mark.django_db
def test_an_untouched_journal_verifies():
    write()
    checkpoint(at=NOON)
    write(4)
    found = verify()
    assert (found.size, found.checkpoints, found.faults) == (7, 1, ())
    assert head() == (found.size, found.root)


@pytest.mark.django_db
def test_a_leaf_needs_the_transaction_of_its_change(transactional_db):
    with pytest.raises(RuntimeError):
        record(by="x", verb="v", subject="s", at=NOON, data={})
    assert Leaf.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_takes_its_leaf_along():
    with transaction.atomic():
        record(by="x", verb="v", subject="s", at=NOON, data={})
        transaction.set_rollback(True)
    assert (Leaf.objects.count(), head()[0]) == (0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_leaf SET commitment = commitment",
        "DELETE FROM journal_leaf",
        "UPDATE journal_body SET verb = 'other'",
        "UPDATE journal_checkpoint SET note = ''",
        "DELETE FROM journal_checkpoint",
    ],
)
def test_the_database_refuses_to_rewrite(sql):
    write()
    checkpoint(at=NOON)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "codes"),
    [
        ("UPDATE journal_body SET data = '{\"n\": 9}' WHERE leaf_id = 1", {"body_differs"}),
        ("UPDATE journal_leaf SET hash = commitment WHERE seq = 1", {"leaf_hash_differs"}),
        (
            "UPDATE journal_leaf SET commitment = hash WHERE seq = 1",
            {"leaf_hash_differs", "body_differs", "root_differs", "edge_differs"},
        ),
        (
            "DELETE FROM journal_body WHERE leaf_id = 2; DELETE FROM journal_leaf WHERE seq = 2",
            {"checkpoint_ahead", "edge_differs"},
        ),
    ],
)
def test_whoever_rewrites_past_the_guard_is_told(sql, codes):
    write()
    checkpoint(at=NOON)
    past_the_guard(sql)
    assert {fault.code for fault in verify().faults} == codes


@pytest.mark.django_db
def test_an_erased_body_leaves_every_proof_standing():
    write()
    checkpoint(at=NOON)
    Body.objects.filter(leaf_id=1).delete()
    found = verify()
    assert (found.erased, found.faults) == (1, ())


@pytest.mark.django_db
def test_two_bodies_alike_have_different_commitments():
    with transaction.atomic():
        first, second = (record(by="a", verb="v", subject="s", at=NOON, data={}) for _ in range(2))
    assert first.commitment != second.commitment


@pytest.mark.django_db
def test_a_checkpoint_kept_elsewhere_shows_a_rebuilt_journal():
    write()
    kept = checkpoint(at=NOON).note
    past_the_guard("SET CONSTRAINTS ALL IMMEDIATE")
    past_the_guard("TRUNCATE journal_body, journal_leaf, journal_checkpoint, journal_edge CASCADE")
    write(5)
    assert verify().faults == ()
    assert [fault.code for fault in verify(kept).faults] == ["root_differs"]


@pytest.mark.django_db
def test_a_checkpoint_of_another_key_is_told():
    write()
    statement = notes.Statement(settings.JOURNAL_ORIGIN, 3, head()[1])
    checkpoint(at=NOON)
    forged = notes.sign(statement, settings.JOURNAL_ORIGIN, Ed25519PrivateKey.generate())
    assert [fault.code for fault in verify(forged).faults] == ["checkpoint_unsigned"]


@pytest.mark.django_db
def test_a_lost_key_is_told_and_never_made_anew():
    """A restore without its keys: a new key would turn every earlier signature into a fault."""
    write()
    checkpoint(at=NOON)
    key = key_file().read_bytes()
    key_file().unlink()
    assert verify().faults == ()  # what was signed is still read by the published list
    published_keys().unlink()
    assert [fault.code for fault in verify().faults] == ["key_missing"]
    write(1)
    with pytest.raises(KeyMissing), transaction.atomic():
        checkpoint(at=NOON)
    assert not key_file().exists()
    key_file().write_bytes(key)
    assert verify().faults == ()


@pytest.mark.django_db
def test_reading_a_journal_that_nobody_signed_makes_no_key():
    write()
    assert (verify().faults, key_file().exists()) == ((), False)


@pytest.mark.django_db
def test_the_same_size_is_signed_once():
    write()
    assert checkpoint(at=NOON).pk == checkpoint(at=NOON).pk


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("\n3\n", "\nthree\n"),
        lambda note: note.replace("\n3\n", "\n4\n"),
        lambda note: note.replace("— ", "- "),
        lambda note: note[:-6] + "AAAA=\n",
        lambda note: note.replace("\n3\n", "\n3\nAAAA\n"),
        lambda _: "origin\n3\n@@@\n\n— x y\n",
    ],
)
def test_a_spoilt_note_is_refused(spoil):
    key = Ed25519PrivateKey.generate()
    note = notes.sign(notes.Statement("here", 3, b"r" * 32), "here", key)
    public = key.public_key().public_bytes_raw()
    assert notes.read(note, "here", public) == notes.Statement("here", 3, b"r" * 32)
    with pytest.raises(notes.NoteError):
        notes.read(spoil(note), "here", public)


@pytest.mark.django_db
def test_the_history_of_a_subject_is_told_in_order():
    write()
    with transaction.atomic():
        record(by="b", verb="other", subject="activity:2", at=NOON, data={})
    assert [entry.data["n"] for entry in history("activity:1")] == [0, 1, 2]
