"""Asking the witnesses: what they signed is kept and published, what they did not is kept and told to the office.

A witness that is away, or that answers nonsense, does not hold up the journal: it is asked again the next time.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from nintei.journal import keys, notes, signer, witness
from nintei.journal.models import Cosignature, Witness
from nintei.journal.proofs import consistency
from nintei.journal.tiles import Tiles, write


def cosign(at: datetime) -> list[str]:
    """Ask every witness that has not signed the newest checkpoint; what could not be had, in words."""
    missing: list[str] = []
    for key, address in keys.witnesses():
        if not (note := signer.published()):
            break
        signed = _read(note)
        if Cosignature.objects.filter(checkpoint_id=signed.size, witness=str(key)).exists():
            continue
        try:
            second, line = witness.ask(address, key, note, _growth(signed.size), signed.size)
        except (OSError, notes.NoteError) as fault:
            missing.append(f"{key.name}: {fault}")
            _failed(key, at, fault)
        else:
            _keep(key, signed.size, datetime.fromtimestamp(second, UTC), line, at)
            _publish(signed, line)
    return missing


def _read(note: str) -> notes.Statement:
    return notes.read(note, settings.JOURNAL_ORIGIN, *(each.public for each in keys.public_keys()))


def _growth(size: int) -> witness.Growth:
    tiles = Tiles(signer.folder())
    return lambda old: consistency(old, size, lambda level, index: tiles.node(level, index, size))


@transaction.atomic
def _keep(key: notes.Key, size: int, signed_at: datetime, line: str, at: datetime) -> None:
    Cosignature.objects.create(checkpoint_id=size, witness=str(key), at=signed_at, line=line)
    told = {"asked_at": at, "fault": "", "since": None, "detail": ""}
    Witness.objects.update_or_create(key=str(key), defaults=told)


def _publish(signed: notes.Statement, line: str) -> None:
    """Under the checkpoint, unless a newer one has come meanwhile."""
    with signer.alone():
        note = signer.published()
        if _read(note) == signed:
            write(signer.folder() / "checkpoint", (note + line).encode())


def _failed(key: notes.Key, at: datetime, fault: Exception) -> None:
    code = fault.code if isinstance(fault, witness.NotCosigned) else "away"
    before = Witness.objects.filter(key=str(key)).first()
    since = before.since if before and before.fault else at
    told = {"asked_at": at, "fault": code, "since": since, "detail": str(fault)[:500]}
    Witness.objects.update_or_create(key=str(key), defaults=told)
