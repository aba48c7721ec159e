"""The signer killed after any of its writes, and started again: one story, whatever was seen of it (promise P4)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nintei.journal import keys, notes, signer
from nintei.journal.models import Checkpoint
from nintei.journal.notes import Statement
from nintei.journal.queries import verify
from nintei.journal.signer import CannotSign, sign
from nintei.journal.tests.world import NOON, lose, past_the_guard, write
from nintei.journal.tiles import Tiles
from tests.faults.killing import killed_after

pytestmark = pytest.mark.django_db(transaction=True)
signing = partial(sign, NOON)


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def said(note: str) -> Statement:
    (key,) = keys.public_keys()
    return notes.read(note, key.name, key.public)


def test_a_signer_killed_after_any_write_and_started_again_tells_one_story() -> None:
    """The journal grows all the while; every note that anybody could have seen fits the tree at the end."""
    write()
    sign(NOON)
    seen, n = {signer.published()}, 0
    while n == 0 or killed_after(n, signing):
        n += 1
        published, anchored = said(signer.published()), said(signer.anchor().read_text())
        assert published.size <= anchored.size  # nothing is shown that the anchor does not know
        assert Tiles(signer.folder()).check(published.size) == published.root
        seen |= {signer.published(), signer.anchor().read_text()}
        write(2)
    assert n > 8
    sign(NOON)
    roots = {(said(note).size, said(note).root) for note in seen}
    assert len({size for size, _root in roots}) == len(roots) > 2
    assert [fault for note in seen for fault in verify(note).faults] == []


def test_what_a_killed_signer_had_signed_is_never_signed_otherwise_and_without_the_anchor_it_would() -> None:
    """Killed between signing and publishing, then the database comes back from an old backup and goes another way."""
    write(5)
    sign(NOON)
    write(2)
    n = 1
    while said(signer.anchor().read_text()).size == 5:
        assert killed_after(n, signing)
        n += 1
    signed = said(signer.anchor().read_text())
    assert (signed.size, said(signer.published()).size) == (7, 5)
    lose(2)
    write(2)
    with pytest.raises(CannotSign, match="does not begin with the 7") as refused:
        sign(NOON)
    assert refused.value.code == "forked"
    signer.anchor().unlink()  # the control
    (signer.folder() / "checkpoint").unlink()
    past_the_guard("DELETE FROM journal_checkpoint")
    other = sign(NOON)
    assert (other.size, bytes(other.root) != signed.root, Checkpoint.objects.count()) == (7, True, 1)
