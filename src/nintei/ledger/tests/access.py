"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date

from nintei.ledger import actions
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity
from nintei.ledger.tests.conftest import at, certified
from nintei.people.models import Person
from nintei.shared import files


def logged(owner: Person) -> Activity:
    """A line of the owner's log, under a certification."""
    certified(owner, "OMP", date(2023, 10, 11), "0000000318")
    draft = Draft(
        category="C", title="『応対品質の測り方』を読む", sessions=((date(2026, 11, 18), 60),), topic="4"
    )
    return actions.log_activity(by=owner.by, person=owner, draft=draft, at=at(date(2026, 11, 20)))


def line(owner: Person) -> dict[str, object]:
    return {"key": logged(owner).pk}


def evidence(owner: Person) -> dict[str, object]:
    """A file of the owner's."""
    data = b"%PDF-1.4 a page"
    taken = files.TakenFile(files.keep(data), "pdf", len(data), 1, "certificate.pdf")
    attached = actions.attach_evidence(
        by=owner.by, activity=logged(owner), taken=taken, at=at(date(2026, 11, 20))
    )
    return {"key": attached.pk}
