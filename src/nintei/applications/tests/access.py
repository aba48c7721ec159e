"""What the table of access shows of this room, made through its actions."""

from __future__ import annotations

from datetime import date, datetime

from nintei.applications import actions
from nintei.applications.models import Application
from nintei.applications.tests.conftest import add_post, attest, pledge, pledge_text, report_for, submit
from nintei.people.models import Person
from nintei.site.tests.access import NOON


def draft(owner: Person) -> dict[str, object]:
    """A draft of the owner's with a report, two posts, one of them attested, and a text to pledge."""
    _draft(owner, NOON)
    add_post(owner, date(2018, 4, 1), date(2019, 9, 30), "24", "ひなた通販")
    return {"qualification": "OMP"}


def case(owner: Person) -> dict[str, object]:
    """A case that the owner has handed in."""
    made = _draft(owner, NOON)
    pledge(made)
    return {"pk": submit(made).pk}


def _draft(owner: Person, at: datetime) -> Application:
    report_for(owner)
    pledge_text()
    made = actions.start(person=owner, qualification="OMP", on=at.date(), at=at)
    attest(add_post(owner, date(2020, 4, 1), None, "45", "さくらコンタクト株式会社"))
    return made
