"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import datetime

from nintei.certificates import actions, queries
from nintei.people.models import Person
from nintei.registry.tests.access import certified
from nintei.shared.clock import JST


def certificate(owner: Person) -> dict[str, object]:
    """The owner's certificate, printed."""
    certified(owner)
    (paper,) = queries.certificates(owner)
    actions.issue(certificate_id=paper.pk, at=datetime(2026, 11, 24, 12, tzinfo=JST))
    return {"certificate_id": paper.pk}
