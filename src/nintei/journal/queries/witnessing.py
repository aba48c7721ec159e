"""Who has cosigned what, and which witness does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from nintei.journal.keys import witnesses
from nintei.journal.models import Checkpoint, Cosignature, Witness
from nintei.journal.notes import NoteError, read_key

PATIENCE = timedelta(hours=3)
"""How long a witness may be away before it is told: the signer asks every hour."""


class Stand(NamedTuple):
    """Where a witness stands: the newest checkpoint that it cosigned and when, and what is wrong, if anything is.

    `state`: signed (the newest), waiting, behind (away for longer than `PATIENCE`), refuses, disagrees.
    """

    name: str
    key: str
    size: int | None
    at: datetime | None
    state: str
    since: datetime | None = None
    detail: str = ""

    @property
    def trouble(self) -> bool:
        """Whether somebody has to look."""
        return self.state not in ("signed", "waiting")


def stands(newest: Checkpoint | None, at: datetime) -> list[Stand]:
    """Each witness that is asked, at an instant, under the newest checkpoint: two queries for any number."""
    try:
        asked = [key for key, _address in witnesses()]
    except NoteError:  # a setting that cannot be read is the doctor's to tell, not a page's
        return []
    if not asked:
        return []
    names = [str(key) for key in asked]
    signed = Cosignature.objects.filter(witness__in=names).order_by("witness", "-checkpoint_id")
    last = {row.witness: row for row in signed.distinct("witness")}
    said = Witness.objects.in_bulk(names)
    return [_stand(str(key), last.get(str(key)), said.get(str(key)), newest, at) for key in asked]


def _stand(
    key: str, last: Cosignature | None, said: Witness | None, newest: Checkpoint | None, at: datetime
) -> Stand:
    fault, since = (said.fault, said.since) if said else ("", None)
    if last and newest and last.checkpoint_id == newest.size:
        state = "signed"
    elif fault == "away" or not fault or not since:
        state = "behind" if since and at - since > PATIENCE else "waiting"
    else:
        state = fault
    size, signed_at = (last.checkpoint_id, last.at) if last else (None, None)
    stand = Stand(read_key(key).name, key, size, signed_at, state)
    return stand._replace(since=since, detail=said.detail) if said and stand.trouble else stand


def seen_by(sizes: Iterable[int]) -> dict[int, list[tuple[str, datetime]]]:
    """Who cosigned the checkpoints of these sizes, and when: by name, the earliest first; one query."""
    found: dict[int, list[tuple[str, datetime]]] = {}
    rows = Cosignature.objects.filter(checkpoint__in=list(sizes)).order_by("at", "pk")
    for size, key, at in rows.values_list("checkpoint_id", "witness", "at"):
        found.setdefault(size, []).append((read_key(key).name, at))
    return found
