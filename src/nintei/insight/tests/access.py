"""What the table of access shows of this room: the figures of this month."""

from __future__ import annotations

from nintei.insight import actions
from nintei.people.models import Person
from nintei.shared import clock


def counted(owner: Person) -> dict[str, object]:
    actions.tally(by="system", on=clock.today(), at=clock.now())
    return {}
