"""A backup brought back into an empty place, and compared with what it said of itself (promise P13)."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from nintei.certificates.models import Certificate
from nintei.journal import keys, notes, queries, signer
from nintei.people import actions, datamap, erasures
from nintei.shared import files
from nintei.shared.clock import now
from nintei.site.keeping import backup
from nintei.site.keeping.tools import use


class NotEmpty(RuntimeError):
    """Something is there already that a restore would overwrite; the message names it."""


class Outcome(NamedTuple):
    """What a restored installation holds, and everything that is not as it should be."""

    leaves: int
    checkpoint: int
    root: str
    certificates: int
    files: int
    faults: tuple[str, ...]


def bring_back(folder: Path) -> dict[str, Any]:
    """Put a whole backup into an empty database and empty places; its manifest.

    Everything is looked at before anything is written. Raises `backup.BadBackup`, `NotEmpty`, `ToolFailed`.
    """
    told = backup.read(folder)
    _refuse_what_is_there(folder)
    _refuse_an_older_one(told)
    url = os.environ["DATABASE_URL"]
    options = ("--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={url}")
    use("pg_restore", *options, folder / backup.DUMP)
    for place in _places():
        kept = folder / place.inside
        if kept.is_dir():
            shutil.copytree(kept, place.here, dirs_exist_ok=True)
        elif kept.exists():
            place.here.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(kept, place.here)
    return told


def _places() -> list[backup.Place]:
    """Where each part of a backup goes; what lay outside `var/` there may lie inside it here."""
    return [backup.places()[0], *backup.elsewhere()]


def _refuse_what_is_there(folder: Path) -> None:
    if connection.introspection.table_names():
        raise NotEmpty(
            "The database is not empty. Name an empty one in DATABASE_URL, or an empty NINTEI_VAR."
        )
    for place in _places():
        kept = folder / place.inside
        for path in (each for each in kept.rglob("*") if each.is_file()) if kept.is_dir() else (kept,):
            there = place.here / path.relative_to(kept) if kept.is_dir() else place.here
            if there.exists() and path.exists() and there.read_bytes() != path.read_bytes():
                raise NotEmpty(f"{there} is there already, and other than in the backup.")


def _refuse_an_older_one(told: dict[str, Any]) -> None:
    """What was signed last, kept on another disk, knows of more than the backup has: whatever came after it is lost."""
    if not signer.anchor().exists():
        return
    signed = int(signer.anchor().read_text("utf-8").split("\n", 2)[1])
    size = told["checkpoint"]["size"] if told["checkpoint"] else 0
    if signed > size:
        raise NotEmpty(
            f"{signer.anchor()} knows a signature over {signed} records, this backup one over {size}: it is an older "
            "backup. Bring back a newer one; where there is none, begin another journal (operator/keeping.md)."
        )


def compare(told: dict[str, Any]) -> Outcome:
    """Verify the journal against the newest signature, and every certificate and file that a row names."""
    note = signer.published()
    found = queries.verify(note or None)
    faults = [f"journal: {fault.code} {fault.detail}" for fault in found.faults]
    signed = _signed(note)
    if told["checkpoint"] and (signed is None or signed.root.hex() != told["checkpoint"]["root"]):
        faults.append("journal: the checkpoint is not the one of the backup")
    issued, whole = _certificates(), _files()
    faults += issued.faults + whole.faults
    size, root = (signed.size, signed.root.hex()) if signed else (0, "")
    return Outcome(found.size, size, root, issued.seen, whole.seen, tuple(faults))


def erase_again(lists: list[Path]) -> int:
    """Erase whoever was erased after the backup was taken, by the lists that are known; how many."""
    erasures.keep_list(*lists)
    return actions.erase_again(by="system", at=now())


class _Seen(NamedTuple):
    seen: int
    faults: list[str]


def _signed(note: str) -> notes.Statement | None:
    if not note:
        return None
    first = note.partition("\n")[0]
    return notes.read(note, first, *(key.public for key in keys.public_keys()))


def _certificates() -> _Seen:
    """Every certificate that was issued has its leaf, with the hash of its file."""
    issued = list(Certificate.objects.exclude(sha256="").values_list("term__certification", "sha256"))
    leaves = queries.about([f"certification:{key}" for key, _sha256 in issued])
    there = {entry.data.get("sha256") for entry in leaves if entry.verb == "certificates.issue"}
    return _Seen(len(issued), [f"certificate {each}: no leaf" for _key, each in issued if each not in there])


def _files() -> _Seen:
    """Every file that a row names is in the store with its own hash; of people who were erased there is none."""
    named: set[str] = set()
    for table in (each for each in datamap.tables() if each.keeps_files):
        rows = table.model._base_manager.exclude(sha256="")
        gone = Q(*(Q(**{f"{way}__erased_at__isnull": False}) for way in table.of), _connector=Q.OR)
        rows = rows.exclude(gone) if table.of else rows
        named |= set(rows.values_list("sha256", flat=True))
    return _Seen(
        len(named), [f"file {each} is not there whole" for each in sorted(named) if not _is_whole(each)]
    )


def _is_whole(sha256: str) -> bool:
    if not files.is_kept(sha256):
        return False
    with files.place_of(sha256).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
