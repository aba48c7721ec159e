"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date

from nintei.applications import actions
from nintei.applications.models import Application
from nintei.applications.tests.conftest import (
    TODAY,
    add_post,
    at,
    attest,
    pledge,
    pledge_text,
    report_for,
    submit,
)
from nintei.people.models import Person


def _ready(owner: Person) -> Application:
    report_for(owner)
    started = actions.start(person=owner, qualification="OMP", on=TODAY, at=at(TODAY))
    attest(add_post(owner, date(2018, 4, 1), None, "45", "さくらコンタクト株式会社"))
    pledge_text()
    pledge(started)
    started.refresh_from_db()
    return started


def draft(owner: Person) -> dict[str, object]:
    """The owner's draft, with everything that can be sent."""
    _ready(owner)
    return {"qualification": "OMP"}


def sent(owner: Person) -> dict[str, object]:
    """The owner's application, sent."""
    return {"pk": submit(_ready(owner)).pk}
