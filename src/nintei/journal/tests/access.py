"""What the table of access shows of this room: a journal that was signed."""

from __future__ import annotations

from datetime import datetime

from nintei.journal.actions import checkpoint, record
from nintei.people.models import Person
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def signed(owner: Person) -> dict[str, object]:
    record(by=owner.by, verb="people.change_name", subject=owner.by, at=NOON, data={"name": "佐藤 恵"})
    checkpoint(at=NOON)
    return {}


def size(owner: Person) -> dict[str, object]:
    signed(owner)
    return {"size": checkpoint(at=NOON).size}


def tile(owner: Person) -> dict[str, object]:
    return {"place": f"0/000.p/{size(owner)['size']}"}


def leaf(owner: Person) -> dict[str, object]:
    signed(owner)
    return {"seq": checkpoint(at=NOON).size - 1}
