"""Only the signer signs the journal: whoever makes certificates asks, waits, and finishes with the next checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nintei.certificates import actions, queries, tasks
from nintei.certificates.actions import NotYet
from nintei.certificates.models import Certificate
from nintei.certificates.tests.world import DAY, NOON, certify, pdf, trust
from nintei.certificates.verifying.judging import judge
from nintei.journal import keys, signer
from nintei.journal.actions import checkpoint
from nintei.journal.models import Checkpoint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.JOURNAL_KEY = str(tmp_path / "signer" / "journal.ed25519")


def waits() -> Certificate:
    """The one intent that nothing could be made of."""
    (intent,) = queries.to_issue()
    with pytest.raises(NotYet):
        actions.issue(certificate_id=intent.pk, at=NOON)
    assert tasks.finish(0) == 0
    return Certificate.objects.get(pk=intent.pk)


def test_a_certificate_waits_for_the_signer_though_its_key_lies_open() -> None:
    """The key can be read and would sign, as the control shows; the worker makes neither a key nor a signature."""
    certify()
    intent = waits()
    assert (intent.proof, Checkpoint.objects.count(), keys.key_file().exists()) == ("", 0, False)
    checkpoint(at=NOON)
    assert tasks.finish(0) == 1
    certify("鈴木 花子", "suzuki@example.jp")
    before = signer.published()
    assert keys.key_file().exists()
    assert (waits().proof, signer.published(), signer.is_awaited()) == ("", before, True)
    signer.sign(NOON)
    assert (signer.published() != before, signer.is_awaited(), tasks.finish(0)) == (True, False, 1)


def test_where_the_key_is_the_signer_s_alone_certificates_are_made_by_what_it_published(
    settings: Any,
) -> None:
    certify()
    checkpoint(at=NOON)
    settings.JOURNAL_KEY = str(Path(settings.VAR) / "not ours" / "journal.ed25519")
    assert (tasks.finish(0), queries.to_issue().count()) == (1, 0)
    assert judge(pdf(Certificate.objects.get()), trust(), DAY).answer == "valid"
    certify("鈴木 花子", "suzuki@example.jp")
    waits()
    with pytest.raises(keys.KeyMissing):
        checkpoint(at=NOON)
    keys.published_keys().unlink()  # the control: without the list nothing says whose signature that is
    with pytest.raises(keys.KeyMissing):
        keys.public_keys()
