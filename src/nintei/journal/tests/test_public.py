"""What anybody may fetch: the files at the addresses of C2SP tlog-tiles, and the page that explains them."""

import pytest
from django.test import Client

from nintei.journal import keys, notes, signer
from nintei.journal.models import Leaf
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
