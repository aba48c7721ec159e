"""What anybody may fetch: the files at the addresses of C2SP tlog-tiles, and the page that explains them."""

from pathlib import Path

import pytest
from django.test import Client

from nintei.journal import check, keys, notes, prooffile, signer
from nintei.journal.models import Leaf
from nintei.journal.queries import said
from nintei.journal.signer import hand_over, sign
from nintei.journal.tests.world import NOON, write
from nintei.journal.tree import leaf_hash

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.VAR = tmp_path


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_files_are_served_as_they_lie_on_the_disk_and_only_what_was_signed():
    browser = Client()
    assert browser.get("/journal/checkpoint").status_code == 404
    write(300)
    first = sign(NOON)
    note, hashes, leaves, keys_ = (
        browser.get(f"/journal/{place}")
        for place in ("checkpoint", "tile/0/000", "tile/entries/001.p/44", "keys")
    )
    assert (note.content.decode(), note["Content-Type"], note["Cache-Control"]) == (
        signer.published(), "text/plain; charset=utf-8", "public, max-age=5",
    )  # fmt: skip
    assert body(hashes) == b"".join(bytes(leaf.hash) for leaf in Leaf.objects.order_by("seq")[:256])
    assert (hashes["Content-Type"], hashes["Cache-Control"]) == (
        "application/octet-stream", "public, max-age=31536000, immutable",
    )  # fmt: skip
    newest = Leaf.objects.get(pk=299)
    assert leaf_hash(body(leaves)[-32:]) == bytes(newest.hash)
    assert keys_.content.decode() == f"{keys.public_keys()[0]}\n"
    assert browser.get("/journal/checkpoint/300").content.decode() == first.note
    (signer.folder() / "tile/0/001.p/200").write_bytes(b"written, and not yet signed")
    refused = (
        "tile/0/001.p/200", "tile/0/001", "tile/0/001.p/0", "tile/0/001.p/044", "tile/2/000", "tile/0/1",
        "tile/../checkpoint", "tile/0/000.p/300", "tile/64/000", "checkpoint/299",
    )  # fmt: skip
    assert [browser.get(f"/journal/{place}").status_code for place in refused] == [404] * len(refused)


def test_a_stranger_checks_all_of_it_by_the_program_on_the_page(tmp_path, monkeypatch, capsys):
    """From an empty folder, over the files as they lie there; of what was changed it says no."""
    pytest.importorskip("metamorphic_log")
    write(300)
    saved = sign(NOON).note
    write(5)
    sign(NOON)
    journal, empty = signer.folder(), tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    (empty / "saved").write_text(saved)
    (empty / "proof").write_text(prooffile.text_of(signer.proof(299, said(299) or b"")))
    (empty / "other").write_text(prooffile.text_of(signer.proof(299, said(298) or b"")))
    source = Client().get("/journal/check.py")
    assert (source.status_code, source.content.decode()) == (200, Path(check.__file__).read_text())
    assert check.main([journal.as_uri(), "saved", "proof"]) == 0
    told = capsys.readouterr().out
    assert (told.count("it is how this journal began"), "305 leaves" in told) == (2, True)
    assert check.main([journal.as_uri(), "other"]) == 1
    assert "leaf 299 says something else" in capsys.readouterr().out
    (empty / "saved").write_text(saved.replace("\n300\n", "\n299\n"))
    assert check.main([journal.as_uri(), "saved"]) == 1
    bundle = journal / "tile/entries/000"
    bundle.chmod(0o600)
    bundle.write_bytes(bundle.read_bytes()[:-1] + b"x")
    assert check.main([journal.as_uri(), "proof"]) == 1
    assert "the leaves do not make the root that was signed" in capsys.readouterr().out


def test_the_page_names_the_newest_signature_its_keys_and_witnesses_in_few_queries(
    settings, django_assert_num_queries
):
    browser, seen = Client(), notes.Key("witness.example", b"\x07" * 32, notes.COSIGNATURE)
    empty = browser.get("/journal/").content.decode()
    assert "署名は、まだありません" in empty
    write(1)
    sign(NOON)
    with django_assert_num_queries(3):
        assert browser.get("/journal/").status_code == 200
    for _ in range(2):
        write(1)
        sign(NOON)
    hand_over(NOON)
    settings.JOURNAL_WITNESSES = f"{seen} https://witness.example"
    with django_assert_num_queries(5):
        page = browser.get("/en/journal/").content.decode()
    old, new = (str(key).replace("+", "&#x2B;") for key in keys.public_keys())
    assert page.index("The present key") < page.index("An earlier key")
    assert [name for name in (old, new) if name not in page.replace("+", "&#x2B;")] == []
    assert (page.count("/journal/checkpoint/"), "Not yet" in page) == (3, True)
