"""A backup: the database, everything under `var/` that cannot be made again, and the journal's files, as of one moment.

    database.dump     pg_dump's own format
    var/…             files, keys, journal, anchor; not static files, pictures, or our own PostgreSQL
    elsewhere/…       the journal's folder, key and anchor, the issuing keys, the keys of other associations,
                      where they lie outside `var/`
    erasures          the keys of whoever was erased
    manifest.json     the hash of every file, and what has to come out at a restore

The database comes first and files after it: a file is on the disk before a row names it, so none is missing. No
checkpoint is signed meanwhile. The whole is written under another name, fsynced and renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from nintei.certificates import places as certificates
from nintei.journal import keys, signer
from nintei.journal.queries import head
from nintei.people import erasures
from nintei.site.keeping.tools import use

MANIFEST, DUMP = "manifest.json", "database.dump"
# What is made again by itself, or belongs to a running server.
# The list of the erased has its own place in a backup: an older one must not stand in for a newer.
LEFT_OUT = {"static", "postgres", "pictures", "incoming", erasures.NAME}


class BadBackup(RuntimeError):
    """What lies there is no whole backup; the message names the file."""


class Place(NamedTuple):
    """A file or folder of the installation, and its name inside a backup."""

    here: Path
    inside: str


def places() -> list[Place]:
    """`var/`, and whatever of the journal and of the certificates' keys was put elsewhere."""
    var = Path(settings.VAR).resolve()
    return [
        Place(var, "var"),
        *(each for each in elsewhere() if not each.here.resolve().is_relative_to(var)),
    ]


def elsewhere() -> list[Place]:
    """What a setting can put outside `var/`, wherever it lies now."""
    found = {
        "journal": signer.folder(),
        "journal-key": keys.key_file(),
        "journal-keys": keys.keys_file(),
        "journal-anchor": signer.anchor(),
        "issuing-keys": certificates.keys_folder(),
        "known": certificates.known_folder(),
    }
    return [Place(path, f"elsewhere/{name}") for name, path in found.items()]


def make(folder: Path, at: datetime) -> Path:
    """Write a backup into a folder of its own under `folder`, named for its instant; where it is.

    Raises `ToolFailed` where PostgreSQL's tools are missing or fail; nothing is left behind then.
    """
    whole = folder / f"nintei-{at:%Y%m%dT%H%M%S}"
    fresh = folder / f".{whole.name}.{os.getpid()}.new"
    fresh.mkdir(parents=True, mode=0o700)
    try:
        with signer.alone():
            use(
                "pg_dump",
                "--format=custom",
                f"--file={fresh / DUMP}",
                f"--dbname={os.environ['DATABASE_URL']}",
            )
            told = _expected(at)
            _copy_all(fresh)
            erasures.keep_list()
            if erasures.place().exists():
                _copy(erasures.place(), fresh / erasures.NAME)
        told["files"] = dict(_hashes(fresh))
        _write(fresh / MANIFEST, json.dumps(told, indent=1).encode())
        fresh.rename(whole)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return whole


def _expected(at: datetime) -> dict[str, Any]:
    """What has to come out at a restore: the newest signature."""
    signed = signer.signed_last()
    said = {"size": signed.size, "root": signed.root.hex()} if signed else None
    return {"made_at": at.isoformat(), "checkpoint": said, "leaves": head()[0]}


def _copy_all(fresh: Path) -> None:
    for place in places():
        if place.here.is_dir():
            for path in _files(place.here):
                _copy(path, fresh / place.inside / path.relative_to(place.here))
        elif place.here.exists():
            _copy(place.here, fresh / place.inside)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in LEFT_OUT or path.suffix == ".lock":
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


def _copy(path: Path, to: Path) -> None:
    """A file with its mode, on the disk; one that somebody's erasure has just removed is not there to copy."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        shutil.copy2(path, to)
    except FileNotFoundError:
        return
    _sync(to)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    path.chmod(0o600)
    _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and each.name != MANIFEST):
        with path.open("rb") as file:
            yield str(path.relative_to(folder)), hashlib.file_digest(file, "sha256").hexdigest()


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose every file is as it was written. Raises `BadBackup` for anything else."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadBackup(f"{folder / MANIFEST}: {error}") from error
    there = dict(_hashes(folder))
    for name in sorted({*told["files"], *there}):
        if told["files"].get(name) != there.get(name):
            raise BadBackup(f"{folder / name} is not what was written")
    return told
