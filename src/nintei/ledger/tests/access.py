"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date

from nintei.ledger import actions
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity, Jotting
from nintei.ledger.tests.conftest import at, certified
from nintei.people.models import Person
from nintei.shared import files
from nintei.shared.picture import png

PNG = png(2, 2, 2, bytes([0, 255, 255, 0]), 1)


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


def two_lines(owner: Person) -> dict[str, object]:
    """Two lines of the owner's on one day."""
    draft = Draft(category="D", title="応対研修の講師", sessions=((date(2026, 11, 18), 60),), topic="5")
    other = actions.log_activity(by=owner.by, person=owner, draft=draft, at=at(date(2026, 11, 20)))
    return {"key": logged(owner).pk, "other": other.pk}


def jotted(owner: Person) -> Jotting:
    """A draft of the owner's with a photo."""
    taken = files.TakenFile(files.keep(PNG), "png", len(PNG), 1, "photo.png")
    return actions.jot_down(
        by=owner.by, person=owner, source="share", said={"title": "講演会"}, files=[taken], found=[],
        at=at(date(2026, 11, 20)),
    )  # fmt: skip


def jotting(owner: Person) -> dict[str, object]:
    return {"key": jotted(owner).pk}


def jotted_page(owner: Person) -> dict[str, object]:
    draft = jotted(owner)
    file = draft.files.get()
    return {"key": draft.pk, "file": file.pk, "page": 1}


def evidence_page(owner: Person) -> dict[str, object]:
    """A photo of the owner's, as the office looks at it."""
    taken = files.TakenFile(files.keep(PNG), "png", len(PNG), 1, "photo.png")
    attached = actions.attach_evidence(
        by=owner.by, activity=logged(owner), taken=taken, at=at(date(2026, 11, 20))
    )
    return {"key": attached.pk, "page": 1}


def window(owner: Person) -> dict[str, object]:
    """A window of the owner's."""
    days = {"from_on": date(2026, 6, 1), "until_on": date(2026, 8, 31)}
    row = actions.grant_relief(
        by="system", person=owner, kind="illness", reason="診断書", at=at(date(2026, 11, 20)), **days
    )
    return {"key": row.pk}
