"""Promise P13: a backup is a backup. Brought back elsewhere it has the same checkpoint, and every certificate."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import transaction

from nintei.certificates import places
from nintei.certificates.models import Certificate
from nintei.certificates.tests.world import issue
from nintei.journal import keys, signer
from nintei.journal.actions import checkpoint, record
from nintei.people.models import Person
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.site.demo import courses, people, suzuki
from nintei.site.keeping import backup, doctor, restore

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


@pytest.fixture
def address():
    """The address of the database that Django uses now."""
    told = django_settings.DATABASES["default"]
    host, port = told["HOST"], told["PORT"]
    return lambda name: f"postgresql://{told['USER']}@/{name}?host={host}&port={port}"


@pytest.fixture
def empty_database(address):
    """Another database beside it, gone after the test."""
    name = f"nintei_drill_{os.getpid()}"
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        yield address(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def restored(
    folder: Path, database: str, var: Path, *more: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    environment = (
        os.environ
        | settings
        | {
            "DATABASE_URL": database,
            "NINTEI_VAR": str(var),
            "NINTEI_SECRET_KEY": "x" * 50,
        }
    )
    command = [sys.executable, "-m", "nintei.site.cli", "restore", str(folder), *more]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=var.parent
    )


def an_older_one_is_refused(kept: Path, database: str, folder: Path, size: int) -> None:
    """The last signature on another disk knows more than the backup; without it the same backup comes back."""
    disk = folder / "disk" / "journal.checkpoint"
    with transaction.atomic():
        record(by="system", verb="drill", subject="drill:1", at=NOON, data={})
    checkpoint(at=NOON)
    disk.parent.mkdir()
    shutil.copy2(signer.anchor(), disk)
    older = restored(kept, database, folder / "older", NINTEI_JOURNAL_ANCHOR=str(disk))
    told = f"{disk} knows a signature over {size + 1} records, this backup one over {size}"
    assert (older.returncode, told in older.stderr, (folder / "older").exists()) == (2, True, False)


@pytest.mark.django_db(transaction=True)
def test_a_backup_brought_back_elsewhere_is_the_same_and_a_spoilt_one_is_not_brought_back(
    settings, tmp_path, monkeypatch, address, empty_database
):
    """The drill: certify, sign, back up; spoil a copy of it; restore; then lose a certificate, as a control."""
    settings.VAR, settings.JOURNAL_FOLDER, settings.JOURNAL_ANCHOR = tmp_path / "var", "", ""
    monkeypatch.setenv("DATABASE_URL", address(django_settings.DATABASES["default"]["NAME"]))
    for chapter in (people, courses, suzuki):
        chapter.tell(NOON)
    for certificate in Certificate.objects.all():
        issue(certificate, NOON)
    signed = checkpoint(at=NOON)
    kept = backup.make(tmp_path / "backups", NOON)
    assert (kept.name, (kept / "var/keys/journal.ed25519").stat().st_mode & 0o777) == (
        "nintei-20261124T120000",
        0o600,
    )

    spoilt = shutil.copytree(kept, tmp_path / "spoilt")
    tile = spoilt / "var/journal/tile/0/000.p" / str(signed.size)
    tile.write_bytes(tile.read_bytes()[:-1] + b"\x00")
    refused = restored(spoilt, empty_database, tmp_path / "nowhere")
    assert (refused.returncode, f"{tile} is not what was written" in refused.stderr) == (2, True)

    an_older_one_is_refused(kept, empty_database, tmp_path, signed.size)

    later = tmp_path / "erasures"
    later.write_text(f"{Person.objects.get(email='suzuki@example.jp').pk}\n")
    done = restored(kept, empty_database, tmp_path / "other", "--erasures", str(later))
    count = Certificate.objects.exclude(sha256="").count()
    assert (done.returncode, done.stdout.splitlines(), count > 0) == (0, [
        f"leaves {signed.size}, checkpoint {signed.size} {bytes(signed.root).hex()}",
        f"certificates {count}, files {count}",
        "erased again 1",
        "ok",
    ], True)  # fmt: skip
    assert (tmp_path / "other/journal/checkpoint").read_text() == signed.note
    # The issuing keys lie outside `var/` here and inside it there.
    pairs = sorted(path.name for path in places.keys_folder().iterdir() if path.suffix != ".lock")
    assert sorted(path.name for path in (tmp_path / "other/keys/issuing").iterdir()) == pairs != []

    with pytest.raises(restore.NotEmpty, match="not empty"):
        restore.bring_back(kept)


def test_a_file_that_is_gone_after_a_restore_is_told(settings, tmp_path, db):
    settings.VAR = tmp_path
    for chapter in (people, courses, suzuki):
        chapter.tell(NOON)
    for certificate in Certificate.objects.all():
        issue(certificate, NOON)
    signed = checkpoint(at=NOON)
    told = {"checkpoint": {"size": signed.size, "root": bytes(signed.root).hex()}}
    assert restore.compare(told).faults == ()
    lost = Certificate.objects.exclude(sha256="").first()
    files.forget(lost.sha256)
    other = {"checkpoint": {"size": signed.size, "root": "00" * 32}}
    assert restore.compare(other).faults == (
        "journal: the checkpoint is not the one of the backup",
        f"file {lost.sha256} is not there whole",
    )


def to_mend():
    return {each.code for each in doctor.examine(NOON) if each.mend}


def test_the_doctor_tells_what_is_wrong_and_is_content_when_it_is_mended(settings, tmp_path, db, monkeypatch):
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")
    settings.VAR, settings.DEMO, settings.SECRET_KEY, settings.BASE_URL = (
        tmp_path,
        False,
        "short",
        "http://a.jp",
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", 1, "nintei@localhost"
    people.tell(NOON)
    checkpoint(at=NOON)
    keys.key_file().chmod(0o644)
    assert to_mend() == {
        "people.E001", "secret_key", "base_url", "hosts", "fsync", "worker", "journal_key", "journal_origin",
        "anchor_disk", "witness", "mail", "mail_from",
    }  # fmt: skip
    monkeypatch.delenv("NINTEI_TODAY")
    settings.SECRET_KEY, settings.BASE_URL, settings.ALLOWED_HOSTS = "x" * 50, "https://a.jp", ["a.jp"]
    settings.DEFAULT_FROM_EMAIL = "nintei@a.jp"
    keys.key_file().chmod(0o600)
    assert to_mend() == {"fsync", "worker", "journal_origin", "anchor_disk", "witness", "mail"}
    signer.anchor().unlink()
    assert "anchor" in to_mend()
    keys.key_file().unlink()
    assert "journal_key" in to_mend()
    settings.SECRET_KEY = ""
    assert "secret_key" in to_mend()
